import { isSamePath } from '../../repository/kustomization-paths.ts';
import { append } from '../../data/append.ts';
import type { ChangeSet } from '../../change-set.ts';
import type { Conventions } from '../../repository/conventions/conventions.ts';
import { type Manifest, parseManifests } from '../../repository/manifest.ts';
import { readRemoteDocuments } from '../../yaml/remote-yaml.ts';
import { type App, type Repository, appManifests } from '../../repository/model.ts';
import { crdChanges } from './crd-changes.ts';
import { imageChanges } from './image-changes.ts';
import { renderedChanges } from './rendered-changes.ts';
import type { RenderReport, Verification } from './report-facts.ts';
import { UserError } from '../../errors.ts';
import type { Helm } from '../../system/tools/helm.ts';
import type { Kustomize } from '../../system/tools/kustomize.ts';
import { appTree, type TreeContext, withChanges, withPinnedCharts } from '../../render/app-tree.ts';
import { buildTree, inspectFolder, refusalIn, type Tree } from '../../render/build-app.ts';
import type { PulledChart } from '../../charts/sources/chart-source.ts';
import type { PreparedChart } from './prepare-chart.ts';
import { fullNames, type ImageNames } from '../../repository/image-names.ts';
import { images, services } from '../../repository/rendered.ts';
import { recordsAt, stringOf } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';

export type RenderContext = TreeContext & {
  repository: Repository;
  helm: Helm | undefined;
  kustomize: Kustomize | undefined;
  conventions: Pick<Conventions, 'imagePrefix' | 'dockerHub'>;
};

export type AppRendering = { rendered: RenderReport | undefined; verification: Verification[] };

/**
 * Renders the moved charts of an app before and after, to compare.
 * @throws UserError E_RENDER if what rendered before no longer does
 */
export async function renderCharts(
  { helm, repository, conventions }: RenderContext,
  app: App,
  charts: readonly PreparedChart[],
): Promise<AppRendering> {
  if (!helm) return { rendered: undefined, verification: [] };
  const before: Manifest[] = [];
  const after: Manifest[] = [];
  const verification: Verification[] = [];
  for (const chart of charts) {
    const old = await tryTemplate(helm, app, chart, 'old');
    const fresh = await tryTemplate(helm, app, chart, 'fresh');
    if (fresh instanceof UserError && !(old instanceof UserError)) throw fresh;
    if (old instanceof UserError || fresh instanceof UserError)
      return { rendered: undefined, verification: [failed(chart, old, fresh)] };
    append(before, old.manifests);
    append(after, fresh.manifests);
    verification.push({ command: commandOf(chart), ok: true, detail: fresh.cut.map(notWhole).join('; ') });
  }
  const rendered = {
    changes: renderedChanges(before, after),
    images: imageChanges(before, after),
    crds: crdChanges(before, after),
    lostBackends: lostBackends(repository, app, { before, after }),
    completed: newFullNames(app, conventions, { before, after }),
  };
  return { rendered, verification };
}

function notWhole(reference: string): string {
  return `not held to the whole of its schema (${reference})`;
}

function commandOf({ entry, move }: PreparedChart): string {
  return `helm template ${entry.releaseName ?? move.name} ${move.name}-${move.to}`;
}

function failed(
  chart: PreparedChart,
  old: RenderedChart | UserError,
  fresh: RenderedChart | UserError,
): Verification {
  const error = fresh instanceof UserError ? fresh : old;
  return {
    command: commandOf(chart),
    ok: false,
    detail: error instanceof UserError ? `${error.message} (before the upgrade too)` : '',
  };
}

type RenderedChart = { manifests: Manifest[]; cut: readonly string[] };

async function tryTemplate(
  helm: Helm,
  app: App,
  { entry, move, values, ...chart }: PreparedChart,
  which: 'old' | 'fresh',
): Promise<RenderedChart | UserError> {
  const pulled: PulledChart = chart[which];
  const text = which === 'old' ? values?.old : values && Buffer.from(values.text);
  try {
    const output = await helm.template({
      release: entry.releaseName ?? move.name,
      namespace: entry.namespace ?? app.kustomization.namespace ?? app.name,
      chart: { archive: pulled.archive ?? Buffer.alloc(0) },
      values: text ?? pulled.chart.values ?? Buffer.alloc(0),
    });
    return {
      manifests: parseManifests(readRemoteDocuments(output.text, `${move.name} as rendered`)),
      cut: output.cut,
    };
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return error;
    throw error;
  }
}

/** Builds the result of an upgrade in a scratch copy. If that fails, the state before tells whether the upgrade is to blame. */
export async function buildApp(
  context: RenderContext,
  app: App,
  changes: ChangeSet,
): Promise<Verification[]> {
  const { kustomize, helm } = context;
  if (!kustomize || !helm) return [];
  const command = `${kustomize.name} --enable-helm ${app.path}`;
  const tree = await appTree(context.files, app, await inspectFolder(context.files, app.path));
  const after = await tryBuild(context, withChanges(tree, changes), app);
  if (!after) return [{ command, ok: true, detail: '' }];
  const before = await tryBuild(context, tree, app);
  if (!before) throw after;
  return [{ command, ok: false, detail: `${after.message} (before the upgrade too)` }];
}

async function tryBuild(
  { kustomize, helm, charts }: RenderContext,
  tree: Tree,
  app: App,
): Promise<UserError | undefined> {
  if (!kustomize || !helm) return undefined;
  try {
    const whole = await withPinnedCharts(charts, tree, app);
    const built = await buildTree(whole, { kustomize, folder: app.path, helm });
    const refusal = built.status === 'refused' ? refusalIn(built.inspection) : undefined;
    return refusal === undefined
      ? undefined
      : new UserError('E_RENDER', say('upgrade.notBuilt', { refusal }));
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return error;
    throw error;
  }
}

/** What the app asks for that no renderer is started for: its upgrade goes on without having been rendered. */
export async function refusedRendering(
  { files }: Pick<RenderContext, 'files'>,
  app: App,
): Promise<AppRendering | undefined> {
  const { refusals } = await inspectFolder(files, app.path);
  const refusal = refusalIn({ refusals, remote: [] });
  if (refusal === undefined) return undefined;
  const verification = {
    command: `kustomize build ${app.path}`,
    ok: false,
    detail: `not rendered: ${refusal}`,
  };
  return { rendered: undefined, verification: [verification] };
}

/**
 * The `images:` entries that an app needs for short image names which the old version did not render. Only where its images
 * go through the mirror; what was missing before is not the upgrade's to add.
 */
function newFullNames(
  app: App,
  conventions: Pick<Conventions, 'imagePrefix' | 'dockerHub'>,
  { before, after }: { before: readonly Manifest[]; after: readonly Manifest[] },
): ImageNames['renamed'] {
  const mirror = conventions.imagePrefix?.value;
  const { transformers, images: listed } = app.kustomization;
  if (!mirror || !transformers.some(entry => isSamePath(entry, mirror.file))) return [];
  const known = new Set([
    ...listed.map(({ name }) => name),
    ...fullNames(images(before), conventions).renamed.map(({ name }) => name),
  ]);
  return fullNames(images(after), conventions).renamed.filter(({ name }) => !known.has(name));
}

type LostBackend = { file: string; backend: string };

/** Service ports that an app's own routes lead to, that were rendered before and are not any more. */
function lostBackends(
  repository: Repository,
  app: App,
  rendered: { before: readonly Manifest[]; after: readonly Manifest[] },
): LostBackend[] {
  const before = portsOf(rendered.before);
  const after = portsOf(rendered.after);
  return appManifests(repository, app, /HTTPRoute|GRPCRoute|TLSRoute/).flatMap(({ file, manifest }) =>
    backendsOf(manifest)
      .filter(backend => before.has(backend) && !after.has(backend))
      .map(backend => ({ file, backend })),
  );
}

function portsOf(manifests: readonly Manifest[]): Set<string> {
  return new Set(
    services(manifests).flatMap(({ name, ports }) => ports.map(({ port }) => `${name}:${port}`)),
  );
}

function backendsOf({ body }: Manifest): string[] {
  return recordsAt(body, ['spec', 'rules']).flatMap(rule =>
    recordsAt(rule, ['backendRefs']).flatMap(({ name, port }) => {
      const service = stringOf(name);
      return service !== undefined && typeof port === 'number' ? [`${service}:${port}`] : [];
    }),
  );
}
