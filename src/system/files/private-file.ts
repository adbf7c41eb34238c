import { lstatSync } from 'node:fs';

/** Whether only this user may read and write a file; where users have no numbers, always. @throws the system's error */
export function isPrivate(file: string): boolean {
  if (process.getuid === undefined) return true;
  const { uid, mode } = lstatSync(file);
  return uid === process.getuid() && (mode & 0o077) === 0;
}
