import type { Line } from '../output/lay-out.ts';
import { renderTable } from '../output/table.ts';
import { say } from '../locales/say.ts';
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
    say('cli.usageOverview')[language],
    '',
    ...table(
      Object.entries(commands).map(([name, entry]) => [name, entry.summary[language]]),
      columns,
    ),
    '',
    ...table(flagRows(globals, language), columns),
  ].join('\n');
}

export type HelpTopic = { name: string; summary: Text; command: Command; topic?: string | undefined };

/** One command, or one of its topics: its usage, its flags, examples. */
export function commandHelp(
  { name, summary, command, topic: word = '' }: HelpTopic,
  globals: FlagTable,
  { language, columns }: HelpPage,
): Line[] {
  const { topics = {}, flags, usage, examples } = command;
  const topic = Object.hasOwn(topics, word) ? topics[word] : undefined;
  const own = Object.entries(flags).filter(([flag]) => topic?.flags.includes(flag) ?? true);
  // The topic takes the place of the list that it is one of.
  const shown = topic ? usage[language].replace(/^<[^>]*>/, word) : usage[language];
  const start = topic ? `slipway ${name} ${word}` : `slipway ${name}`;
  return [
    ...wrap(`slipway ${name} ${shown}`.trimEnd(), columns, { hang: '  ' }),
    '',
    ...wrap((topic?.summary ?? summary)[language], columns),
    '',
    ...(own.length > 0 ? [...table(flagRows(Object.fromEntries(own), language), columns), ''] : []),
    ...table(flagRows(globals, language), columns),
    '',
    ...examples.filter(example => example.startsWith(start)).map(example => ({ command: example })),
  ];
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
