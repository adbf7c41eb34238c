import type { Session } from '../../cli/context.ts';
import { asText } from '../../data/fields.ts';
import { parseJson } from '../../data/json.ts';
import { say } from '../../locales/say.ts';
import type { Line } from '../../output/lay-out.ts';
import { diffLines } from '../../output/line-diff.ts';
import type { FieldChange } from '../../render/rendered-changes.ts';
import { display, displayLine } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { type AppPreview, byPile, type Caution, type Preview } from './facts.ts';
import {
  countsOf,
  imageSides,
  LEVEL_TONES,
  objectWords,
  PILE_WORDS,
  titleOf,
  TONES,
  verdictOf,
  verdictText,
} from './words.ts';

const COLOURS = { red: 'red', amber: 'yellow', grey: undefined, green: 'green' } as const;
const SIGNS = { red: '✗', amber: '!', grey: '~', green: '✓' } as const;

/** Lines of differences on a terminal: who wants to read on writes a page. */
const MOST_LINES = 160;
const MOST_FIELDS = 8;
const MOST_OBJECTS = 12;
const MOST_CAUTIONS = 12;
const LONGEST = 120;

type Screen = {
  t(text: Text): string;
  style: Session['terminal']['style'];
  /** Lines of differences that may still be shown, and those that were left out. */
  room: { left: number; over: number };
};

/** What a person reads: the verdict, then pile by pile each app with what is to be read of it, and the fields that differ. */
export function previewPage(preview: Preview, { t, terminal }: Pick<Session, 't' | 'terminal'>): Line[] {
  const screen: Screen = { t, style: terminal.style, room: { left: MOST_LINES, over: 0 } };
  const { pile } = verdictOf(preview);
  const piles = byPile(preview.apps).filter(([name]) => name !== 'unchanged');
  const body = piles.flatMap(([name, apps]) => {
    const head = `${SIGNS[TONES[name]]} ${t(PILE_WORDS[name])} (${apps.length})`;
    return [
      '',
      painted(screen, terminal.style(head, 'bold'), TONES[name]),
      ...apps.flatMap(app => appLines(app, screen)),
    ];
  });
  const { over } = screen.room;
  return [
    terminal.style(titleOf(preview, t), 'bold'),
    painted(screen, t(verdictText(preview)), TONES[pile]),
    ...preview.cautions.flatMap(caution => cautionLines(caution, '', screen)),
    ...body,
    '',
    t(countsOf(preview)),
    ...(preview.untouched > 0 ? [t(say('preview.untouched', { count: preview.untouched }))] : []),
    ...(over > 0 ? [t(say('preview.restInFiles', { count: over }))] : []),
  ];
}

function painted({ style }: Screen, text: string, tone: keyof typeof COLOURS): string {
  const colour = COLOURS[tone];
  return colour ? style(text, colour) : text;
}

function appLines(app: AppPreview, screen: Screen): Line[] {
  const { t, style } = screen;
  const { added = [], removed = [], changed = [] } = app.comparison?.changes ?? {};
  const counts = app.comparison ? `  +${added.length} -${removed.length} ~${changed.length}` : '';
  const cautions = app.cautions.slice(0, MOST_CAUTIONS);
  screen.room.over += app.cautions.length - cautions.length;
  return [
    `  ${style(display(app.app), 'bold')}${counts}`,
    ...(app.failure === undefined ? [] : [`    ${style(`✗ ${display(t(app.failure))}`, 'red')}`]),
    ...cautions.flatMap(caution => cautionLines(caution, '    ', screen)),
    ...app.left.map(reason => `    ? ${t(say('preview.notCompared'))}: ${display(t(reason))}`),
    ...app.charts.map(step => `    ${display(step.name)} ${arrow(step)}`),
    ...(app.comparison?.images ?? []).map(image => `    ${arrow(imageSides(image))}`),
    ...(app.pile === 'routine' ? [] : limited(objectLines(app, screen), screen.room)),
  ];
}

function arrow({ before, after }: { before: string | undefined; after: string | undefined }): string {
  return `${display(before ?? '–')} → ${display(after ?? '–')}`;
}

function cautionLines({ id, level, object, fact, remedy }: Caution, indent: string, screen: Screen): Line[] {
  const { t, style } = screen;
  const about = object ? `${objectWords(object)}: ` : '';
  const tone = LEVEL_TONES[level];
  const text = `${SIGNS[tone]} ${id} ${display(`${about}${t(fact)}`)}`;
  return [
    `${indent}${painted(screen, text, tone)}`,
    ...(remedy && level !== 'low' ? [`${indent}  ${style(`→ ${display(t(remedy))}`, 'dim')}`] : []),
  ];
}

/** As many as there is room for; what is left out is counted. */
function limited(lines: readonly string[], room: Screen['room']): string[] {
  const shown = lines.slice(0, Math.max(0, room.left));
  room.left -= shown.length;
  room.over += lines.length - shown.length;
  return shown;
}

function objectLines({ comparison }: AppPreview, screen: Screen): string[] {
  const { style, room } = screen;
  const { added = [], removed = [], changed = [] } = comparison?.changes ?? {};
  const whole = [
    ...removed.map(object => style(`    - ${display(objectWords(object))}`, 'red')),
    ...added.map(object => style(`    + ${display(objectWords(object))}`, 'green')),
  ];
  room.over += Math.max(0, whole.length - MOST_OBJECTS) + Math.max(0, changed.length - MOST_OBJECTS);
  return [
    ...whole.slice(0, MOST_OBJECTS),
    ...changed.slice(0, MOST_OBJECTS).flatMap(({ fields, ...object }) => {
      room.over += Math.max(0, fields.length - MOST_FIELDS);
      return [
        `    ~ ${display(objectWords(object))}`,
        ...fields.slice(0, MOST_FIELDS).flatMap(field => fieldLines(field, screen)),
      ];
    }),
  ];
}

/** The path, then what stood there and what stands there; of a text of several lines those that differ. */
function fieldLines({ path, before, after }: FieldChange, { style }: Screen): string[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const lines = diffLines(old, fresh).filter(({ kind }) => kind === 'added' || kind === 'removed');
  // What differs behind its mask alone.
  if (lines.length === 0 && fresh !== undefined)
    return [
      `      ${style(display(path), 'dim')}`,
      `      ${style(`! ${displayLine(fresh.trim(), LONGEST)}`, 'yellow')}`,
    ];
  return [
    `      ${style(display(path), 'dim')}`,
    ...lines.slice(0, MOST_FIELDS).map(({ kind, text }) => {
      const line = `      ${text[0] ?? ''} ${displayLine(text.slice(1), LONGEST)}`;
      return style(line, kind === 'added' ? 'green' : 'red');
    }),
  ];
}

/** A text of several lines as these lines, anything else as JSON. */
function linesOf(json: string | undefined): string | undefined {
  if (json === undefined) return undefined;
  const text = asText(parseJson(json));
  return text !== undefined && text.trimEnd().includes('\n') ? text : json;
}
