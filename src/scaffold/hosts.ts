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
    if (label.includes('.')) return [parseHost(label)];
    parseHostLabel(label);
    return domains.map(domain =>
      parseHost(pattern.replaceAll('{app}', label).replaceAll('{domain}', domain)),
    );
  });
  return [...new Set(names)];
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
