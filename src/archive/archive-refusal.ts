import { display } from '../text/display.ts';
import { type ErrorCode, UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

/** E_ARCHIVE_FORMAT: the bytes are no archive that can be read. */
export function broken(problem: Text, cause?: unknown): UserError {
  return refused('E_ARCHIVE_FORMAT', problem, cause);
}

/** E_ARCHIVE_LIMIT: more than a chart may hold. */
export function tooLarge(problem: Text): UserError {
  return refused('E_ARCHIVE_LIMIT', problem);
}

/** E_ARCHIVE_LAYOUT: no single folder with a chart in it. */
export function wrongLayout(problem: Text): UserError {
  return refused('E_ARCHIVE_LAYOUT', problem);
}

/** E_ARCHIVE_TYPE: an entry that is neither a file nor a folder. */
export function wrongType(type: string, path: string): UserError {
  return refused(
    'E_ARCHIVE_TYPE',
    say('system.neitherFileNorFolder', { path: display(path), type: display(type) }),
  );
}

/** E_ARCHIVE_PATH: an entry that would land elsewhere. */
export function wrongPath(path: string, problem: Text): UserError {
  return refused('E_ARCHIVE_PATH', say('system.pathRefused', { path: display(path), problem }));
}

/** E_ARCHIVE_DUPLICATE: two entries for one file, also where only their case differs. */
export function twice(first: string, second: string): UserError {
  const both =
    first === second
      ? display(first)
      : say('system.firstAndSecond', { first: display(first), second: display(second) });
  return refused('E_ARCHIVE_DUPLICATE', say('system.sameFileTwice', { both }));
}

function refused(code: ErrorCode, problem: Text, cause?: unknown): UserError {
  return new UserError(code, say('system.chartArchiveRefused', { problem }), {
    hint: say('system.nothingUsedTellPublisherChart'),
    cause,
  });
}
