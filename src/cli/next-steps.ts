import { shellQuote } from '../text/shell-quote.ts';
import { say } from '../locales/say.ts';
import type { Configuration } from '../repository/configuration.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import type { Text } from '../text/language.ts';
import { commandLine, slipwayLine } from './command-line.ts';
import type { Session } from './context.ts';
import type { Input } from './flags.ts';

/** What a person may do after a run: a sentence about it, the line that a shell runs as it is, or both. */
export type NextStep = { text?: Text; line?: string };

/** Only what can be run: programs take each of them as it is. */
export function stepLines(steps: readonly NextStep[]): string[] {
  return steps.flatMap(({ line }) => line ?? []);
}

/** What there is only a sentence for, because no line would do it as it is. */
export function stepNotes(steps: readonly NextStep[]): string[] {
  return steps.flatMap(({ text, line }) => (text && line === undefined ? text.en : []));
}

/** To where the lines that follow are meant, unless whoever reads them stands there. */
export function goThere(
  session: Pick<Session, 'cwd'>,
  { switches, values }: Pick<Input, 'switches' | 'values'>,
  root: string,
): NextStep[] {
  const isElsewhere = session.cwd !== root || switches.has('demo') || values['cwd'] !== undefined;
  return isElsewhere ? [{ line: commandLine(['cd', root]) }] : [];
}

/** How a stub gets its values: a line where a certificate is known, else what is missing for one. */
export function sealStep(
  session: Pick<Session, 'env'>,
  { sealing }: Pick<Configuration, 'sealing'>,
  file: string,
): NextStep {
  const isKnown = Boolean(session.env['SEALED_SECRETS_CERT']) || sealing?.certificate !== undefined;
  if (isKnown) return { line: slipwayLine(session, ['seal', '--into', file]) };
  return { text: say('cli.sealNeedsCertificate', { file: shellQuote(file) }) };
}

/** Where what was written lies. */
export type WrittenTo = Pick<RepositoryFiles, 'root' | 'isInGit'>;

/** What git takes in and how it is called; nothing for no paths, and where there is no git to take them. */
export function commitStep(
  { isInGit }: Pick<WrittenTo, 'isInGit'>,
  paths: readonly string[],
  subject: string,
): NextStep[] {
  if (paths.length === 0 || !isInGit) return [];
  const add = commandLine(['git', 'add', ...paths]);
  return [{ line: `${add} && ${commandLine(['git', 'commit', '-m', subject])}` }];
}

/** The same input without one of its switches. */
export function withoutSwitch<Given extends Pick<Input, 'switches'>>(input: Given, name: string): Given {
  return { ...input, switches: new Set([...input.switches].filter(other => other !== name)) };
}
