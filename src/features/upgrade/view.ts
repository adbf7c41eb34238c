import { verdictJson, verdictTexts } from '../../charts/schema/verdict.ts';
import { jsonDocument } from '../../cli/run-end.ts';
import path from 'node:path';
import type { AppReport, ChartReport, LeftAlone, UpgradeReport } from './report-facts.ts';
import { display } from '../../text/display.ts';
import type { UpgradeInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { exitOf, type PreparedApp } from './prepared-app.ts';
import type { Line } from '../../output/lay-out.ts';
import { repeatUpgrade } from './repeat-upgrade.ts';
import { renderDecisionFile } from '../../output/decision-file.ts';
import { openDecisionsOf } from './decision-file.ts';
import { stepBetween } from '../../charts/versions/versions.ts';
import { describeRenderer } from '../../render/rendered-with.ts';
import type { NextStep } from '../../cli/next-steps.ts';
import { say } from '../../locales/say.ts';
import { acceptLines, openRisksOf } from '../../output/risks.ts';
import { breakingSummary } from './report/breaking.ts';
import { evidenceJson, evidenceTexts } from '../../render/effects/describe-proof.ts';
import { LEVEL_WORDS, objectText, riskOf } from './risk-words.ts';

/** What every app comes to, a few lines each: enough to say yes or no. */
export function renderUpgradeSummary(
  apps: readonly PreparedApp[],
  leftAlone: readonly LeftAlone[],
  session: Session,
): string {
  const { style } = session.terminal;
  const blocks = apps.map(({ report }) =>
    [style(report.app, 'bold'), ...appLines(report, session).map(line => `  ${line}`)].join('\n'),
  );
  const left = leftAlone.filter(isTold).map(item => style(leftAloneLine(item, session), 'dim'));
  return [...blocks, ...left].join('\n');
}

function appLines(report: AppReport, session: Session): string[] {
  const { style } = session.terminal;
  if (report.status === 'failed')
    return [
      style(`error[${report.error.code}] ${session.t(report.error.message)}`, 'red'),
      ...(report.error.hint ? [session.t(report.error.hint)] : []),
    ];
  const notable = report.verification.filter(({ ok, detail }) => !ok || detail.en !== '');
  return [
    ...report.charts.flatMap(chart => [
      chartLine(chart, session),
      ...schemaLines(chart, session),
      ...effectLines(chart, session),
      ...breakingLine(chart, report, session),
    ]),
    ...riskLines(report, session),
    ...notable.map(({ command, detail }) => style(`${command}: ${session.t(detail)}`, 'yellow')),
  ];
}

/** Fatal and high risks each on a line with what to do; low ones only counted. */
function riskLines({ rendered }: AppReport, { t, terminal }: Session): string[] {
  const risks = rendered?.risks ?? [];
  const grave = risks.filter(({ level }) => level !== 'low');
  const low = risks.length - grave.length;
  const lines = grave.map(({ level, object, fact, remedy, accepted }) => {
    const word = accepted
      ? `${t(LEVEL_WORDS[level])}, ${t(say('upgrade.acceptedRisk'))}`
      : t(LEVEL_WORDS[level]);
    const head = terminal.style(`${word}:`, level === 'fatal' ? 'red' : 'yellow');
    return `${head} ${display(`${objectText(object)}: ${t(fact)}; ${t(remedy)}`)}`;
  });
  const counted = say('upgrade.riskCounted', { level: t(LEVEL_WORDS.low), count: low });
  return [...lines, ...(low > 0 ? [`${t(say('upgrade.risk'))}: ${t(counted)}`] : [])];
}

function chartLine({ move, values }: ChartReport, { t, terminal }: Session): string {
  const head = `${display(move.name)} ${display(move.from)} → ${terminal.style(display(move.to), 'green')}`;
  const [first] = values;
  if (!first) return head;
  if (values.every(({ partial }) => partial)) return `${head}  ${t(say('upgrade.overridesOnlyKeptThey'))}`;
  const outcomes = values.flatMap(place => place.outcomes);
  const carried = outcomes.filter(({ outcome }) => outcome === 'applied').length;
  const open = values.flatMap(place => place.decisions).length;
  const standing = values
    .flatMap(({ answered }) => answered)
    .filter(({ source }) => source === 'configuration').length;
  return [
    head,
    t(say('upgrade.countCarriedOver', { carried })),
    t(say('upgrade.linesDifferFromNewDefaults', { lines: first.proof.lines })),
    ...(standing > 0 ? [t(say('upgrade.answeredStanding', { count: standing }))] : []),
    ...(open > 0 ? [terminal.style(t(say('upgrade.decisionsOpen', { open })), 'yellow')] : []),
  ].join('  ');
}

/** What the schemas of the new chart refuse, and what was not held to them. */
function schemaLines({ schema }: ChartReport, { t, terminal }: Session): string[] {
  const { refused, notHeld } = verdictTexts(schema);
  return [
    ...refused.map(text => terminal.style(`values.schema.json: ${t(text)}`, 'red')),
    ...notHeld.map(text => terminal.style(t(text), 'yellow')),
  ];
}

/** What loses its effect, and what a person has to know of the proof. */
function effectLines({ effects }: ChartReport, { t, terminal }: Session): string[] {
  if (!effects) return [];
  const lost = effects.customisations
    .filter(({ lostEffect }) => lostEffect)
    .map(({ path: at }) => display(at));
  const notes = [...new Set([effects.before, effects.after].flatMap(evidenceTexts).map(t))];
  return [
    ...(lost.length > 0
      ? [terminal.style(t(say('proof.lostEffect', { paths: lost.join(', ') })), 'red')]
      : []),
    ...notes.map(note => terminal.style(note, 'dim')),
  ];
}

function breakingLine(chart: ChartReport, { rendered }: AppReport, { t, terminal }: Session): string[] {
  const summary = breakingSummary(chart, rendered, t);
  return summary === undefined ? [] : [terminal.style(`${t(say('breaking.summary'))}: ${summary}`, 'yellow')];
}

/** What is no chart of `helmCharts` is counted at the end; the report and JSON name each. */
function isTold({ status }: LeftAlone): boolean {
  return status !== 'not-moved';
}

/** A chart that stays where it is, and why. */
export function leftAloneLine(item: LeftAlone, session: Session): string {
  return `${item.app}  ${display(item.name)} ${display(item.current)}  ${leftReason(item, session)}`;
}

function leftReason(item: LeftAlone, { t }: Session): string {
  const newer = item.newer === undefined ? '' : ` (${display(item.newer)})`;
  switch (item.status) {
    case 'held':
      return `${t(say('upgrade.held'))}${newer}: ${display(item.reason)}`;
    case 'beyond-level':
      return stepBetween(item.current, item.newer ?? '') === 'major'
        ? t(say('upgrade.majorStepAwayMajor', { newer }))
        : t(say('upgrade.minorStepAwayMinor', { newer }));
    case 'not-moved':
      return `${t(say('upgrade.notMovedByUpgrade'))}: ${display(item.reason)}`;
    case 'deprecated':
      return t(say('upgrade.deprecatedUpstream'));
    case 'range':
    case 'floating':
      return openReason(item, t);
    case 'unreachable':
      return `${t(say('upgrade.unreachable'))}: ${display(t(item.reason))}`;
    case 'unknown':
      return `${t(say('upgrade.unknown'))}: ${display(t(item.reason))}`;
  }
}

function openReason(
  { status, resolves, newer }: Extract<LeftAlone, { status: 'range' | 'floating' }>,
  t: Session['t'],
): string {
  const words = [
    t(status === 'range' ? say('upgrade.range') : say('upgrade.floating')),
    ...(resolves === undefined ? [] : [t(say('upgrade.resolvesTo', { version: display(resolves) }))]),
    ...(newer === undefined ? [] : [t(say('upgrade.isOutside', { version: display(newer) }))]),
  ];
  return words.join(', ');
}

/** What rendered, and for which Kubernetes; empty where nothing was rendered. */
export function renderedLine({ renderer }: UpgradeReport, { t }: Session): Line[] {
  return renderer ? [t(describeRenderer(renderer))] : [];
}

const DECISION_FILE = 'decisions.yaml';

/** Which keys wait for a decision, the file that answers them, and the line that takes it; empty where none waits. */
export function renderOpenDecisions({ apps }: UpgradeReport, session: Session, input: UpgradeInput): Line[] {
  const { t } = session;
  const open = openDecisionsOf(apps);
  const risks = openRisksOf(apps);
  if (open.length + risks.length === 0) return [];
  return [
    // Files that a person names stand in the folder of -C.
    `${t(say('upgrade.decisionFile', { file: path.join(input.values['cwd'] ?? '', DECISION_FILE) }))}:`,
    '',
    ...(open.length > 0 ? [{ yaml: renderDecisionFile(open, t) }] : []),
    ...risks.flatMap(risk => acceptLines(risk, t)),
    '',
    `${t(say('upgrade.thenRun'))}:`,
    { command: repeatUpgrade(session, input, { decisions: DECISION_FILE }) },
    '',
  ];
}

/** Plain data: maps become objects. */
export function upgradeJson(
  report: UpgradeReport,
  { commit, ...about }: { commit: readonly NextStep[]; [more: string]: unknown },
  session: Session,
  input: UpgradeInput,
): string {
  const decisions = report.apps.flatMap(({ charts }) =>
    charts.flatMap(({ values }) => values.flatMap(place => place.decisions)),
  );
  const risks = openRisksOf(report.apps);
  // It takes the file of answers that whoever reads this writes first.
  const open = decisions.length + risks.length;
  const decide = open > 0 ? [{ line: repeatUpgrade(session, input, { decisions: DECISION_FILE }) }] : [];
  const body = {
    dryRun: session.dryRun,
    ...(report.renderer ? { renderer: report.renderer } : {}),
    apps: report.apps.map(appJson),
    leftAlone: report.leftAlone.map(leftAloneJson),
    looked: report.looked,
    unread: report.unread,
    ...about,
  };
  return jsonDocument(1, body, { next: [...decide, ...commit], command: repeatUpgrade(session, input) });
}

function valuesJson(values: ChartReport['values']) {
  const [first, ...others] = values.map(({ before, after, partial, readers }) => ({
    before,
    after,
    partial,
    readers: Object.fromEntries(readers),
  }));
  if (!first) return {};
  return { valuesFile: first, ...(others.length > 0 ? { otherValues: others } : {}) };
}

function effectsJson({ customisations, before, after }: NonNullable<ChartReport['effects']>) {
  return {
    customisations: customisations.toSorted((a, b) => Number(b.lostEffect) - Number(a.lostEffect)),
    evidence: { before: evidenceJson(before), after: evidenceJson(after) },
  };
}

/** An app of the report, for programs. */
export function appJson(app: AppReport) {
  const { risks = [], ...rendered } = app.rendered ?? {};
  return {
    app: app.app,
    status: app.status,
    exit: exitOf(app),
    ...(app.status === 'failed' ? { error: errorJson(app.error) } : {}),
    charts: app.charts.map(({ move, values, effects, breaking, schema, ...report }) => ({
      name: move.name,
      from: move.from,
      to: move.to,
      outcomes: values.flatMap(place => place.outcomes),
      decisions: values.flatMap(place => place.decisions),
      proof: {
        lines: values.reduce((sum, { proof }) => sum + proof.lines, 0),
        unexplained: values.flatMap(({ proof }) => proof.unexplained),
      },
      breaking,
      answered: values.flatMap(({ answered }) => answered),
      ...(schema.schemas > 0 ? { schema: { ...verdictJson(schema), stops: schema.stops } } : {}),
      ...(effects ? effectsJson(effects) : {}),
      report: { ...report, ...valuesJson(values) },
    })),
    risk: riskOf(app),
    risks: risks.map(({ id, key, level, accepted, acceptedBy, object, fact, remedy }) => ({
      id,
      key,
      level,
      accepted,
      ...(acceptedBy === undefined ? {} : { acceptedBy }),
      object,
      fact: fact.en,
      remedy: remedy.en,
    })),
    ...(app.rendered ? { rendered } : {}),
    ...(app.notRendered ? { notRendered: app.notRendered } : {}),
    verification: app.verification.map(({ detail, ...rest }) => ({ ...rest, detail: detail.en })),
  };
}

function errorJson({ code, message, hint }: Extract<AppReport, { status: 'failed' }>['error']) {
  return { code, message: message.en, ...(hint ? { hint: hint.en } : {}) };
}

/** A chart that stays, for programs. */
export function leftAloneJson(item: LeftAlone) {
  return item.status === 'unreachable' || item.status === 'unknown'
    ? { ...item, reason: item.reason.en }
    : item;
}
