import { access, cp, lstat, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { ifExists } from './file-error.ts';
import { type Machine, stateFolder } from './machine.ts';
import { isOwnSeal, sealOwn } from './own-key.ts';
import { readOwnFile } from './own-file.ts';
import { say } from '../../locales/say.ts';
import { makeFolders } from './make-folders.ts';

const PROGRESS = 'progress.json';
const KEY_FILE = 'tour.key';
const MAX_PROGRESS_BYTES = 64 << 10;
/** What a copy does without: history, other people's code, runs under way. */
const LEFT_OUT = new Set(['.git', 'node_modules']);

/** Where a tour lives unless a folder is named: state that outlasts a restart. */
export function tourHome(machine: Machine): string {
  const state = stateFolder(machine) ?? path.join('.local', 'state');
  return path.join(path.resolve(state), 'slipway', 'onboard');
}

/** What this run has written itself: on a machine where no key can be kept, a tour still goes to its end. */
const written = new Map<string, string>();

/** How far the tour in a folder has come; undefined if there is none that this user began in that very folder. */
export async function readTour(folder: string): Promise<string | undefined> {
  const text = readOwnFile(path.join(folder, PROGRESS), MAX_PROGRESS_BYTES);
  if (text === undefined) return undefined;
  if (text === written.get(folder)) return text.slice(0, text.lastIndexOf('\n'));
  const end = text.lastIndexOf('\n');
  const progress = text.slice(0, Math.max(end, 0));
  const isOwn = isOwnSeal(KEY_FILE, text.slice(end + 1), await sealed(folder, progress));
  return isOwn ? progress : undefined;
}

/** Keeps how far a tour has come. */
export async function writeTour(folder: string, progress: string): Promise<void> {
  const seal = sealOwn(KEY_FILE, await sealed(folder, progress));
  written.set(folder, `${progress}\n${seal}`);
  await writeFile(path.join(folder, PROGRESS), `${progress}\n${seal}`);
}

/** A copy of the folder elsewhere, or in a repository that others clone, is nobody's tour. */
async function sealed(folder: string, progress: string): Promise<string> {
  return `${await realpath(folder)}\0${progress}`;
}

/**
 * An empty folder for a tour. Only a folder that holds a tour of this user is emptied: a file of that name proves nothing.
 * @throws UserError E_EXISTS
 */
export async function clearTour(folder: string): Promise<void> {
  const present = (await ifExists(folder, () => readdir(folder))) ?? [];
  if (present.length > 0 && (await readTour(folder)) === undefined)
    throw new UserError('E_EXISTS', say('system.notEmptyHoldsNoTour', { folder }), {
      hint: say('system.nameEmptyFolder'),
      subject: folder,
    });
  await rm(folder, { recursive: true, force: true });
  await makeFolders(folder);
}

/** A repository's files without its history; links are left out, they may lead to the original. */
export async function copyFiles(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    filter: async file => !LEFT_OUT.has(path.basename(file)) && !(await lstat(file)).isSymbolicLink(),
  });
}

/** Whether a file of the tour's folder is there. @throws what the system says beside that */
export async function isInTour(folder: string, name: string): Promise<boolean> {
  return (await ifExists(name, () => access(path.join(folder, name)).then(() => true))) ?? false;
}
