import { largest } from '../data/append.ts';
import { cells, graphemesOf, widthOf } from './width.ts';

export type WrapOptions = {
  /** In front of each line but the first. */
  hang?: string;
  /** Cuts words that are longer than a line; else they stay whole, so that an address can still be copied. */
  hard?: boolean;
};

/**
 * A text in lines of at most so many cells, broken between words, and between Chinese characters where no punctuation
 * forbids it. `Infinity` leaves every line as it is: the width of a pipe. Colours count nothing.
 */
export function wrap(text: string, columns: number, options: WrapOptions = {}): string[] {
  if (columns === Number.POSITIVE_INFINITY) return text.split('\n');
  return text.split('\n').flatMap(line => wrapLine(line, columns, options));
}

/** Like `wrap`, each line hanging below where its own text begins, behind a sign as before a list's item. */
export function wrapBlock(text: string, columns: number): string {
  if (columns === Number.POSITIVE_INFINITY) return text;
  return text
    .split('\n')
    .flatMap(line => wrapLine(line, columns, { hang: ' '.repeat(widthOf(markOf(line))) }))
    .join('\n');
}

function wrapLine(line: string, columns: number, { hang = '', hard = false }: WrapOptions): string[] {
  if (widthOf(line) <= columns) return [line];
  const room = columns - widthOf(hang);
  const lines: string[] = [];
  let current = '';
  for (const whole of piecesOf(line)) {
    const first = current === '' ? columns : room;
    for (const piece of hard ? shortened(whole, first, room) : [whole]) {
      const isFirst = current.trim() === '' || current === hang;
      if (isFirst || widthOf((current + piece).trimEnd()) <= columns) current += piece;
      else {
        lines.push(current.trimEnd());
        current = hang + piece.trimStart();
      }
    }
  }
  return [...lines, current.trimEnd()];
}

/** The cells that the widest of what `wrap` keeps together takes. */
export function longestWord(text: string): number {
  return largest(text.split('\n').flatMap(line => piecesOf(line).map(piece => widthOf(piece.trim()))));
}

/** Words with the spaces behind them, and single Chinese characters with the punctuation that belongs to them. */
function piecesOf(line: string): string[] {
  const mark = markOf(line);
  const text = line.slice(mark.length);
  const [first = '', ...rest] = (text.match(/^\s+|\S+\s*/g) ?? [text]).flatMap(word =>
    WIDE.test(word) ? splitWide(word) : [word],
  );
  return [mark + first, ...rest];
}

/** What indents a line, and the sign that begins it, which stands on no line alone; colours included. */
function markOf(line: string): string {
  return MARK.exec(line)?.[0] ?? '';
}

const MARK = /^(?:\s|\u001b\[[\d;]*m)*(?:[-+~*•✓✔✗→?!#](?:\u001b\[[\d;]*m)*\s+)?/;

function splitWide(word: string): string[] {
  const pieces: string[] = [];
  for (const grapheme of graphemesOf(word)) {
    const last = pieces.at(-1);
    if (last === undefined || mayBreak(last.at(-1) ?? '', grapheme)) pieces.push(grapheme);
    else pieces[pieces.length - 1] = last + grapheme;
  }
  return pieces;
}

/** Line breaking of Chinese: no line begins with closing punctuation or ends with an opening one. */
function mayBreak(before: string, after: string): boolean {
  if (!WIDE.test(before) && !WIDE.test(after)) return false;
  return !OPENING.test(before) && !CLOSING.test(after);
}

const WIDE = /[\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[\u{20000}-\u{3ffff}]/u;
const OPENING = /[(（[【《〈「『“‘\u001b]/;
const CLOSING = /[\s)）\]】》〉」』”’，。、；：？！,.;:?!…%·\u001b]/;

/** A word in parts that fit, each ending behind a sign that parts a path, an address or a fingerprint, if one is near. */
function shortened(piece: string, first: number, room: number): string[] {
  const parts: string[] = [];
  let rest = piece;
  if (room < 2) return [piece];
  for (let columns = first; widthOf(rest.trimEnd()) > columns; columns = room) {
    const most = cells(rest, columns);
    const signs = [...most.matchAll(/[/:,;=&._-]+/g)];
    const end = largest(signs.map(({ index, 0: sign }) => index + sign.length));
    const part = end > most.length / 2 ? most.slice(0, end) : most;
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}
