import { isDeepStrictEqual } from 'node:util';
import { say } from '../../locales/say.ts';
import type { ReleaseOutcome } from '../../render/inflate-releases.ts';
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
import type { Text } from '../../text/language.ts';
import type { RepositorySide } from '../../cli/open-sides.ts';
import type { AffectedUnit } from './affected-units.ts';
import { chartStepsOf, provedCautions, valuesOf } from './compare-uses.ts';
import type { AppPreview } from './facts.ts';
import { deliveryCautions } from './delivery-cautions.ts';
import { cautionsOf, pileOf } from './judge-app.ts';
import type { ProofContext } from '../../render/effects/prove-use.ts';
import { byLevel } from '../../render/risks/risk.ts';
import { maskedChange } from '../../render/compare/masks.ts';
import { objectDifferences } from '../../render/compare/object-differences.ts';

/** What renders both sides; `proof` where somebody asks what values do. */
export type PreviewContext = Omit<DeliveredContext, 'files'> &
  Omit<CompareContext, 'repository'> & { proof: ProofContext | undefined };

/** Renders an app on both sides and compares what comes of it. @throws UserError E_CANCELLED */
export async function compareApp(
  context: PreviewContext,
  { before, after }: { before: RepositorySide; after: RepositorySide },
  { unit, presence, unreadable }: AffectedUnit,
): Promise<AppPreview> {
  const old = presence === 'added' ? undefined : await renderSide(context, before, unit);
  const fresh = presence === 'removed' ? undefined : await renderSide(context, after, unit);
  const about = {
    app: unit.path,
    kind: unit.kind,
    presence: unreadable ? ('both' as const) : presence,
    charts: chartStepsOf({ before, after }, unit),
  };
  const built = unreadable === undefined ? builtOf(old, fresh) : { reason: unreadable, isBroken: true };
  const app =
    'reason' in built
      ? { ...about, ...notCompared(built) }
      : { ...about, ...(await compared(context, { before, after }, { ...about, unit, built })) };
  return { ...app, pile: pileOf(app) };
}

type Findings = Omit<AppPreview, keyof About | 'pile'>;
type About = Pick<AppPreview, 'app' | 'kind' | 'presence' | 'charts'>;
type BothBuilt = { before: Built | undefined; after: Built | undefined };

function notCompared({ reason, isBroken }: { reason: Text; isBroken: boolean }): Findings {
  return {
    objects: { before: 0, after: 0 },
    cautions: [],
    comparison: undefined,
    differences: [],
    values: [],
    left: isBroken ? [] : [reason],
    failure: isBroken ? reason : undefined,
  };
}

async function compared(
  context: PreviewContext,
  sides: { before: RepositorySide; after: RepositorySide },
  { unit, presence, charts, built }: About & { unit: DeliveredUnit; built: BothBuilt },
): Promise<Findings> {
  const [before, after] = [sides.before.repository, sides.after.repository];
  const repository = presence === 'removed' ? before : after;
  const both = bothBuilds(built.before, built.after);
  const subject = {
    path: unit.path,
    namespace: namespaceOfUnit(repository, unit) ?? unit.path,
    app: repository.apps.find(({ path }) => path === unit.path),
  };
  const comparison = withoutSecretValues(compareObjects({ ...context, repository }, subject, both));
  const removed = comparison.changes.removed.length;
  const isTouched = presence !== 'removed' && isChanged(comparison);
  const own = built.after?.own ?? [];
  return {
    objects: { before: both.before.length, after: both.after.length },
    comparison,
    cautions: byLevel([
      ...cautionsOf(comparison, charts),
      ...(await provedCautions(context, sides, unit)),
      ...deliveryCautions({ unit, presence, before, after, own, removed, isChanged: isTouched }),
    ]),
    differences: objectDifferences(both.before, both.after),
    values: await valuesOf(context, sides, unit),
    left: both.left,
    failure: undefined,
  };
}

function isChanged({ changes: { added, removed, changed } }: BuildComparison): boolean {
  return added.length + removed.length + changed.length > 0;
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
  const broken = brokenRelease(before, after);
  return broken ? { reason: broken, isBroken: true } : { before, after };
}

/** Why a release does not render any more, or cannot be rendered on this machine. */
function brokenRelease(before: Built | undefined, after: Built | undefined): Text | undefined {
  const [old, fresh] = [before, after].map(side => side?.inflated.outcomes ?? []);
  const hadFailed = ({ by }: ReleaseOutcome): boolean =>
    (old ?? []).some(each => each.status === 'failed' && isDeepStrictEqual(each.by, by));
  for (const outcome of [...(fresh ?? []), ...(old ?? [])])
    if (outcome.status === 'left' && outcome.lacksTool === true) return outcome.reason;
  for (const outcome of fresh ?? [])
    if (outcome.status === 'failed' && !hadFailed(outcome))
      return say('text.aboutSubject', {
        subject: `${outcome.by.kind} ${outcome.by.name}`,
        problem: outcome.reason,
      });
  return undefined;
}
