import { largest } from '../../data/append.ts';
import { stripVTControlCharacters } from 'node:util';
import type { OutdatedItem, OutdatedSummary } from '../../charts/newer-versions.ts';
import { display } from '../../text/display.ts';
import type { Session } from '../../cli/context.ts';
import { say } from '../../locales/say.ts';

/** Newer versions that the table names besides the one to take. */
const MAX_NAMED = 3;

export function outdatedJson(items: readonly OutdatedItem[], summary: OutdatedSummary) {
  return {
    schemaVersion: 1,
    items: items.map(item => ({
      app: item.app,
      kind: item.kind,
      name: item.name,
      source: withoutLogin(item.source),
      current: item.current,
      status: item.status,
      ...('reason' in item && item.reason !== undefined ? { reason: item.reason } : {}),
      ...('to' in item ? { to: item.to } : {}),
      candidates: item.candidates.map(({ release, marks }) => ({
        version: release.version,
        ...(release.created === undefined ? {} : { created: release.created }),
        ...(release.appVersion === undefined ? {} : { appVersion: release.appVersion }),
        ...(release.deprecated ? { deprecated: true } : {}),
        marks,
      })),
    })),
    summary,
  };
}

/** A row for each item that is not current, and a line that counts. */
export function outdatedTable(items: readonly OutdatedItem[], session: Session): string {
  const { t } = session;
  const head = [
    t(say('outdated.app')),
    t(say('outdated.name')),
    t(say('outdated.current')),
    t(say('outdated.newest')),
    t(say('outdated.remarks')),
  ];
  const shown = items.filter(item => item.status !== 'current' || item.reason !== undefined);
  const rows = shown.map(item => rowOf(item, session));
  const lines = rows.length > 0 ? columns([head, ...rows], session.terminal.columns) : [];
  const [first, ...rest] = lines;
  return [
    ...(first === undefined ? [] : [session.terminal.style(first, 'bold'), ...rest, '']),
    countLine(items, session),
  ].join('\n');
}

function rowOf(item: OutdatedItem, session: Session): string[] {
  const { style } = session.terminal;
  const newest = item.status === 'outdated' ? style(display(item.to), 'green') : '';
  return [item.app, display(item.name), display(item.current), newest, remarks(item, session)];
}

function remarks(item: OutdatedItem, { t, terminal }: Session): string {
  switch (item.status) {
    case 'outdated':
      return [otherVersions(item, item.to), item.reason === undefined ? '' : t(GIVEN_UP)]
        .filter(Boolean)
        .join(' · ');
    case 'held':
      return `${t(say('outdated.held'))}: ${display(item.reason)}`;
    case 'unreachable':
      return terminal.style(`${t(say('outdated.unreachable'))}: ${item.reason}`, 'red');
    case 'unknown':
      return display(item.reason);
    case 'current':
      return item.reason === undefined ? '' : t(GIVEN_UP);
  }
}

const GIVEN_UP = say('outdated.deprecatedUpstream');

/** The date of the version to take, and what else is newer. */
function otherVersions({ candidates }: OutdatedItem, to: string): string {
  const taken = candidates.find(({ release }) => release.version === to);
  const date = taken?.release.created?.slice(0, 10);
  const passed = candidates
    .slice(
      0,
      candidates.findIndex(({ release }) => release.version === to),
    )
    .slice(0, MAX_NAMED);
  const others = passed.map(({ release, marks }) => `${display(release.version)} (${marks.join(', ')})`);
  const needs = taken?.marks.includes('major') ? ['major: slipway upgrade --major'] : [];
  return [...(date === undefined ? [] : [date]), ...needs, ...others].join(' · ');
}

function countLine(items: readonly OutdatedItem[], { t }: Session): string {
  const count = (status: OutdatedItem['status']): number =>
    items.filter(item => item.status === status).length;
  const words: [OutdatedItem['status'], string][] = [
    ['outdated', t(say('outdated.outdated'))],
    ['held', t(say('outdated.held'))],
    ['unreachable', t(say('outdated.unreachable'))],
    ['unknown', t(say('outdated.unknown'))],
    ['current', t(say('outdated.current2'))],
  ];
  return words
    .filter(([status]) => count(status) > 0)
    .map(([status, word]) => `${count(status)} ${word}`)
    .join(', ');
}

/** Left-aligned columns; the last one is cut at the terminal's edge. */
function columns(rows: readonly string[][], width: number): string[] {
  const visible = (text: string): number =>
    [...stripVTControlCharacters(text)].reduce(
      (sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 2 : 1),
      0,
    );
  const widths = rows[0]?.map((_, column) => largest(rows.map(row => visible(row[column] ?? '')))) ?? [];
  return rows.map(row => {
    const cells = row.map((cell, column) =>
      column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - visible(cell)),
    );
    const line = cells.join('  ').trimEnd();
    return visible(line) <= width ? line : `${line.slice(0, line.length - (visible(line) - width) - 1)}…`;
  });
}

/** A repository may name a login by mistake; what reads our answer must not pass it on. */
function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//');
}
