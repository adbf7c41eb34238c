import { stringsAt } from '../data/fields.ts';
import { parseHost, parseHostLabel } from '../repository/names.ts';
import { appManifests, type Repository } from '../repository/model.ts';

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

/** The host names that routes of the repository take already, with the app that has each; a file, or an app's folder, is left out. */
export function takenHosts(repository: Repository, except?: string): Map<string, string> {
  const taken = new Map<string, string>();
  for (const app of repository.apps)
    for (const { file, manifest } of appManifests(repository, app, /HTTPRoute|GRPCRoute|TLSRoute/))
      for (const host of stringsAt(manifest.body, ['spec', 'hostnames']))
        if (file !== except && app.path !== except) taken.set(host, app.path);
  return taken;
}
