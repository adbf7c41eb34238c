// Reads block YAML as people and charts write it, line by line, straight into marks: many times faster than the parser.
// It knows the usual way to write each thing (one value a line, spaces, no anchors, no tags) and gives up at the first sign of
// anything else, so that the parser decides. What it does read means the same there: tests compare both on every fixture.
import { CHOMPING_MODE, COLLECTION_STYLE, EVENT_ID, markCode, Marks, SCALAR_STYLE } from './events.ts';
import {
  endOfFlowPlain,
  endOfPlain,
  endOfQuoted,
  isSpaceOrEnd,
  type Quoted,
  readBlockScalar,
  skipSpaces,
} from './scan-values.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const DOUBLE = 0x22;
const HASH = 0x23;
const SINGLE = 0x27;
const COMMA = 0x2c;
const DASH = 0x2d;
const COLON = 0x3a;
const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const BRACE = 0x7b;
const PIPE = 0x7c;
const CLOSING_BRACE = 0x7d;
const GREATER = 0x3e;

/** Deeper files are left to the parser, which counts levels in its own way. */
const DEEPEST = 40;
const DEEPEST_FLOW = 16;

const DOCUMENT = markCode(EVENT_ID.DOCUMENT);
const POP = markCode(EVENT_ID.POP);
const MAP = markCode(EVENT_ID.MAPPING, COLLECTION_STYLE.BLOCK);
const LIST = markCode(EVENT_ID.SEQUENCE, COLLECTION_STYLE.BLOCK);
const FLOW_MAP = markCode(EVENT_ID.MAPPING, COLLECTION_STYLE.FLOW);
const FLOW_LIST = markCode(EVENT_ID.SEQUENCE, COLLECTION_STYLE.FLOW);
const scalar = (style: number): number => markCode(EVENT_ID.SCALAR, style, CHOMPING_MODE.CLIP);
const PLAIN = scalar(SCALAR_STYLE.PLAIN);
const QUOTED: Record<Quoted, number> = {
  [SINGLE]: scalar(SCALAR_STYLE.SINGLE_QUOTED),
  [DOUBLE]: scalar(SCALAR_STYLE.DOUBLE_QUOTED),
};

const CHOMPINGS: Record<string, number> = { '-': CHOMPING_MODE.STRIP, '+': CHOMPING_MODE.KEEP };

/** Filled by each scan anew. */
const scratch = new Marks(4096);

/** What the parser would find in a text; undefined for all that only the parser knows. */
export function scanYaml(text: string): Marks | undefined {
  // Both end lines, or texts, wherever they stand.
  if (text.includes('\r') || text.includes('\0')) return undefined;
  scratch.clear();
  const isEnded = text.endsWith('\n');
  const scanner = new LineScanner(isEnded ? text : `${text}\n`, scratch);
  // What the last line of a block scalar holds is a question of its own without its newline.
  return scanner.scan() && (isEnded || scratch.lastEnd <= text.length) ? scratch.compact() : undefined;
}

class LineScanner {
  readonly #text: string;
  readonly #marks: Marks;
  #at = 0;
  /** The column of each open map and list, the innermost at `#depth`. */
  readonly #columns = new Int32Array(DEEPEST + 1);
  readonly #isMap = new Uint8Array(DEEPEST + 1);
  #depth = -1;
  /** Whether the innermost one waits for a value: behind `key:` or `-` stood nothing. */
  #isWaiting = false;
  #isDocument = false;
  #hasRoot = false;

  constructor(text: string, marks: Marks) {
    this.#text = text;
    this.#marks = marks;
  }

  /** False where it gave up. */
  scan(): boolean {
    while (this.#at < this.#text.length) if (!this.#line()) return false;
    this.#closeDocument();
    return true;
  }

  #line(): boolean {
    const text = this.#text;
    let at = this.#at;
    while (text.charCodeAt(at) === SPACE) at++;
    const column = at - this.#at;
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return this.#goTo(at + 1);
    if (code === HASH) return this.#endLine(at);
    if (column === 0 && (text.startsWith('---', at) || text.startsWith('...', at))) return this.#marker(at);
    const isItem = code === DASH && isSpaceOrEnd(text, at + 1);
    return this.#settle(column, isItem) && (isItem ? this.#item(at, column) : this.#node(at, column));
  }

  #goTo(at: number): true {
    this.#at = at;
    return true;
  }

  /** Past the rest of a line, which is nothing or a comment. */
  #endLine(at: number): true {
    return this.#goTo(this.#text.indexOf('\n', at) + 1);
  }

  /** Whether nothing but a comment stands behind a value that ends here. */
  #endValue(end: number): boolean {
    const at = skipSpaces(this.#text, end);
    const isEnd = this.#isEndOrComment(at, end);
    return isEnd && this.#endLine(at);
  }

  #isEndOrComment(at: number, behind: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code === NEWLINE || (code === HASH && at > behind);
  }

  /** `---` alone in its line. */
  #marker(at: number): boolean {
    if (!this.#text.startsWith('---', at) || !this.#endValue(at + 3)) return false;
    this.#closeDocument();
    this.#openDocument();
    return true;
  }

  #openDocument(): void {
    this.#marks.add(DOCUMENT);
    this.#isDocument = true;
    this.#hasRoot = false;
  }

  #closeDocument(): void {
    if (!this.#isDocument) return;
    if (this.#isWaiting || !this.#hasRoot) this.#addEmpty();
    while (this.#depth >= 0) this.#pop();
    this.#marks.add(POP);
    this.#isDocument = false;
  }

  #addEmpty(): void {
    this.#marks.add(PLAIN);
    this.#isWaiting = false;
  }

  #push(code: number, at: number, column: number): boolean {
    if (this.#depth === DEEPEST) return false;
    this.#depth++;
    this.#columns[this.#depth] = column;
    this.#isMap[this.#depth] = code === MAP ? 1 : 0;
    this.#marks.add(code, at);
    this.#isWaiting = false;
    this.#hasRoot = true;
    return true;
  }

  #pop(): void {
    this.#marks.add(POP);
    this.#depth--;
  }

  /** Closes what a line at this column ends; false where it belongs to nothing. */
  #settle(column: number, isItem: boolean): boolean {
    if (!this.#isDocument) this.#openDocument();
    if (this.#depth < 0) return column === 0 && !this.#hasRoot;
    if (this.#isWaiting) {
      const around = this.#columns[this.#depth] ?? 0;
      // The items of a list may stand below the key that they belong to.
      if (column > around || (column === around && isItem && this.#isMap[this.#depth] === 1)) return true;
      this.#addEmpty();
    }
    while (this.#depth >= 0 && (this.#columns[this.#depth] ?? 0) > column) this.#pop();
    if (this.#depth >= 0 && this.#isMap[this.#depth] === 0 && !isItem) this.#pop();
    if (this.#depth < 0 || this.#columns[this.#depth] !== column) return false;
    return this.#isMap[this.#depth] === (isItem ? 0 : 1);
  }

  /** `- ` and what stands behind it, which may be an item again. */
  #item(at: number, column: number): boolean {
    if ((this.#depth < 0 || this.#isWaiting) && !this.#push(LIST, at, column)) return false;
    const inner = skipSpaces(this.#text, at + 1);
    this.#isWaiting = true;
    if (this.#isEndOrComment(inner, at)) return this.#endLine(inner);
    const isItem = this.#text.charCodeAt(inner) === DASH && isSpaceOrEnd(this.#text, inner + 1);
    const within = column + inner - at;
    return isItem ? this.#item(inner, within) : this.#node(inner, within);
  }

  /** `key: value`, or a value alone where one is waited for. */
  #node(at: number, column: number): boolean {
    const text = this.#text;
    const code = text.charCodeAt(at);
    const isQuoted = code === SINGLE || code === DOUBLE;
    const end = isQuoted ? endOfQuoted(text, at, code) : endOfPlain(text, at);
    const colon = end < 0 ? -1 : skipSpaces(this.#text, end);
    const isKey = colon >= 0 && text.charCodeAt(colon) === COLON && isSpaceOrEnd(text, colon + 1);
    if (!isKey) return this.#isWaiting && this.#value(at);
    if ((this.#depth < 0 || this.#isWaiting) && !this.#push(MAP, at, column)) return false;
    if (isQuoted) this.#marks.add(QUOTED[code], at + 1, end - 1);
    else this.#marks.add(PLAIN, at, end);
    const value = skipSpaces(this.#text, colon + 1);
    this.#isWaiting = true;
    return this.#isEndOrComment(value, colon) ? this.#endLine(value) : this.#value(value);
  }

  #value(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    this.#isWaiting = false;
    if (code === PIPE || code === GREATER) return this.#block(at, code === PIPE);
    const isFlow = code === BRACKET || code === BRACE;
    const end = isFlow ? this.#flow(at, DEEPEST_FLOW) : this.#scalar(at, endOfPlain);
    return end >= 0 && this.#endValue(end);
  }

  /** Adds a text between quotes, or a plain one; its end, or -1. */
  #scalar(at: number, endOf: (text: string, start: number) => number): number {
    const code = this.#text.charCodeAt(at);
    const isQuoted = code === SINGLE || code === DOUBLE;
    const end = isQuoted ? endOfQuoted(this.#text, at, code) : endOf(this.#text, at);
    if (end < 0) return end;
    if (isQuoted) this.#marks.add(QUOTED[code], at + 1, end - 1);
    else this.#marks.add(PLAIN, at, end);
    return end;
  }

  #block(at: number, isLiteral: boolean): boolean {
    const found = readBlockScalar(this.#text, at, (this.#columns[this.#depth] ?? 0) + 1);
    if (!found) return false;
    const style = isLiteral ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
    const code = markCode(EVENT_ID.SCALAR, style, CHOMPINGS[found.chomping] ?? CHOMPING_MODE.CLIP);
    this.#marks.add(code, found.from, found.end, found.indent);
    return this.#goTo(found.end);
  }

  /** A list or a map in brackets, within one line; its end, or -1. */
  #flow(start: number, deepest: number): number {
    const text = this.#text;
    if (deepest === 0) return -1;
    const isMap = text.charCodeAt(start) === BRACE;
    const closing = isMap ? CLOSING_BRACE : CLOSING_BRACKET;
    this.#marks.add(isMap ? FLOW_MAP : FLOW_LIST, start);
    let at = skipSpaces(text, start + 1);
    while (text.charCodeAt(at) !== closing) {
      at = this.#flowEntry(at, isMap, deepest);
      if (at < 0) return -1;
      at = skipSpaces(text, at);
      if (text.charCodeAt(at) === COMMA) at = skipSpaces(text, at + 1);
      else if (text.charCodeAt(at) !== closing) return -1;
    }
    this.#marks.add(POP);
    return at + 1;
  }

  #flowEntry(start: number, isMap: boolean, deepest: number): number {
    const text = this.#text;
    let at = start;
    if (isMap) {
      const end = this.#scalar(at, endOfFlowPlain);
      if (end < 0) return -1;
      at = skipSpaces(text, end);
      if (text.charCodeAt(at) !== COLON) return -1;
      at = skipSpaces(text, at + 1);
    }
    const code = text.charCodeAt(at);
    const isOpen = code === BRACKET || code === BRACE;
    return isOpen ? this.#flow(at, deepest - 1) : this.#scalar(at, endOfFlowPlain);
  }
}
