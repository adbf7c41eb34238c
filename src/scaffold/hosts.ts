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
