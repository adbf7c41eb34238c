import type { Repository } from '../../repository/model.ts';
import { type LocatedObject, textIn } from '../located-object.ts';
import { readDeliveries } from '../read-deliveries.ts';
import { listingsOf } from '../siblings/listings.ts';
import { isWithin, standingOf } from '../siblings/names.ts';
import { openDocuments } from '../siblings/open-documents.ts';
import type { Unit } from '../siblings/unit.ts';

/** The HelmRepositories that stand apart from the apps, each in a file of its own: those of the folder with most of them. */
export function sourcesApart(repository: Repository, units: readonly Unit[]): Unit[] {
  const homes = units.flatMap(({ standing, source }) => (source.isOwn ? [standing.home] : []));
  const kustomizations = readDeliveries(repository).kustomizations;
  const documents = openDocuments(repository);
  const sources = readDeliveries(repository)
    .objects.filter(
      ({ kind, at }) => kind === 'HelmRepository' && !homes.some(home => isWithin(home, at.file)),
    )
    .flatMap(object => {
      const own = documents.first(object.at.file, 'source');
      if (own.length === 0) return [];
      const standing = standingOf(object.at.file, object.name, true);
      const listings = listingsOf(kustomizations, standing, own).map(({ by, entry }) => ({
        file: by.file,
        entry,
      }));
      return [unitOf(object, { standing, documents: own, listings })];
    });
  const inFolder = (group: string): Unit[] => sources.filter(({ standing }) => standing.group === group);
  const folders = [...new Set(sources.map(({ standing }) => standing.group))].map(inFolder);
  return folders.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

function unitOf(object: LocatedObject, own: Pick<Unit, 'standing' | 'documents' | 'listings'>): Unit {
  return {
    ...own,
    delivery: 'flux',
    values: { style: 'none', file: undefined },
    chart: { name: '', version: '', source: textIn(object, 'spec', 'url') },
    source: { kind: object.kind, isOwn: true },
    namespace: object.namespace,
    folder: undefined,
  };
}
