// The values that `scan.ts` meets in a line: plain and quoted texts, lists and maps in brackets, and block scalars, whose lines
// follow. Each function says where its value ends, or -1 for what only the parser can tell. A text ends with a newline here:
// V8 stops optimising what once asked for a character behind the end.

const NEWLINE = 0x0a;
const SPACE = 0x20;
const DOUBLE = 0x22;
const HASH = 0x23;
const SINGLE = 0x27;
const DASH = 0x2d;
const COLON = 0x3a;
const QUESTION = 0x3f;
const BACKSLASH = 0x5c;

/** The quotes. */
export type Quoted = typeof SINGLE | typeof DOUBLE;

/** What no plain text begins with. */
const NO_START = tableOf(' \n\t#&*!|>\'"%@`,[]{}');
/** What ends a plain text in brackets. */
const FLOW = tableOf(',[]{}');
/** What may stand behind a backslash, beside codes of characters. */
const ESCAPES = tableOf('0abtnvfre "/\\N_LP');

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

function isIn(table: Uint8Array, code: number): boolean {
  return code < table.length && table[code] === 1;
}

/** Control characters, and what may be half of a character: the parser has its own rules for them. */
function isOdd(code: number): boolean {
  if (code < 0x7f) return code < SPACE;
  return code < 0xa0 || (code >= 0xd800 && (code < 0xe000 || code === 0xfeff || code >= 0xfffe));
}

const ODD = /[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/;

/** Whether a space or a line's end stands here. */
export function isSpaceOrEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === SPACE || code === NEWLINE;
}

/** The end of a plain text: before the colon of a key, a comment, or the end of the line. */
export function endOfPlain(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (isIn(NO_START, first)) return -1;
  if ((first === DASH || first === QUESTION) && isSpaceOrEnd(text, start + 1)) return -1;
  let end = start;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE) continue;
    if (code === NEWLINE) break;
    if (isOdd(code)) return -1;
    if (code === COLON && isSpaceOrEnd(text, at + 1)) break;
    if (code === HASH && text.charCodeAt(at - 1) === SPACE) break;
    end = at + 1;
  }
  return end > start ? end : -1;
}

/** The offset behind the closing quote. */
export function endOfQuoted(text: string, start: number, quote: Quoted): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (quote === DOUBLE || text.charCodeAt(at + 1) !== SINGLE) return at + 1;
      at++;
    } else if (code === BACKSLASH && quote === DOUBLE) {
      if (!isIn(ESCAPES, text.charCodeAt(++at))) return -1;
    } else if (code !== 0x09 && isOdd(code)) return -1;
  }
  return -1;
}

/** The end of a plain text in brackets. */
export function endOfFlowPlain(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (isIn(NO_START, first) || first === DASH || first === QUESTION || first === COLON) return -1;
  let end = start;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE) continue;
    if (isOdd(code) || code === HASH) return -1;
    if (isIn(FLOW, code)) break;
    if (code === COLON && (isSpaceOrEnd(text, at + 1) || isIn(FLOW, text.charCodeAt(at + 1)))) break;
    end = at + 1;
  }
  return end > start ? end : -1;
}

const HEADER = /[|>]([+-]?) *(?:(?<= )#[^\n]*)?\n/y;
/** Where the lines of a block scalar begin and end, how deep they stand, and its `-` or `+`. */
export type BlockScalar = { from: number; end: number; indent: number; chomping: string };

/** A block scalar whose lines stand at `least` or deeper. */
export function readBlockScalar(text: string, start: number, least: number): BlockScalar | undefined {
  HEADER.lastIndex = start;
  const header = HEADER.exec(text);
  if (!header) return undefined;
  const from = HEADER.lastIndex;
  const { end, indent } = linesOf(text, from, least);
  if (end < 0 || ODD.test(text.slice(from, end))) return undefined;
  return { from, end, indent, chomping: header[1] ?? '' };
}

/** The lines from `from` on that are blank or as deep as the first one that is not. */
function linesOf(text: string, from: number, least: number): { end: number; indent: number } {
  let at = from;
  let indent = -1;
  while (at < text.length) {
    const first = skipSpaces(text, at);
    const code = text.charCodeAt(first);
    if (code !== NEWLINE) {
      const column = first - at;
      if (indent < 0) {
        // Blank lines that are deeper than the text, and tabs: the parser knows what they are.
        if (code === 0x09 || (column >= least && first > at && isDeeper(text, from, at, column)))
          return { end: -1, indent };
        if (column < least) break;
        indent = column;
      } else if (column < indent) break;
    }
    at = text.indexOf('\n', first) + 1;
  }
  return { end: at, indent };
}

/** Whether a blank line between two offsets has more spaces than this. */
function isDeeper(text: string, from: number, to: number, column: number): boolean {
  for (let at = from; at < to; at = text.indexOf('\n', at) + 1)
    if (skipSpaces(text, at) - at > column) return true;
  return false;
}

/** The first character that is no space. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}
