import { readFile, stat, writeFile } from 'node:fs/promises';
import { display } from '../display.ts';
import { systemCode, UserError } from '../errors.ts';

/** The largest file that a person may name. */
export const NAMED_FILE_BYTES = 10 << 20;

/** The text of a file that the command line names. */
export async function readNamedFile(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const { line, column } = firstInvalid(bytes);
    throw new UserError('E_YAML_SYNTAX', `${display(path)}:${line}:${column}: not UTF-8`, { cause });
  }
}

export async function writeNamedFile(path: string, text: string): Promise<void> {
  await writeFile(path, text);
}

async function readBytes(path: string): Promise<Buffer> {
  const name = display(path);
  const { size } = await stat(path).catch((cause: unknown) => {
    throw missing(name, cause);
  });
  if (size > NAMED_FILE_BYTES)
    throw new UserError('E_LIMIT', `${name} has ${size} bytes, more than ${NAMED_FILE_BYTES}`);
  return readFile(path).catch((cause: unknown) => {
    throw missing(name, cause);
  });
}

function missing(name: string, cause: unknown): unknown {
  const code = systemCode(cause);
  if (code === 'ENOENT')
    return new UserError('E_USAGE', `no file ${name}`, { hint: 'Check the path.', cause });
  if (code === 'EISDIR') return new UserError('E_NOT_A_FILE', `${name} is a folder`, { cause });
  return cause;
}

/** Where the text up to the first invalid byte ends. */
function firstInvalid(bytes: Buffer): { line: number; column: number } {
  const valid = bytes.toString('utf8').split('\ufffd', 1)[0] ?? '';
  const lines = valid.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
