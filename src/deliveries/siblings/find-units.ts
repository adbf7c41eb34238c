import { posix } from 'node:path';
import type { Repository } from '../../repository/model.ts';
import type { AppDelivery, ChartUse } from '../chart-use.ts';
import { findUses } from '../find-uses.ts';
import { openDocuments } from './open-documents.ts';
import { argoUnits } from './argo-units.ts';
import { fluxUnits } from './flux-units.ts';
import type { Unit } from './unit.ts';

const found = new WeakMap<Repository, readonly Unit[]>();

/** The apps of a repository that something else than kustomize inflates, each with the files that deliver it. */
export function findUnits(repository: Repository): readonly Unit[] {
  const uses = findUses(repository);
  const known = found.get(repository) ?? [
    ...fluxUnits(repository),
    ...argoUnits(repository, uses),
    ...umbrellaUnits(repository, uses),
  ];
  found.set(repository, known);
  return known;
}

/** How many charts each delivery has below a folder; of the whole repository without one. */
export function countDeliveries(repository: Repository, group?: string): ReadonlyMap<AppDelivery, number> {
  const counts = new Map<AppDelivery, number>();
  const add = (delivery: AppDelivery): void => void counts.set(delivery, (counts.get(delivery) ?? 0) + 1);
  for (const { delivery, standing } of findUnits(repository))
    if (group === undefined || standing.group === group) add(delivery);
  for (const { delivery, app } of findUses(repository))
    if (delivery === 'kustomize' && (group === undefined || app.environment === group)) add(delivery);
  return counts;
}

/** The apps that are charts of the repository with dependencies of others, each once. */
function umbrellaUnits({ text, isTemplate }: Repository, uses: readonly ChartUse[]): Unit[] {
  const byFile = new Map(
    uses.filter(({ delivery }) => delivery === 'umbrella').map(use => [use.at.file, use] as const),
  );
  const opened = openDocuments({ text, isTemplate });
  return [...byFile].flatMap(([file, use]) => {
    if (posix.basename(file) !== 'Chart.yaml') return [];
    const home = posix.dirname(file);
    const values = posix.join(home, 'values.yaml');
    const documents = opened.first(file, 'chart');
    if (documents.length === 0 || home === '.') return [];
    return [
      {
        delivery: 'umbrella',
        standing: { group: posix.dirname(home), name: posix.basename(home), home },
        documents,
        values: text.has(values) ? { style: 'file', file: values } : { style: 'none', file: undefined },
        chart: { name: use.name, version: use.version.text, source: use.source },
        source: { kind: use.source?.startsWith('oci://') ? 'oci' : 'http', isOwn: true },
        namespace: undefined,
        folder: undefined,
        listings: [],
      },
    ];
  });
}
