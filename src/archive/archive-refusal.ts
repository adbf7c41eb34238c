import { display } from '../text/display.ts';
import { type ErrorCode, UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** E_ARCHIVE_FORMAT: the bytes are no archive that can be read. */
export function broken(problem: string, cause?: unknown): UserError {
  return refused('E_ARCHIVE_FORMAT', problem, cause);
}

/** E_ARCHIVE_LIMIT: more than a chart may hold. */
export function tooLarge(problem: string): UserError {
  return refused('E_ARCHIVE_LIMIT', problem);
}

/** E_ARCHIVE_LAYOUT: no single folder with a chart in it. */
export function wrongLayout(problem: string): UserError {
  return refused('E_ARCHIVE_LAYOUT', problem);
}

/** E_ARCHIVE_TYPE: an entry that is neither a file nor a folder. */
export function wrongType(type: string, path: string): UserError {
  return refused('E_ARCHIVE_TYPE', `${display(path)} is neither a file nor a folder (${display(type)})`);
}

/** E_ARCHIVE_PATH: an entry that would land elsewhere. */
export function wrongPath(path: string, problem: string): UserError {
  return refused('E_ARCHIVE_PATH', `the path ${display(path)} is refused: ${problem}`);
}

/** E_ARCHIVE_DUPLICATE: two entries for one file, also where only their case differs. */
export function twice(first: string, second: string): UserError {
  const both = first === second ? display(first) : `${display(first)} and ${display(second)}`;
  return refused('E_ARCHIVE_DUPLICATE', `the same file is there twice: ${both}`);
}

function refused(code: ErrorCode, problem: string, cause?: unknown): UserError {
  return new UserError(code, say('system.chartArchiveRefused', { problem }), {
    hint: say('system.nothingUsedTellPublisherChart'),
    cause,
  });
}
