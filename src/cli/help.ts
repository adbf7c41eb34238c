import { renderTable } from '../output/table.ts';
import { wrap } from '../output/wrap.ts';
import type { Command } from './command.ts';
import type { Language, Text } from '../text/language.ts';
import type { Flag, FlagTable } from './flags.ts';

/** The language of the run, and the room there is. */
export type HelpPage = { language: Language; columns: number };

/** Every command and the flags that all of them take. */
export function overviewText(
  commands: Record<string, { summary: Text }>,
  globals: FlagTable,
  { language, columns }: HelpPage,
): string {
  return [
    'slipway <command> [flags]',
    '',
    ...table(
      Object.entries(commands).map(([name, entry]) => [name, entry.summary[language]]),
      columns,
    ),
    '',
    ...table(flagRows(globals, language), columns),
  ].join('\n');
}

/** One command: its usage, its flags, examples. */
export function commandHelp(
  { name, summary, command }: { name: string; summary: Text; command: Command },
  globals: FlagTable,
  { language, columns }: HelpPage,
): string {
  return [
    `slipway ${name} ${command.usage}`,
    '',
    ...wrap(summary[language], columns),
    '',
    ...table(flagRows(command.flags, language), columns),
    '',
    ...table(flagRows(globals, language), columns),
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

function table(rows: [string, string][], columns: number): string[] {
  return renderTable(rows, { style: text => text, columns, indent: '  ' });
}
