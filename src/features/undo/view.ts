import { changesJson } from '../../change-set.ts';
import type { Session } from '../../cli/context.ts';
import { goThere, type NextStep, withoutSwitch } from '../../cli/next-steps.ts';
import { slipwayLine } from '../../cli/command-line.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { EXIT } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { renderPreview } from '../../output/preview.ts';
import type { Choice } from '../../output/prompts.ts';
import { renderTable } from '../../output/table.ts';
import { wrap } from '../../output/wrap.ts';
import type { UndoRecord } from '../../system/transaction/undo-records.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { UndoInput } from './flags.ts';
import type { UndoPlan } from './plan-undo.ts';

/** A run that can be undone, with the records of its transactions in their order. */
export type UndoneRun = { id: string; line: string; time: string; records: UndoRecord[] };

type Undone = { run: UndoneRun; plan: UndoPlan; root: string; commit: string | undefined };

/** `--list`: what can be undone, the last run first. */
export function showRuns(
  session: Session,
  input: UndoInput,
  { root, runs }: { root: string; runs: readonly UndoneRun[] },
): number {
  const { terminal, t } = session;
  const command = sameAgain(session, 'undo', input);
  if (session.json) {
    const body = { root, runs: runs.map(run => ({ ...runJson(run), files: filesOf(run).length })) };
    terminal.data(jsonDocument(1, body, { next: [], command }));
    return EXIT.done;
  }
  const rows = runs.map(run => [
    { text: run.id, format: 'bold' as const },
    t(say('undo.files', { count: filesOf(run).length })),
    display(run.line),
  ]);
  terminal.result(
    runs.length === 0
      ? t(say('undo.nothingToUndo'))
      : renderTable(rows, { style: terminal.style, columns: terminal.columns }).join('\n'),
  );
  return EXIT.done;
}

/** What a person sees before saying yes. */
export function renderUndoing({ t, terminal }: Session, { run, plan, commit }: Undone): string {
  const head = say('undo.undoes', { line: display(run.line), time: run.time });
  return [
    ...wrap(t(head), terminal.aside.columns),
    renderPreview(plan.changes, terminal.aside),
    ...lastingLines({ t, terminal }, run, terminal.aside.columns),
    ...(commit === undefined ? [] : wrap(t(say('undo.isCommitted', { commit })), terminal.aside.columns)),
  ].join('\n');
}

/** What taking back the files does not take back. */
function lastingLines(
  { t, terminal }: Pick<Session, 't' | 'terminal'>,
  run: UndoneRun,
  columns: number,
): string[] {
  const lasting = lastingOf(run);
  if (lasting.length === 0) return [];
  const lines = [`${t(say('undo.stays'))}:`, ...lasting.map(text => `  ${t(text)}`)];
  return lines
    .flatMap(line => wrap(line, columns, { hang: '    ' }))
    .map(line => terminal.style(line, 'yellow'));
}

function lastingOf({ records }: UndoneRun): Text[] {
  return records.flatMap(({ run }) => run.lasting ?? []);
}

/** The two ways to answer a decision. */
export function decisionChoices({ t }: Session): Choice[] {
  return [
    { value: 'ours', name: t(say('undo.keepNow')) },
    { value: 'theirs', name: t(say('undo.takeBefore')) },
  ];
}

/** Ends a run: what was taken back, what is to be decided, what stayed. */
export function showUndo(session: Session, input: UndoInput, undone: Undone & { written: boolean }): void {
  const { terminal, json, dryRun } = session;
  const { run, plan, root, commit } = undone;
  const end = { next: nextSteps(session, input, undone), command: sameAgain(session, 'undo', input) };
  if (!json) return terminal.result([...resultLines(session, undone), ...closingLines(session, end)]);
  const body = {
    run: runJson(run),
    root,
    dryRun,
    written: undone.written && plan.changes.changes.length > 0,
    changes: changesJson(plan.changes),
    decisions: plan.decisions.map(({ id, why, answer }) => ({
      id,
      why: why.en,
      options: ['ours', 'theirs'],
      ...(answer === undefined ? {} : { answer }),
    })),
    lasting: lastingOf(run).map(({ en }) => en),
    left: plan.left.map(({ path, why }) => ({ path, why: why.en })),
    ...(commit === undefined ? {} : { commit }),
  };
  terminal.data(jsonDocument(1, body, end));
}

function runJson({ id, line, time }: UndoneRun): object {
  return { id, time, line };
}

function filesOf({ records }: UndoneRun): string[] {
  return [...new Set(records.flatMap(({ changes }) => changes.map(change => change.path)))];
}

function resultLines(session: Session, { run, plan, written }: Undone & { written: boolean }): string[] {
  const { t, terminal, dryRun } = session;
  const count = plan.changes.changes.length;
  const open = plan.decisions.filter(({ answer }) => answer === undefined);
  const left = plan.left.map(({ path, why }) => t(say('undo.left', { path: display(path), why })));
  const line = display(run.line);
  if (open.length > 0)
    return [
      terminal.style(t(say('undo.decide', { count: open.length })), 'yellow'),
      ...open.map(({ id, why }) => `  ${display(id)}: ${t(why)}`),
      ...left,
    ].flatMap(each => wrap(each, terminal.columns, { hang: '    ' }));
  const done = written ? say('undo.undone', { line, count }) : say('undo.would', { line, count });
  const head = count === 0 ? say('undo.isAsBefore', { line }) : done;
  const preview = dryRun && count > 0 ? [renderPreview(plan.changes, terminal)] : [];
  const lines = [terminal.style(t(head), 'green'), ...left];
  const lasting = count > 0 ? lastingLines(session, run, terminal.columns) : [];
  return [...preview, ...lines.flatMap(each => wrap(each, terminal.columns, { hang: '  ' })), ...lasting];
}

function nextSteps(
  session: Session,
  input: UndoInput,
  { plan, root, written, commit }: Undone & { written: boolean },
): NextStep[] {
  if (plan.decisions.some(({ answer }) => answer === undefined)) return [{ text: say('undo.answerWith') }];
  if (session.dryRun && plan.changes.changes.length > 0)
    return [{ line: sameAgain(session, 'undo', withoutSwitch(input, 'dry-run')) }];
  if (!written || plan.changes.changes.length === 0) return [];
  return [
    ...goThere(session, input, root),
    ...(commit === undefined ? [] : [{ text: say('undo.isCommitted', { commit }) }]),
    { text: say('undo.redo'), line: slipwayLine(session, ['undo']) },
  ];
}
