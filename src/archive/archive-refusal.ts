import { display } from '../text/display.ts';
import { type ErrorCode, UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

export function broken(problem: string, cause?: unknown): UserError {
  return refused('E_ARCHIVE_FORMAT', problem, cause);
}

export function tooLarge(problem: string): UserError {
  return refused('E_ARCHIVE_LIMIT', problem);
}

export function wrongLayout(problem: string): UserError {
  return refused('E_ARCHIVE_LAYOUT', problem);
}

export function wrongType(type: string, path: string): UserError {
  return refused('E_ARCHIVE_TYPE', `${display(path)} is neither a file nor a folder (${display(type)})`);
}

export function wrongPath(path: string, problem: string): UserError {
  return refused('E_ARCHIVE_PATH', `the path ${display(path)} is refused: ${problem}`);
}

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
