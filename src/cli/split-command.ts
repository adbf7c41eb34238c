import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { nearest } from '../text/nearest.ts';
import { commandLine } from './command-line.ts';
import type { Flag } from './flags.ts';
import { LEADING_FLAGS } from './global-flags.ts';

/** A command line around the command's name, which is missing where there is none. */
export type SplitLine = { leading: string[]; name: string | undefined; rest: string[] };

/** Finds the command's name: the first word that is neither a flag that every command takes nor the value of one. */
export function splitCommand(argv: readonly string[]): SplitLine {
  let at = 0;
  for (let word = argv[at]; word?.startsWith('-'); word = argv[at]) {
    const flag = globalFlag(word);
    // Whatever it is, the parser says it.
    if (!flag) return { leading: [...argv], name: undefined, rest: [] };
    at += flag.value !== undefined && !isInline(word) ? 2 : 1;
  }
  return { leading: argv.slice(0, at), name: argv[at], rest: argv.slice(at + 1) };
}

function globalFlag(word: string): Flag | undefined {
  const [name = ''] = word.replace(/^--/, '').split('=');
  const flags = Object.entries<Flag>(LEADING_FLAGS);
  return flags.find(([long, { short }]) => (word.startsWith('--') ? name === long : short === word[1]))?.[1];
}

/** `--cwd=dir` and `-Cdir` bring their value along. */
function isInline(word: string): boolean {
  return word.startsWith('--') ? word.includes('=') : word.length > 2;
}

/** What other tools call it. They are suggested, not taken: a script says what it does in one way. */
const SYNONYMS: Readonly<Record<string, string>> = {
  list: 'outdated',
  ls: 'outdated',
  status: 'outdated',
  create: 'new-app',
  generate: 'new-app',
  lint: 'check',
  validate: 'check',
  verify: 'check',
  fix: 'check --fix',
  encrypt: 'seal',
  merge: 'merge-values',
  bootstrap: 'init',
  mv: 'move',
  delete: 'move --to disabled',
  remove: 'move --to disabled',
  tour: 'onboard',
  version: '--version',
};

/** A command that is not there, with the line that was probably meant. */
export function unknownCommand(
  name: string,
  { rest, known }: { rest: readonly string[]; known: readonly string[] },
): UserError {
  const synonym = Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined;
  const near = synonym === undefined ? nearest(name, known) : undefined;
  const line = commandLine(['slipway', ...(synonym ?? near ?? '').split(' '), ...rest]);
  const guess =
    synonym === undefined ? say('cli.didYouMeanWord', { near: line }) : say('cli.slipwayCallsIt', { line });
  const isGuessed = synonym !== undefined || near !== undefined;
  return new UserError('E_USAGE', say('cli.unknownCommand', { name }), {
    hint: isGuessed ? guess : say('cli.seeSlipwayHelp'),
    subject: name,
  });
}
