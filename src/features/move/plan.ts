import { posix } from 'node:path';
import { stringOf, valueAt } from '../../data/fields.ts';
import { type ChangeSet, createFile, deleteFile, joinAll, updateFile } from '../../change-set.ts';
import { ignoredBy } from '../../repository/gitignore.ts';
import type { Text } from '../../text/language.ts';
import { lockPath } from '../../repository/lock-entry.ts';
import { childFiles, followChildren, type MovedChild } from './follow-child.ts';
import { keptRecords, recordChanges } from './kept-records.ts';
import { editAll } from './edit-all.ts';
import type { AppHome } from './home.ts';
import { type Move, movedPath, type Renamed } from './move.ts';
import type { Conventions } from '../../repository/conventions/conventions.ts';
import type { App, Repository, RepositoryText } from '../../repository/model.ts';
import { readGenerated } from '../../repository/generators/read.ts';
import { parseRepository } from '../../repository/parse-repository.ts';
import { UserError } from '../../errors.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { needsNewSeal, sealCommand } from '../../sealing/form.ts';
import type { Scope } from '../../sealing/scope.ts';
import { placementOf } from '../../sealing/placement.ts';
import { parseSealedSecrets } from '../../sealing/sealed-secret.ts';
import { say } from '../../locales/say.ts';

export type RelocationRequest = {
  app: App;
  /** The folder that moves, and the apps in it. */
  home: AppHome;
  to: { environment: string; name: string };
  /** The namespace that changes with the name; undefined if it stays. */
  renamed: Renamed | undefined;
  /** Those of overlays, which go along as well: by the folder that each holds for. */
  renames?: readonly (Renamed & { folder: string })[];
};

export type PlannedMove = {
  changes: ChangeSet;
  /** Files whose content changes too, as updates at their new place: what a person wants to see. */
  edits: ChangeSet;
  /** Pulled charts, which git does not have: they move after the rest, since they can be pulled again. */
  pulled: Move[];
  moved: { from: string; to: string }[];
  broken: BrokenSeal[];
  mentions: Mention[];
  /** The Applications of an app of apps that go, or become others. */
  children: readonly MovedChild[];
  /** The text of the repository as it will be. */
  after: RepositoryText;
};

export type MoveContext = {
  files: RepositoryFiles;
  repository: Repository;
  conventions: Conventions;
  /** The environments of the configuration. */
  environments: readonly string[] | undefined;
  t(text: Text): string;
};

/**
 * Plans an app's way to another folder: every file of it, what leads out of it and into it, its lock entry, and what
 * generators and promotions are remembered by.
 * @throws UserError E_APP_EXISTS, E_SYMLINK, E_YAML_*
 */
export async function planMove(context: MoveContext, request: RelocationRequest): Promise<PlannedMove> {
  const { files, repository, t } = context;
  const { home, to, renamed, renames = [] } = request;
  const move = { from: home.folder, to: `${to.environment}/${to.name}` };
  const pulled = [...new Set(home.apps.flatMap(pulledFolders))]
    .filter(folder => folder.startsWith(`${move.from}/`))
    .map(folder => ({ from: folder, to: movedPath(move, folder) }));
  await requireFree(context, move, pulled);
  const own = await readFolder(files, move.from, pulled);
  const edited = editAll(repository, { move, renamed, renames });
  const children = followChildren(repository, edited, { home, move, renamed, renames });
  const after = new Map([...edited, ...children.texts]);
  for (const file of children.gone) after.delete(file);
  const why = t(say('move.from', { from: move.from }));
  const place = (path: string, { content, mode }: Kept): ChangeSet[] => {
    const text = after.get(movedPath(move, path));
    const created = { path: movedPath(move, path), content: text ?? content, why, mode };
    const gone = t(say('move.folderIsNow', { path: created.path }));
    return [createFile(created), deleteFile({ path, before: content, why: gone })];
  };
  const outside = updatesOutside(repository.text, after, move).map(([path, before, content]) =>
    updateFile({ path, before, content, why: t(say('move.names', { to: move.to })) }),
  );
  const records = await moveRecords(context, after, { move, apps: home.apps, why });
  const lock = await lockMove(files, home, move);
  const brought = childFiles(repository.text, children, {
    why,
    gone: t(say('move.folderIsNow', { path: move.to })),
  });
  return {
    changes: joinAll([
      ...[...own].flatMap(([path, kept]) => place(path, kept)),
      ...[...lock].flatMap(([path, { content, target }]) => [
        createFile({ path: target, content, why }),
        deleteFile({ path, before: content, why: t(say('move.targetIsNow', { target })) }),
      ]),
      ...records,
      ...outside,
      ...brought,
    ]),
    edits: joinAll([...editsInside(repository.text, after, { move, why }), ...outside, ...brought]),
    pulled,
    moved: [...own.keys()].map(path => ({ from: path, to: movedPath(move, path) })),
    broken: brokenSeals({ ...repository, text: after, apps: [] }, move.to),
    after,
    children: children.moved,
    mentions: findMentions(after, { path: move.from, namespace: renamed?.from }),
  };
}

/** What slipway remembers apps by goes along; `after` gets its texts. */
async function moveRecords(
  { files, repository, conventions, environments, t }: MoveContext,
  after: Map<string, string>,
  { move, apps, why }: { move: Move; apps: readonly App[]; why: string },
): Promise<ChangeSet[]> {
  const place = { repository: parseRepository(new Map(after), environments), conventions };
  const text = new Map([...repository.text, ...(await readGenerated(files))]);
  const records = await keptRecords(text, { files, move, apps, place });
  for (const { path, target, content } of records) if (after.delete(path)) after.set(target, content);
  const gone = (target: string): string => t(say('move.targetIsNow', { target }));
  return recordChanges(records, text, { why, gone });
}

async function requireFree(context: MoveContext, { from, to }: Move, pulled: readonly Move[]): Promise<void> {
  const { files, repository } = context;
  const twin = repository.apps.find(({ path }) => path.toLowerCase() === to.toLowerCase());
  const there = twin ? [] : ((await files.walk(to)) ?? []).filter(({ kind }) => kind !== 'folder');
  const isLeftover = leftovers(repository.text, { from, to, pulled });
  const kept = there.find(({ path }) => !isLeftover(path));
  if (!twin && !kept) return;
  throw new UserError('E_APP_EXISTS', say('move.thereAlready', { path: twin?.path ?? kept?.path ?? to }), {
    hint: say('move.chooseAnotherNameEnvironment'),
    subject: to,
  });
}

/**
 * Whether a file at the new place is none of anybody's: one that git ignores there, by what holds now and by the app's own
 * .gitignore, which comes along; and pulled charts.
 */
function leftovers(
  text: RepositoryText,
  { from, to, pulled }: { from: string; to: string; pulled: readonly Move[] },
): (file: string) => boolean {
  const names = to.split('/');
  const around = ['', ...names.map((_, index) => names.slice(0, index + 1).join('/'))];
  const rules = around.map(folder => ({ folder, text: text.get(posix.join(folder, '.gitignore')) ?? '' }));
  const coming = { folder: to, text: text.get(`${from}/.gitignore`) ?? '' };
  const isIgnored = ignoredBy([...rules, coming]);
  return file => isIgnored(file) !== undefined || pulled.some(folder => file.startsWith(`${folder.to}/`));
}

/** `charts/<name>-<version>` of charts from a repository; none of a name that would lead elsewhere. */
function pulledFolders({ path, kustomization }: App): string[] {
  const written = stringOf(valueAt(kustomization.data, ['helmGlobals', 'chartHome'])) ?? 'charts';
  const home = posix.join(path, written);
  const folders = kustomization.charts.flatMap(({ name, repo, version }) =>
    repo === undefined || version === undefined ? [] : [`${home}/${name}-${version}`],
  );
  return [...new Set(folders)].filter(folder => posix.dirname(posix.normalize(folder)) === home);
}

type Kept = { content: Buffer; mode: number };

async function readFolder(
  files: RepositoryFiles,
  folder: string,
  pulled: readonly Move[],
): Promise<Map<string, Kept>> {
  const isPulled = (path: string): boolean => pulled.some(({ from }) => path === from);
  const entries = (await files.walk(folder, path => !isPulled(path))).filter(({ path }) => !isPulled(path));
  const odd = entries.find(({ kind }) => kind === 'link' || kind === 'special');
  if (odd)
    throw new UserError('E_SYMLINK', say('move.noPlainFileLinkMay', { path: odd.path }), {
      hint: say('move.moveHandFirst'),
      subject: odd.path,
    });
  const paths = entries.filter(({ kind }) => kind === 'file').map(({ path }) => path);
  const bytes = await files.readMany(paths);
  const kept = new Map<string, Kept>();
  for (const [path, content] of bytes) kept.set(path, { content, mode: await files.mode(path) });
  return kept;
}

function updatesOutside(
  before: RepositoryText,
  after: RepositoryText,
  { from }: Move,
): [path: string, before: string, content: string][] {
  return [...before].flatMap(([file, text]): [string, string, string][] => {
    const content = after.get(file);
    return file.startsWith(`${from}/`) || content === undefined || content === text
      ? []
      : [[file, text, content]];
  });
}

function editsInside(
  before: RepositoryText,
  after: RepositoryText,
  { move, why }: { move: Move; why: string },
): ChangeSet[] {
  return [...before].flatMap(([file, text]) => {
    const path = movedPath(move, file);
    const content = after.get(path);
    if (path === file || content === undefined) return [];
    return [updateFile({ path, before: text, content, why })];
  });
}

async function lockMove(
  files: RepositoryFiles,
  { apps }: AppHome,
  move: Move,
): Promise<Map<string, { content: Buffer; target: string }>> {
  const found = await Promise.all(
    [...apps.map(app => app.path), `${move.from}/base`].map(async folder => {
      const [path, target] = [folder, movedPath(move, folder)].map(each => lockPath(each));
      const content = await files.read(path ?? '');
      return content ? [[path ?? '', { content, target: target ?? '' }] as const] : [];
    }),
  );
  return new Map(found.flat());
}

/** A line that still speaks of the old place or namespace. */
type Mention = { file: string; line: number; text: string };

/** Names of Services in the old namespace, and the old path. */
export function findMentions(
  text: RepositoryText,
  { path, namespace }: { path: string; namespace: string | undefined },
): Mention[] {
  const patterns = [
    new RegExp(`(?<![\\w./-])${escape(path)}(?![\\w.-])`),
    ...(namespace === undefined ? [] : [new RegExp(`\\.${escape(namespace)}(?:\\.svc\\b|(?=[:/"'\\s]|$))`)]),
  ];
  return [...text].flatMap(([file, content]) =>
    content.split('\n').flatMap((line, index) => {
      const found = patterns.some(pattern => pattern.test(line));
      return found ? [{ file, line: index + 1, text: line.trim() }] : [];
    }),
  );
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** A SealedSecret that the cluster cannot open any more. */
type BrokenSeal = {
  /** Where it stands after the move. */
  file: string;
  namespace: string;
  name: string;
  scope: Scope;
  keys: string[];
  /** The command that asks for its values again. */
  command: string;
};

/** The SealedSecrets below a folder that do not open where kustomize and Flux put them. */
function brokenSeals(repository: Repository, folder: string): BrokenSeal[] {
  const { text } = repository;
  const files = [...text.keys()].filter(file => file.startsWith(`${folder}/`));
  return files
    .filter(file => /SealedSecret/.test(text.get(file) ?? ''))
    .flatMap(file => {
      const { place } = placementOf(repository, file);
      return parseSealedSecrets(text.get(file) ?? '', file).flatMap(secret => {
        const placed = place(secret);
        if (!needsNewSeal(secret, placed)) return [];
        const { scope, values } = secret;
        const command = sealCommand(secret);
        return [{ file, ...placed, scope, keys: values.map(({ key }) => key), command }];
      });
    });
}
