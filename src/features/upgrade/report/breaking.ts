import { say } from '../../../locales/say.ts';
import type { EndingApi } from '../../../render/risks/served-apis.ts';
import type { Text } from '../../../text/language.ts';
import { display } from '../../../text/display.ts';
import type { AppReport, ChartReport } from '../report-facts.ts';
import { bullets, code, plain } from '../../../text/markdown.ts';
import { more, type ReportWriter, titled } from './report-writer.ts';

/** What may break, as the chart's author and its files say; empty where nothing does. What others wrote is quoted, and no markup. */
export function breakingLines({ breaking }: ChartReport, writer: ReportWriter): string[] {
  const { announced, appMajor, documents, crds } = breaking;
  const { t } = writer;
  const said = announced.map(
    ({ version, kind, description }) => `${code(version)} ${plain(kind ?? '')}: ${plain(description)}`,
  );
  const lines = [
    ...(appMajor
      ? [`${t(say('breaking.appMajorStep'))}: ${code(appMajor.from)} → ${code(appMajor.to)}`]
      : []),
    ...said,
    ...crds.map(file => `${t(say('breaking.crdFileSkipped'))}: ${code(file)}`),
  ];
  if (lines.length + documents.length === 0) return [];
  const count = lines.length + documents.length;
  return [
    '',
    `⚠️ ${t(say('breaking.mayBreak', { count }))}:`,
    '',
    ...bullets(lines, writer.detail, more(writer)),
    ...documents.flatMap(note => documentLines(note, writer)),
  ];
}

function documentLines(
  { file, title, text }: ChartReport['breaking']['documents'][number],
  { detail }: ReportWriter,
): string[] {
  const lines = text.split('\n');
  const shown = lines.length > detail.most ? [...lines.slice(0, detail.most), '…'] : lines;
  return [
    `- ${code(file)}: **${plain(title)}**`,
    '',
    ...shown.map(line => (line.trim() === '' ? '  >' : `  > ${plain(line)}`)),
    '',
  ];
}

/** The API versions of the new build that end. */
export function apiLines(apis: readonly EndingApi[], writer: ReportWriter): string[] {
  return titled(
    say('breaking.endingApis'),
    apis.map(
      api =>
        `${api.isRemoved ? '⚠️ ' : ''}${code(`${api.apiVersion} ${api.kind}`)}: ${writer.t(apiText(api))}`,
    ),
    writer,
  );
}

function apiText({ since, instead = '', isRemoved }: EndingApi): Text {
  if (isRemoved) return say('breaking.apiRemoved', { since });
  return say('breaking.apiDeprecated', { since, instead });
}

/** The same in one line for a terminal; undefined where nothing may break. */
export function breakingSummary(
  { breaking }: ChartReport,
  rendered: AppReport['rendered'],
  t: (text: Text) => string,
): string | undefined {
  const { announced, appMajor, documents, crds } = breaking;
  const removed = (rendered?.apis ?? []).filter(({ isRemoved }) => isRemoved);
  const parts = [
    ...(appMajor ? [`${t(say('breaking.appMajorStep'))} ${appMajor.from} → ${appMajor.to}`] : []),
    ...(announced.length > 0 ? [t(say('breaking.announcedCount', { count: announced.length }))] : []),
    ...documents.map(({ file, title }) => `${file}: ${title}`),
    ...(crds.length > 0 ? [t(say('breaking.crdFilesSkipped', { count: crds.length }))] : []),
    ...removed.map(({ apiVersion, kind }) =>
      t(say('breaking.apiNotServed', { api: `${apiVersion} ${kind}` })),
    ),
  ];
  return parts.length > 0 ? display(parts.join('; ')) : undefined;
}
