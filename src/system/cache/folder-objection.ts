import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { systemCode, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { openRepositoryRoot, plantedLink } from '../files/find-repository.ts';
import { makeOwnKey } from '../files/own-key.ts';
import { makeFolders } from '../files/make-folders.ts';
import { CACHE_KEY_FILE, CACHE_KEY_VARIABLE, knownCacheKey, LEAST_CHARACTERS } from './seal.ts';
import { isInIndex } from '../git/git.ts';

/**
 * Makes a folder for the cache, and says why it cannot be one: somebody else may write there, or has. Loaded where it is
 * needed, for the sake of what git takes with it.
 */
export async function objectionTo(folder: string): Promise<Text | undefined> {
  try {
    const link = await plantedLink(folder);
    if (link !== undefined) return say('system.itLiesBehindLink', { link: display(link) });
    await makeFolders(folder, 0o700);
    const status = await lstat(folder);
    if (!status.isDirectory()) return say('system.itIsLinkNotFolder');
    return objectionToOwner(folder, status) ?? (await objectionOfGit(folder));
  } catch (error) {
    if (error instanceof UserError) return error.texts.message;
    return say('system.itCannotBeMade', { code: systemCode(error) ?? String(error) });
  }
}

function objectionToOwner(folder: string, { uid, mode }: Stats): Text | undefined {
  if (process.getuid === undefined) return undefined;
  if (uid !== process.getuid()) return say('system.itBelongsToAnotherUser');
  return (mode & 0o077) === 0 ? undefined : say('system.othersHaveAccess', { folder });
}

/** What is committed came with the clone: somebody else wrote it. */
async function objectionOfGit(folder: string): Promise<Text | undefined> {
  const { root, git } = await openRepositoryRoot(folder);
  const isCommitted = git && (await isInIndex(git, root, new AbortController().signal));
  return isCommitted ? say('system.gitHoldsFilesOfIt') : undefined;
}

/**
 * What entries are sealed with: this user's key on this machine, or SLIPWAY_CACHE_KEY, for machines that come and go. Where
 * no key can be kept, one of this run alone: no later run believes what it wrote.
 * @throws UserError E_VALUE for a key that is too short to be one
 */
export function cacheKey(env: Readonly<Record<string, string | undefined>>): Buffer {
  const known = knownCacheKey(env);
  if (known) return known;
  if ((env[CACHE_KEY_VARIABLE] ?? '') !== '') throw tooShort();
  return makeOwnKey(CACHE_KEY_FILE) ?? randomBytes(32);
}

function tooShort(): UserError {
  const message = say('system.cacheKeyTooShort', { variable: CACHE_KEY_VARIABLE, least: LEAST_CHARACTERS });
  return new UserError('E_VALUE', message, { hint: say('system.makeCacheKey') });
}
