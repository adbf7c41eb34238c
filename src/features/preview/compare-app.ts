import { UserError } from '../../errors.ts';
import { pinnedChartFiles } from '../../render/app-tree.ts';
import {
  type BuildComparison,
  compareObjects,
  type CompareContext,
} from '../../render/compare/compare-objects.ts';
import {
  type DeliveredContext,
  type DeliveredState,
  type DeliveredUnit,
  renderDelivered,
} from '../../render/render-delivered.ts';
import { bothBuilds, deliveredText, namespaceOfUnit } from '../../render/render-units.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { readValues } from '../../charts/chart-values.ts';
import type { Repository } from '../../repository/model.ts';
import type { Text } from '../../text/language.ts';
import type { AffectedUnit, RepositorySide } from './affected-units.ts';
import type { AppPreview, ChartStep } from './facts.ts';
import { cautionsOf, pileOf } from './judge-app.ts';
import { maskedChange } from '../../render/compare/masks.ts';
import { objectDifferences } from './object-differences.ts';
import { type ValuesDifference, valuesDifference, valuesFilesOf } from './values-differences.ts';

/** What renders both sides. */
export type PreviewContext = Omit<DeliveredContext, 'files'> & Omit<CompareContext, 'repository'>;

/** Renders an app on both sides and compares what comes of it. @throws UserError E_CANCELLED */
export async function compareApp(
  context: PreviewContext,
  { before, after }: { before: RepositorySide; after: RepositorySide },
  { unit, presence, unreadable }: AffectedUnit,
): Promise<AppPreview> {
  const old = presence === 'added' ? undefined : await renderSide(context, before, unit);
  const fresh = presence === 'removed' ? undefined : await renderSide(context, after, unit);
  const repository = presence === 'removed' ? before.repository : after.repository;
  const charts = chartSteps(usesOf(before, unit), usesOf(after, unit));
  const about = {
    app: unit.path,
    kind: unit.kind,
    presence: unreadable ? ('both' as const) : presence,
    charts,
  };
  const built = unreadable === undefined ? builtOf(old, fresh) : { reason: unreadable, isBroken: true };
  if ('reason' in built) {
    const rest = {
      objects: { before: 0, after: 0 },
      cautions: [],
      comparison: undefined,
      differences: [],
      values: [],
    };
    const { reason, isBroken } = built;
    const app = { ...about, ...rest, left: isBroken ? [] : [reason], failure: isBroken ? reason : undefined };
    return { ...app, pile: pileOf(app) };
  }
  const both = bothBuilds(built.before, built.after);
  const subject = {
    path: unit.path,
    namespace: namespaceOfUnit(repository, unit) ?? unit.path,
    app: repository.apps.find(({ path }) => path === unit.path),
  };
  const comparison = withoutSecretValues(compareObjects({ ...context, repository }, subject, both));
  const app = {
    ...about,
    objects: { before: both.before.length, after: both.after.length },
    comparison,
    cautions: cautionsOf(comparison, charts),
    differences: objectDifferences(both.before, both.after),
    values: await valuesOf(context, { before, after }, unit),
    left: both.left,
    failure: undefined,
  };
  return { ...app, pile: pileOf(app) };
}

function withoutSecretValues(comparison: BuildComparison): BuildComparison {
  const { changes } = comparison;
  const changed = changes.changed.map(object => ({
    ...object,
    fields: object.fields.map(field => maskedChange(field, object.kind)),
  }));
  return { ...comparison, changes: { ...changes, changed } };
}

function renderSide(
  context: PreviewContext,
  side: RepositorySide,
  unit: DeliveredUnit,
): Promise<DeliveredState> {
  return renderDelivered({ ...context, files: side.files }, unit, deliveredText(side.repository));
}

type Built = Extract<DeliveredState, { status: 'built' }>;

/** Both builds; or why they cannot be compared, and whether that is the branch's doing, or that of a machine without the tools. */
function builtOf(
  before: DeliveredState | undefined,
  after: DeliveredState | undefined,
): { before: Built | undefined; after: Built | undefined } | { reason: Text; isBroken: boolean } {
  if (after?.status === 'failed')
    return { reason: after.error.texts.message, isBroken: before?.status !== 'failed' };
  if (after?.status === 'left') return { reason: after.reason, isBroken: after.lacksTool === true };
  if (before?.status === 'failed') return { reason: before.error.texts.message, isBroken: false };
  if (before?.status === 'left') return { reason: before.reason, isBroken: before.lacksTool === true };
  const unrendered = [after, before].flatMap(side => side?.inflated.outcomes ?? []);
  for (const outcome of unrendered)
    if (outcome.status === 'left' && outcome.lacksTool === true)
      return { reason: outcome.reason, isBroken: true };
  return { before, after };
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

/** What the team's values and the chart's defaults did, for the uses that stand on both sides. */
async function valuesOf(
  context: Pick<PreviewContext, 'charts'>,
  sides: { before: RepositorySide; after: RepositorySide },
  unit: DeliveredUnit,
): Promise<ValuesDifference[]> {
  const old = usesOf(sides.before, unit);
  const found: ValuesDifference[] = [];
  for (const use of usesOf(sides.after, unit)) {
    const previous = old.find(({ name, release }) => name === use.name && release.name === use.release.name);
    if (!previous) continue;
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
async function defaultsOf({ charts }: Pick<PreviewContext, 'charts'>, use: ChartUse): Promise<unknown> {
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
