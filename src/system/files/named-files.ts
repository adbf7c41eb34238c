import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { ifExists, naming } from './file-error.ts';
import { plantedLink } from './find-repository.ts';
import { notAFile, symlinkError } from './regular-file.ts';
import { readInputFile } from './input-file.ts';
import { say } from '../../locales/say.ts';

/** The largest file that a person may name. */
const NAMED_FILE_BYTES = 10 << 20;

/** The text of a file that the command line names. */
export async function readNamedFile(file: string): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const { line, column } = firstInvalid(bytes);
    throw new UserError('E_YAML_SYNTAX', say('system.notUtf8', { file: display(file), line, column }), {
      cause,
    });
  }
}

/**
 * Replaces a file that the command line names: at any moment it holds the old content or the new one.
 * @throws UserError as `requireNamedPlace`
 */
export async function writeNamedFile(file: string, text: string): Promise<void> {
  await naming(file, async () => {
    const mode = await requireNamedPlace(file);
    const temporary = `${file}.${randomUUID()}`;
    try {
      await writeFile(temporary, text, { flag: 'wx', mode });
      await rename(temporary, file);
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

/**
 * The mode of a file that the command line names as a target, or of a new one. A repository may hold a link of that name
 * to anywhere, or one on the way.
 * @throws UserError E_VALUE for a folder that takes no file, E_SYMLINK, E_NOT_A_FILE, E_FILE_SYSTEM
 */
export async function requireNamedPlace(file: string): Promise<number> {
  await requireOpenFolder(path.dirname(file));
  const found = await ifExists(file, () => lstat(file));
  const link = found?.isSymbolicLink() ? file : await plantedLink(file);
  if (link !== undefined) throw symlinkError(link, link);
  if (found?.isDirectory()) throw notAFile(file, say('system.aFolder'));
  if (found?.isFile() === false) throw notAFile(file, say('system.notRegularFile'));
  return found === undefined ? 0o644 : found.mode & 0o777;
}

async function requireOpenFolder(folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    found => found.isDirectory(),
    () => false,
  );
  const isOpen = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (isFolder && isOpen) return;
  const shown = { folder: display(folder) };
  const text = isFolder ? say('system.folderTakesNoFile', shown) : say('system.noFolderForFile', shown);
  throw new UserError('E_VALUE', text, { hint: say('system.nameOpenFolder'), subject: folder });
}

async function readBytes(file: string): Promise<Buffer> {
  const found = await ifExists(file, () => stat(file));
  if (!found)
    throw new UserError('E_USAGE', say('system.noFile', { file: display(file) }), {
      hint: say('system.checkPath'),
    });
  if (found.isDirectory()) throw new UserError('E_NOT_A_FILE', say('system.folder', { file: display(file) }));
  if (found.size > NAMED_FILE_BYTES)
    throw new UserError(
      'E_LIMIT',
      say('system.hasBytesMoreThan', {
        file: display(file),
        count: found.size,
        named_file_bytes: NAMED_FILE_BYTES,
      }),
    );
  // A device or a pipe has no size.
  return readInputFile({ path: file, name: display(file), maxBytes: NAMED_FILE_BYTES });
}

/** Where the text up to the first invalid byte ends. */
function firstInvalid(bytes: Buffer): { line: number; column: number } {
  const valid = bytes.toString('utf8').split('\ufffd', 1)[0] ?? '';
  const lines = valid.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
