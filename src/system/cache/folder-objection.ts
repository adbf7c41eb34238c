import { createHash, randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { systemCode, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { openRepositoryRoot, plantedLink } from '../files/find-repository.ts';
import { makeOwnKey, readOwnKey } from '../files/own-key.ts';
import { makeFolders } from '../files/make-folders.ts';
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

const KEY_FILE = 'cache.key';
const VARIABLE = 'SLIPWAY_CACHE_KEY';
const LEAST_CHARACTERS = 32;

/**
 * What entries are sealed with: this user's key on this machine, or SLIPWAY_CACHE_KEY, for machines that come and go. Where
 * no key can be kept, one of this run alone: no later run believes what it wrote.
 * @throws UserError E_VALUE for a key that is too short to be one
 */
export function cacheKey(env: Readonly<Record<string, string | undefined>>): Buffer {
  return givenKey(env[VARIABLE]) ?? readOwnKey(KEY_FILE) ?? makeOwnKey(KEY_FILE) ?? randomBytes(32);
}

function givenKey(text = ''): Buffer | undefined {
  if (text === '') return undefined;
  if (text.length >= LEAST_CHARACTERS) return createHash('sha256').update(text).digest();
  throw new UserError(
    'E_VALUE',
    say('system.cacheKeyTooShort', { variable: VARIABLE, least: LEAST_CHARACTERS }),
    {
      hint: say('system.makeCacheKey'),
    },
  );
}
