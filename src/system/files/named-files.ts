import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { ifExists, naming } from './file-error.ts';
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

/** Replaces a file that the command line names: at any moment it holds the old content or the new one. */
export async function writeNamedFile(file: string, text: string): Promise<void> {
  await naming(file, async () => {
    const { target, mode } = await placeOf(file);
    const temporary = `${target}.${randomUUID()}`;
    try {
      await writeFile(temporary, text, { flag: 'wx', mode });
      await rename(temporary, target);
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

/** Behind links, so that a link stays one. */
async function placeOf(file: string): Promise<{ target: string; mode: number }> {
  const target = await ifExists(file, () => realpath(file));
  if (target === undefined) return { target: file, mode: 0o644 };
  return { target, mode: (await stat(target)).mode & 0o777 };
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
