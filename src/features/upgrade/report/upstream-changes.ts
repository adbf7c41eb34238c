import type { Text } from '../../../text/language.ts';
import type { DefaultChange } from '../default-changes.ts';
import type { AppReport, ChartReport } from '../report-facts.ts';
import { breakingLines } from './breaking.ts';
import { bullets, code, plain, shortValue } from '../../../text/markdown.ts';
import { more, type ReportWriter, perChart, titled, version } from './report-writer.ts';
import { say } from '../../../locales/say.ts';

/** What the publisher changed: defaults, the Kubernetes versions asked for, announcements. */
export function upstreamChanges(app: AppReport, writer: ReportWriter): string[] {
  return perChart(app, chart => {
    const { defaults, announced, kubeVersion } = chart;
    const unchanged = writer.t(say('upgrade.defaultValuesUnchanged'));
    return [
      ...(defaults.length === 0 ? [unchanged] : defaultLines(defaults, writer)),
      ...(kubeVersion.before === kubeVersion.after
        ? []
        : ['', `- kubeVersion: ${version(kubeVersion.before)} → ${version(kubeVersion.after)}`]),
      ...breakingLines(chart, writer),
      ...(announced.length === 0
        ? []
        : ['', `${writer.t(say('upgrade.announcedPublisher'))}:`, '', ...announcedLines(chart, writer)]),
    ];
  });
}

function announcedLines({ announced }: ChartReport, writer: ReportWriter): string[] {
  const items = announced.map(
    ({ version: text, kind, description }) =>
      `${code(text)} ${kind ? `${plain(kind)}: ` : ''}${plain(description)}`,
  );
  return bullets(items, writer.detail, more(writer));
}

function defaultLines(defaults: DefaultChange[], writer: ReportWriter): string[] {
  const groups: [Text, DefaultChange[]][] = [
    [say('upgrade.changedYouInherit'), defaults.filter(change => isChanged(change) && !change.overridden)],
    [say('upgrade.changedYouOverride'), defaults.filter(change => isChanged(change) && change.overridden)],
    [say('upgrade.addedHeading'), defaults.filter(({ before }) => before === undefined)],
    [
      say('upgrade.removedYouOverride'),
      defaults.filter(({ after, overridden }) => after === undefined && overridden),
    ],
    [
      say('upgrade.removedHeading'),
      defaults.filter(({ after, overridden }) => after === undefined && !overridden),
    ],
  ];
  return groups.flatMap(([title, changes]) =>
    titled(
      title,
      changes.map(change => defaultLine(change, writer)),
      writer,
    ),
  );
}

function isChanged({ before, after }: DefaultChange): boolean {
  return before !== undefined && after !== undefined;
}

function defaultLine({ path, before, after }: DefaultChange, { t }: ReportWriter): string {
  if (before === undefined) return `${code(path)}: ${shortValue(after, '')}`;
  if (after === undefined) return `${code(path)} (${t(say('upgrade.was'))} ${shortValue(before, '')})`;
  return `${code(path)}: ${shortValue(before, '')} → ${shortValue(after, '')}`;
}
