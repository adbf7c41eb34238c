import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { MAX_SECRET_BYTES, parsePlainSecrets, type PlainSecret } from './plain-secret.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { UserError } from '../errors.ts';
import { ifExists } from '../system/files/file-error.ts';
import { isInIndex } from '../system/git/git.ts';
import { readInputFile, readStandardInput } from '../system/files/input-file.ts';
import { findRepository } from '../system/files/find-repository.ts';
import { say } from '../locales/say.ts';

/** base64 and JSON make a Secret of 1 MiB larger; several may share a file. */
const MAX_MANIFEST_BYTES = 8 * MAX_SECRET_BYTES;

export type ManifestContext = { cwd: string; stdin: NodeJS.ReadStream; signal: AbortSignal };

/**
 * The Secrets of a manifest; `-` is standard input.
 * @throws UserError E_PLAINTEXT_IN_GIT for a file that git tracks, and as `parsePlainSecrets` does
 */
export async function readPlainSecrets(context: ManifestContext, given: string): Promise<PlainSecret[]> {
  const bytes = await readManifest(context, given);
  return parsePlainSecrets(decodeUtf8(bytes, given), given === '-' ? 'standard input' : given);
}

async function readManifest({ cwd, stdin, signal }: ManifestContext, given: string): Promise<Buffer> {
  const maxBytes = MAX_MANIFEST_BYTES;
  if (given === '-') return readStandardInput(stdin, 'the manifest', maxBytes);
  const file = path.resolve(cwd, given);
  if (await isTracked(file, signal))
    throw new UserError('E_PLAINTEXT_IN_GIT', say('sealing.gitClearWhoeverCanRead', { given }), {
      hint: say('sealing.changeValuesWhereTheyUsed', { given }),
      subject: given,
    });
  return readInputFile({ path: file, name: given, maxBytes });
}

/** Whether the git repository around a file, if there is one, has it in its index. */
export async function isTracked(file: string, signal: AbortSignal): Promise<boolean> {
  const folder = await ifExists(file, () => realpath(path.dirname(file)));
  const repository = folder === undefined ? undefined : await findRepository(folder);
  if (folder === undefined || !repository?.git) return false;
  return isInIndex(repository.git, path.join(folder, path.basename(file)), signal);
}
