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

/** Like `wrap`, each line hanging below where its own text begins. */
export function wrapBlock(text: string, columns: number): string {
  if (columns === Number.POSITIVE_INFINITY) return text;
  return text
    .split('\n')
    .flatMap(line => wrapLine(line, columns, { hang: /^\s*/.exec(line)?.[0] ?? '' }))
    .join('\n');
}

function wrapLine(line: string, columns: number, { hang = '', hard = false }: WrapOptions): string[] {
  if (widthOf(line) <= columns) return [line];
  const lines: string[] = [];
  let current = '';
  for (const piece of piecesOf(line).flatMap(one =>
    hard ? shortened(one, columns - widthOf(hang)) : [one],
  )) {
    const isFirst = current.trim() === '' || current === hang;
    if (isFirst || widthOf((current + piece).trimEnd()) <= columns) current += piece;
    else {
      lines.push(current.trimEnd());
      current = hang + piece.trimStart();
    }
  }
  return [...lines, current.trimEnd()];
}

/** Words with the spaces behind them, and single Chinese characters with the punctuation that belongs to them. */
function piecesOf(line: string): string[] {
  return line.split(/(?<=\S\s+)(?=\S)/).flatMap(word => (WIDE.test(word) ? splitWide(word) : [word]));
}

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

function shortened(piece: string, columns: number): string[] {
  const parts: string[] = [];
  let rest = piece;
  if (columns < 2) return [piece];
  while (widthOf(rest.trimEnd()) > columns) {
    const part = cells(rest, columns);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}
