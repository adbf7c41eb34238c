import { lstatSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Session } from '../../../cli/context.ts';
import { systemCode, UserError } from '../../../errors.ts';
import type { Configuration } from '../../../repository/configuration.ts';
import { cacheFolder } from '../../../system/cache/cache-folder.ts';
import { isSettled, seeFile } from '../../../system/files/file-states.ts';
import type { GitFolder } from '../../../system/files/find-repository.ts';
import { thisMachine } from '../../../system/files/machine.ts';
import { readOwnFile } from '../../../system/files/own-file.ts';
import type { FileState } from '../../../system/files/seen-table.ts';
import { findStateFolder } from '../../../system/transaction/state-folder.ts';
import type { CheckResult } from '../check-repository.ts';
import type { CheckInput } from '../flags.ts';
import type { CheckPlace, OpenedCheck } from '../open-check.ts';
import {
  circumstancesText,
  keptName,
  type KeptRun,
  type KeptStates,
  MOST_KEPT_BYTES,
  printKeptRun,
} from './kept-run.ts';

/** What may be given to a run that is kept: it looks at the work tree and the last commit, and writes nothing there. */
const KEPT_FLAGS = new Set('cwd lang format fail-on json yes no-input no-color offline exit-code'.split(' '));

export type EndedRun = {
  session: Session;
  input: CheckInput;
  place: CheckPlace;
  opened: OpenedCheck;
  result: Pick<CheckResult, 'archives' | 'isComplete'>;
  mayRender: boolean;
  code: number;
};

/**
 * Keeps the answer of a run for `runAgain`: only if it said nothing beside it, if all that it looked at is known, and if that was
 * not touched so lately that another change might go unseen.
 */
export async function writeKeptRun(ended: EndedRun): Promise<void> {
  const { session, place, opened, mayRender, code } = ended;
  const { terminal, cwd: start } = session;
  const text = terminal.printed();
  if (text === undefined || !isKept(ended)) return;
  const states = await statesOf(ended).catch(unlessKnown);
  if (!states) return;
  const { argv, env, version: node } = process;
  const cwd = process.cwd();
  const columns = Number.isFinite(terminal.columns) ? terminal.columns : undefined;
  const key = place.cache.digest(circumstancesText({ argv: argv.slice(1), cwd, env, columns, node }));
  const renderer = renderingOf(opened.configuration);
  const bytes = printKeptRun(
    { key, code, text, start, root: place.repository.root, mayRender, renderer },
    states,
  );
  if (bytes.length <= MOST_KEPT_BYTES) await place.cache.write(keptName(cwd), bytes);
}

function renderingOf({ renderer, kustomizeCommand }: Configuration): KeptRun['renderer'] {
  return {
    ...(renderer === undefined ? {} : { renderer }),
    ...(kustomizeCommand === undefined ? {} : { kustomizeCommand }),
  };
}

/** What cannot be looked at is said by whoever needs it. */
function unlessKnown(error: unknown): undefined {
  if (!(error instanceof UserError) && systemCode(error) === undefined) throw error;
}

/** A clone of CI is looked at once; an app that could not be looked at, which has no key, is tried again. */
function isKept({ session: { env }, input: { switches, values }, result }: EndedRun): boolean {
  return (
    result.isComplete &&
    !env['CI'] &&
    [...switches, ...Object.keys(values)].every(name => KEPT_FLAGS.has(name))
  );
}

/** The state of everything that the answer rests on; undefined where it is not known for sure. */
async function statesOf({ session, place, opened, result }: EndedRun): Promise<KeptStates | undefined> {
  const { root, git } = place.repository;
  const { committed } = opened.sources;
  const seen = opened.disk.states();
  // In a repository that begins here, and is the user's own, nothing above decides what it is.
  const beginsHere = git?.top === root && (await realpath(session.cwd)) === root;
  if (!seen || !committed || !beginsHere || ![root, git.dir].every(isOfUser)) return undefined;
  const head = headFiles({ root, git }, committed.id);
  if (!head) return undefined;
  const state = await findStateFolder(place.repository);
  const cache = cacheFolder(thisMachine(place.env)) ?? '';
  const blobs = [...result.archives].map(digest => path.join(cache, 'blobs', digest));
  const beside = statesAt([...PROGRAM, state, path.join(state, 'journal'), ...blobs]);
  for (const [file, own] of [...head, ...beside]) seen.set(file, own, undefined);
  const states = [...seen.states.values()];
  return states.every(each => !each || isSettled(each, place.now)) ? seen.states : undefined;
}

/** What answers is made of. */
const PROGRAM = ['slipway.cjs', 'again.cjs', 'schema-worker.js', '../package.json'].map(file =>
  path.join(path.dirname(fileURLToPath(import.meta.url)), file),
);

function statesAt(files: readonly string[]): Map<string, FileState | undefined> {
  return new Map(files.map(file => [file, seeFile(path.dirname(file), path.basename(file))?.state]));
}

function isOfUser(folder: string): boolean {
  return process.getuid === undefined || lstatSync(folder).uid === process.getuid();
}

/** The files that say what the last commit is, if they say the one that was compared with. */
function headFiles({ root, git: { dir } }: { root: string; git: GitFolder }, commit: string) {
  const mark = path.join(root, '.git');
  const isOwn = dir === mark;
  // That of a linked work tree is named by a file, which is looked at too; a link is not followed.
  if (!isOwn && !lstatSync(mark).isFile()) return undefined;
  const link = path.join(dir, 'commondir');
  const common = path.resolve(dir, lineIn(link) ?? '');
  const [head, packed] = [path.join(dir, 'HEAD'), path.join(common, 'packed-refs')];
  const name = /^ref: (refs\/\S+)$/.exec(lineIn(head) ?? '')?.[1];
  const ref = name === undefined ? head : path.join(common, name);
  // What changes from here on shows in the states; git's own folder changes whenever git runs.
  const files = [link, head, ref, packed, path.join(common, 'refs/replace')];
  const states = statesAt(isOwn ? files : [mark, ...files]);
  const id = lineIn(ref) ?? packedId(readOwnFile(packed, MOST_REFS), name);
  return id === commit ? states : undefined;
}

const MOST_REFS = 8 << 20;

/** Undefined where nothing is. */
function lineIn(file: string): string | undefined {
  return readOwnFile(file, MOST_REFS)?.trim();
}

/** https://git-scm.com/docs/git-pack-refs: `<id> <name>` on each line. */
function packedId(refs = '', name = ''): string | undefined {
  return refs
    .split('\n')
    .find(line => line.endsWith(` ${name}`))
    ?.split(' ')[0];
}
