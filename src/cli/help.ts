import { largest } from '../data/append.ts';
import type { Command } from './command.ts';
import type { Language, Text } from '../text/language.ts';
import type { Flag, FlagTable } from './flags.ts';

/** Every command and the flags that all of them take. */
export function overviewText(
  commands: Record<string, { summary: Text }>,
  globals: FlagTable,
  language: Language,
): string {
  return [
    'slipway <command> [flags]',
    '',
    ...table(Object.entries(commands).map(([name, entry]) => [name, entry.summary[language]])),
    '',
    ...table(flagRows(globals, language)),
  ].join('\n');
}

/** One command: its usage, its flags, examples. */
export function commandHelp(
  { name, summary, command }: { name: string; summary: Text; command: Command },
  globals: FlagTable,
  language: Language,
): string {
  return [
    `slipway ${name} ${command.usage}`,
    '',
    summary[language],
    '',
    ...table(flagRows(command.flags, language)),
    '',
    ...table(flagRows(globals, language)),
    '',
    ...command.examples.map(example => `  ${example}`),
  ].join('\n');
}

function flagRows(flags: FlagTable, language: keyof Text): [string, string][] {
  return Object.entries(flags).map(([name, flag]: [string, Flag]) => {
    const short = flag.short ? `-${flag.short}, ` : '';
    const repeat = flag.repeatable ? '…' : '';
    return [`${short}--${name}${flag.value ? ` ${flag.value}` : ''}${repeat}`, flag.help[language]];
  });
}

function table(rows: [string, string][]): string[] {
  const width = Math.min(30, largest(rows.map(([left]) => left.length)));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
