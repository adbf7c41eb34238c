import { availableParallelism } from 'node:os';
import { recordsAt, stringOf } from '../data/fields.ts';
import type { ChangeSet } from '../change-set.ts';
import { UserError } from '../errors.ts';
import { isNamespaced } from '../repository/cluster-scoped.ts';
import type { Manifest } from '../repository/manifest.ts';
import type { Repository } from '../repository/model.ts';
import { joinTexts, type Text } from '../text/language.ts';
import { doesNotBuild, whyNothingBuilds, wouldNotBuild } from './build-changes.ts';
import { changedFiles } from './changed-files.ts';
import { maskedChange } from './compare/masks.ts';
import { type ObjectDifference, objectDifferences } from './compare/object-differences.ts';
import {
  type Masked,
  maskedObjects,
  STABLE,
  stableDifferences,
  type Unstable,
  unstableObjects,
} from './effects/unstable-parts.ts';
import type { HelmTemplate } from '../system/tools/helm.ts';
import { groupOf } from './object-pairs.ts';
import {
  type DeliveredContext,
  type DeliveredState,
  type DeliveredUnit,
  renderDelivered,
} from './render-delivered.ts';
import { bothBuilds, deliveredText, deliveredTextAfter } from './render-units.ts';
import { type FieldChange, fieldChanges, nameOf, type ObjectName } from './rendered-changes.ts';
import type { Remembering, Renderers } from './renderers.ts';

export type SameRenderContext = Omit<DeliveredContext, 'renderers' | 'jobs'> & {
  /** Releases at once; one per processor. */
  jobs: number | undefined;
  renderers: DeliveredContext['renderers'] & Pick<Renderers, 'anew'>;
  repository: Repository;
};

/** A change after which the same is to run as before. */
export type SteadyChange = {
  changes: ChangeSet;
  /** What is rendered by itself before the change, and after it. */
  before: readonly DeliveredUnit[];
  after: readonly DeliveredUnit[];
  /** Where objects land that name no namespace; undefined where both sides say the same of it. */
  namespace?: string | undefined;
  /** What the change is about, for messages. */
  app: string;
};

/** An object that differs: the fields of one that both sides have, none of one that only one has. Nothing secret is in them. */
type RenderedDifference = ObjectName & {
  side: 'before' | 'after' | 'both';
  fields: FieldChange[];
};

/** Whether the same runs after a change. */
export type RenderVerdict =
  | { status: 'same'; objects: number; masked: Masked[]; apart: ObjectName[]; remarks: Text[] }
  | {
      status: 'differs';
      differences: RenderedDifference[];
      /** The same objects as YAML. */
      shown: ObjectDifference[];
      masked: Masked[];
    }
  /** Nobody could look. */
  | { status: 'not-rendered'; reason: Text };

/**
 * Renders what a change touches before and after it, and compares both as sets of objects. What delivers charts, and the values
 * that it takes, is left apart: those are what such a change writes. What differs at every rendering is found by rendering again,
 * and masked.
 * @throws UserError E_RENDER for what does not render before, or would not afterwards; E_CANCELLED
 */
export async function compareRender(
  context: SameRenderContext,
  change: SteadyChange,
): Promise<RenderVerdict> {
  const absent = await whyNothingBuilds(context);
  if (absent) return { status: 'not-rendered', reason: absent };
  const render = renderBoth(context, change);
  const first = await render(context.renderers);
  if ('reason' in first) return { status: 'not-rendered', reason: first.reason };
  return judgeSides(first, change, () => render(context.renderers.anew));
}

/** A chart alone with two texts of values. */
export type ValuesChange = Omit<HelmTemplate, 'values'> & { before: string; after: string };

/** Renders a chart alone with values before and after, and compares both as sets of objects. @throws UserError E_CANCELLED */
export async function compareTemplates(
  renderers: Pick<Renderers, 'template' | 'anew' | 'cannotTemplate'>,
  { before, after, ...request }: ValuesChange,
): Promise<RenderVerdict> {
  const absent = await renderers.cannotTemplate();
  if (absent) return { status: 'not-rendered', reason: absent };
  const render = async ({ template }: Pick<Remembering, 'template'>): Promise<Sides> => {
    const [old, fresh] = [
      await template({ ...request, values: Buffer.from(before) }),
      await template({ ...request, values: Buffer.from(after) }),
    ];
    return { before: old.manifests, after: fresh.manifests, apart: [], remarks: [] };
  };
  try {
    return await judgeSides(await render(renderers), {}, () => render(renderers.anew));
  } catch (error) {
    // Alone it may lack what the cluster has.
    if (error instanceof UserError && error.code === 'E_RENDER')
      return { status: 'not-rendered', reason: error.texts.message };
    throw error;
  }
}

type Sides = {
  before: readonly Manifest[];
  after: readonly Manifest[];
  apart: ObjectName[];
  remarks: Text[];
};

const MOST_LOOKS = 3;

async function judgeSides(
  first: Sides,
  { namespace }: Pick<SteadyChange, 'namespace'>,
  again: () => Promise<Sides | { reason: Text }>,
): Promise<RenderVerdict> {
  const placed = (manifests: readonly Manifest[]): Manifest[] =>
    manifests.map(manifest => inNamespace(manifest, namespace));
  const [before, after] = [placed(first.before), placed(first.after)];
  let unstable: Unstable = STABLE;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const { alone, changed } = stableDifferences(before, after, unstable);
    if (alone.length + changed.length === 0) {
      const { apart, remarks } = first;
      const masked = maskedObjects(after, unstable);
      return { status: 'same', objects: after.length, masked, apart, remarks };
    }
    const next = await again();
    if ('reason' in next) break;
    unstable = unstableObjects(before, placed(next.before), unstable);
    unstable = unstableObjects(after, placed(next.after), unstable);
  }
  return differing(before, after, unstable);
}

function differing(
  before: readonly Manifest[],
  after: readonly Manifest[],
  unstable: Unstable,
): RenderVerdict {
  const { alone, changed } = stableDifferences(before, after, unstable);
  const names = new Set([...alone.map(({ object }) => object), ...changed].map(keyOf));
  const isNamed = (object: ObjectName): boolean => names.has(keyOf(object));
  const shown = objectDifferences(before.filter(isNamed), after.filter(isNamed));
  return {
    status: 'differs',
    differences: [
      ...alone.map(({ object, side }) => ({ ...object, side, fields: [] })),
      ...changed.map(object => ({
        ...object,
        side: 'both' as const,
        fields: changedFields(object, before, after),
      })),
    ],
    shown,
    masked: maskedObjects(after, unstable),
  };
}

function changedFields(
  object: ObjectName,
  before: readonly Manifest[],
  after: readonly Manifest[],
): FieldChange[] {
  const [old, fresh] = [before, after].map(side => side.find(each => keyOf(each) === keyOf(object))?.body);
  return fieldChanges(old, fresh, []).map(change => maskedChange(change, object.kind));
}

function keyOf({ kind, namespace = '', name }: ObjectName): string {
  return `${kind} ${namespace} ${name}`;
}

/** Renders both sides, each unit of them; the reason where what one of them takes is not at hand. @throws UserError E_RENDER */
function renderBoth(
  context: SameRenderContext,
  { before, after, changes, app }: SteadyChange,
): (renderers: Remembering) => Promise<Sides | { reason: Text }> {
  const [now, later] = [deliveredText(context.repository), deliveredTextAfter(context.repository, changes)];
  const files = changedFiles(context.files, changes);
  return async renderers => {
    const jobs = context.jobs ?? availableParallelism();
    const rendering = { ...context, jobs, renderers: { ...context.renderers, ...renderers } };
    const old = await renderAll(before, unit => renderDelivered(rendering, unit, now));
    if ('failed' in old && !old.isLeft) throw doesNotBuild(app, old.failed);
    if ('failed' in old) return { reason: old.failed };
    const fresh = await renderAll(after, unit => renderDelivered({ ...rendering, files }, unit, later));
    if ('failed' in fresh && !fresh.isLeft) throw wouldNotBuild(app, fresh.failed);
    if ('failed' in fresh) return { reason: fresh.failed };
    const left = [...old.left, ...fresh.left];
    if (left.length > 0) return { reason: joinTexts(left, '; ') };
    const [a, b] = [withoutCarriers(old.manifests), withoutCarriers(fresh.manifests)];
    return {
      before: a.rest,
      after: b.rest,
      apart: b.apart.map(nameOf),
      remarks: [...old.remarks, ...fresh.remarks],
    };
  };
}

type Rendered = { manifests: Manifest[]; left: Text[]; remarks: Text[] };

async function renderAll(
  units: readonly DeliveredUnit[],
  render: (unit: DeliveredUnit) => Promise<DeliveredState>,
): Promise<Rendered | { failed: Text; isLeft: boolean }> {
  const all: Rendered = { manifests: [], left: [], remarks: [] };
  for (const unit of units) {
    const state = await render(unit);
    if (state.status === 'left') return { failed: state.reason, isLeft: !state.isRefused };
    if (state.status === 'failed') return { failed: state.error.texts.message, isLeft: false };
    const broken = state.inflated.outcomes.find(({ status }) => status === 'failed');
    if (broken?.status === 'failed') return { failed: broken.reason, isLeft: false };
    const { after, left } = bothBuilds(undefined, state);
    all.manifests = [...all.manifests, ...after];
    all.left = [...all.left, ...left];
    const open = state.inflated.outcomes.flatMap(outcome => outcome.open);
    const warnings = state.inflated.warnings.map(warning => ({ en: warning, 'zh-CN': warning }));
    all.remarks = [...all.remarks, ...open, ...warnings];
  }
  return all;
}

/** What says how something is delivered, and the values that releases take from the cluster, which the build itself brings. */
function withoutCarriers(manifests: readonly Manifest[]): { rest: Manifest[]; apart: Manifest[] } {
  const taken = manifests.flatMap(({ kind, body }) =>
    kind === 'HelmRelease' ? recordsAt(body, ['spec', 'valuesFrom']) : [],
  );
  const isTaken = ({ kind, name }: Manifest): boolean =>
    taken.some(from => from['kind'] === kind && isNameOf(name, stringOf(from['name']) ?? ''));
  const isApart = (manifest: Manifest): boolean =>
    DELIVERING.has(`${groupOf(manifest.apiVersion)} ${manifest.kind}`) || isTaken(manifest);
  return {
    rest: manifests.filter(manifest => !isApart(manifest)),
    apart: manifests.filter(isApart),
  };
}

/** The name itself, or with the digest that kustomize puts behind it. */
function isNameOf(name: string, written: string): boolean {
  if (!name.startsWith(written)) return false;
  return /^(?:-[a-z0-9]{10})?$/.test(name.slice(written.length));
}

const DELIVERING = new Set([
  'helm.toolkit.fluxcd.io HelmRelease',
  'source.toolkit.fluxcd.io HelmRepository',
  'source.toolkit.fluxcd.io HelmChart',
  'source.toolkit.fluxcd.io OCIRepository',
  'source.toolkit.fluxcd.io GitRepository',
  'kustomize.toolkit.fluxcd.io Kustomization',
  'argoproj.io Application',
  'argoproj.io ApplicationSet',
]);

/** A namespace that is written, and is the one that the object lands in anyway, says nothing. */
function inNamespace(manifest: Manifest, namespace: string | undefined): Manifest {
  if (namespace === undefined || (manifest.namespace ?? namespace) !== namespace) return manifest;
  const isPlaced = isNamespaced(manifest.apiVersion, manifest.kind, {}) !== false;
  const metadata = { ...(manifest.body['metadata'] as Record<string, unknown>) };
  delete metadata['namespace'];
  return {
    ...manifest,
    namespace: isPlaced ? namespace : undefined,
    body: { ...manifest.body, metadata },
  };
}
