import { parseArgs } from 'node:util';
import { UserError } from './errors.ts';
import type { Text } from './domain/language.ts';

export type Flag = {
  /** The placeholder in the help text, `<version>`. A flag without one is a switch. */
  value?: string;
  short?: string;
  repeatable?: boolean;
  help: Text;
};

export type FlagTable = Record<string, Flag>;

/** One flag as it stood on the command line: order matters where flags belong to the one before. */
export type GivenFlag = { name: string; value: string };

export type Input = {
  positionals: string[];
  /** Last value of each flag that takes one. */
  values: Record<string, string>;
  switches: Set<string>;
  /** Every flag with a value, in the order given. */
  given: GivenFlag[];
};

/** Reads argv by a table of flags. Unknown flags are errors that name the nearest known one. */
export function parseFlags(argv: string[], table: FlagTable): Input {
  const { tokens, positionals } = tokenize(argv, table);
  const input: Input = { positionals, values: Object.create(null), switches: new Set(), given: [] };
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag = table[token.name];
    if (flag?.value === undefined) input.switches.add(token.name);
    else addValue(input, token.name, token.value, flag);
  }
  return input;
}

function addValue(input: Input, name: string, value: string | undefined, flag: Flag): void {
  if (value === undefined) throw new UserError('E_USAGE', `--${name} needs a value: --${name} ${flag.value}`);
  if (name in input.values && !flag.repeatable)
    throw new UserError('E_USAGE', `--${name} is given twice`, { hint: 'Give it once.' });
  input.values[name] = value;
  input.given.push({ name, value });
}

function tokenize(argv: string[], table: FlagTable) {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }> = {};
  for (const [name, flag] of Object.entries(table)) {
    const type = flag.value === undefined ? ('boolean' as const) : ('string' as const);
    options[name] = { type, multiple: true, ...(flag.short ? { short: flag.short } : {}) };
  }
  const parsed = parseArgs({ args: argv, options, allowPositionals: true, strict: false, tokens: true });
  for (const token of parsed.tokens) {
    if (token.kind !== 'option') continue;
    if (!(token.name in table)) throw unknownFlag(token.rawName, Object.keys(table));
    if (table[token.name]?.value === undefined && token.value !== undefined)
      throw new UserError('E_USAGE', `${token.rawName} is a switch and takes no value`);
    if (
      typeof token.value === 'string' &&
      token.value.startsWith('-') &&
      !token.inlineValue &&
      token.value.length > 1
    )
      throw new UserError('E_USAGE', `${token.rawName} needs a value, and ${token.value} looks like a flag`, {
        hint: `Write ${token.rawName}=${token.value} if it is the value.`,
      });
  }
  return parsed;
}

function unknownFlag(given: string, known: string[]): UserError {
  const near = nearest(given.replace(/^-+/, ''), known);
  return new UserError('E_USAGE', `unknown flag ${given}`, {
    hint: near ? `Did you mean --${near}?` : 'See --help for the flags.',
  });
}

/** The known word within two typing errors of `word`, if any. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map(name => ({ name, distance: editDistance(word, name) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.min(2, Math.ceil(word.length / 3)) ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, left] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, right] of [...b].entries()) {
      const substitution = (previous[column] ?? 0) + (left === right ? 0 : 1);
      current.push(Math.min(substitution, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
