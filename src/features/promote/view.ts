import { acceptLines, type OpenRisk, openRisks, openRisksOf } from '../../output/risks.ts';
import { changesJson, joinAll, pathsForGit } from '../../change-set.ts';
import { slipwayLine } from '../../cli/command-line.ts';
import type { Session } from '../../cli/context.ts';
import { commitStep, goThere, type NextStep, withoutSwitch, type WrittenTo } from '../../cli/next-steps.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';
import { type OpenDecision, renderDecisionFile } from '../../output/decision-file.ts';
import type { Line } from '../../output/lay-out.ts';
import { type Cell, renderTable } from '../../output/table.ts';
import { display, inCommit } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { byKey } from '../../values/answer-keys.ts';
import type { PromoteInput } from './flags.ts';
import type { Pair } from './pair-apps.ts';
import type { Behind, Promotion, PromotionStatus } from './promotion.ts';

/** One app of a run. */
export type Promoted = { pair: Pair; promotion: Promotion; written?: boolean; committed?: boolean };

const WORDS: Readonly<Record<PromotionStatus, Text>> = {
  'in-step': say('promote.inStep'),
  behind: say('promote.behind'),
  ahead: say('promote.ahead'),
  diverged: say('promote.diverged'),
};

const COLOURS = { 'in-step': 'green', behind: 'yellow', ahead: undefined, diverged: 'red' } as const;

/** What the commit of an app is called. */
export function promotionSubject({ app, from, to }: Pair): string {
  return `chore(${inCommit(app)}): promote ${inCommit(from)} to ${inCommit(to)}`;
}

/** A row for each app: whether the target is in step, and what it lacks. */
export function showStatus(
  planned: readonly Promoted[],
  { input }: { input: PromoteInput },
  session: Session,
): void {
  const { terminal, t } = session;
  if (session.json) {
    const apps = planned.map(each => promotionJson(each));
    terminal.data(jsonDocument(1, { apps }, { next: [], command: sameAgain(session, 'promote', input) }));
    return;
  }
  const rows = planned.map(({ pair, promotion }): Cell[] => {
    const colour = COLOURS[promotion.status];
    const status = t(WORDS[promotion.status]);
    return [display(pair.app), colour ? { text: status, format: colour } : status, detailOf(promotion, t)];
  });
  const head = [t(say('promote.app')), t(say('promote.statusHead')), t(say('promote.details'))];
  terminal.result(renderTable(rows, { ...terminal, head }).join('\n'));
}

const MOST_NAMED = 3;

/** Versions one by one; of the rest how many. */
function detailOf(
  { behind, ahead, held, decisions, reseal, failure, evidence }: Promotion,
  t: Session['t'],
): string {
  if (failure) return t(failure.texts.message);
  const versions = behind.filter(
    ({ kind, from, to }) => kind !== 'value' && from !== undefined && to !== undefined,
  );
  const shown = versions
    .slice(0, MOST_NAMED)
    .map(each => `${shortOf(each)} ${display(each.from ?? '')} → ${display(each.to ?? '')}`);
  const count = behind.length - shown.length;
  const more = [
    ...(count > 0 ? [t(say('promote.morePaths', { count }))] : []),
    ...(decisions.length > 0 ? [t(say('promote.decisionsOpen', { count: decisions.length }))] : []),
    ...(ahead.length > 0 ? [t(say('promote.aheadIn', { count: ahead.length }))] : []),
    ...(reseal.length > 0 ? [t(say('promote.toSeal', { count: reseal.length }))] : []),
    ...held.map(({ chart, why }) => t(say('promote.isHeld', { chart: display(chart), why: display(why) }))),
  ];
  const all = [...shown, ...more];
  return all.length > 0 ? all.join(', ') : t(evidence);
}

function shortOf({ what }: Behind): string {
  return display(what.slice(what.indexOf(': ') + 2));
}

type Ending = { input: PromoteInput; files: WrittenTo; isIgnored(file: string): boolean };

/** Ends a run: what was promoted, what is kept, what has to be decided, sealed or looked at. */
export function showPromotions(done: readonly Promoted[], ending: Ending, session: Session): void {
  const { terminal } = session;
  const open = openIn(done);
  const next = nextSteps(done, open, ending, session);
  const command = sameAgain(session, 'promote', ending.input);
  if (session.json) {
    const body = {
      dryRun: session.dryRun,
      apps: done.map(promotionJson),
      changes: changesJson(joinAll(done.map(({ promotion }) => promotion.changes))),
    };
    terminal.data(jsonDocument(1, body, { next, command }));
    return;
  }
  const lines = done.flatMap(each => appLines(each, session));
  terminal.result([
    ...lines,
    ...decisionLines(open, risksIn(done), session),
    ...closingLines(session, { next }),
  ]);
}

/** An app of a run as JSON has it. */
export function promotionJson({ pair, promotion, written, committed }: Promoted): object {
  const { status, behind, ahead, kept, held, decisions, reseal, deletes, risks, evidence, failure } =
    promotion;
  return {
    app: promotion.app,
    from: pair.source.path,
    status,
    behind,
    ahead,
    kept: kept.map(({ what, why }) => ({ what, why: why.en })),
    held: held.map(({ chart, why }) => ({ chart, why })),
    decisions,
    reseal,
    deletes,
    ...(risks.length > 0 && {
      risks: risks.map(({ key, level, fact, remedy, accepted }) => ({
        key,
        level,
        fact: fact.en,
        remedy: remedy.en,
        accepted,
      })),
    }),
    evidence: evidence.en,
    ...(written === undefined ? {} : { written, committed: committed === true }),
    ...(failure && { error: { code: failure.code, message: failure.message } }),
  };
}

/** What nobody has decided, by the key that answers it. */
export function openIn(done: readonly Promoted[]): OpenDecision[] {
  const all = done.flatMap(({ promotion: { app, decisions } }) =>
    decisions.map(decision => ({ app, id: decision.id, chart: decision.file, decision })),
  );
  return [...byKey(all)].flatMap(([key, same]) =>
    same.slice(0, 1).map(({ app, decision }) => ({
      app,
      key,
      decision,
      steps: same.map(each => display(`${each.decision.file}: ${each.decision.path}`)),
    })),
  );
}

/** What takes data with it and nobody has accepted. */
export function risksIn(done: readonly Promoted[]): OpenRisk[] {
  return openRisksOf(done.map(({ promotion }) => ({ app: promotion.app, rendered: promotion })));
}

/** What a plan holds: app by app, and the decisions that it waits for. */
export function planLines(
  planned: readonly Promoted[],
  open: readonly OpenDecision[],
  session: Session,
): Line[] {
  const lines = planned.flatMap(each => appLines(each, session));
  const answers = answerLines(open, risksIn(planned), session);
  return [...lines, ...(answers.length === 0 ? [] : ['', ...answers, ''])];
}

function appLines(promoted: Promoted, { t, terminal, dryRun }: Session): Line[] {
  const { pair, promotion, written } = promoted;
  const { behind, kept, reseal, deletes, risks, failure, status, ahead } = promotion;
  const about = { app: display(pair.app), from: display(pair.from), to: display(pair.to) };
  const isDone = written === true || (dryRun && written === false);
  const head = failure
    ? terminal.style(`${about.app}: ${t(failure.texts.message)}`, 'red')
    : isDone
      ? terminal.style(
          t(say(dryRun ? 'promote.wouldPromote' : 'promote.promoted', { ...about, count: behind.length })),
          'green',
        )
      : `${about.app}: ${t(WORDS[status])}`;
  const part = (title: Text, items: readonly string[]): string[] =>
    items.length === 0 ? [] : [`  ${t(title)}`, ...items.map(item => `    ${display(item)}`)];
  const moved = behind.map(({ what, from, to }) =>
    from === undefined || to === undefined ? what : `${what} ${from} → ${to}`,
  );
  return [
    head,
    ...part(say('promote.takenTitle'), moved),
    ...part(
      say('promote.keptTitle'),
      kept.map(({ what, why }) => `${what} (${t(why)})`),
    ),
    ...part(say('promote.aheadTitle'), ahead),
    ...part(say('promote.sealTitle'), reseal),
    ...part(say('promote.deletesTitle'), deletes),
    ...part(
      say('promote.risksTitle'),
      openRisks(risks).map(
        ({ object, fact, remedy }) => `${object.kind} ${object.name}: ${t(fact)}; ${t(remedy)}`,
      ),
    ),
    ...promotion.held.map(
      ({ chart, why }) => `  ${t(say('promote.isHeld', { chart: display(chart), why: display(why) }))}`,
    ),
    ...(failure ? [] : [`  ${terminal.style(t(promotion.evidence), 'dim')}`]),
  ];
}

const DECISION_FILE = 'decisions.yaml';

function decisionLines(open: readonly OpenDecision[], risks: readonly OpenRisk[], session: Session): Line[] {
  const { t } = session;
  if (open.length + risks.length === 0) return [];
  return [
    `${t(say('promote.decisionFile', { file: DECISION_FILE }))}:`,
    '',
    ...answerLines(open, risks, session),
    '',
  ];
}

function answerLines(open: readonly OpenDecision[], risks: readonly OpenRisk[], session: Session): Line[] {
  return [
    ...(open.length > 0 ? [{ yaml: decisionsOf(open, session) }] : []),
    ...risks.flatMap(risk => acceptLines(risk, session.t)),
  ];
}

function decisionsOf(open: readonly OpenDecision[], { t }: Session): string {
  const sides = { base: say('promote.base'), ours: say('promote.ours'), theirs: say('promote.theirs') };
  return renderDecisionFile(open, t, sides);
}

/** A file that is not there yet is told by which name it seals. */
function sealSteps(file: string, names: readonly string[], session: Session): NextStep[] {
  const named = names.length > 0 ? names.map(name => ['--name', name]) : [[]];
  return named.map(words => {
    const line = display(slipwayLine(session, ['seal', '--into', file, ...words]));
    return { text: say('promote.sealAgain', { file: display(file), line }) };
  });
}

function nextSteps(
  done: readonly Promoted[],
  open: readonly OpenDecision[],
  ending: Ending,
  session: Session,
): NextStep[] {
  const { input, files, isIgnored } = ending;
  const given = [
    ...input.given.filter(({ name }) => name !== 'decisions'),
    { name: 'decisions' as const, value: DECISION_FILE },
  ];
  const decide =
    open.length + risksIn(done).length > 0
      ? [{ line: sameAgain(session, 'promote', { ...input, given }) }]
      : [];
  const isChanged = done.some(({ promotion }) => promotion.changes.changes.length > 0);
  if (session.dryRun)
    return [
      ...decide,
      ...(isChanged ? [{ line: sameAgain(session, 'promote', withoutSwitch(input, 'dry-run')) }] : []),
    ];
  const seal = done.flatMap(({ promotion }) =>
    promotion.reseal.flatMap(file => sealSteps(file, promotion.sealNames.get(file) ?? [], session)),
  );
  const left = done.filter(({ written, committed }) => written === true && committed !== true);
  const [first] = left;
  if (!first) return [...decide, ...seal];
  const paths = ['--all', ...left.flatMap(({ promotion }) => pathsForGit(promotion.changes, isIgnored))];
  const subject =
    left.length === 1
      ? promotionSubject(first.pair)
      : `chore: promote ${left.length} apps to ${inCommit(first.pair.to)}`;
  const steps = commitStep(files, paths, subject);
  return [
    ...decide,
    ...seal,
    ...(steps.length === 0 ? [] : [...goThere(session, input, files.root), ...steps]),
  ];
}
