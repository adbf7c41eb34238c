import { pinnedChartFiles } from '../../render/app-tree.ts';
import { append } from '../../data/append.ts';
import { readValues } from '../../charts/chart-values.ts';
import type { Charts } from '../../charts/lookup.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { UserError } from '../../errors.ts';
import type { ProofContext } from '../../render/effects/prove-use.ts';
import type { DeliveredUnit } from '../../render/render-delivered.ts';
import type { Repository } from '../../repository/model.ts';
import type { RepositorySide } from '../../cli/open-sides.ts';
import type { Caution, ChartStep } from './facts.ts';
import { effectsLost } from './lost-effects.ts';
import { type ValuesDifference, valuesDifference, valuesFilesOf } from './values-differences.ts';

type BothSides = { before: RepositorySide; after: RepositorySide };

/** The charts of a unit whose version is not the same on both sides. */
export function chartStepsOf({ before, after }: BothSides, unit: DeliveredUnit): ChartStep[] {
  return chartSteps(usesOf(before, unit), usesOf(after, unit));
}

function usesOf({ repository }: RepositorySide, unit: DeliveredUnit): ChartUse[] {
  return findUses(repository).filter(({ app, at }) => app.path === unit.path || at.file === unit.path);
}

function chartSteps(before: readonly ChartUse[], after: readonly ChartUse[]): ChartStep[] {
  const [old, fresh] = [before, after].map(
    uses =>
      new Map(
        uses.map(({ name, release, version }) => [
          `${release.name} ${name}`,
          { name, version: version.text },
        ]),
      ),
  );
  if (!old || !fresh) return [];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap(key => {
    const [a, b] = [old.get(key), fresh.get(key)];
    const step = { name: (b ?? a)?.name ?? '', before: a?.version, after: b?.version };
    return step.before === step.after ? [] : [step];
  });
}

/** The uses that stand on both sides. */
function usesOnBoth(sides: BothSides, unit: DeliveredUnit): { previous: ChartUse; use: ChartUse }[] {
  const old = usesOf(sides.before, unit);
  return usesOf(sides.after, unit).flatMap(use => {
    const previous = old.find(({ name, release }) => name === use.name && release.name === use.release.name);
    return previous ? [{ previous, use }] : [];
  });
}

/**
 * Values that do nothing any more, where somebody asks for the proof.
 * @throws UserError E_CANCELLED, E_TOOL
 */
export async function provedCautions(
  { charts, proof }: { charts: Charts; proof: ProofContext | undefined },
  { before, after }: BothSides,
  unit: DeliveredUnit,
): Promise<Caution[]> {
  const found: Caution[] = [];
  for (const { previous, use } of proof ? usesOnBoth({ before, after }, unit) : [])
    if (proof)
      append(
        found,
        await effectsLost(
          { charts, proof },
          { use: previous, repository: before.repository },
          { use, repository: after.repository },
        ),
      );
  return found;
}

/** What the team's values and the chart's defaults did, for the uses that stand on both sides. @throws UserError E_CANCELLED */
export async function valuesOf(
  context: { charts: Charts },
  sides: BothSides,
  unit: DeliveredUnit,
): Promise<ValuesDifference[]> {
  const found: ValuesDifference[] = [];
  for (const { previous, use } of usesOnBoth(sides, unit)) {
    const files = [valuesFilesOf(previous), valuesFilesOf(use)];
    const defaults = await defaultsOf(context, use);
    for (const [index, file] of (files[1] ?? []).entries()) {
      const before = textAt(sides.before.repository, files[0]?.[index]);
      const after = textAt(sides.after.repository, file);
      if (before === after) continue;
      const difference = valuesDifference(
        { chart: use.name, file },
        { text: before, defaults: undefined },
        { text: after, defaults },
      );
      if (difference) found.push(difference);
    }
  }
  return found;
}

function textAt({ text }: Repository, file: string | undefined): string | undefined {
  return file === undefined ? undefined : text.get(file);
}

/** Undefined where they are not at hand: then nobody says whose a value is. */
async function defaultsOf({ charts }: { charts: Charts }, use: ChartUse): Promise<unknown> {
  if (use.source === undefined || use.version.kind !== 'exact') return undefined;
  try {
    const pin = { name: use.name, source: use.source, current: use.version.text };
    const files = await pinnedChartFiles(charts, pin);
    const bytes = files?.get('values.yaml');
    return bytes && readValues(Buffer.from(bytes).toString('utf8'), use.name);
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return undefined;
    throw error;
  }
}
