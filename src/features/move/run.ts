import path from 'node:path';
import { deletionsOfApps, preservesObjects } from './deletions.ts';
import { parseAppName, requireOwnNamespace } from '../../repository/names.ts';
import { isCapiCluster } from '../../repository/capi.ts';
import { applicationName } from '../../repository/application-name.ts';
import { type App, applicationSetsIn, manifestsIn, type Repository } from '../../repository/model.ts';
import { parseRepository } from '../../repository/parse-repository.ts';
import { KUSTOMIZATION_FILES } from '../../repository/kustomization.ts';
import { selectAppAnywhere } from '../../repository/select-apps.ts';
import { EXIT, UserError } from '../../errors.ts';
import type { MoveInput } from './flags.ts';
import { moveFolder, removeEmptyFolders } from '../../system/files/empty-folders.ts';
import type { Notice } from '../../system/transaction/notice.ts';
import { applyChanges } from '../../system/transaction/transaction.ts';
import type { Session } from '../../cli/context.ts';
import { fluxEffects, requireFolder } from './flux-effects.ts';
import { homeOfOverlay } from '../../repository/overlays.ts';
import { appAtHome, homeOfApp, isNamedAfter, overlayRenames } from './home.ts';
import { movedPath } from './move.ts';
import { planMove } from './plan.ts';
import { isTracked } from '../../sealing/open-plain-secrets.ts';
import { seeExistingApp } from '../../render/inspect-existing-app.ts';
import { confirm } from '../../cli/confirm.ts';
import { type CommandContext, openContext } from '../../cli/command-context.ts';
import { describeNotice } from '../../cli/open-repository.ts';
import { renderEffects, showMove } from './view.ts';
import type { Moving } from './moving.ts';
import { buildBeforeWriting, type SeenBuild } from '../../cli/build-before-writing.ts';
import { touchedApps } from '../../render/build-changes.ts';
import { markFor } from '../../cli/run-mark.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';

/** move: shows what the cluster will delete, asks, and moves the folder as one transaction. */
export async function runMove(given: Session, input: MoveInput): Promise<number> {
  return carryOut(given, input, lookups => {
    const { repository } = lookups;
    const [word] = input.positionals;
    const app = requireApp(repository, word);
    const environment = requireEnvironment(lookups, input.values['to']);
    const overlay = word !== undefined && !appAtHome(repository, word) ? homeOfOverlay(app) : undefined;
    const home = overlay === undefined ? homeOfApp(repository, app) : { folder: app.path, apps: [app] };
    const to =
      overlay === undefined
        ? { environment, name: path.posix.basename(home.folder) }
        : overlayAt(app, overlay, { repository, environment });
    const request = { app, home, to, renamed: undefined };
    return { request, command: ['move', home.folder, '--to', environment] };
  });
}

/** rename: the same for a new name, and the namespace goes along if it bore the old one. */
export async function runRename(given: Session, input: MoveInput): Promise<number> {
  return carryOut(given, input, ({ repository }) => {
    const app = requireApp(repository, input.positionals[0]);
    const home = homeOfApp(repository, app);
    requireWhole(repository, home, input.positionals);
    if (input.positionals[1] === undefined)
      throw new UserError('E_MISSING', say('move.newNameMissing'), {
        hint: say('move.slipwayRenameNewName', { path: home.folder }),
        missing: [{ flag: '<new-name>' }],
      });
    const name = parseAppName(input.positionals[1]);
    requireOwnNamespace(name);
    const pair = { from: app.name, to: name };
    const renames = overlayRenames(home, pair);
    const renamed = renames.length > 0 || isNamedAfter(repository, app, home) ? pair : undefined;
    return {
      request: { app, home, to: { environment: path.posix.dirname(home.folder), name }, renamed, renames },
      command: ['rename', home.folder, name],
    };
  });
}

/** @throws UserError E_VALUE for one overlay of several: the name is that of the app in all of them */
function requireWhole(
  repository: Repository,
  { folder, apps }: Moving['request']['home'],
  [word = '']: readonly string[],
): void {
  const isOverlay = apps.some(app => homeOfOverlay(app) !== undefined);
  if (!isOverlay || apps.length === 1 || appAtHome(repository, word)) return;
  throw new UserError('E_VALUE', say('move.oneOverlay', { word: display(word), count: apps.length }), {
    hint: say('move.slipwayRenameNewName', { path: display(folder) }),
    subject: word,
  });
}

/** One overlay becomes that of another environment; out of service it keeps its own, in a folder of its app's name. */
function overlayAt(
  app: App,
  home: string,
  { repository, environment }: { repository: Repository; environment: string },
): { environment: string; name: string } {
  const around = path.posix.dirname(app.path);
  if (repository.apps.some(each => each.environment === environment && homeOfOverlay(each) !== undefined))
    return { environment: around, name: environment };
  const inside = path.posix.relative(path.posix.dirname(home), around);
  return { environment: path.posix.join(environment, inside), name: app.environment };
}

type Asked = Pick<Moving, 'request' | 'command'>;

async function carryOut(
  given: Session,
  input: MoveInput,
  ask: (lookups: CommandContext) => Asked,
): Promise<number> {
  const lookups = await openContext(given, input, 'write');
  try {
    const { session, files, repository, conventions, gitops } = lookups;
    const { environments } = gitops.configuration;
    const asked = ask(lookups);
    requireNoCluster(repository, asked.request.home);
    const plan = await planMove(
      { files, repository, conventions, environments, t: session.t },
      asked.request,
    );
    const { app } = asked.request;
    const tracked = await isTracked(path.join(files.root, app.kustomization.file), session.signal);
    const removed = await trackedAmong(deletedOutside(plan, asked.request), lookups);
    const builds = await buildMoved(lookups, plan, asked);
    const { configuration } = lookups.gitops;
    const moving = {
      ...asked,
      input,
      configuration,
      plan,
      builds,
      tracked,
      removed,
      cluster: await foresee(lookups, asked.request, plan),
    };
    if (!session.json) session.terminal.say(renderEffects(moving, session));
    if (!session.dryRun)
      // What the cluster deletes cannot be brought back.
      await confirm(session, { question: MOVE_THESE, preset: false, needsYes: doing(moving) });
    if (!session.dryRun) await write(lookups, moving);
    showMove(moving, session, files);
    return EXIT.done;
  } finally {
    await lookups.close();
  }
}

/** @throws UserError E_CLUSTER_MOVE for an app that is deployed and holds a Cluster: what deploys it deletes its machines with it */
function requireNoCluster(repository: Repository, { apps, folder }: Moving['request']['home']): void {
  const isLive = ({ deployed, environment }: App): boolean =>
    deployed !== undefined || repository.environments.includes(environment);
  if (!apps.some(isLive)) return;
  const files = [...repository.text.keys()].filter(file => file.startsWith(`${folder}/`));
  const found = files.flatMap(file => manifestsIn(repository.text, file, /Cluster/)).find(isCapiCluster);
  if (!found) return;
  const namespace = found.namespace ?? apps[0]?.kustomization.namespace ?? '<namespace>';
  throw new UserError('E_CLUSTER_MOVE', say('move.holdsCluster', { folder, name: display(found.name) }), {
    hint: say('move.clusterRecipe', { namespace: display(namespace) }),
    subject: folder,
  });
}

/** The app at its new place, and those whose kustomizations lead there. */
function buildMoved(
  lookups: CommandContext,
  { changes, pulled }: Moving['plan'],
  { request }: Asked,
): Promise<SeenBuild[]> {
  const { home, to } = request;
  const move = { from: home.folder, to: `${to.environment}/${to.name}` };
  const others = lookups.repository.apps.filter(app => !home.apps.includes(app));
  return buildBeforeWriting(lookups, {
    changes,
    moved: pulled.map(({ from, to: target }) => ({ before: from, after: target })),
    apps: [
      ...home.apps.map(({ path: folder }) => ({ before: folder, after: movedPath(move, folder) })),
      ...touchedApps(others, changes),
    ],
  });
}

function requireApp(repository: Repository, word: string | undefined): App {
  if (word !== undefined) {
    const atHome = appAtHome(repository, word);
    if (atHome) return atHome;
    requireFolder(repository, word);
    return selectAppAnywhere(repository, word);
  }
  throw new UserError('E_MISSING', say('move.appMissing'), {
    hint: say('move.nameOneEnvironmentApp'),
    missing: [{ flag: '<app>' }],
  });
}

/** @throws UserError E_MISSING, E_VALUE for a folder that holds no apps and is not `disabled` */
function requireEnvironment({ repository }: CommandContext, given: string | undefined): string {
  const known = new Set([...repository.environments, ...foldersOfApps(repository), 'disabled']);
  if (given === undefined)
    throw new UserError('E_MISSING', say('move.missing'), {
      hint: say('move.giveEnvironmentDisabled'),
      missing: [{ flag: 'to', choices: [...known] }],
    });
  const wanted = path.posix.normalize(given).replace(/(?<!\/)\/+$/, '');
  if (known.has(wanted)) return wanted;
  throw new UserError('E_VALUE', say('move.noFolderApps', { given }), {
    hint: say('move.known', { value: [...known].join(', ') }),
  });
}

function foldersOfApps({ text }: Repository): string[] {
  // By name: a kustomization that cannot be read is none of a move's business.
  const folders = [...text.keys()]
    .filter(file => KUSTOMIZATION_FILES.some(name => name === path.posix.basename(file)))
    .map(file => path.posix.dirname(file));
  const parents = folders.map(folder => path.posix.dirname(folder));
  return parents.filter(
    parent => parent !== '.' && !folders.some(folder => parent === folder || parent.startsWith(`${folder}/`)),
  );
}

async function foresee(
  lookups: CommandContext,
  { app, home, to }: Asked['request'],
  { after, children }: Moving['plan'],
): Promise<Moving['cluster']> {
  const { repository, charts, files, renderers, gitops } = lookups;
  const moved = parseRepository(after, gitops.configuration.environments);
  const flux = fluxEffects([repository, home.folder], [moved, `${to.environment}/${to.name}`]);
  const seen = [];
  for (const each of home.apps)
    seen.push({ app: each, ...(await seeExistingApp({ renderers, charts, files }, each)) });
  const unseen = seen.find(each => each.unseen !== undefined)?.unseen;
  const synced = repository.environments.includes(app.environment);
  // What is not deployed deletes nothing, but only where somebody says what is.
  const notKnown = say('move.notKnownWhetherDeployed', { environment: app.environment });
  return {
    ...deletionsOfApps(seen),
    unseen: synced ? unseen : repository.environmentsAreChosen ? undefined : notKnown,
    synced,
    application:
      children.map(({ name }) => name).join(', ') ||
      applicationsOf(repository, home.apps).join(', ') ||
      app.name,
    preserved: children.length > 0 ? children.every(({ keeps }) => keeps) : preservesObjects(repository),
    children,
    follows: flux === undefined && children.length === 0 && app.deployed?.by.kind === 'Application',
    flux,
  };
}

/** What an ApplicationSet calls the overlays of an app; a folder bears its own name. */
function applicationsOf({ text }: Repository, apps: readonly App[]): string[] {
  const overlays = apps.filter(app => homeOfOverlay(app) !== undefined);
  if (overlays.length === 0) return [];
  const sets = applicationSetsIn(text);
  return overlays.map(app => applicationName(sets, app.path) ?? app.name);
}

/** The files that go with an app and stand outside of its folder, such as its lock. */
function deletedOutside({ changes }: Moving['plan'], { home }: Asked['request']): string[] {
  const gone = changes.changes.flatMap(({ path: file, action }) => (action === 'delete' ? [file] : []));
  return gone.filter(file => !file.startsWith(`${home.folder}/`));
}

async function trackedAmong(paths: readonly string[], { files, session }: CommandContext): Promise<string[]> {
  const known = await Promise.all(
    paths.map(async file => ((await isTracked(path.join(files.root, file), session.signal)) ? [file] : [])),
  );
  return known.flat();
}

/** What would be done, after "whether to". */
function doing({ request: { home, to } }: Moving): Text {
  return say('move.toMove', { from: home.folder, to: `${to.environment}/${to.name}` });
}

const MOVE_THESE = say('move.moveTheseFiles');

async function write({ session, files: { root } }: CommandContext, { plan, request }: Moving): Promise<void> {
  const moved = new Set(
    plan.changes.changes.flatMap(({ path: old, action }) => (action === 'delete' ? [old] : [])),
  );
  // A moved file keeps its content at its new place, committed or not.
  const isNews = (notice: Notice): boolean => notice.kind !== 'saved' || !moved.has(notice.path);
  await applyChanges(plan.changes, {
    root,
    now: new Date(),
    run: markFor(session),
    signal: session.signal,
    uncommitted: 'save',
    notify: notice => {
      if (isNews(notice)) session.terminal.say(session.t(describeNotice(notice)));
    },
  });
  for (const folder of plan.pulled) await moveFolder(root, folder);
  await removeEmptyFolders(path.join(root, request.home.folder));
}
