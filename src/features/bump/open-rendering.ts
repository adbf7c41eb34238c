import { availableParallelism } from 'node:os';
import { joinAll, updateFile } from '../../change-set.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import { argoImages, withImagesSet } from '../../deliveries/argo/source-images.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import { whyNothingBuilds, wouldNotBuild } from '../../render/build-changes.ts';
import { changedFiles } from '../../render/changed-files.ts';
import { resourceFetcher } from '../../render/fetch-resources.ts';
import { type DeliveredUnit, renderDelivered } from '../../render/render-delivered.ts';
import { bothBuilds, deliveredTextAfter, unitsNamed } from '../../render/render-units.ts';
import { renderedChanges } from '../../render/rendered-changes.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { images } from '../../repository/rendered.ts';
import type { ObjectChange } from './judge-change.ts';
import type { BumpContext, EditedFiles, Rendering } from './plan-bump.ts';

type Rendered = Extract<Rendering, { status: 'rendered' }> & { manifests: readonly Manifest[] };

/** Renders an app with the files that a run has changed, each state of them once. */
export async function openRendering(context: CommandContext, app: UsingApp): Promise<BumpContext['render']> {
  const reason = await whyNothingBuilds(context);
  const done = new WeakMap<EditedFiles, Rendering>();
  const known = new WeakMap<Rendering, readonly Manifest[]>();
  return async drafts => {
    if (reason) return { status: 'left', reason };
    const seen = done.get(drafts) ?? (await render(context, app, drafts, known));
    done.set(drafts, seen);
    return seen;
  };
}

/** @throws UserError E_RENDER for files that no longer build; as they are, that is no reason to leave them */
async function render(
  context: CommandContext,
  app: UsingApp,
  drafts: EditedFiles,
  known: WeakMap<Rendering, readonly Manifest[]>,
): Promise<Rendering> {
  const { repository, session, files } = context;
  const { texts, laid } = withArgoImages(context, app, drafts);
  const changes = joinAll(
    [...texts].map(([path, content]) =>
      updateFile({ path, content, before: repository.text.get(path) ?? '', why: '' }),
    ),
  );
  const around = deliveredTextAfter(repository, changes);
  const jobs = session.jobs ?? availableParallelism();
  const fetch = resourceFetcher(async () => context);
  const rendering = {
    ...context,
    files: changedFiles(files, changes),
    fetch,
    jobs,
    offline: session.offline,
  };
  const manifests: Manifest[][] = [];
  for (const unit of unitsOf(context, app)) {
    const state = await renderDelivered(rendering, unit, around);
    if (state.status === 'failed' && drafts.size > 0)
      throw wouldNotBuild(app.path, state.error.texts.message);
    if (state.status === 'failed') return { status: 'left', reason: state.error.texts.message };
    if (state.status === 'left') return state;
    const { after, left } = bothBuilds(undefined, state);
    const [reason] = left;
    if (reason) return { status: 'left', reason };
    manifests.push(after);
  }
  return rendered({ manifests: manifests.flat(), laid }, app, known);
}

/** The files of a run, and the app's kustomization as Argo CD leaves it before it builds. */
function withArgoImages(
  { repository }: CommandContext,
  { path, kustomization }: UsingApp,
  drafts: EditedFiles,
): { texts: EditedFiles; laid: readonly string[] } {
  const file = kustomization?.file;
  const textOf = (name: string): string | undefined => drafts.get(name) ?? repository.text.get(name);
  const set = file === undefined ? undefined : argoImages(path, repository.text.keys(), textOf);
  if (file === undefined || !set) return { texts: drafts, laid: [] };
  const text = withImagesSet(textOf(file) ?? '', file, set.images);
  return { texts: new Map([...drafts, [file, text]]), laid: set.files };
}

function unitsOf({ repository }: CommandContext, app: UsingApp): DeliveredUnit[] {
  const units = unitsNamed(repository, [app.path]);
  return units.length > 0 ? units : [{ kind: 'folder', path: app.path }];
}

function rendered(
  { manifests, laid }: { manifests: readonly Manifest[]; laid: readonly string[] },
  { name }: UsingApp,
  known: WeakMap<Rendering, readonly Manifest[]>,
): Rendered {
  const own: Rendered = {
    status: 'rendered',
    manifests,
    laid,
    images: images(manifests).map(({ image }) => image),
    changesTo: other => differences(known.get(other) ?? [], manifests, name),
  };
  known.set(own, manifests);
  return own;
}

function differences(
  before: readonly Manifest[],
  after: readonly Manifest[],
  namespace: string,
): ObjectChange[] {
  const { added, removed, changed } = renderedChanges(before, after, namespace);
  return [
    ...[...removed, ...added].map(object => ({ object, field: undefined })),
    ...changed.flatMap(({ fields, ...object }) => fields.map(field => ({ object, field }))),
  ];
}
