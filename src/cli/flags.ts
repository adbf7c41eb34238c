import { parseArgs } from 'node:util';
import { UserError } from '../errors.ts';
import { chooseLanguage, type Language, parseLanguage, type Text } from '../text/language.ts';
import { nearest } from '../text/nearest.ts';
import { say } from '../locales/say.ts';

export type Flag = {
  /** The placeholder in the help text, `<version>`. A flag without one is a switch. */
  value?: string;
  /** The value may be left out; behind the flag, only a path (with a `/`, or beginning with `.`) or a number is taken for it. */
  optional?: boolean;
  short?: string;
  repeatable?: boolean;
  help: Text;
};

export type FlagTable = Record<string, Flag>;

/** One flag as it stood on the command line: order matters where flags belong to the one before. */
export type GivenFlag<Name extends string = string> = { readonly name: Name; readonly value: string };

type ValueFlag<Table> = {
  [Name in keyof Table]: Table[Name] extends { value: string } ? Name : never;
}[keyof Table] &
  string;

type SwitchFlag<Table> = {
  [Name in keyof Table]: Table[Name] extends { value: string }
    ? Table[Name] extends { optional: true }
      ? Name
      : never
    : Name;
}[keyof Table] &
  string;

/** What a command line came to, by the names of its table: to read a flag that is not there does not compile. */
export type InputOf<Table> = {
  readonly positionals: readonly string[];
  /** Last value of each flag that takes one. */
  readonly values: { readonly [Name in ValueFlag<Table>]?: string };
  readonly switches: ReadonlySet<SwitchFlag<Table>>;
  /** Every flag with a value, in the order given. */
  readonly given: readonly GivenFlag<ValueFlag<Table>>[];
};

/** The same of any table: for what works on whatever was given. */
export type Input = {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly switches: ReadonlySet<string>;
  readonly given: readonly GivenFlag[];
};

/** While it is read. */
type Reading = {
  positionals: string[];
  values: Record<string, string>;
  switches: Set<string>;
  given: GivenFlag[];
};

/** What stands behind a flag whose value may be left out, and can only be meant for it: a path, or a number. */
const TAKEN = /^\.|\/|^\d+$/;

/** Reads argv by a table of flags. Unknown flags are errors that name the nearest known one. */
export function parseFlags(argv: readonly string[], table: FlagTable): Input {
  const input: Reading = { positionals: [], values: Object.create(null), switches: new Set(), given: [] };
  const tokens = tokenize(argv, table);
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token?.kind === 'positional') input.positionals.push(token.value);
    if (token?.kind !== 'option') continue;
    const flag = requireKnown(token, table);
    if (flag.value === undefined || flag.optional) input.switches.add(token.name);
    const next = flag.optional && token.value === undefined ? tokens[index + 1] : undefined;
    const isTaken = next?.kind === 'positional' && TAKEN.test(next.value);
    if (isTaken) index++;
    const value = isTaken ? next.value : token.value;
    if (flag.value !== undefined && !(flag.optional && value === undefined))
      addValue(input, token, value, flag);
  }
  return input;
}

/** The language of a run before its flags are read, so that what is wrong with them can be told in it. */
export function languageOfRun(argv: readonly string[], env: Record<string, string | undefined>): Language {
  const given = argv.flatMap((word, index) => {
    if (word === '--lang') return argv.slice(index + 1, index + 2);
    return word.startsWith('--lang=') ? [word.slice('--lang='.length)] : [];
  });
  return parseLanguage(given.at(-1) ?? '') ?? chooseLanguage(undefined, env);
}

type Token =
  | { kind: 'positional'; value: string }
  | {
      kind: 'option';
      name: string;
      rawName: string;
      value: string | undefined;
      inlineValue: boolean | undefined;
    }
  | { kind: 'option-terminator' };

function tokenize(argv: readonly string[], table: FlagTable): Token[] {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }> = {};
  for (const [name, flag] of Object.entries(table)) {
    const type = flag.value === undefined || flag.optional ? ('boolean' as const) : ('string' as const);
    options[name] = { type, multiple: true, ...(flag.short ? { short: flag.short } : {}) };
  }
  return parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true }).tokens;
}

type Option = Extract<Token, { kind: 'option' }>;

function requireKnown(token: Option, table: FlagTable): Flag {
  const flag = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
  if (!flag) throw unknownFlag(token.rawName, Object.keys(table));
  if (flag.value === undefined && token.value !== undefined)
    throw new UserError('E_USAGE', say('cli.switchTakesNoValue', { rawName: token.rawName }));
  return flag;
}

function addValue(
  input: Reading,
  { name, rawName, inlineValue }: Option,
  value: string | undefined,
  flag: Flag,
): void {
  if (value === undefined)
    throw new UserError('E_USAGE', say('cli.needsValue', { rawName, value: flag.value }));
  if (!inlineValue && value.length > 1 && value.startsWith('-'))
    throw new UserError('E_USAGE', say('cli.needsValueLooksLikeFlag', { rawName, value }), {
      hint: say('cli.writeIfValue', { rawName, value }),
    });
  if (name in input.values && !flag.repeatable)
    throw new UserError('E_USAGE', say('cli.givenTwice', { name }), { hint: say('cli.giveOnce') });
  input.values[name] = value;
  input.given.push({ name, value });
}

/** Of arguments too many: one that stands behind a flag whose value may be left out was meant for it, if for anything. */
export function hintOfSurplus(argv: readonly string[], table: FlagTable): Text | undefined {
  for (const [index, word] of argv.entries()) {
    const flag = /^--([a-z-]+)$/.exec(word)?.[1] ?? '';
    const value = argv[index + 1] ?? '-';
    if (Object.hasOwn(table, flag) && table[flag]?.optional && /^[\w.]/.test(value))
      return say('cli.pathBehindFlag', { flag, value });
  }
  return undefined;
}

function unknownFlag(given: string, known: string[]): UserError {
  const near = nearest(given.replace(/^-+/, ''), known);
  return new UserError('E_USAGE', say('cli.unknownFlag', { given }), {
    hint: near ? say('cli.didYouMean', { near }) : say('cli.seeHelpFlags'),
    subject: given,
  });
}
