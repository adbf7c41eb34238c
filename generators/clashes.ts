import type { GivenFlag } from '../src/cli/flags.ts';
import { UserError } from '../src/errors.ts';
import { say } from '../src/locales/say.ts';
import { display } from '../src/text/display.ts';
import type { Clash, Question } from './question.ts';

/** What a question says of the flags it goes with, also of a flag that no question has. */
type Ruled = Pick<Question, 'flag' | 'notWith' | 'onlyWith'>;

/**
 * Refuses flags of which one would be dropped because of another: what was asked for is made, or nothing. A flag that is given
 * empty says that there is none of it.
 * @throws UserError E_USAGE that names both
 */
export function requireNoClash(questions: readonly Ruled[], given: readonly GivenFlag[]): void {
  const meant = given.filter(({ value }) => value !== '');
  for (const { flag, notWith = [], onlyWith } of questions) {
    if (!meant.some(({ name }) => name === flag)) continue;
    const other = meant.find(each => notWith.some(clash => isMet(clash, each)));
    if (other) throw clashing(flag, other, notWith);
    if (onlyWith !== undefined && !meant.some(({ name }) => name === onlyWith))
      throw new UserError('E_USAGE', say('ask.flagOnlyWith', { flag, other: onlyWith }), {
        hint: say('ask.giveOtherToo', { flag, other: onlyWith }),
        subject: `--${flag}`,
      });
  }
}

/**
 * Refuses a repeatable flag that says one thing twice: one of both would be dropped.
 * @throws UserError E_USAGE that names what
 */
export function requireOnce(flag: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new UserError('E_USAGE', say('cli.givenTwice', { name: `${flag} ${display(twice)}` }), {
    hint: say('ask.leaveOneOut'),
    subject: `--${flag}`,
  });
}

function isMet({ flag, values }: Clash, { name, value }: GivenFlag): boolean {
  return flag === name && (values?.some(each => value === each || value.startsWith(`${each}:`)) ?? true);
}

function clashing(flag: string, { name, value }: GivenFlag, clashes: readonly Clash[]): UserError {
  const isAnyValue = clashes.some(clash => clash.flag === name && clash.values === undefined);
  const other = isAnyValue ? name : `${name} ${value}`;
  return new UserError('E_USAGE', say('ask.flagsClash', { flag, other }), {
    hint: say('ask.leaveOneOut'),
    subject: `--${flag}`,
  });
}
