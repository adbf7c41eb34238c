import { posix } from 'node:path';
import type { Conventions } from '../../repository/conventions/conventions.ts';
import type { EmittedFile, Emission, NewChart } from '../../deliveries/siblings/emission.ts';
import { listEntries } from '../../deliveries/siblings/list-entry.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { readKustomizations } from '../../deliveries/kustomizations.ts';
import { lockPath } from '../../repository/lock-entry.ts';
import { isKustomization, parseKustomization } from '../../repository/kustomization.ts';
import type { Repository } from '../../repository/model.ts';
import type { Template } from '../../repository/templates.ts';
import { addFile, draftData, editIn, relist, draftText } from './draft.ts';
import { refuseField } from './fields-beside.ts';
import { say } from '../../locales/say.ts';
import type { DraftFiles, ReadApp, RefusedField, ConvertTarget, WrittenApp } from './model.ts';
import { withoutDelivery } from './strip.ts';
import { toArgo } from './to-argo.ts';
import { toFlux } from './to-flux.ts';
import { toKustomize } from './to-kustomize.ts';

/** What decides how an app is written beside its siblings. */
export type EmitRequest = {
  delivery: 'flux' | 'argo';
  environment: string;
  name: string;
  charts: readonly NewChart[];
  resources: readonly string[];
};

export type WriteContext = {
  repository: Repository;
  conventions: Pick<Conventions, 'style'>;
  /** Writes an app as its siblings of a delivery are written. */
  emitBeside(request: EmitRequest): Omit<Emission, 'notes'>;
  template: Template;
  ownUrl: string | undefined;
};

/**
 * Writes an app into a draft as another delivery has it, and takes the old one out: its lists and its lock go along.
 * @throws UserError E_APP_EXISTS, E_VALUE, E_YAML_*
 */
export function writeApp(
  context: WriteContext,
  draft: DraftFiles,
  { app, target }: { app: ReadApp; target: ConvertTarget },
): WrittenApp {
  const { repository, conventions, template, ownUrl } = context;
  const emission = target === 'kustomize' ? undefined : emit(context, app, target);
  const own = target === 'flux' && emission?.folder ? movedTo(draft, app, emission.folder) : app;
  withoutDelivery(draft, own);
  const written =
    target === 'kustomize'
      ? toKustomize(draft, own, { style: conventions.style, template })
      : target === 'flux'
        ? toFlux(draft, own, emission ?? never())
        : toArgo(draft, own, { emission: emission ?? never(), ownUrl });
  keepShared(repository, draft, app);
  keepPin(draft, own, written);
  list(repository, draft, { app, written, emission });
  moveLock(draft, app, written);
  return written;
}

/** An app whose files lie where its siblings have theirs: its whole folder goes there. */
function movedTo(draft: DraftFiles, app: ReadApp, to: string): ReadApp {
  const { folder, kustomization } = app;
  if (folder === to) return app;
  const place = (file: string): string =>
    file.startsWith(`${folder}/`) ? posix.join(to, file.slice(folder.length + 1)) : file;
  const moving = [...draft].filter(([file]) => place(file) !== file);
  for (const [file, content] of moving) {
    draft.delete(file);
    addFile(draft, place(file), content);
  }
  const file = kustomization && place(kustomization.file);
  return {
    ...app,
    folder: to,
    layers: app.layers.map(layer => ({
      ...layer,
      file: layer.file === undefined ? undefined : place(layer.file),
    })),
    gone: app.gone.map(place),
    kustomization: file === undefined ? undefined : parseKustomization(draftText(draft, file), file),
  };
}

/** Paths of the app's kustomizations that lead out of its folder, and would lead elsewhere from another one. */
function leadsOut({ text }: Pick<Repository, 'text'>, { folder }: ReadApp): boolean {
  return [...text].some(
    ([file, content]) =>
      file.startsWith(`${folder}/`) &&
      isKustomization(file) &&
      parseKustomization(content, file).references.some(
        ({ path }) => path !== undefined && !path.startsWith(`${folder}/`),
      ),
  );
}

function never(): never {
  throw new Error('an app without what it is written as');
}

function emit(
  { emitBeside }: WriteContext,
  { chart, release, group, name }: ReadApp,
  delivery: 'flux' | 'argo',
): Omit<Emission, 'notes'> {
  const charts = [{ ...chart, release: release.name, overrides: {}, copy: '' }];
  return emitBeside({ delivery, environment: group, name, charts, resources: [] });
}

function isShared({ text }: Pick<EmittedFile, 'text'>): boolean {
  return /^kind: Namespace$/m.test(text) && text.split(/^kind:/m).length > 2;
}

/** What siblings do that this app cannot follow: its other files would lie elsewhere. */
export function placeRefusals(context: WriteContext, app: ReadApp, target: ConvertTarget): RefusedField[] {
  if (target === 'kustomize' || app.refusals.length > 0) return [];
  const { files, folder, home, model } = emit(context, app, target);
  const at = { file: home, object: target, path: app.folder };
  // The namespace is the app's own already, and goes without what else its siblings keep beside it.
  const shared = target === 'flux' ? files.filter(isShared) : [];
  if (shared.length > 0)
    return shared.map(({ path }) =>
      refuseField(
        { ...at, file: model?.standing.home ?? home, path },
        say('convert.sharesFile'),
        say('convert.fileOfItsOwn'),
      ),
    );
  const isElsewhere =
    target === 'flux'
      ? folder === undefined || (folder !== app.folder && leadsOut(context.repository, app))
      : folder !== undefined;
  return isElsewhere && model
    ? [
        refuseField(
          at,
          say('convert.siblingsElsewhere', { sibling: model.standing.home }),
          say('convert.moveBeside'),
        ),
      ]
    : [];
}

/** A file of values that another app takes stays, whoever needed it besides. */
function keepShared(repository: Repository, draft: DraftFiles, { layers, use }: ReadApp): void {
  const others = findUses(repository).filter(({ id }) => id !== use.id);
  for (const { file, text } of layers)
    if (
      file !== undefined &&
      others.some(({ values }) => values.some(place => place.kind === 'file' && place.path === file))
    )
      draft.set(file, text);
}

/** Why a version is not to be moved stays beside it. */
function keepPin(draft: DraftFiles, { chart }: ReadApp, { at, folder }: WrittenApp): void {
  if (chart.pin === undefined) return;
  const files = [
    at,
    ...[...draft.keys()].filter(file => folder !== undefined && posix.dirname(file) === folder),
  ];
  const line = new RegExp(
    `^[ -]*(?:version|targetRevision|tag): ["']?${chart.version.replaceAll('.', String.raw`\.`).replaceAll('+', '[+_]')}["']?$`,
    'm',
  );
  const file = files.find(each => line.test(draftText(draft, each)));
  if (file !== undefined)
    draft.set(
      file,
      draftText(draft, file).replace(line, found => `${found} # ${chart.pin}`),
    );
}

type Listed = { app: ReadApp; written: WrittenApp; emission: Omit<Emission, 'notes'> | undefined };

/** Whoever listed the app lists what it is now; so do the lists that its siblings stand in. */
function list(repository: Repository, draft: DraftFiles, { app, written, emission }: Listed): void {
  const kustomizations = readKustomizations(repository);
  const isFile = written.home.endsWith('.yaml') || written.home.endsWith('.yml');
  const isMoved = !isFile && written.folder !== app.folder;
  const old = [...(isFile || isMoved ? [app.folder] : []), ...(app.use.delivery === 'argo' ? app.gone : [])];
  const next = isMoved && emission?.listings.length ? undefined : written.home;
  const except = app.kustomization?.file;
  if (old.length > 0) relist(draft, kustomizations, { gone: old, next, except });
  for (const { file, entry } of emission?.listings ?? [])
    if (draft.has(file)) editIn(draft, file, listEntries(draftData(draft, file), [entry]));
}

/** What was pinned is found by the place of the app. */
function moveLock(draft: DraftFiles, { app }: ReadApp, { folder, home }: WrittenApp): void {
  const [from, to] = [lockPath(app.path), lockPath(home.endsWith('.yaml') ? home : (folder ?? home))];
  const content = draft.get(from);
  if (content === undefined || from === to) return;
  draft.delete(from);
  draft.set(to, content);
}
