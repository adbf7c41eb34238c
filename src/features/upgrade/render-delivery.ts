import type { ChangeSet } from '../../change-set.ts';
import type { ChartUse, UsingApp } from '../../deliveries/chart-use.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { changedFiles } from '../../render/changed-files.ts';
import type { ReleaseOutcome } from '../../render/inflate-releases.ts';
import { builderOf } from '../../render/releases/around-build.ts';
import type { DeliveredText } from '../../render/releases/plan-releases.ts';
import { deliveredTextAfter } from '../../render/render-units.ts';
import {
  type DeliveredContext,
  type DeliveredState,
  type DeliveredUnit,
  renderDelivered,
} from '../../render/render-delivered.ts';
import { bothBuilds } from '../../render/render-units.ts';
import type { Manifest } from '../../repository/manifest.ts';
import type { Repository } from '../../repository/model.ts';
import { joinTexts, type Text } from '../../text/language.ts';
import { stringOf } from '../../data/fields.ts';

/** A unit before and after a change, or why it cannot be compared. */
export type ComparedUnit = { unit: DeliveredUnit; command: string } & (
  | {
      status: 'compared';
      before: readonly Manifest[];
      after: readonly Manifest[];
      namespace: string | undefined;
      detail: Text;
    }
  | { status: 'left'; reason: Text }
);

export type DeliveryContext = DeliveredContext & { repository: Repository };

type Built = Extract<DeliveredState, { status: 'built' }>;

/**
 * Renders what the charts of an app come to, before and after a change: each folder that takes them in, each file of Applications.
 * @throws UserError E_RENDER if what rendered before no longer does
 */
export async function compareDelivery(
  context: DeliveryContext,
  { app, uses, changes }: { app: UsingApp; uses: readonly ChartUse[]; changes: ChangeSet },
): Promise<ComparedUnit[]> {
  const now = { deliveries: readDeliveries(context.repository), text: context.repository.text };
  const later = deliveredTextAfter(context.repository, changes);
  const files = changedFiles(context.files, changes);
  const compared: ComparedUnit[] = [];
  for (const unit of unitsOf(app, uses, now)) {
    const before = await renderDelivered(context, unit, now);
    const after = await renderDelivered({ ...context, files }, unit, later);
    const command = `${unit.kind === 'folder' ? 'kustomize build' : 'helm template'} ${unit.path}`;
    compared.push({ unit, command, ...compareStates(before, after, namespaceIn(unit, now)) });
  }
  for (const path of distinctFiles(uses.filter(({ delivery }) => delivery === 'capi')))
    compared.push({
      unit: { kind: 'file', path },
      command: `helm template ${path}`,
      status: 'left',
      reason: say('upgrade.installedElsewhere'),
    });
  return compared;
}

/** More overlays than that are not rendered for one step. */
const MOST_FOLDERS = 6;

function unitsOf(app: UsingApp, uses: readonly ChartUse[], { deliveries }: DeliveredText): DeliveredUnit[] {
  const has = (delivery: ChartUse['delivery']): ChartUse[] => uses.filter(use => use.delivery === delivery);
  const files = has('flux').flatMap(({ at, version }) => [at.file, ...(version.at ? [version.at.file] : [])]);
  const built = files.flatMap(file => deliveries.buildersOf(file).map(({ folder }) => folder));
  const folders = has('flux').length === 0 ? [] : [...new Set(built.length > 0 ? built : [app.path])];
  return [
    ...folders.slice(0, MOST_FOLDERS).map(path => ({ kind: 'folder' as const, path })),
    ...distinctFiles(has('argo')).map(path => ({ kind: 'file' as const, path })),
    ...[...new Set(has('umbrella').map(use => use.app.path))].map(path => ({ kind: 'chart' as const, path })),
  ];
}

function distinctFiles(uses: readonly ChartUse[]): string[] {
  return [...new Set(uses.map(({ at }) => at.file))];
}

function namespaceIn(unit: DeliveredUnit, around: DeliveredText): string | undefined {
  return unit.kind === 'folder' ? stringOf(builderOf(around, unit.path)?.spec['targetNamespace']) : undefined;
}

type Compared = Pick<Extract<ComparedUnit, { status: 'compared' }>, 'status' | 'before' | 'after' | 'detail'>;

function compareStates(
  before: DeliveredState,
  after: DeliveredState,
  namespace: string | undefined,
): (Compared & { namespace: string | undefined }) | { status: 'left'; reason: Text } {
  if (before.status === 'left') return before;
  if (before.status === 'failed')
    return { status: 'left', reason: say('upgrade.failedBeforeToo', { reason: before.error.texts.message }) };
  if (after.status === 'left') return after;
  if (after.status === 'failed') throw after.error;
  requireRendered(before, after);
  const { left, ...manifests } = bothBuilds(before, after);
  if (!before.inflated.outcomes.some(({ by }) => isRendered(before, by) && isRendered(after, by)))
    return { status: 'left', reason: left[0] ?? say('upgrade.nothingRendered') };
  return { status: 'compared', ...manifests, namespace, detail: detailOf(after, left) };
}

function isRendered({ inflated }: Built, by: ReleaseOutcome['by']): boolean {
  return inflated.outcomes.some(
    each => each.by.kind === by.kind && each.by.name === by.name && each.status === 'rendered',
  );
}

/** @throws UserError E_RENDER */
function requireRendered(before: Built, { inflated }: Built): void {
  const broken = inflated.outcomes.find(
    outcome => outcome.status === 'failed' && isRendered(before, outcome.by),
  );
  if (broken?.status === 'failed')
    throw new UserError('E_RENDER', broken.reason, { subject: `${broken.by.kind} ${broken.by.name}` });
}

/** What was not rendered as the cluster would, for whoever reads the report. */
function detailOf({ inflated, open }: Built, left: readonly Text[]): Text {
  const notes = [
    ...inflated.cut.map(reference => say('upgrade.notWholeSchema', { reference })),
    ...inflated.warnings.map(warning => ({ en: warning, 'zh-CN': warning })),
    ...inflated.outcomes.flatMap(outcome => (outcome.status === 'rendered' ? outcome.open : [])),
    ...[...new Set(open.flatMap(({ variable }) => variable ?? []))].map(name =>
      say('deliveries.variableOpen', { name }),
    ),
    ...left,
  ];
  return joinTexts(notes, '; ');
}
