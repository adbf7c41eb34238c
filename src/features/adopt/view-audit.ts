import type { CommandContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { EXIT, type ExitCode } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { wrap } from '../../output/wrap.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { AdoptInput } from './flags.ts';

/** Which published version a values file is nearest to. */
export type Audited = {
  app: string;
  name: string;
  /** As it is pinned. */
  version: string;
  valuesFile: string;
  /** overrides: no copy of any version that was looked at. */
  status: 'right' | 'other' | 'overrides';
  /** The versions whose defaults are nearest, newest first. */
  nearest: string[];
  /** Values that differ from the pinned version's defaults, and from the nearest ones; undefined where the pinned one is not published. */
  differing: { pinned: number | undefined; nearest: number };
  looked: { versions: number; of: number };
};

/** Says which version each copy stems from; resolves to 1 where one stems from another than the pinned one. */
export function showAudit(
  { session, files }: CommandContext,
  input: AdoptInput,
  audited: readonly Audited[],
): ExitCode {
  const { terminal } = session;
  const end = { next: nextSteps(audited), command: sameAgain(session, 'adopt', input) };
  if (session.json) terminal.data(jsonDocument(1, { root: files.root, audit: audited }, end));
  else
    terminal.result([...audited.flatMap(each => auditLines(each, session)), ...closingLines(session, end)]);
  return exitOf(audited);
}

function exitOf(audited: readonly Audited[]): ExitCode {
  return audited.some(({ status }) => status === 'other') ? EXIT.findings : EXIT.done;
}

function nextSteps(audited: readonly Audited[]) {
  return audited.some(({ status }) => status === 'other') ? [{ text: say('adopt.mergeFromThere') }] : [];
}

function auditLines(
  { app, name, version, valuesFile, status, nearest, differing, looked }: Audited,
  { t, terminal }: Session,
): string[] {
  const about = { name: display(name), version: display(version), file: display(valuesFile) };
  const [first = '', last = first] = [nearest.at(-1), nearest[0]];
  const range = first === last ? first : `${first}–${last}`;
  const { versions, of } = looked;
  const texts: Record<Audited['status'], Text> = {
    right: say('adopt.stemsRight', about),
    other: say('adopt.stemsOther', { ...about, nearest: display(range), count: differing.nearest }),
    overrides: say('adopt.isNoCopy', about),
  };
  const cut = versions < of ? [t(say('adopt.lookedAt', { versions, of }))] : [];
  const lines = [`${display(app)}: ${t(texts[status])}`, ...cut.map(text => `  ${text}`)];
  const shown = lines.flatMap(line => wrap(line, terminal.columns, { hang: '  ' }));
  return status === 'other' ? shown.map(line => terminal.style(line, 'yellow')) : shown;
}
