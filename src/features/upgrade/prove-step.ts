import { customisationsIn } from '../../charts/customisations-in.ts';
import type { PulledChart } from '../../charts/sources/chart-source.ts';
import { layerOf, type ProofContext, proveUse } from '../../render/effects/prove-use.ts';
import type { Effect, Proved } from '../../render/effects/prove-values.ts';
import type { ValuesDiff } from '../../values/values-diff.ts';
import type { PlaceMigration } from './migrate-values.ts';
import type { PreparedChart } from './prepare-chart.ts';
import type { ProvedStep, StepEffect } from './report-facts.ts';

type Side = { files: readonly ValuesDiff[]; proved: Proved };

/**
 * Renders both versions with and without each customisation.
 * @throws UserError E_CANCELLED, E_TOOL
 */
export async function proveStep(
  context: ProofContext,
  { use, old, fresh, values }: PreparedChart,
): Promise<ProvedStep> {
  const prove = async (chart: PulledChart, text: (migration: PlaceMigration) => string): Promise<Side> => {
    const files = values.map(migration =>
      customisationsIn(chart, use, { text: () => text(migration), name: migration.report.before }),
    );
    return { files, proved: await proveUse(context, { use, chart, layers: files.map(layerOf) }) };
  };
  const before = await prove(old, ({ ours }) => ours);
  const after = await prove(fresh, ({ next }) => next());
  return {
    customisations: values.flatMap((migration, index) => stepEffects(migration, index, { before, after })),
    before: before.proved,
    after: after.proved,
  };
}

function stepEffects(
  { report }: PlaceMigration,
  index: number,
  { before, after }: { before: Side; after: Side },
): StepEffect[] {
  const moved = new Map(
    report.outcomes.flatMap(({ path, outcome, answer, to }) =>
      outcome === 'moved?' && answer === 'merged' && to !== undefined ? [[path, to] as const] : [],
    ),
  );
  return (before.files[index]?.customisations ?? []).map(({ path }, place) => {
    const effect = before.proved.effects[index]?.[place] ?? 'unknown';
    const later = effectAt(after, index, movedPath(path, moved));
    const isLost = effect === 'effective' && (later === 'none' || later === 'dead');
    return { path, valuesFile: report.before, effect, after: later, lostEffect: isLost };
  });
}

/** Where a customisation went with the block that a person moved. */
function movedPath(path: string, moved: ReadonlyMap<string, string>): string {
  for (const [from, to] of moved) {
    if (path === from) return to;
    if (isInside(path, from)) return `${to}${path.slice(from.length)}`;
  }
  return path;
}

/** The new defaults may hold the place as a map where the old ones held a value, or the other way round. */
function effectAt({ files, proved }: Side, index: number, path: string): Effect | undefined {
  const own = files[index]?.customisations ?? [];
  const effects = own.flatMap((customisation, place) =>
    customisation.path === path || isInside(customisation.path, path) || isInside(path, customisation.path)
      ? [proved.effects[index]?.[place] ?? ('unknown' as const)]
      : [],
  );
  return (['effective', 'unknown', 'none', 'dead'] as const).find(effect => effects.includes(effect));
}

function isInside(path: string, outer: string): boolean {
  return path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
