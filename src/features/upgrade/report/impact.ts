import type { CrdChange } from '../../../render/compare/crd-changes.ts';
import type { ImageChange } from '../../../render/compare/image-changes.ts';
import type { FieldChange, ObjectName, RenderedChanges } from '../../../render/rendered-changes.ts';
import type { AppReport } from '../report-facts.ts';
import { apiLines } from './breaking.ts';
import { code, plain, shortValue } from '../../../text/markdown.ts';
import type { JudgedRisk } from '../../../output/risks.ts';
import { LEVEL_WORDS, objectText } from '../risk-words.ts';
import { shortList, type ReportWriter, titled } from './report-writer.ts';
import { say } from '../../../locales/say.ts';

/** What changes in the cluster: images, CRDs, rendered objects. */
export function impact(app: AppReport, writer: ReportWriter): string[] {
  const { rendered } = app;
  if (!rendered) return [writer.t(say('upgrade.notRenderedSoWhatReaches'))];
  const lines = [
    ...riskLines(rendered.risks, writer),
    ...titled(
      say('upgrade.images'),
      rendered.images.map(change => imageLine(change, writer)),
      writer,
    ),
    ...titled(
      say('upgrade.customResourceDefinitions'),
      rendered.crds.map(change => crdLine(change, writer)),
      writer,
    ),
    ...apiLines(rendered.apis, writer),
    ...renderedLines(rendered.changes, writer),
  ];
  return lines.length > 0 ? lines : [writer.t(say('upgrade.nothingReachesClusterChanges'))];
}

function imageLine(change: ImageChange, { t }: ReportWriter): string {
  switch (change.kind) {
    case 'tag':
      return `${code(change.name)}: ${code(change.before)} → ${code(change.after)}`;
    case 'moved':
      return `${t(say('upgrade.moved'))}: ${code(change.before)} → ${code(change.after)}`;
    case 'added':
      return `${t(say('upgrade.addedObject'))}: ${code(change.after)}`;
    case 'removed':
      return `${t(say('upgrade.removedObject'))}: ${code(change.before)}`;
  }
}

function crdLine(change: CrdChange, { t }: ReportWriter): string {
  switch (change.kind) {
    case 'added':
      return `${t(say('upgrade.addedObject'))}: ${code(change.name)}`;
    case 'removed':
      return `⚠️ ${t(say('upgrade.removedEveryObjectKind'))}: ${code(change.name)}`;
    case 'versions':
      return `${code(change.name)}: ${[...change.added.map(text => `+${text}`), ...change.removed.map(text => `-${text}`)].join(' ')}`;
    case 'schema':
      return `${code(change.name)}: ${t(say('upgrade.schemaChanged'))}`;
  }
}

function renderedLines({ added, removed, changed, noise }: RenderedChanges, writer: ReportWriter): string[] {
  const folded = writer.t(say('upgrade.moreObjectsDifferChartLabels', { noise }));
  return [
    ...titled(say('upgrade.objectsAdded'), added.map(objectName), writer),
    ...titled(say('upgrade.objectsRemoved'), removed.map(objectName), writer),
    ...titled(
      say('upgrade.objectsChanged'),
      changed.map(
        object =>
          `${objectName(object)}: ${shortList(object.fields.map(fieldLine), { ...writer, detail: { most: Math.min(4, writer.detail.most) } })}`,
      ),
      writer,
    ),
    ...(noise > 0 ? ['', folded] : []),
  ];
}

function objectName(object: ObjectName): string {
  return code(objectText(object));
}

/** Never cut: each may be the one. */
function riskLines(risks: readonly JudgedRisk[], { t }: ReportWriter): string[] {
  if (risks.length === 0) return [];
  const lines = risks.flatMap(risk => {
    const { level, object, fact, remedy, accepted, acceptedBy } = risk;
    const mark = level === 'low' ? '' : level === 'fatal' ? '⛔ ' : '⚠️ ';
    const taken =
      acceptedBy === undefined
        ? t(say('upgrade.acceptedRisk'))
        : t(say('upgrade.acceptedBy', { key: plain(acceptedBy) }));
    const word = accepted ? `${t(LEVEL_WORDS[level])}, ${taken}` : t(LEVEL_WORDS[level]);
    return [`- ${mark}**${word}** ${objectName(object)}: ${plain(t(fact))}`, `  - ${plain(t(remedy))}`];
  });
  return ['', `${t(say('upgrade.risks'))} (${risks.length}):`, '', ...lines];
}

function fieldLine({ path, before, after }: FieldChange): string {
  return `${code(path)} ${shortValue(before, '∅')} → ${shortValue(after, '∅')}`;
}
