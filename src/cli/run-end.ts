import { toJson } from '../data/json.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';
import type { Line } from '../output/lay-out.ts';
import { wrap } from '../output/wrap.ts';
import { wordsOf } from '../text/shell-quote.ts';
import type { Session } from './context.ts';
import { type NextStep, stepLines, stepNotes } from './next-steps.ts';

/** What the ends of runs have in common. */
export type RunEnd = {
  /** What was answered, by whom and why. */
  answers?: readonly { flag: string; value: string; from: string; why: Text }[];
  /** What a person should know. */
  notes?: readonly Text[];
  /** The steps that follow, in order; none where nothing does. */
  next: readonly NextStep[];
  /** The line that runs the same again. */
  command: string;
};

/**
 * The document of `--json`, as text: the version of its schema, what the command found or did, what follows, and the line that
 * runs the same again. Sentences are English whatever the language of the run: programs compare them.
 */
export function jsonDocument(schemaVersion: number, body: object, end: RunEnd): string {
  const { answers, notes, next, command } = end;
  return toJson({
    schemaVersion,
    ...body,
    ...(answers && {
      answers: answers.map(({ flag, value, from, why }) => ({ flag, value, from, why: why.en })),
    }),
    ...(notes && { notes: [...notes.map(({ en }) => en), ...stepNotes(next)] }),
    next: stepLines(next),
    // Only a shell goes elsewhere for the lines that follow.
    nextArgv: stepLines(next)
      .flatMap(line => wordsOf(line) ?? [])
      .filter(([program]) => program !== 'cd'),
    command,
  });
}

/** For a person: what slipway answered by itself, and why. */
export function answerLines(session: Session, { answers = [] }: Pick<RunEnd, 'answers'>): string[] {
  const own = answers.filter(({ from, value }) => from === 'slipway' && value !== '');
  return own.flatMap(answer => answerLine(session, answer));
}

function answerLine(
  { t, terminal }: Session,
  { flag, value, why }: { flag: string; value: string; why: Text },
): string[] {
  const [first = '', ...rest] = wrap(`${flag}: ${value} (${t(why)})`, terminal.columns, { hang: '  ' });
  const head = `${flag}: ${value} `;
  const dim = (text: string): string => terminal.style(text, 'dim');
  const begun = first.startsWith(head) ? head + dim(first.slice(head.length)) : first;
  return [begun, ...rest.map(line => dim(line))];
}

/** For a person: the next steps, and the line that runs the same again. */
export function closingLines({ t }: Session, { next = [], command }: Partial<RunEnd>): Line[] {
  const blocks = next.flatMap(({ text, line }): Line[] => [
    ...(text ? [`  ${t(text)}`] : []),
    ...(line === undefined ? [] : [{ command: line }]),
  ]);
  return [
    ...(blocks.length > 0 ? [`${t(say('cli.next'))}:`, ...blocks] : []),
    ...(command === undefined ? [] : [`${t(say('cli.sameAgain'))}:`, { command }]),
  ];
}
