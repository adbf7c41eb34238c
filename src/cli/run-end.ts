import { toJson } from '../data/json.ts';
import type { Text } from '../text/language.ts';
import { wrapBlock } from '../output/wrap.ts';
import { say } from '../locales/say.ts';
import type { Session } from './context.ts';

/** What the ends of runs have in common, each where a command has it. */
export type RunEnd = {
  /** What was answered, by whom and why. */
  answers?: readonly { flag: string; value: string; from: string; why: Text }[];
  /** What a person should know. */
  notes?: readonly Text[];
  /** The steps that follow, in order. */
  next?: readonly (Text | string)[];
  /** The line that runs the same again. */
  command?: string;
};

/**
 * The document of `--json`, as text: the version of its schema, what the command found or did, and what follows. Sentences are
 * English whatever the language of the run: programs compare them.
 */
export function jsonDocument(schemaVersion: number, body: object, end: RunEnd = {}): string {
  const { answers, notes, next, command } = end;
  return toJson({
    schemaVersion,
    ...body,
    ...(answers && {
      answers: answers.map(({ flag, value, from, why }) => ({ flag, value, from, why: why.en })),
    }),
    ...(notes && { notes: notes.map(({ en }) => en) }),
    ...(next && { next: next.map(step => (typeof step === 'string' ? step : step.en)) }),
    ...(command !== undefined && { command }),
  });
}

/** For a person: what slipway answered by itself, and why. */
export function answerLines({ terminal, t }: Session, { answers = [] }: RunEnd): string[] {
  const own = answers.filter(({ from, value }) => from === 'slipway' && value !== '');
  return own.map(({ flag, value, why }) =>
    wrapBlock(`${flag}: ${value} ${terminal.style(`(${t(why)})`, 'dim')}`, terminal.columns),
  );
}

/** For a person: the next steps, and the line that runs the same again. */
export function closingLines({ t }: Session, { next = [], command }: RunEnd): string[] {
  const steps = next.map(step => `  ${typeof step === 'string' ? step : t(step)}`);
  return [
    ...(steps.length > 0 ? [`${t(say('cli.next'))}:`, ...steps] : []),
    ...(command === undefined ? [] : [`${t(say('cli.sameAgain'))}:`, `  ${command}`]),
  ];
}
