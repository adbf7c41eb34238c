import { parseArgs } from 'node:util';
import type { ListedGenerator } from './index.ts';
import { UserError } from '../src/errors.ts';
import { say } from '../src/locales/say.ts';

/** plop's own flags, so that their values are not taken for answers. */
const PLOP_FLAGS = {
  cwd: { type: 'string' },
  preload: { type: 'string', multiple: true },
  plopfile: { type: 'string' },
  completion: { type: 'string' },
  progress: { type: 'boolean' },
  dest: { type: 'string' },
  force: { type: 'boolean', short: 'f' },
  'show-type-names': { type: 'boolean', short: 't' },
} as const;

/**
 * The words of slipway's command line for those of plop's: `new-app wiki production -- --yes` becomes
 * `new-app wiki --env=production --yes`. Values answer the questions in their order, `_` skips one; what follows `--` is
 * slipway's own.
 * @throws UserError E_USAGE for more values than questions, or for a flag before `--` that plop does not have
 */
export function bypassOf(
  { name, questions }: Pick<ListedGenerator, 'name' | 'questions'>,
  argv: readonly string[],
): string[] {
  const end = argv.indexOf('--');
  const own = end < 0 ? [] : argv.slice(end + 1);
  const words = name.split(' ');
  // Chosen from plop's list, there are no words at all.
  const values = positionalsOf(end < 0 ? argv : argv.slice(0, end)).slice(words.length);
  if (values.length > questions.length)
    throw new UserError(
      'E_USAGE',
      say('ask.takesAnswersGiven', { name, count: questions.length, count2: values.length }),
      {
        hint: say('ask.orderSkipsOne', { questions: questions.map(({ flag }) => flag).join(', ') }),
      },
    );
  const answers = questions.flatMap(({ flag, positional }, index) => {
    const value = values[index];
    if (value === undefined || /^_+$/.test(value)) return [];
    return [positional ? value : `--${flag}=${value}`];
  });
  return [...words, ...answers, ...own];
}

function positionalsOf(argv: readonly string[]): string[] {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: PLOP_FLAGS,
    strict: false,
    allowPositionals: true,
  });
  const foreign = Object.keys(values).find(flag => !Object.hasOwn(PLOP_FLAGS, flag));
  if (foreign === undefined) return positionals;
  throw new UserError('E_USAGE', say('ask.noFlagPlop', { foreign }), {
    hint: say('ask.putSlipwaysOwnBehindNpx', { foreign }),
  });
}
