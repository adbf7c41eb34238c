import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** @throws UserError E_MISSING where a command that changes apps is told none: all of them is no guess to make */
export function requireAppWords(words: readonly string[]): void {
  if (words.length > 0) return;
  throw new UserError('E_MISSING', say('cli.appMissing'), {
    hint: say('cli.nameApp'),
    missing: [{ flag: '<app>' }],
  });
}
