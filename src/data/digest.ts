import { createHash } from 'node:crypto';

/** SHA-256, in hexadecimal. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The SHA-256 of plain data, as a reader of its JSON has it: `undefined` is nothing there. */
export function digestOfJson(data: unknown): string {
  return sha256Of(JSON.stringify(data));
}
