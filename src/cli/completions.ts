import type { Text } from '../text/language.ts';
import type { CommandList, DescribedCommand } from './context.ts';
import type { Flag, FlagTable } from './flags.ts';
import { GLOBAL_FLAGS, LEADING_FLAGS } from './global-flags.ts';
import { choicesOf } from './help-document.ts';
import { splitCommand } from './split-command.ts';

/** A word that may stand where the cursor is, and what it is for. */
export type Completion = { word: string; help?: Text };

/** What candidates are taken from; only what is needed is looked up. */
export type CompletionSource = CommandList & {
  cwd: string;
  apps(): Promise<string[]>;
  environments(): Promise<string[]>;
  charts(): Promise<string[]>;
  /** The versions of a chart, or of those of the apps among these words, newest first. */
  versions(asked: VersionsAsked): Promise<Completion[]>;
};

/** What is written before the version: words that may name apps, the chart and the repository that flags name last. */
export type VersionsAsked = {
  words: readonly string[];
  chart: string | undefined;
  repo: string | undefined;
};

/** Words that no shell reads as more than one word: they are put into a command line as they are. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** More than that nobody reads, and an index may list any many. */
const MOST = 1000;

/** The placeholders of flags that take a version of a chart. */
const VERSIONS = new Set(['<version|range>', '<exact|range>', '<exact>']);

/**
 * What may stand at the cursor: commands, flags, what a flag takes, apps.
 * @param words the words behind `slipway`; the last one is the one at the cursor, empty where none is begun
 */
export async function candidatesFor(
  words: readonly string[],
  source: CompletionSource,
): Promise<Completion[]> {
  const { before, begun } = joined(words);
  const found = await allFor(before, begun, source);
  return found.filter(({ word }) => word.startsWith(begun) && PLAIN.test(word)).slice(0, MOST);
}

/** bash cuts `--lang=en` into three words, and completes the last one. */
function joined(words: readonly string[]): { before: string[]; begun: string } {
  const before = words.slice(0, -1).filter(word => word !== '=');
  const begun = words.at(-1) ?? '';
  return { before, begun: begun === '=' ? '' : begun };
}

async function allFor(
  before: readonly string[],
  begun: string,
  source: CompletionSource,
): Promise<Completion[]> {
  const { name, rest } = splitCommand(before);
  const entry = source.commands.find(command => command.name === name);
  const command = entry && (await source.load(entry.name, { words: rest, cwd: source.cwd }));
  const flags: FlagTable = command ? { ...command.flags, ...GLOBAL_FLAGS } : LEADING_FLAGS;
  const inline = /^--(?<name>[\w-]+)=/.exec(begun)?.groups?.['name'];
  if (inline !== undefined)
    return (await valuesOf({ name: inline, flag: flags[inline], before }, source)).map(
      ({ word, ...help }) => ({
        word: `--${inline}=${word}`,
        ...help,
      }),
    );
  const open = flagNamed(flags, before.at(-1));
  if (open?.flag.value !== undefined && !open.flag.optional) return valuesOf({ ...open, before }, source);
  if (begun.startsWith('-'))
    return Object.entries<Flag>(flags).map(([flag, { help }]) => ({ word: `--${flag}`, help }));
  if (command) return argumentsOf(command, rest, source);
  return name === undefined || name === 'help'
    ? source.commands.map(({ name: word, summary }) => ({ word, help: summary }))
    : [];
}

function flagNamed(flags: FlagTable, word = ''): { name: string; flag: Flag } | undefined {
  const found = Object.entries<Flag>(flags).find(([name, { short }]) =>
    [`--${name}`, ...(short === undefined ? [] : [`-${short}`])].includes(word),
  );
  return found && { name: found[0], flag: found[1] };
}

type OpenFlag = { name: string; flag: Flag | undefined; before: readonly string[] };

async function valuesOf({ name, flag, before }: OpenFlag, source: CompletionSource): Promise<Completion[]> {
  const choices = flag && choicesOf(flag);
  if (choices) return choices.map(word => ({ word }));
  const kind = flag?.value ?? '';
  if (name === 'app') return plain(await source.apps());
  if (name === 'chart') return plain(await source.charts());
  if (VERSIONS.has(kind))
    return source.versions({
      words: before,
      chart: lastValue(before, 'chart'),
      repo: lastValue(before, 'repo'),
    });
  if (
    ['env', 'from'].includes(name) ||
    (name === 'to' && kind === '<folder>') ||
    kind.includes('environment')
  )
    return plain(await source.environments());
  return [];
}

/** What a flag was given last. */
function lastValue(words: readonly string[], flag: string): string | undefined {
  const inline = `--${flag}=`;
  const at = words.findLastIndex(word => word === `--${flag}` || word.startsWith(inline));
  const word = words[at];
  if (word === undefined) return undefined;
  return word.startsWith(inline) ? word.slice(inline.length) : words[at + 1];
}

/** What stands behind a command: one of its topics first, apps where its usage speaks of them. */
async function argumentsOf(
  { topics, usage }: DescribedCommand,
  given: readonly string[],
  source: CompletionSource,
): Promise<Completion[]> {
  const isFirst = !given.some(word => !word.startsWith('-'));
  if (topics && isFirst)
    return Object.entries(topics).map(([word, { summary }]) => ({ word, help: summary }));
  return /[<[](?:app|path)\b/.test(usage.en) ? plain(await source.apps()) : [];
}

function plain(words: readonly string[]): Completion[] {
  return words.map(word => ({ word }));
}
