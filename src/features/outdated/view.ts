import { jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import type { OutdatedItem, OutdatedSummary } from '../../charts/newer-versions.ts';
import { display } from '../../text/display.ts';
import { STEP_FORMATS, STEP_WORDS } from '../../cli/version-step.ts';
import { stepBetween } from '../../charts/versions/versions.ts';
import { type Cell, type Page, renderTable } from '../../output/table.ts';
import type { ChartsRead } from '../../repository/unread/charts-read.ts';
import { sayUnread } from '../../repository/unread/say-unread.ts';
import type { Unread } from '../../repository/unread/unread.ts';
import type { Text } from '../../text/language.ts';
import { wrap } from '../../output/wrap.ts';
import { say } from '../../locales/say.ts';

/** What a table is shown on. */
type Screen = { terminal: Page; t(text: Text): string };

/** Newer versions that the table names besides the one to take. */
const MAX_NAMED = 3;

/** What `outdated --json` prints. */
export function outdatedJson(
  items: readonly OutdatedItem[],
  summary: OutdatedSummary,
  unread: readonly Unread[],
  end: RunEnd,
): string {
  const body = {
    items: items.map(item => ({
      app: item.app,
      ...(item.environments === undefined ? {} : { environments: item.environments }),
      kind: item.kind,
      ...(item.delivery === undefined ? {} : { delivery: item.delivery }),
      name: item.name,
      source: withoutLogin(item.source),
      current: item.current,
      status: item.status,
      ...reasonJson(item),
      ...('to' in item ? { to: item.to } : {}),
      ...('resolves' in item ? { resolves: item.resolves } : {}),
      ...('outside' in item ? { outside: item.outside } : {}),
      candidates: item.candidates.map(({ release, marks }) => ({
        version: release.version,
        ...(release.created === undefined ? {} : { created: release.created }),
        ...(release.appVersion === undefined ? {} : { appVersion: release.appVersion }),
        ...(release.deprecated ? { deprecated: true } : {}),
        marks,
      })),
    })),
    summary,
    unread,
  };
  return jsonDocument(1, body, end);
}

function reasonJson(item: OutdatedItem) {
  if (!('reason' in item) || item.reason === undefined) return {};
  return { reason: typeof item.reason === 'string' ? item.reason : item.reason.en };
}

/** A row for each item that is not current, a line that counts, and one for what nobody read. */
export function outdatedTable(
  items: readonly OutdatedItem[],
  { read, unread }: ChartsRead,
  session: Screen,
): string {
  const { t, terminal } = session;
  const shown = items.filter(item => item.status !== 'current' || item.reason !== undefined);
  const rows = shown.map(item => outdatedCells(item, t));
  const head = OUTDATED_HEAD.map(text => t(text));
  const lines = rows.length > 0 ? [...renderTable(rows, { ...terminal, head }), ''] : [];
  const left = sayUnread(unread, read);
  const counted = left && items.length === 0 ? [] : wrap(countLine(items, session), terminal.columns);
  const unreadLines = left ? wrap(t(left), terminal.columns, { hang: '  ', hard: true }) : [];
  return [...lines, ...counted, ...unreadLines.map(line => terminal.style(line, 'yellow'))].join('\n');
}

/** The columns of the table. */
export const OUTDATED_HEAD = [
  say('outdated.app'),
  say('outdated.name'),
  say('outdated.current'),
  say('outdated.newest'),
  say('outdated.step'),
  say('outdated.remarks'),
];

/** The cells of an item, in the order of the columns. */
export function outdatedCells(item: OutdatedItem, t: Screen['t']): Cell[] {
  const about = [placeOf(item), display(item.name), display(item.current)];
  if (item.status !== 'outdated') return [...about, '', '', remarks(item, t)];
  const step = stepBetween(item.current, item.to);
  const [format, word] = step ? [STEP_FORMATS[step], t(STEP_WORDS[step])] : (['green', ''] as const);
  return [...about, { text: display(item.to), format }, { text: word, format }, remarks(item, t)];
}

/** A base is in none of the environments: what stands there runs in those of its overlays. */
function placeOf({ app, environments }: OutdatedItem): string {
  return environments === undefined ? app : `${app} (${environments.map(display).join(', ')})`;
}

function remarks(item: OutdatedItem, t: Screen['t']): Cell {
  switch (item.status) {
    case 'outdated':
      return [otherVersions(item, item.to), item.reason === undefined ? '' : t(GIVEN_UP)]
        .filter(Boolean)
        .join(' · ');
    case 'held':
      return `${t(say('outdated.held'))}: ${display(item.reason)}`;
    case 'unreachable':
      return { text: `${t(say('outdated.unreachable'))}: ${display(t(item.reason))}`, format: 'red' };
    case 'unknown':
      return display(t(item.reason));
    case 'range':
    case 'floating':
      return openRemark(item, t);
    case 'current':
      return item.reason === undefined ? '' : t(GIVEN_UP);
  }
}

function openRemark(item: Extract<OutdatedItem, { status: 'range' | 'floating' }>, t: Screen['t']): Cell {
  const { status, resolves, outside } = item;
  const kind = t(status === 'range' ? say('outdated.range') : say('outdated.floating'));
  const words = [
    ...(resolves === undefined ? [] : [t(say('outdated.resolvesTo', { version: display(resolves) }))]),
    ...(outside === undefined ? [] : [t(say('outdated.isOutside', { version: display(outside) }))]),
  ];
  const text = [kind, ...words].join(' · ');
  return status === 'floating' ? { text, format: 'yellow' } : text;
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

function countLine(items: readonly OutdatedItem[], { t }: Screen): string {
  if (items.length === 0) return t(say('outdated.nothingPinned'));
  const count = (status: OutdatedItem['status']): number =>
    items.filter(item => item.status === status).length;
  return (Object.keys(STATUS_WORDS) as OutdatedItem['status'][])
    .filter(status => count(status) > 0)
    .map(status => `${count(status)} ${t(STATUS_WORDS[status])}`)
    .join(', ');
}

/** What people call a status, in the order in which they are counted. */
export const STATUS_WORDS: Record<OutdatedItem['status'], Text> = {
  outdated: say('outdated.outdated'),
  held: say('outdated.held'),
  range: say('outdated.range'),
  floating: say('outdated.floating'),
  unreachable: say('outdated.unreachable'),
  unknown: say('outdated.unknown'),
  current: say('outdated.currentStatus'),
};

/** A repository may name a login by mistake; what reads our answer must not pass it on. */
function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//');
}
