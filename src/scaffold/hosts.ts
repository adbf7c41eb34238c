import { isFilledIn } from '../text/filled-in.ts';
import { parseHost, parseHostLabel } from '../repository/names.ts';

export type HostNaming = {
  domains: readonly string[];
  pattern: string;
  /** Whether `*.example.org` is a host too: routes take it, names of DNS rewrites do not. */
  wildcards?: true;
};

/**
 * The host names of an app: a label stands for one name under each domain, by the environment's pattern; a name with
 * a dot is taken as it is.
 */
export function hostNames(labels: readonly string[], { domains, pattern, wildcards }: HostNaming): string[] {
  const names = labels.flatMap(label => {
    if (wildcards && label.startsWith('*.')) return [`*.${parseHost(label.slice(2))}`];
    const own = domains.find(domain => isFilledIn(domain) && label.endsWith(`.${domain}`));
    if (own !== undefined) return [underDomain(label, own)];
    if (label.includes('.')) return [parseHost(label)];
    parseHostLabel(label);
    return domains.map(domain =>
      underDomain(pattern.replaceAll('{app}', label).replaceAll('{domain}', domain), domain),
    );
  });
  return [...new Set(names)];
}

/** A domain may be what Flux fills in for a cluster, `${DOMAIN}`: what stands before it is held to the rules of names. */
function underDomain(host: string, domain: string): string {
  if (!isFilledIn(domain)) return parseHost(host);
  parseHost(host.replace(domain, () => 'filled.in'));
  return host;
}

/**
 * The hosts of the same app in another environment, by its pattern; where that gives the same, or a host follows no pattern, the first
 * label says the environment.
 */
export function hostsElsewhere(
  hosts: readonly string[],
  { domains, from, to }: { domains: readonly string[]; from: string; to: string },
  environment: string,
): string[] {
  return hosts.map(host => {
    for (const domain of domains) {
      const [before = '', after = ''] = from.replaceAll('{domain}', domain).split('{app}', 2);
      const label = host.slice(before.length, host.length - after.length);
      if (host !== `${before}${label}${after}` || label === '' || label.includes('.')) continue;
      const elsewhere = to.replaceAll('{app}', label).replaceAll('{domain}', domain);
      if (elsewhere !== host) return elsewhere;
    }
    const dot = host.indexOf('.');
    return host.startsWith('*.')
      ? `*.${environment}${host.slice(1)}`
      : `${host.slice(0, dot)}-${environment}${host.slice(dot)}`;
  });
}
