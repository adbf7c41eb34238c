import { type ChangeSet, joinAll, pathsForGit, updateFile } from '../../change-set.ts';
import { type CommandContext, openContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { type ImagePlace, withVersion } from '../../deliveries/images/image-place.ts';
import { findImagePlaces } from '../../deliveries/images/find-image-places.ts';
import { findUses, usingApps } from '../../deliveries/find-uses.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import { readKustomizations } from '../../deliveries/kustomizations.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import { EXIT, type ExitCode, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { selectIn } from '../../repository/environments.ts';
import { homeOfOverlay } from '../../repository/overlays.ts';
import { severalApps } from '../../repository/select-apps.ts';
import { ignoredIn } from '../../repository/gitignore.ts';
import { editKustomization } from '../../repository/kustomization-edit.ts';
import { commitPaths } from '../../system/git/git-commit.ts';
import type { Where } from './choose-places.ts';
import type { BumpInput } from './flags.ts';
import { parseOrders } from './parse-orders.ts';
import { type BumpContext, type BumpedImage, type EditedFiles, planBump } from './plan-bump.ts';
import { showBump, bumpSubject } from './view.ts';

/** Writes the version of images where it decides what runs; resolves to the exit of the run. */
export async function runBump(given: Session, input: BumpInput): Promise<number> {
  const orders = parseOrders(input.given.flatMap(({ name, value }) => (name === 'image' ? [value] : [])));
  const where = whereOf(input.values['where']);
  const context = await openContext(given, input, 'write');
  try {
    const { session, files } = context;
    requireGit(context, input);
    const app = requireApp(context, input);
    const bumping = await openBump(context, app, { where, force: input.switches.has('force') });
    let drafts: EditedFiles = new Map();
    const images: BumpedImage[] = [];
    for (const order of orders) {
      const bump = await planBump(bumping, order, drafts);
      drafts = bump.drafts;
      images.push(bump.image);
    }
    const changes = changesOf(context, drafts, images);
    await writeChanges(session, changes, { root: files.root });
    const committed = await commit(context, input, { app, changes, images });
    showBump({ app, images, changes, committed, input, isInGit: files.isInGit, root: files.root }, session);
    return exitOf(images, input);
  } finally {
    await context.close();
  }
}

/** @throws UserError E_GIT_STATE where there is nothing to commit to: before a file is written */
function requireGit({ files, session }: CommandContext, { switches }: BumpInput): void {
  if (files.isInGit || session.dryRun || !switches.has('commit')) return;
  throw new UserError('E_GIT_STATE', say('check.folderNoGitRepository'), {
    hint: say('bump.commitNeedsGit'),
  });
}

const WHERES: readonly Where[] = ['auto', 'images', 'values', 'manifest'];

/** @throws UserError E_VALUE */
function whereOf(text = 'auto'): Where {
  const found = WHERES.find(where => where === text);
  if (found) return found;
  throw new UserError('E_VALUE', say('bump.noSuchWhere', { text }), {
    hint: say('bump.wheresAre', { wheres: WHERES.join(', ') }),
    flag: 'where',
  });
}

/** @throws UserError E_MISSING, E_VALUE */
function requireApp({ repository }: CommandContext, { positionals, values }: BumpInput): UsingApp {
  const [word] = positionals;
  if (word === undefined)
    throw new UserError('E_MISSING', say('bump.appMissing'), {
      hint: say('repository.nameOneEnvironmentApp'),
      missing: [{ flag: '<app>' }],
    });
  const environment = values['env'];
  if (environment !== undefined)
    return selectIn(usingApps(repository, findUses(repository)), word, environment);
  const named = selectUsing(repository, [word]);
  const overlays = named.filter(each => homeOfOverlay(each) !== undefined);
  if (overlays.length > 1)
    throw severalApps(
      word,
      overlays.map(each => each.path),
    );
  const app = overlays[0] ?? named[0];
  if (app) return app;
  throw new UserError('E_VALUE', say('repository.thereNoApp', { word }), { subject: word });
}

async function openBump(
  context: CommandContext,
  app: UsingApp,
  how: Pick<BumpContext, 'where' | 'force'>,
): Promise<BumpContext> {
  const { repository, conventions } = context;
  // What renders is loaded once there is something to render.
  const { openRendering } = await import('./open-rendering.ts');
  const read = (drafts: EditedFiles, file: string): string =>
    drafts.get(file) ?? repository.text.get(file) ?? '';
  return {
    ...how,
    app: app.path,
    places: findImagePlaces(repository, app),
    read,
    othersOf: file => othersOf(context, app, file),
    ownEntry(group, drafts) {
      const [first] = group;
      if (first?.where === 'values') return ownValues(context, app, group, file => read(drafts, file));
      const [file, name] = [app.kustomization?.file, first?.names.at(-1)];
      if (file === undefined || name === undefined) return undefined;
      if (first?.where !== 'images' && first?.where !== 'manifest') return undefined;
      return {
        file,
        write: ({ tag, digest }) => {
          const item = { name, ...(tag && { newTag: tag }), ...(digest && { digest }) };
          const changes = [{ kind: 'add' as const, section: 'images' as const, item }];
          return editKustomization({
            text: read(drafts, file),
            path: file,
            changes,
            style: conventions.style,
          });
        },
      };
    },
    render: await openRendering(context, app),
  };
}

/** The values file of the app's own that is laid over a shared one, which gets the places of that. */
function ownValues(
  context: CommandContext,
  app: UsingApp,
  group: readonly ImagePlace[],
  read: (file: string) => string,
): ReturnType<BumpContext['ownEntry']> {
  const [first] = group;
  // A list would be replaced as a whole.
  const isPlain = group.every(({ path, within }) => !within && path.every(step => typeof step === 'string'));
  const uses = findUses(context.repository).filter(use => use.app.path === app.path);
  const over = uses.flatMap(({ values }) => {
    const files = values.flatMap(place => (place.kind === 'file' ? place.path : []));
    const shared = files.lastIndexOf(first?.file ?? '');
    return shared < 0 ? [] : files.slice(shared + 1);
  });
  const file = over.findLast(
    each => context.repository.text.has(each) && othersOf(context, app, each).length === 0,
  );
  if (file === undefined || !isPlain) return undefined;
  return {
    file,
    write: to =>
      group.reduce((text, place) => withVersion(text, { ...place, file, document: 0 }, to), read(file)),
  };
}

/** The other apps that a file is part of: what a kustomization takes in, and values that several charts read. */
function othersOf({ repository }: CommandContext, app: UsingApp, file: string): string[] {
  const { all, above } = readKustomizations(repository);
  const direct = all.filter(
    own => own.file === file || own.references.some(reference => reference.path === file),
  );
  const folders = new Set(
    direct.flatMap(({ folder }) => [folder, ...above(folder).map(upper => upper.folder)]),
  );
  const building = repository.apps.filter(({ path }) => folders.has(path)).map(({ path }) => path);
  const reading = findUses(repository)
    .filter(use => use.values.some(place => place.kind === 'file' && place.path === file))
    .map(use => use.app.path);
  const isPart = (path: string): boolean => path === app.path || app.path.startsWith(`${path}/`);
  return [...new Set([...building, ...reading])].filter(path => !isPart(path)).toSorted();
}

function changesOf(
  { repository, session }: CommandContext,
  drafts: EditedFiles,
  images: readonly BumpedImage[],
): ChangeSet {
  const why = session.t(say('bump.why', { images: images.map(({ name }) => name).join(', ') }));
  return joinAll(
    [...drafts].map(([path, content]) =>
      updateFile({ path, content, before: repository.text.get(path) ?? '', why }),
    ),
  );
}

type Done = { app: UsingApp; changes: ChangeSet; images: readonly BumpedImage[] };

/** One commit of what was written, and of nothing else. @throws UserError E_GIT_STATE */
async function commit(context: CommandContext, { switches }: BumpInput, done: Done): Promise<boolean> {
  const { session, files, repository } = context;
  if (!switches.has('commit') || session.dryRun || done.changes.changes.length === 0) return false;
  const { env, signal } = session;
  const paths = pathsForGit(done.changes, ignoredIn(repository.text));
  await commitPaths({ root: files.root, paths, message: bumpSubject(done), env, signal });
  return true;
}

function exitOf(images: readonly BumpedImage[], { switches }: BumpInput): ExitCode {
  const isChanged = images.some(({ status }) => status === 'bumped');
  return switches.has('require-change') && !isChanged ? EXIT.findings : EXIT.done;
}
