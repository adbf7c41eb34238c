import { EXIT, systemCode, UserError } from '../errors.ts';
import type { Terminal } from '../output/terminal.ts';
import type { Redactor } from '../text/redaction.ts';
import { toJson } from '../data/json.ts';
import { say } from '../locales/say.ts';
import { errorSentence } from './error-sentence.ts';
import type { Language } from '../text/language.ts';

/** What an error is shown with. */
export type Reported = { json: boolean; version: string; secrets: Redactor; language: Language };

/** Shows an error in the language of the run, or as JSON in English, and names the exit code that it ends with. */
export function reportError(error: unknown, terminal: Terminal, run: Reported): number {
  if (!(error instanceof UserError)) {
    const failure = systemCode(error) === undefined ? undefined : fileSystemError(error);
    return failure ? reportError(failure, terminal, run) : reportBug(error, terminal, run);
  }
  if (run.json) terminal.data(errorDocument(errorJson(error, run.secrets.clean)));
  else if (error.code === 'E_CANCELLED') terminal.say(error.texts.message[run.language]);
  else terminal.say(errorLine(error, terminal, run));
  if (terminal.isDumb && !run.json && error.code === 'E_MISSING')
    terminal.say(terminal.style(say('cli.note', { text: say('cli.dumbTerminal') })[run.language], 'yellow'));
  return error.exit;
}

/** What a terminal shows of an error: its code, and the sentence in the language of the run. */
export function errorLine(error: UserError, terminal: Terminal, { secrets, language }: Reported): string {
  const sentence = errorSentence(error)[language];
  return `${terminal.style(`error[${error.code}]`, 'red')} ${secrets.clean(sentence)}`;
}

/** In the place of a command's document: how to run it again whoever reads this knows. */
function errorDocument(error: object): string {
  return toJson({ schemaVersion: 1, error });
}

function errorJson(error: UserError, clean: Redactor['clean']) {
  return {
    code: error.code,
    exit: error.exit,
    message: clean(error.message),
    hint: clean(error.hint ?? ''),
    ...(error.subject === undefined ? {} : { subject: clean(error.subject) }),
    ...(error.missing.length === 0 ? {} : { missing: error.missing }),
  };
}

/** A system error that no closer handler named. */
function fileSystemError(error: unknown): UserError | undefined {
  const code = systemCode(error);
  if (!(error instanceof Error) || code === undefined || !/^E[A-Z]+$/.test(code)) return undefined;
  const kind = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' ? 'E_NO_SPACE' : 'E_FILE_SYSTEM';
  return new UserError(kind, error.message, { hint: say('cli.mendRunAgain'), cause: error });
}

function reportBug(error: unknown, terminal: Terminal, run: Reported): number {
  const stack = run.secrets.clean(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const bug = say('cli.bug')[run.language];
  const where = `slipway ${run.version}, node ${process.version}, ${process.platform}`;
  if (run.json) terminal.data(errorDocument({ code: 'E_BUG', exit: EXIT.bug, message: stack, hint: where }));
  else terminal.say(`${terminal.style('error[E_BUG]', 'red')} ${bug}\n${where}\n${stack}`);
  return EXIT.bug;
}
