import type { Configuration, NamedRepository } from '../repository/configuration.ts';
import type { ChartUse } from '../deliveries/chart-use.ts';
import { repositoryUrlProblem } from '../repository/repository-url.ts';

/** The chart repositories to look into: those of the configuration, of the apps (most used first), and of Helm. */
export function repositoriesInUse(
  { uses, configuration }: { uses: readonly ChartUse[]; configuration: Configuration },
  helm: readonly NamedRepository[],
): NamedRepository[] {
  const used = uses.flatMap(({ source }) => source ?? []);
  const counts = countEach(used);
  const byUse = [...counts.keys()].toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const all = [...(configuration.repositories ?? []), ...byUse.map(url => ({ name: '', url })), ...helm];
  const seen = new Set<string>();
  return all
    .filter(({ url }) => {
      const key = url.replace(/(?<!\/)\/+$/, '');
      return !seen.has(key) && seen.add(key) && repositoryUrlProblem(url) === undefined;
    })
    .map(({ name, url }) => ({
      name: name || (helm.find(other => sameUrl(other.url, url))?.name ?? ''),
      url,
    }));
}

function countEach(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function sameUrl(a: string, b: string): boolean {
  return a.replace(/(?<!\/)\/+$/, '') === b.replace(/(?<!\/)\/+$/, '');
}
