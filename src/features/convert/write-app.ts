import { posix } from 'node:path';
import type { Conventions } from '../../repository/conventions/conventions.ts';
import type { Emission, NewChart } from '../../deliveries/siblings/emission.ts';
import { listEntries } from '../../deliveries/siblings/list-entry.ts';
import { readKustomizations } from '../../deliveries/kustomizations.ts';
import { lockPath } from '../../repository/lock-entry.ts';
import type { Repository } from '../../repository/model.ts';
import type { Template } from '../../repository/templates.ts';
import { dataIn, editIn, relist, draftText } from './draft.ts';
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
  withoutDelivery(draft, app);
  const emission = target === 'kustomize' ? undefined : emit(context, app, target);
  const written =
    target === 'kustomize'
      ? toKustomize(draft, app, { style: conventions.style, template })
      : target === 'flux'
        ? toFlux(draft, app, emission ?? never())
        : toArgo(draft, app, { emission: emission ?? never(), ownUrl });
  keepPin(draft, app, written);
  list(repository, draft, { app, written, emission });
  moveLock(draft, app, written);
  return written;
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

/** What siblings do that this app cannot follow: its other files would lie elsewhere. */
export function placeRefusals(context: WriteContext, app: ReadApp, target: ConvertTarget): RefusedField[] {
  if (target === 'kustomize' || app.refusals.length > 0) return [];
  const { folder, home, model } = emit(context, app, target);
  const at = { file: home, object: target, path: app.folder };
  const isElsewhere = target === 'flux' ? folder !== app.folder : folder !== undefined;
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

/** Why a version is not to be moved stays beside it. */
function keepPin(draft: DraftFiles, { chart }: ReadApp, { at, folder }: WrittenApp): void {
  if (chart.pin === undefined) return;
  const files = [
    at,
    ...[...draft.keys()].filter(file => folder !== undefined && posix.dirname(file) === folder),
  ];
  const line = new RegExp(
    `^[ -]*(?:version|targetRevision|tag): ["']?${chart.version.replaceAll(/[.+]/g, String.raw`\$&`)}["']?$`,
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
  const old = isFile ? [app.folder] : app.use.delivery === 'argo' ? [...app.gone] : [];
  const except = app.kustomization?.file;
  if (old.length > 0) relist(draft, kustomizations, { gone: old, next: written.home, except });
  for (const { file, entry } of emission?.listings ?? [])
    if (draft.has(file)) editIn(draft, file, listEntries(dataIn(draft, file), [entry]));
}

/** What was pinned is found by the place of the app. */
function moveLock(draft: DraftFiles, { app }: ReadApp, { folder, home }: WrittenApp): void {
  const [from, to] = [lockPath(app.path), lockPath(home.endsWith('.yaml') ? home : (folder ?? home))];
  const content = draft.get(from);
  if (content === undefined || from === to) return;
  draft.delete(from);
  draft.set(to, content);
}
