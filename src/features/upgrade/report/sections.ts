import type { Text } from '../../../text/language.ts';
import type { AppReport, ReportVersion } from '../report-facts.ts';
import { impact } from './impact.ts';
import { code, day, plain, shortValue } from '../../../text/markdown.ts';
import { migration, OUTCOMES } from './migration.ts';
import { shortList, type ReportWriter, perChart, version } from './report-writer.ts';
import { openRisks } from '../../../output/risks.ts';
import { objectText } from '../risk-words.ts';
import { upstreamChanges } from './upstream-changes.ts';
import { watch } from './watch.ts';
import { say } from '../../../locales/say.ts';
import { showsMerged } from '../../../values/decisions.ts';
import type { Decision, DecisionKind, OutcomeKind } from '../../../values/plan.ts';

export type Section = { title: Text; lines(app: AppReport, writer: ReportWriter): string[] };

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

function thisUpdate(app: AppReport, writer: ReportWriter): string[] {
  return perChart(app, ({ move, from, to, between, deprecated }) => [
    `- ${plain(move.name)} ${code(from.version)} → ${code(to.version)}${dates(from, to)}`,
    ...(from.appVersion === to.appVersion && from.appVersion !== undefined
      ? [`- ${writer.t(say('upgrade.appVersionUnchanged'))}: ${code(from.appVersion)}`]
      : [
          `- ${writer.t(say('upgrade.appVersion'))}: ${version(from.appVersion)} → ${version(to.appVersion)}`,
        ]),
    ...(between.length > 0
      ? [
          `- ${writer.t(say('upgrade.versionsBetween'))}: ${shortList(
            between.map(({ version: text }) => code(text)),
            writer,
          )}`,
        ]
      : []),
    ...(deprecated ? [`- ⚠️ ${writer.t(say('upgrade.chartDeprecated'))}`] : []),
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

function decisions(app: AppReport, writer: ReportWriter): string[] {
  const open = app.charts.flatMap(({ values }) => values.flatMap(place => place.decisions));
  const risks = openRisks(app.rendered?.risks);
  if (open.length + risks.length === 0) return [writer.t(say('upgrade.none'))];
  const taken = risks.flatMap(({ key, object, fact }) => [
    `- ⛔ ${code(objectText(object))}: ${plain(writer.t(fact))}`,
    `  - ${writer.t(say('upgrade.wouldLeaveAppAlone'))}: ${code(`"${key}": accept`)}`,
  ]);
  const decided = open.flatMap(decision => {
    const { id, path, kind, to, base, ours, theirs, options } = decision;
    return [
      `- ${code(path)}: ${writer.t(OUTCOMES[outcomeOf(kind)])}${to === undefined ? '' : ` → ${code(to)}`}`,
      `  - ${writer.t(say('upgrade.oldDefault'))}: ${valueText(base)}`,
      `  - ${writer.t(say('upgrade.ours'))}: ${valueText(ours)}`,
      `  - ${writer.t(say('upgrade.newDefaultTitle'))}: ${valueText(theirs)}`,
      ...(showsMerged(decision)
        ? [`  - ${writer.t(say('upgrade.bothMerged'))}: ${valueText(decision.merged)}`]
        : []),
      `  - ${writer.t(say('upgrade.answerDecisions', { answers: answersIn(decision, writer) }))}: ${code(`"${id}": ${options[0]}`)}`,
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
