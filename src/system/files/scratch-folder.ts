import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { pathProblem } from '../../text/file-name.ts';
import { naming } from './file-error.ts';
import { say } from '../../locales/say.ts';
import { makeFolders } from './make-folders.ts';
import type { Text } from '../../text/language.ts';

const MAX_NAME_BYTES = 255;
const PREFIX = 'slipway-scratch-';

const OWN_FOLDER = /^.*\/slipway-(?:scratch|renderer)-\w{6}\/?/;

/** What a renderer says of files, without the folders of slipway's own, which are others each time. */
export function withoutScratch(text: string): string {
  // Word by word: one pattern over all would go back and forth in a long one.
  return text.replaceAll(/[^\s'"`]+/g, word => word.replace(OWN_FOLDER, ''));
}

/**
 * Runs work in a folder of its own that holds these files (posix paths), and removes it afterwards. The files come from a
 * repository, so they hold no plaintext that is not in git already.
 * @throws UserError E_OUTSIDE before anything is written if one of the paths leads out of the folder
 */
export async function inScratchFolder<Result>(
  files: ReadonlyMap<string, Uint8Array>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  for (const file of files.keys()) requireBelow(file);
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX));
  try {
    const folders = new Set([...files.keys()].map(file => path.posix.dirname(file)));
    await Promise.all([...folders].map(name => naming(name, () => makeFolders(path.join(folder, name)))));
    await Promise.all(
      [...files].map(([file, content]) =>
        naming(file, () => writeFile(path.join(folder, file), content, { flag: 'wx' })),
      ),
    );
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whoever asks has looked at the path before; this is the last look, for every platform's way of leading out. */
function requireBelow(file: string): void {
  const predicate =
    pathProblem(file) ??
    file
      .split('/')
      .map(nameProblem)
      .find(found => found !== undefined);
  if (predicate === undefined) return;
  throw new UserError('E_OUTSIDE', say('text.subjectWithPredicate', { subject: display(file), predicate }), {
    hint: say('system.nothingWrittenOutsideFolderRendering'),
    subject: file,
  });
}

function nameProblem(name: string): Text | undefined {
  if (/\\|^[a-z]:/i.test(name)) return say('system.leadsOutOnWindows');
  if (Buffer.byteLength(name) > MAX_NAME_BYTES)
    return say('system.hasNameLongerThan', { bytes: MAX_NAME_BYTES });
  return undefined;
}
