import { EXIT } from '../errors.ts';
import type { Text } from '../text/language.ts';
import type { Command } from './command.ts';
import type { Flag, FlagTable } from './flags.ts';

/** A command as the table of commands has it. */
export type NamedCommand = { name: string; summary: Text; command: Command };

/**
 * `--help --json`: every command with its flags, for programs; sentences in English. A flag is a `switch`, takes a `value`, or an
 * `optional` one; `choices` are the words that it takes, where it takes only those.
 */
export function helpDocument(commands: readonly NamedCommand[], globals: FlagTable): object {
  const exits = Object.values(EXIT);
  return {
    schemaVersion: 1,
    commands: commands.map(({ name, summary, command }) => ({
      name,
      summary: summary.en,
      usage: command.usage.en,
      flags: flagsJson(command.flags),
      examples: command.examples,
      exits,
    })),
    globalFlags: flagsJson(globals),
    exits: Object.entries(EXIT).map(([means, exit]) => ({ exit, means })),
  };
}

function flagsJson(flags: FlagTable): object[] {
  return Object.entries<Flag>(flags).map(([name, flag]) => {
    const choices = choicesOf(flag);
    return {
      name,
      type: typeOf(flag),
      ...(flag.short === undefined ? {} : { short: flag.short }),
      ...(flag.value === undefined ? {} : { value: flag.value }),
      ...(choices === undefined ? {} : { choices }),
      repeatable: flag.repeatable ?? false,
      help: flag.help.en,
    };
  });
}

function typeOf({ value, optional }: Flag): string {
  if (value === undefined) return 'switch';
  return optional ? 'optional' : 'value';
}

/** What stands for something else in a placeholder: `<url|alias>` are no words that anybody types. */
const KINDS = new Set(
  'alias environment exact file host label name path range ref rev url version'.split(' '),
);

/** The words that a flag takes, where it takes only those. */
export function choicesOf({ value = '' }: Flag): string[] | undefined {
  const words = value.slice(1, -1).split('|');
  const isTyped = words.every(word => /^[\w-]+$/.test(word) && !KINDS.has(word));
  return words.length > 1 && isTyped ? words : undefined;
}
