import type { RepositorySide } from '../../cli/open-sides.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { inspectFolder } from '../../render/build-app.ts';
import type { DeliveredUnit } from '../../render/render-delivered.ts';
import { chartDependencies } from '../../render/gate/chart-dependencies.ts';
import { renderUnits } from '../../render/render-units.ts';
import type { Repository } from '../../repository/model.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import type { Text } from '../../text/language.ts';

/** A unit that may render otherwise, and on which sides it stands. */
export type AffectedUnit = {
  unit: DeliveredUnit;
  presence: 'both' | 'added' | 'removed';
  /** Why it is not there any more though nobody took it away. */
  unreadable?: Text | undefined;
};

/**
 * The units that a change of files may touch. What kustomize builds alone is touched by its own files and by what it names; what a
 * release takes may stand anywhere, so that such a unit is looked at whenever a file of the repository changed.
 */
export async function affectedUnits(
  before: RepositorySide,
  after: RepositorySide,
  changed: ReadonlySet<string>,
): Promise<{ affected: AffectedUnit[]; untouched: number }> {
  const [old, fresh] = [unitsByPath(before), unitsByPath(after)];
  const affected: AffectedUnit[] = [];
  let untouched = 0;
  const all = [...new Map([...old, ...fresh])].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [path, unit] of all) {
    const presence = !old.has(path) ? 'added' : !fresh.has(path) ? 'removed' : 'both';
    const side = presence === 'removed' ? before : after;
    const isTouched =
      presence !== 'both' ||
      old.get(path)?.kind !== unit.kind ||
      (changed.size > 0 && (await isAffected(side, unit, changed)));
    const unreadable = presence === 'removed' ? problemIn(after, path) : undefined;
    if (isTouched) affected.push({ unit, presence, unreadable });
    else untouched++;
  }
  return { affected: await withoutTaken(affected, { before, after }), untouched };
}

/** A chart that an app of the repository takes runs as that app does, not by itself. */
async function withoutTaken(
  affected: readonly AffectedUnit[],
  { before, after }: Record<'before' | 'after', RepositorySide>,
): Promise<AffectedUnit[]> {
  if (!affected.some(({ unit }) => unit.kind === 'chart')) return [...affected];
  const taken = new Set<string>();
  for (const { unit, presence } of affected) {
    if (unit.kind !== 'folder') continue;
    const { files } = presence === 'removed' ? before : after;
    for (const chart of await chartsTakenBy(files, (await inspectFolder(files, unit.path)).charts))
      taken.add(chart);
  }
  return affected.filter(({ unit }) => unit.kind !== 'chart' || !taken.has(unit.path));
}

/** What is wrong with a file of a unit, so that the unit could not be read. */
function problemIn({ repository }: RepositorySide, path: string): Text | undefined {
  return repository.problems.find(({ subject = '' }) => isAt(subject, path))?.texts.message;
}

function unitsByPath({ repository }: RepositorySide): Map<string, DeliveredUnit> {
  return new Map(renderUnits(repository).map(unit => [unit.path, unit]));
}

async function isAffected(
  { files, repository }: RepositorySide,
  unit: DeliveredUnit,
  changed: ReadonlySet<string>,
): Promise<boolean> {
  const own = [...changed].some(file => isAt(file, unit.path));
  if (own || unit.kind !== 'folder' || hasReleases(repository, unit.path)) return true;
  const { named, charts } = await inspectFolder(files, unit.path);
  const targets = [...named.keys(), ...(await chartsTakenBy(files, charts))];
  return [...changed].some(file => targets.some(target => isAt(file, target)));
}

/** The folders of the charts that a build takes, and of the charts beside them that those depend on (`file://../common`). */
async function chartsTakenBy(files: RepositoryFiles, charts: readonly { home: string }[]): Promise<string[]> {
  const homes = charts.map(({ home }) => home);
  const listed = homes.map(home => `${home}/Chart.yaml`);
  const { contents } = await files.readEach(listed);
  const found = listed.flatMap(file => chartDependencies(file, contents.get(file)).dependencies);
  return [...homes, ...found.flatMap(({ folder }) => folder ?? [])];
}

function isAt(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

function hasReleases(repository: Repository, folder: string): boolean {
  return (
    readDeliveries(repository).flux.some(each => each.folder === folder) ||
    findUses(repository).some(({ delivery, app }) => delivery !== 'kustomize' && app.path === folder)
  );
}
