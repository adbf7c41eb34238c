import { open } from 'node:fs/promises';
import { systemCode, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

/** What messages call the input, since its path may be something that should not be repeated. */
export type InputFile = { path: string; name: string; maxBytes: number };

/**
 * Reads a file that a person named, whole: also a pipe (`<(pass show db)`) or a link.
 * @throws UserError E_VALUE if it cannot be read, E_LIMIT if it is too big
 */
export async function readInputFile({ path, name, maxBytes }: InputFile): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      return await collect(file.createReadStream({ autoClose: false }), name, maxBytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof UserError || code === undefined) throw error;
    throw new UserError('E_VALUE', say('system.cannotReadInput', { name, reasons: REASONS[code] ?? code }));
  }
}

const REASONS: Record<string, Text> = {
  ENOENT: say('system.noSuchFile'),
  EACCES: say('system.permissionDenied'),
  EISDIR: say('system.itIsFolder'),
};

/** Reads standard input to its end. @throws UserError E_MISSING on a terminal, where everything typed is shown */
export async function readStandardInput(
  stdin: NodeJS.ReadStream,
  name: string,
  maxBytes: number,
): Promise<Buffer> {
  if (stdin.isTTY)
    throw new UserError('E_MISSING', say('system.shouldComeFromStandardInput', { name }), {
      hint: say('system.pipeLetSlipwayAskHidden'),
    });
  return collect(stdin, name, maxBytes);
}

async function collect(stream: AsyncIterable<unknown>, name: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes) throw new UserError('E_LIMIT', say('system.largerThanBytes', { name, maxBytes }));
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
