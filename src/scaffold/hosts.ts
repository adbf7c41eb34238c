import { parseHost, parseHostLabel } from '../repository/names.ts';

export type HostNaming = { domains: readonly string[]; pattern: string };

/**
 * The host names of an app: a label stands for one name under each domain, by the environment's pattern; a name with
 * a dot is taken as it is.
 */
export function hostNames(labels: readonly string[], { domains, pattern }: HostNaming): string[] {
  const names = labels.flatMap(label => {
    if (label.includes('.')) return [parseHost(label)];
    parseHostLabel(label);
    return domains.map(domain =>
      parseHost(pattern.replaceAll('{app}', label).replaceAll('{domain}', domain)),
    );
  });
  return [...new Set(names)];
}
