import { posix } from 'node:path';

/** Folders that nobody deploys any more, or never did, as teams call them. */
const RETIRED = /^(?:disabled|archived?|attic|old|deprecated|retired|unused|examples?)$/i;

/** Whether a file lies in a hidden folder, or one that is called retired. */
export function isRetired(file: string): boolean {
  const folders = posix.dirname(file).split('/');
  return folders.some(name => RETIRED.test(name) || (name.startsWith('.') && name !== '.'));
}
