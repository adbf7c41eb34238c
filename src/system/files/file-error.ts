import { setTimeout as sleep } from 'node:timers/promises';
import { display } from '../../text/display.ts';
import { systemCode, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const PATIENCE_MS = 2000;

/** Runs a file operation on `path`; a system error becomes the UserError that names the path. */
export async function naming<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await patiently(operation);
  } catch (error) {
    throw fileError(error, path);
  }
}

/** Tries again, for two seconds, what fails only for a moment. */
export async function patiently<T>(operation: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let pause = 10; ; pause *= 2) {
    try {
      return await operation();
    } catch (error) {
      if (!isPassing(systemCode(error)) || performance.now() + pause > deadline) throw error;
    }
    await sleep(pause);
  }
}

/** The UserError for a system error about `path`; anything else comes back as it is. */
export function fileError(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (!(error instanceof Error) || error instanceof UserError || !code || !/^E[A-Z0-9]+$/.test(code))
    return error;
  const reason = /^E\w+: ([^,]+)/.exec(error.message)?.[1] ?? code;
  const message = say('system.systemError', { path: display(path), reason, code });
  if (NO_SPACE.has(code))
    return new UserError('E_NO_SPACE', message, {
      hint: say('system.freeSomeSpaceThenRun'),
      subject: path,
      cause: error,
    });
  return new UserError('E_FILE_SYSTEM', message, {
    hint: say('system.checkPermissionsDiskThenRun'),
    subject: path,
    cause: error,
  });
}

/** Like `naming`, but undefined when what the operation works on does not exist. */
export async function ifExists<T>(path: string, operation: () => Promise<T>): Promise<T | undefined> {
  return naming(path, async () => {
    try {
      return await operation();
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  });
}

/** Also when a parent is a file, or when no file system could have such a name. */
export function isAbsence(error: unknown): boolean {
  const code = systemCode(error) ?? '';
  // What node says of a NUL, which no file's name can hold.
  const isNul =
    code === 'ERR_INVALID_ARG_VALUE' && error instanceof Error && error.message.includes('null bytes');
  return isNul || ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code);
}

/** Too many open files here or in the system; or, on Windows, a virus scanner that holds the file. */
function isPassing(code: string | undefined): boolean {
  if (code === 'EMFILE' || code === 'ENFILE' || code === 'EBUSY') return true;
  return process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES');
}
