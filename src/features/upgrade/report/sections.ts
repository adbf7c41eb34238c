import type { Text } from '../../../text/language.ts';
import type { AppReport, ReportVersion } from '../report-facts.ts';
import { impact } from './impact.ts';
import { code, day, plain, shortValue } from '../../../text/markdown.ts';
import { migration, OUTCOMES } from './migration.ts';
import { shortList, type ReportWriter, perChart, version } from './report-writer.ts';
import { openRisks } from '../accepted-risks.ts';
import { objectText } from '../risk-words.ts';
import { upstreamChanges } from './upstream-changes.ts';
import { watch } from './watch.ts';
import { say } from '../../../locales/say.ts';
import { showsMerged } from '../../../values/decisions.ts';
import type { Decision, DecisionKind, OutcomeKind } from '../../../values/plan.ts';

export type Section = { title: Text; lines(app: AppReport, pen: ReportWriter): string[] };

/** Always these, always in this order: readers of many reports find their place. */
export const SECTIONS: readonly Section[] = [
  { title: say('upgrade.update'), lines: thisUpdate },
  { title: say('upgrade.upstreamChanges'), lines: upstreamChanges },
  { title: say('upgrade.impactUs'), lines: impact },
  { title: say('upgrade.migrationResult'), lines: migration },
  { title: say('upgrade.verification'), lines: verification },
  { title: say('upgrade.whatWatch'), lines: watch },
  { title: say('upgrade.decisionsYou'), lines: decisions },
];

function thisUpdate(app: AppReport, pen: ReportWriter): string[] {
  return perChart(app, ({ move, from, to, between, deprecated }) => [
    `- ${plain(move.name)} ${code(from.version)} → ${code(to.version)}${dates(from, to)}`,
    ...(from.appVersion === to.appVersion && from.appVersion !== undefined
      ? [`- ${pen.t(say('upgrade.appVersionUnchanged'))}: ${code(from.appVersion)}`]
      : [`- ${pen.t(say('upgrade.appVersion'))}: ${version(from.appVersion)} → ${version(to.appVersion)}`]),
    ...(between.length > 0
      ? [
          `- ${pen.t(say('upgrade.versionsBetween'))}: ${shortList(
            between.map(({ version: text }) => code(text)),
            pen,
          )}`,
        ]
      : []),
    ...(deprecated ? [`- ⚠️ ${pen.t(say('upgrade.chartDeprecated'))}`] : []),
  ]);
}

function dates(from: ReportVersion, to: ReportVersion): string {
  if (from.created === undefined && to.created === undefined) return '';
  return ` (${day(from.created)} → ${day(to.created)})`;
}

function verification(app: AppReport, { t }: ReportWriter): string[] {
  if (app.verification.length === 0)
    return [
      t(
        app.notRendered === 'not-asked'
          ? say('upgrade.nothingRunNotAsked')
          : say('upgrade.nothingRunHelmKustomizeNot'),
      ),
    ];
  return app.verification.map(
    ({ command, ok, detail }) =>
      `- ${ok ? '✅' : '❌'} ${code(command)}${detail.en ? `: ${plain(t(detail))}` : ''}`,
  );
}

function decisions(app: AppReport, pen: ReportWriter): string[] {
  const open = app.charts.flatMap(({ values }) => values.flatMap(place => place.decisions));
  const risks = openRisks(app.rendered?.risks);
  if (open.length + risks.length === 0) return [pen.t(say('upgrade.none'))];
  const taken = risks.flatMap(({ key, object, fact }) => [
    `- ⛔ ${code(objectText(object))}: ${plain(pen.t(fact))}`,
    `  - ${pen.t(say('upgrade.wouldLeaveAppAlone'))}: ${code(`"${key}": accept`)}`,
  ]);
  const decided = open.flatMap(decision => {
    const { id, path, kind, to, base, ours, theirs, options } = decision;
    return [
      `- ${code(path)}: ${pen.t(OUTCOMES[outcomeOf(kind)])}${to === undefined ? '' : ` → ${code(to)}`}`,
      `  - ${pen.t(say('upgrade.oldDefault'))}: ${valueText(base)}`,
      `  - ${pen.t(say('upgrade.ours'))}: ${valueText(ours)}`,
      `  - ${pen.t(say('upgrade.newDefaultTitle'))}: ${valueText(theirs)}`,
      ...(showsMerged(decision)
        ? [`  - ${pen.t(say('upgrade.bothMerged'))}: ${valueText(decision.merged)}`]
        : []),
      `  - ${pen.t(say('upgrade.answerDecisions', { answers: answersIn(decision, pen) }))}: ${code(`"${id}": ${options[0]}`)}`,
    ];
  });
  return [...taken, ...decided];
}

/** What each answer does, in words: who reads a report need not know the names. */
function answersIn({ options, to }: Decision, { t }: ReportWriter): string {
  const words = {
    ours: say('upgrade.keepOurs'),
    theirs: say('upgrade.adoptNewDefault'),
    merged: to === undefined ? say('upgrade.takeBothMerged') : say('upgrade.moveTo', { to: code(to) }),
  };
  const said = options.map(option =>
    say('upgrade.answerMeans', { option: code(option), means: words[option] }),
  );
  return said.map(text => t(text)).join(', ');
}

function outcomeOf(kind: DecisionKind): OutcomeKind {
  return kind === 'moved' ? 'moved?' : kind === 'dead' ? 'removed-and-dead' : kind;
}

function valueText(value: unknown): string {
  return shortValue(value === undefined ? undefined : JSON.stringify(value), '∅');
}
