import { isDeepStrictEqual } from 'node:util';
import { customisationsIn } from '../../charts/customisations-in.ts';
import { inRepository } from '../../charts/address.ts';
import type { Charts } from '../../charts/lookup.ts';
import type { ChartUse, ValuesPlace } from '../../deliveries/chart-use.ts';
import { valuesAt } from '../../deliveries/values-at.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { layerOf, type ProofContext, proveUse } from '../../render/effects/prove-use.ts';
import type { Repository } from '../../repository/model.ts';
import type { ValuesDiff } from '../../values/values-diff.ts';
import type { Caution } from './facts.ts';

/** A use of a chart, and the repository as it is there. */
export type UseOnSide = { use: ChartUse; repository: Pick<Repository, 'text'> };

type Context = { charts: Charts; proof: ProofContext };

/**
 * Customisations that changed what the chart rendered before and stand there still without doing so: renders both sides with and
 * without each. Nothing for a chart or values that cannot be had.
 * @throws UserError E_CANCELLED, E_TOOL
 */
export async function effectsLost(context: Context, before: UseOnSide, after: UseOnSide): Promise<Caution[]> {
  if (isDeepStrictEqual(givenTo(before), givenTo(after))) return [];
  const [old, fresh] = [await effectsOf(context, before), await effectsOf(context, after)];
  const lost = [...old]
    .filter(([path, effect]) => effect === 'effective' && ['none', 'dead'].includes(fresh.get(path) ?? ''))
    .map(([path]) => path);
  if (lost.length === 0) return [];
  const fact = say('preview.lostEffect', { name: after.use.name, paths: lost.join(', ') });
  return [
    { id: 'lost-effect', level: 'high', object: undefined, fact, remedy: say('preview.findTheNewName') },
  ];
}

/** What decides what a chart renders. */
function givenTo({ use, repository }: UseOnSide): unknown {
  return [use.source, use.version.text, use.values.map(place => textOf(repository, place))];
}

/** What each customisation does, by its path; of a path in two places the higher one counts. */
async function effectsOf(
  { charts, proof }: Context,
  { use, repository }: UseOnSide,
): Promise<Map<string, string>> {
  const { source, version, name } = use;
  const texts = use.values.map(place => textOf(repository, place));
  if (source === undefined || version.kind !== 'exact' || texts.includes(undefined)) return new Map();
  try {
    const address = inRepository(name, source);
    const found = (await charts.versions(address)).find(each => each.version === version.text);
    if (!found) return new Map();
    const chart = await charts.pull(address, found);
    const files = texts.map(text => customisationsIn(chart, use, { text: () => text ?? '', name }));
    const { effects } = await proveUse(proof, { use, chart, layers: files.map(layerOf) });
    return new Map(files.flatMap((file, index) => pathsOf(file, effects[index] ?? [])));
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED' && error.code !== 'E_TOOL')
      return new Map();
    throw error;
  }
}

function pathsOf({ customisations }: ValuesDiff, effects: readonly string[]): [string, string][] {
  return customisations.map(({ path }, index) => [path, effects[index] ?? 'unknown']);
}

function textOf({ text }: UseOnSide['repository'], place: ValuesPlace): string | undefined {
  if (place.kind === 'opaque') return undefined;
  if (place.kind === 'file') return text.get(place.path);
  const file = text.get(place.at.file);
  return file === undefined ? undefined : valuesAt(file, place);
}
