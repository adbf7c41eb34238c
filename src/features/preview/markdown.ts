import type { Session } from '../../cli/context.ts';
import { say } from '../../locales/say.ts';
import { diffLines } from '../../output/line-diff.ts';
import { markup } from '../../output/page/markup.ts';
import { display, displayBlock } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { cell, code, plain } from '../../text/markdown.ts';
import type { AppPreview, Caution, Preview } from './facts.ts';
import { countsOf, imageSides, objectWords, PILE_WORDS, titleOf, verdictText } from './words.ts';

/** GitHub refuses comments of more than 65 536 characters, and forges count differently. */
const MOST_CHARACTERS = 60_000;
/** Kept for what is said when not everything fits. */
const RESERVED = 400;

/** A marker that finds the comment again, so that the next run replaces it. */
const COMMENT_MARKER = '<!-- slipway preview -->';

type Writer = { t(text: Text): string };

/**
 * The comment for a merge request: the verdict, the apps, what is to be read, then as many differences as there is room for, and how
 * many that are. At most 60 000 characters.
 */
export function renderMarkdown(preview: Preview, writer: Pick<Session, 't'>): string {
  const { t } = writer;
  const apps = preview.apps.filter(({ pile }) => pile !== 'unchanged');
  const head = [
    COMMENT_MARKER,
    `## ${plain(titleOf(preview, t))}`,
    '',
    `**${t(verdictText(preview))}**`,
    '',
    plain(t(countsOf(preview))),
    ...preview.cautions.map(caution => cautionLine(caution, writer)),
    '',
  ];
  const room = { left: MOST_CHARACTERS - RESERVED - lengthOf(head) };
  const rows = fitting(
    apps.map(app => [tableRow(app, writer)]),
    room,
  );
  const cautions = fitting(
    apps.map(app => cautionBlock(app, writer)),
    room,
  );
  const details = fitting(
    apps.map(app => differenceBlock(app, writer)),
    room,
  );
  const shown = Math.min(rows.count, cautions.count, details.count);
  const tableHead = [
    `| ${[say('preview.app'), say('preview.verdict'), say('preview.objects'), say('preview.images')].map(t).join(' | ')} |`,
    '| --- | --- | --- | --- |',
  ];
  return [
    ...head,
    ...(rows.lines.length > 0 ? [...tableHead, ...rows.lines, ''] : []),
    ...cautions.lines,
    ...details.lines,
    ...(shown < apps.length ? ['', t(say('preview.shownOf', { shown, of: apps.length }))] : []),
    '',
  ].join('\n');
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** As many blocks, in their order, as there is room for; a block that is too long ends it. */
function fitting(
  blocks: readonly (readonly string[])[],
  room: { left: number },
): { lines: string[]; count: number } {
  const lines: string[] = [];
  let count = 0;
  for (const block of blocks) {
    const length = lengthOf(block);
    if (length > room.left) break;
    room.left -= length;
    for (const line of block) lines.push(line);
    count++;
  }
  return { lines, count };
}

function tableRow(app: AppPreview, { t }: Writer): string {
  const { added = [], removed = [], changed = [] } = app.comparison?.changes ?? {};
  const images = (app.comparison?.images ?? []).map(imageSides);
  const shown = images
    .slice(0, 3)
    .map(({ before, after }) => `${code(before ?? '–')} → ${code(after ?? '–')}`);
  const more = images.length > 3 ? [`+${images.length - 3}`] : [];
  const cells = [
    code(app.app),
    t(PILE_WORDS[app.pile]),
    `+${added.length} −${removed.length} ~${changed.length}`,
    [...shown, ...more].join('<br>'),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function cautionLine({ id, object, fact, remedy }: Caution, { t }: Writer): string {
  const about = object ? `${code(objectWords(object))}: ` : '';
  return `- ${code(id)} ${about}${plain(t(remedy ? say('preview.factAndRemedy', { fact, remedy }) : fact))}`;
}

function cautionBlock(app: AppPreview, writer: Writer): string[] {
  const { t } = writer;
  const lines = [
    ...(app.failure === undefined ? [] : [`- ${plain(t(app.failure))}`]),
    ...app.cautions.map(caution => cautionLine(caution, writer)),
    ...app.left.map(reason => `- ${t(say('preview.notCompared'))}: ${plain(t(reason))}`),
  ];
  return lines.length > 0 ? [`### ${code(app.app)}`, '', ...lines, ''] : [];
}

const MOST_LINES = 120;

function differenceBlock({ app, differences }: AppPreview, { t }: Writer): string[] {
  if (differences.length === 0) return [];
  const objects = differences.flatMap(({ object, before, after }) => {
    const told = diffLines(before, after);
    const lines = told.length > 0 ? told : maskedLines(after);
    const shown = lines.slice(0, MOST_LINES).map(({ text }) => displayBlock(text));
    const more = lines.length - shown.length;
    const left = more > 0 ? [`@@ ${t(say('preview.moreLines', { count: more }))}`] : [];
    return [`# ${displayBlock(objectWords(object))}`, ...shown, ...left];
  });
  const fence = '`'.repeat(Math.max(3, longestFence(objects) + 1));
  return [
    `<details><summary><code>${markup`${display(app)}`.markup}</code> (${differences.length})</summary>`,
    '',
    `${fence}diff`,
    ...objects,
    fence,
    '</details>',
    '',
  ];
}

/** Of an object that differs behind its masks alone: the masks that say so. */
function maskedLines(text = ''): { text: string }[] {
  const lines = text.split('\n').filter(line => line.includes('•••') && line.includes('changed'));
  return lines.map(line => ({ text: `! ${line.trim()}` }));
}

function longestFence(lines: readonly string[]): number {
  let longest = 0;
  for (const line of lines) for (const [run] of line.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
