import type { ChartUse } from '../../deliveries/chart-use.ts';
import { leadsTo } from '../../deliveries/shared-values.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { valuesText } from '../../repository/values-file.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { display } from '../../text/display.ts';
import type { ChartMove } from './chart-move.ts';

/**
 * Moves that edit one file, or have one values file for one chart, are written in one transaction, that of the app that comes first: two would be planned on the same
 * bytes, and the second would find other ones.
 */
export function inOneTransaction(uses: readonly ChartUse[], moves: readonly ChartMove[]): ChartMove[] {
  const byId = new Map(uses.map(use => [use.id, use]));
  const files = new Map(
    moves.map(move => [move, [move.use, ...(move.also ?? [])].flatMap(id => editedFiles(byId.get(id)))]),
  );
  const leader = new Map<string, string>();
  const lead = (key: string): string => {
    const next = leader.get(key) ?? key;
    return next === key ? key : lead(next);
  };
  for (const [{ app }, own] of files)
    for (const file of own) {
      const [known, here] = [lead(`file ${file}`), lead(`app ${app}`)];
      if (known === here) continue;
      if (known.startsWith('app ')) leader.set(here, known);
      else leader.set(known, here);
    }
  return moves.map(move => ({ ...move, app: lead(`app ${move.app}`).slice('app '.length) }));
}

/** The manifests that a move edits, and the values file of its chart, which overlays may share. */
function editedFiles(use: ChartUse | undefined): string[] {
  if (!use) return [];
  const { name, version, values } = use;
  const places = values.flatMap(place => ('at' in place ? [place.at] : []));
  const copies = values.flatMap(place =>
    place.kind === 'file' && place.via === 'valuesFile' ? [`${name} ${place.path}`] : [],
  );
  return [...[...(version.at ? [version.at] : []), ...places].map(({ file }) => file), ...copies];
}

/** The refusal to move a source for one app that others use too. */
export function sharedSourceRefusal(
  { app, release }: ChartUse,
  { name }: Pick<ChartMove, 'name'>,
): UserError {
  const [other, chart] = [app.path, name].map(display);
  return new UserError(
    'E_SHARED_SOURCE',
    say('upgrade.sourceShared', { chart: chart ?? '', other: other ?? '', release: display(release.name) }),
    { hint: say('upgrade.nameBothApps', { other: other ?? '' }), subject: app.path },
  );
}

/** The values file of the new version where another overlay has it already: this one takes it over as it is. */
export async function migratedBefore(
  { files, uses }: { files: RepositoryFiles; uses: readonly ChartUse[] },
  move: ChartMove,
  after: string,
): Promise<string | undefined> {
  const isTaken = uses.some(
    ({ name, version, values }) =>
      name === move.name && version.text === move.to && values.some(place => leadsTo(place, after)),
  );
  const bytes = isTaken ? await files.read(after) : undefined;
  return bytes && valuesText(bytes, after);
}
