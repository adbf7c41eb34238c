import type { OutdatedItem } from '../../charts/newer-versions.ts';
import { say } from '../../locales/say.ts';
import { type Markup, markup } from '../../output/page/markup.ts';
import { renderDocument } from '../../output/page/page.ts';
import {
  badgeOf,
  chipLinks,
  filterBox,
  pageFoot,
  pageHead,
  sectionOf,
  tableOf,
  type Tone,
} from '../../output/page/parts.ts';
import { plainText } from '../../output/spans.ts';
import type { ChartsRead } from '../../repository/unread/charts-read.ts';
import { sayUnread } from '../../repository/unread/say-unread.ts';
import type { Language, Text } from '../../text/language.ts';
import { OUTDATED_HEAD, outdatedCells, STATUS_WORDS } from './view.ts';

/** What is to be done first stands first. */
const SECTIONS: readonly [OutdatedItem['status'], Tone][] = [
  ['outdated', 'amber'],
  ['unreachable', 'red'],
  ['unknown', 'amber'],
  ['floating', 'amber'],
  ['range', 'grey'],
  ['held', 'grey'],
  ['current', 'green'],
];

/** The page of `outdated`: how much waits, and a table for each status. */
export function renderOutdated(
  items: readonly OutdatedItem[],
  { read, unread }: ChartsRead,
  language: Language,
): string {
  const t = (text: Text): string => text[language];
  const left = sayUnread(unread, read);
  const sections = SECTIONS.flatMap(([status, tone]) => {
    const own = items.filter(item => item.status === status);
    return own.length > 0 ? [{ status, tone, own }] : [];
  });
  const title = t(say('outdated.pageTitle'));
  const chips = sections.map(({ status, tone, own }) => ({
    tone,
    text: `${own.length} ${t(STATUS_WORDS[status])}`,
    to: status,
  }));
  const body = markup`${pageHead(
    title,
    verdictOn(items, left !== undefined, t),
    left && markup`<p class="soft">${t(left)}</p>`,
    chipLinks(chips),
  )}<main>
${filterBox(t(say('outdated.filter')), t(say('output.noMatch')))}
${sections.map(({ status, tone, own }) =>
  sectionOf(status, `${t(STATUS_WORDS[status])} (${own.length})`, [
    tableFor(own, { tone, title: t(STATUS_WORDS[status]), t }),
  ]),
)}
</main>
${pageFoot(t(say('outdated.madeBy')))}`;
  return renderDocument({ language, title, body });
}

function verdictOn(
  items: readonly OutdatedItem[],
  isUnread: boolean,
  t: (text: Text) => string,
): { tone: Tone; text: string } {
  const count = (status: OutdatedItem['status']): number =>
    items.filter(item => item.status === status).length;
  if (items.length === 0) return { tone: 'grey', text: t(say('outdated.nothingPinned')) };
  const [outdated, lost] = [count('outdated'), count('unreachable') + count('unknown')];
  const texts = [
    say('outdated.verdict', { behind: outdated, of: items.length }),
    ...(lost > 0 ? [say('outdated.verdictLost', { lost })] : []),
  ];
  const tone = count('unreachable') > 0 ? 'red' : outdated + lost > 0 || isUnread ? 'amber' : 'green';
  return { tone, text: texts.map(t).join(' ') };
}

type Writer = { tone: Tone; title: string; t(text: Text): string };

function tableFor(items: readonly OutdatedItem[], { tone, title, t }: Writer): Markup | undefined {
  const rows = items.map(item => {
    const [app = '', name = '', current = '', newest = '', step = '', remarks = ''] = outdatedCells(
      item,
      t,
    ).map(cell => plainText(typeof cell === 'string' || 'text' in cell ? [cell] : cell));
    return {
      words: [app, name, current, newest, step, remarks].join(' '),
      cells: [
        app,
        name,
        code(current),
        code(newest),
        step === '' ? '' : badgeOf(step === '' ? 'grey' : tone, step),
        remarks,
      ],
    };
  });
  return tableOf(title, OUTDATED_HEAD.map(t), rows);
}

function code(text: string): Markup | string {
  return text === '' ? '' : markup`<code>${text}</code>`;
}
