import { display } from '../../text/display.ts';
import { type ErrorCode, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

export function broken(problem: Text, cause?: unknown): UserError {
  return refused('E_ARCHIVE_FORMAT', problem, cause);
}

export function tooLarge(problem: Text): UserError {
  return refused('E_ARCHIVE_LIMIT', problem);
}

export function wrongLayout(problem: Text): UserError {
  return refused('E_ARCHIVE_LAYOUT', problem);
}

export function wrongType(type: string, path: string): UserError {
  return refused(
    'E_ARCHIVE_TYPE',
    say('system.neitherFileNorFolder', { path: display(path), type: display(type) }),
  );
}

export function wrongPath(path: string, problem: Text): UserError {
  return refused('E_ARCHIVE_PATH', say('system.pathRefused', { path: display(path), problem }));
}

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
