import { verdictTexts } from '../../../charts/schema/verdict.ts';
import type { Text } from '../../../text/language.ts';
import type { OutcomeKind } from '../../../values/plan.ts';
import type { AppReport, ChartReport, ValuesReport } from '../report-facts.ts';
import { CONFIGURATION_FILE } from '../../../repository/configuration.ts';
import { answerName } from '../../../values/decisions.ts';
import { effectLines } from './effects.ts';
import { code, plain } from '../../../text/markdown.ts';
import { shortList, type ReportWriter, perChart } from './report-writer.ts';
import { say } from '../../../locales/say.ts';

/** Outcomes in words. */
export const OUTCOMES: Record<OutcomeKind, Text> = {
  applied: say('upgrade.carriedOverStatus'),
  converged: say('upgrade.becameDefaultSoNoLonger'),
  'moved?': say('upgrade.keptButUpstreamSeemsHave'),
  'removed-kept': say('upgrade.keptThoughDefaultGone'),
  'removed-but-still-read': say('upgrade.keptDefaultGoneButTemplates'),
  'removed-and-dead': say('upgrade.keptButNoTemplateReads'),
  'both-changed': say('upgrade.changedBothSides'),
  'type-changed': say('upgrade.typeChangedUpstream'),
  'list-both-changed': say('upgrade.listBothSidesChanged'),
  'key-twice': say('upgrade.keyTwice'),
  'image-changed': say('upgrade.imageBothChanged'),
  'image-merged': say('upgrade.imageMerged'),
  'document-unread': say('upgrade.documentUnread'),
  deprecated: say('upgrade.deprecatedValue'),
  restored: say('upgrade.missingOurCopyRestoredNo'),
  'comment-carried': say('upgrade.commentsCarriedOver'),
  kept: say('upgrade.keptOverride'),
  'redundant-now': say('upgrade.redundantNow'),
  'default-under-you': say('upgrade.defaultUnderYou'),
  'schema-rejects': say('upgrade.schemaRejects'),
};

/** What became of each customisation, and the proof. */
export function migration(app: AppReport, writer: ReportWriter): string[] {
  const { t } = writer;
  const completed = (app.rendered?.completed ?? []).map(
    ({ name, newName }) =>
      `- ${t(say('upgrade.newShortImageNameCompleted'))}: ${code(name)} → ${code(newName)}`,
  );
  const charts = perChart(app, chart => {
    const { values } = chart;
    if (values.length === 0) return [t(say('upgrade.noValuesFile'))];
    const places = values.flatMap((place, index) => [
      ...(index > 0 ? [''] : []),
      ...placeLines(place, writer),
    ]);
    return [...places, ...schemaLines(chart, writer), ...effectLines(chart, writer)];
  });
  return completed.length > 0 ? [...charts, '', ...completed] : charts;
}

function schemaLines({ schema }: ChartReport, { t }: ReportWriter): string[] {
  const { refused, notHeld } = verdictTexts(schema);
  const lines = [...refused, ...notHeld].map(text => `- ${code('values.schema.json')}: ${plain(t(text))}`);
  return lines.length > 0 ? ['', ...lines] : [];
}

function placeLines(values: ValuesReport, writer: ReportWriter): string[] {
  if (values.partial)
    return [
      writer.t(say('upgrade.noFullCopyDefaultsKept', { before: code(values.before) })),
      ...(values.outcomes.length > 0 ? ['', ...outcomeLines(values, writer)] : []),
      ...answerLines(values, writer),
    ];
  return [
    ...outcomeLines(values, writer),
    ...answerLines(values, writer),
    '',
    proofLine(values, writer),
    ...fileLines(values, writer),
  ];
}

function outcomeLines({ outcomes, readers }: ValuesReport, writer: ReportWriter): string[] {
  const kinds = (Object.keys(OUTCOMES) as OutcomeKind[]).filter(kind =>
    outcomes.some(({ outcome }) => outcome === kind),
  );
  if (kinds.length === 0) return [writer.t(say('upgrade.noCustomisationsFileNewDefault'))];
  return kinds.map(kind => {
    const own = outcomes.filter(({ outcome }) => outcome === kind);
    const paths = own.map(({ path, to, id }) =>
      [
        code(path),
        ...(to === undefined ? [] : [`→ ${code(to)}`]),
        ...(id === undefined ? [] : [`(${writer.t(say('upgrade.mergedUnless', { id: code(id) }))})`]),
        ...(readers.has(path) ? [`(${code(readers.get(path) ?? '')})`] : []),
      ].join(' '),
    );
    return `- ${writer.t(OUTCOMES[kind])} (${own.length}): ${shortList(paths, writer)}`;
  });
}

/** What was answered by a pattern, or by the repository's configuration: nobody looked at these values. */
function answerLines({ answered }: ValuesReport, writer: ReportWriter): string[] {
  const standing = answered.filter(({ source, key, id }) => source === 'configuration' || !key.endsWith(id));
  const keys = [...new Set(standing.map(({ key, source }) => JSON.stringify([key, source])))];
  return keys.map(each => {
    const own = standing.filter(({ key, source }) => JSON.stringify([key, source]) === each);
    const [first] = own;
    const source =
      first?.source === 'configuration' ? code(CONFIGURATION_FILE) : writer.t(say('upgrade.answersFile'));
    const title = say('upgrade.answeredBy', { key: code(first?.key ?? ''), source });
    const paths = own.map(({ path, answer }) => `${code(path)} (${answerName(answer)})`);
    return `- ${writer.t(title)}: ${shortList(paths, writer)}`;
  });
}

function proofLine({ proof }: ValuesReport, { t }: ReportWriter): string {
  return t(say('upgrade.proofLinesDifferFromNew', { lines: proof.lines, count: proof.unexplained.length }));
}

function fileLines({ before, after }: ValuesReport, { t }: ReportWriter): string[] {
  if (before === after) return [`- ${code(after)}`];
  return [`- ${code(after)} (${t(say('upgrade.replaces'))} ${code(before)})`];
}
