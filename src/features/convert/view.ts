import { posix } from 'node:path';
import { changesJson } from '../../change-set.ts';
import { buildLine } from '../../cli/build-line.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { commitStep, goThere, type NextStep, withoutSwitch } from '../../cli/next-steps.ts';
import { renderVerdictJson, renderVerdictLines } from '../../cli/prove-before-writing.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { type SyncView, viewSync } from '../../cli/sync-line.ts';
import { say } from '../../locales/say.ts';
import { renderPreview } from '../../output/preview.ts';
import { wrap } from '../../output/wrap.ts';
import type { RenderVerdict } from '../../render/same-render.ts';
import { display } from '../../text/display.ts';
import type { Danger } from './dangers.ts';
import type { ConversionDecision } from './decisions.ts';
import type { ConvertInput } from './flags.ts';
import type { ReadApp, ConvertTarget } from './model.ts';
import type { Conversion } from './plan-conversion.ts';

/** A conversion with what is known of it. */
export type Converted = {
  app: ReadApp;
  target: ConvertTarget;
  conversion: Conversion;
  verdict: RenderVerdict;
  dangers: readonly Danger[];
  decisions: readonly ConversionDecision[];
  root: string;
};

/** What a person sees before saying yes. */
export function renderConverting(session: Session, { conversion, dangers, verdict }: Converted): string {
  const { aside } = session.terminal;
  return [
    renderPreview(conversion.changes, aside),
    ...verdictLines(session, verdict),
    ...dangerLines(session, dangers, aside.columns),
  ].join('\n');
}

function dangerLines(
  { t, terminal }: Pick<Session, 't' | 'terminal'>,
  dangers: readonly Danger[],
  columns: number,
): string[] {
  return dangers.flatMap(({ level, fact, remedy }) => [
    ...wrap(t(fact), columns, { hang: '  ' }).map(line =>
      terminal.style(line, level === 'fatal' ? 'red' : 'yellow'),
    ),
    ...wrap(`  ${t(remedy)}`, columns, { hang: '    ' }),
  ]);
}

/** Where nobody could look, what is known all the same. */
function verdictLines(session: Session, verdict: RenderVerdict): string[] {
  const lines = renderVerdictLines(session, verdict);
  return verdict.status === 'not-rendered' ? [...lines, session.t(say('convert.equalAsFarAsRead'))] : lines;
}

type Ended = Converted & { written: boolean };

/** Ends a run: what was made of the app, or why nothing was written. */
export function showConverted(context: CommandContext, input: ConvertInput, converted: Ended): void {
  const { session } = context;
  const end = { next: nextSteps(context, input, converted), command: sameAgain(session, 'convert', input) };
  if (session.json) session.terminal.data(jsonDocument(1, bodyOf(context, converted), end));
  else
    session.terminal.result([
      ...resultLines(session, converted),
      ...syncLines(session, converted),
      ...closingLines(session, end),
    ]);
}

function bodyOf({ session }: CommandContext, converted: Ended): object {
  const { app, target, conversion, dangers, decisions, root, written, verdict } = converted;
  return {
    app: app.app.path,
    from: app.use.delivery,
    to: target,
    home: conversion.written.home,
    root,
    dryRun: session.dryRun,
    written,
    changes: changesJson(conversion.changes),
    render: renderVerdictJson(verdict),
    decisions: decisions.map(({ id, why, remedy, accepted }) => ({
      id,
      why: why.en,
      ...(remedy ? { remedy: remedy.en } : {}),
      options: ['accept'],
      ...(accepted ? { answer: 'accept' } : {}),
    })),
    dangers: dangers.map(({ id, level, fact, remedy }) => ({ id, level, fact: fact.en, remedy: remedy.en })),
    syncedBy: syncOf(conversion).json,
  };
}

function resultLines(session: Session, converted: Ended): string[] {
  const { t, terminal, dryRun } = session;
  const { app, target, conversion, verdict, decisions, dangers, written } = converted;
  const { columns } = terminal;
  const names = { app: display(app.app.path), home: display(conversion.written.home), target };
  const open = decisions.filter(({ accepted }) => !accepted);
  const seen = verdictLines(session, verdict);
  const risks = dangerLines(session, dangers, columns);
  if (verdict.status === 'differs')
    return [...seen, terminal.style(t(say('convert.nothingWritten', names)), 'red')];
  if (open.length > 0)
    return [
      terminal.style(t(say('convert.decide', { ...names, count: open.length })), 'yellow'),
      ...open.flatMap(decision => decisionLines(session, decision)),
      ...seen,
      ...dangerLines(
        session,
        dangers.filter(({ level }) => level === 'high'),
        columns,
      ),
    ];
  const head = written ? say('convert.done', names) : say('convert.would', names);
  const preview = dryRun ? [renderPreview(conversion.changes, terminal)] : [];
  return [...preview, terminal.style(t(head), 'green'), ...seen, ...risks];
}

function decisionLines({ t, terminal }: Session, { id, why, remedy }: ConversionDecision): string[] {
  const lines = [`${display(id)}: ${t(why)}`, ...(remedy ? [`  ${t(remedy)}`] : [])];
  return lines.flatMap(line => wrap(`  ${line}`, terminal.columns, { hang: '    ' }));
}

/** An Application of a plain folder takes whatever lies in it. */
function syncOf({ after, written: { home } }: Conversion): SyncView {
  const own = viewSync(after, home);
  return own.synced || !/\.ya?ml$/.test(home) ? own : viewSync(after, posix.dirname(home));
}

/** Who will sync the app as it will stand. */
function syncLines({ t, terminal }: Session, { conversion, verdict }: Ended): string[] {
  if (verdict.status === 'differs') return [];
  const sync = syncOf(conversion);
  return [sync.synced ? t(sync.line) : terminal.style(t(sync.line), 'yellow')];
}

function nextSteps(context: CommandContext, input: ConvertInput, converted: Ended): NextStep[] {
  const { session, files, renderers, gitops } = context;
  const { conversion, decisions, verdict, written, app, target } = converted;
  if (verdict.status === 'differs') return [{ text: say('convert.mendDifference') }];
  if (decisions.some(({ accepted }) => !accepted)) return [{ text: say('convert.answerWith') }];
  const { changes } = conversion.changes;
  if (session.dryRun) return [{ line: sameAgain(session, 'convert', withoutSwitch(input, 'dry-run')) }];
  if (!written) return [];
  const { folder } = conversion.written;
  return [
    ...goThere(session, input, files.root),
    ...(folder === undefined
      ? []
      : [{ line: buildLine({ session, configuration: gitops.configuration, renderers }, folder) }]),
    ...commitStep(
      files,
      changes.map(({ path }) => path),
      `refactor(${app.name}): deliver by ${target}`,
    ),
  ];
}
