import { append } from '../../data/append.ts';
import { posix } from 'node:path';
import { stringOf, valueAt } from '../../data/fields.ts';
import type { Repository } from '../../repository/model.ts';
import type { ChartUse } from '../chart-use.ts';
import { readDeliveries } from '../read-deliveries.ts';
import { listingsOf } from './listings.ts';
import { crowdedFolders, isWithin, standingOf } from './names.ts';
import { openDocuments } from './open-documents.ts';
import type { Unit, UnitDocument } from './unit.ts';

/** The apps that are Applications with one chart, each with every file that delivers it. */
export function argoUnits(repository: Repository, uses: readonly ChartUse[]): Unit[] {
  const argo = uses.filter(({ delivery }) => delivery === 'argo');
  if (argo.length === 0) return [];
  const kustomizations = readDeliveries(repository).kustomizations;
  const opened = openDocuments(repository);
  const crowded = crowdedFolders(argo.map(({ at }) => at.file));
  const once = argo.filter(({ at }) => argo.filter(other => isSameObject(other, at)).length === 1);
  return once.flatMap(use => {
    const place = { ...use.at, path: [] };
    const own = opened.at(place, 'application');
    if (own?.data['kind'] !== 'Application') return [];
    const name = stringOf(valueAt(own.data, ['metadata', 'name'])) ?? '';
    const standing = standingOf(use.at.file, name, crowded.has(posix.dirname(use.at.file)));
    const wrappers = wrappersOf(repository, opened, standing.home, use.at.file);
    const documents: UnitDocument[] = [own, ...wrappers];
    const kustomization = kustomizations.around(use.at.file);
    const inside = kustomization && isWithin(standing.home, kustomization.folder) ? kustomization : undefined;
    if (inside) append(documents, opened.first(inside.file, 'kustomization'));
    return [
      {
        delivery: 'argo',
        standing,
        documents,
        values: valuesOf(use),
        chart: { name: use.name, version: use.version.text, source: use.source },
        source: { kind: use.source?.startsWith('oci://') ? 'oci' : 'http', isOwn: true },
        namespace: stringOf(valueAt(own.data, ['spec', 'destination', 'namespace'])),
        folder: inside?.folder,
        listings: listingsOf(kustomizations, standing, documents).map(({ by, entry }) => ({
          file: by.file,
          entry,
        })),
      },
    ];
  });
}

function isSameObject({ at }: ChartUse, place: ChartUse['at']): boolean {
  return at.file === place.file && at.document === place.document;
}

function valuesOf({ values }: ChartUse): Unit['values'] {
  const file = values.find(place => place.kind === 'file');
  if (file?.kind === 'file') return { style: 'file', file: file.path };
  const first = values.find(place => place.kind === 'map' || place.kind === 'text');
  return { style: first?.kind === 'map' || first?.kind === 'text' ? first.kind : 'none', file: undefined };
}

/** Applications that lead to the app's own folder: an app of apps has one for each. */
function wrappersOf(
  repository: Repository,
  opened: ReturnType<typeof openDocuments>,
  home: string,
  file: string,
): UnitDocument[] {
  if (home === file) return [];
  const leading = [...repository.text].filter(
    ([path, content]) => path !== file && content.includes('argoproj.io/') && content.includes(home),
  );
  return leading.flatMap(([path]) =>
    opened
      .ofKind(path, 'Application', 'wrapper')
      .filter(
        ({ data }) => stringOf(valueAt(data, ['spec', 'source', 'path']))?.replace(/^\.?\//, '') === home,
      ),
  );
}
