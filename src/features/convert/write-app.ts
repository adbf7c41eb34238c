import { posix } from 'node:path';
import type { Conventions } from '../../repository/conventions/conventions.ts';
import { emitBeside } from '../../scaffold/delivered/land-app.ts';
import type { DeliveryTemplates } from '../../scaffold/delivered/own-unit.ts';
import type { Emission } from '../../deliveries/siblings/emission.ts';
import { listEntries } from '../../deliveries/siblings/list-entry.ts';
import { readKustomizations } from '../../deliveries/kustomizations.ts';
import type { DeliveredUnit } from '../../render/render-delivered.ts';
import { lockPath } from '../../repository/lock-entry.ts';
import type { Repository } from '../../repository/model.ts';
import type { Template } from '../../repository/templates.ts';
import { dataIn, editIn, relist, textIn } from './draft.ts';
import { refusal } from './fields-beside.ts';
import { say } from '../../locales/say.ts';
import type { Draft, ReadApp, Refusal, Target } from './model.ts';
import { withoutDelivery } from './strip.ts';
import { toArgo } from './to-argo.ts';
import { toFlux } from './to-flux.ts';
import { toKustomize } from './to-kustomize.ts';

/** Where an app stands once it is written. */
export type Written = {
  /** Its folder, or its one file. */
  home: string;
  /** The folder that kustomize builds of it; undefined where none is left. */
  folder: string | undefined;
  units: readonly DeliveredUnit[];
  /** The file that names the chart. */
  at: string;
};

export type WriteContext = {
  repository: Repository;
  conventions: Pick<Conventions, 'style'>;
  deliveryTemplates: DeliveryTemplates;
  template: Template;
  ownUrl: string | undefined;
};

/**
 * Writes an app into a draft as another delivery has it, and takes the old one out: its lists and its lock go along.
 * @throws UserError E_APP_EXISTS, E_VALUE, E_YAML_*
 */
export function writeApp(
  context: WriteContext,
  draft: Draft,
  { app, target }: { app: ReadApp; target: Target },
): Written {
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
  { repository, deliveryTemplates }: WriteContext,
  app: ReadApp,
  delivery: 'flux' | 'argo',
): Omit<Emission, 'notes'> {
  const { chart, release, group, name } = app;
  const charts = [{ ...chart, release: release.name, overrides: {}, copy: '' }];
  return emitBeside(
    { repository, templates: deliveryTemplates },
    { delivery, environment: group, name, charts, resources: [] },
  );
}

/** What siblings do that this app cannot follow: its other files would lie elsewhere. */
export function placeRefusals(context: WriteContext, app: ReadApp, target: Target): Refusal[] {
  if (target === 'kustomize' || app.refusals.length > 0) return [];
  const { folder, home, model } = emit(context, app, target);
  const at = { file: home, object: target, path: app.folder };
  const isElsewhere = target === 'flux' ? folder !== app.folder : folder !== undefined;
  return isElsewhere && model
    ? [
        refusal(
          at,
          say('convert.siblingsElsewhere', { sibling: model.standing.home }),
          say('convert.moveBeside'),
        ),
      ]
    : [];
}

/** Why a version is not to be moved stays beside it. */
function keepPin(draft: Draft, { chart }: ReadApp, { at, folder }: Written): void {
  if (chart.pin === undefined) return;
  const files = [
    at,
    ...[...draft.keys()].filter(file => folder !== undefined && posix.dirname(file) === folder),
  ];
  const line = new RegExp(
    `^[ -]*(?:version|targetRevision|tag): ["']?${chart.version.replaceAll(/[.+]/g, String.raw`\$&`)}["']?$`,
    'm',
  );
  const file = files.find(each => line.test(textIn(draft, each)));
  if (file !== undefined)
    draft.set(
      file,
      textIn(draft, file).replace(line, found => `${found} # ${chart.pin}`),
    );
}

type Listed = { app: ReadApp; written: Written; emission: Omit<Emission, 'notes'> | undefined };

/** Whoever listed the app lists what it is now; so do the lists that its siblings stand in. */
function list(repository: Repository, draft: Draft, { app, written, emission }: Listed): void {
  const kustomizations = readKustomizations(repository);
  const isFile = written.home.endsWith('.yaml') || written.home.endsWith('.yml');
  const old = isFile ? [app.folder] : app.use.delivery === 'argo' ? [...app.gone] : [];
  const except = app.kustomization?.file;
  if (old.length > 0) relist(draft, kustomizations, { gone: old, next: written.home, except });
  for (const { file, entry } of emission?.listings ?? [])
    if (draft.has(file)) editIn(draft, file, listEntries(dataIn(draft, file), [entry]));
}

/** What was pinned is found by the place of the app. */
function moveLock(draft: Draft, { app }: ReadApp, { folder, home }: Written): void {
  const [from, to] = [app.path, home.endsWith('.yaml') ? home : (folder ?? home)].map(place =>
    posix.normalize(lockPath(posix.dirname(place), posix.basename(place))),
  );
  const content = from === undefined ? undefined : draft.get(from);
  if (from === undefined || to === undefined || content === undefined || from === to) return;
  draft.delete(from);
  draft.set(to, content);
}
