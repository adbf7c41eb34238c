/** What stands inside of brackets and quotes, as a quick scan of the text sees it; whoever uses it has to prove it. */
export type Insides = {
  /** Where brackets and quotes open that stand behind a tab. */
  tabbed: number[];
  /** Where lines begin inside of them. */
  lines: number[];
};

const OPENERS = `"'[{`;
const PREFIX = /[ \t]*(?:---[ \t]+)?(?:[-?:][ \t]+)*/y;
const PROPERTIES = /(?:[&!][^\s,[\]{}]*(?:[ \t]+|(?=[\r\n]|$)))*/y;
const COLON = /[ \t]*:(?:[ \t]+|(?=[\r\n]|$))/y;

/** Scans a text for its brackets and quotes, in one go over it. */
export function findInsides(text: string): Insides {
  const found: Insides = { tabbed: [], lines: [] };
  for (let at = 0; at < text.length;) at = scanLine(text, at, found);
  return found;
}

/** A column that is deeper than any key and any item of a text. */
export function deepestColumn(text: string): number {
  let deepest = 0;
  for (let at = 0; at < text.length; at = nextLine(text, at))
    deepest = Math.max(deepest, endOf(PROPERTIES, text, endOf(PREFIX, text, at)) - at);
  return deepest + 2;
}

/** Scans a line that begins outside of brackets and quotes, with all that its value takes; the start of the next one. */
function scanLine(text: string, start: number, found: Insides): number {
  const indent = endOf(PREFIX, text, start);
  const dash = text.slice(start, indent).trimEnd();
  const content = endOf(PROPERTIES, text, indent);
  const value = valueOfKey(text, content);
  const at = value ?? content;
  const column = value === undefined ? (dash.length || indent - start) - 1 : indent - start;
  const first = text[at] ?? '\n';
  if ('#\r\n'.includes(first)) return nextLine(text, at);
  if (!OPENERS.includes(first)) return skipDeeper(text, nextLine(text, at), column);
  if (text.slice(start, at).includes('\t')) found.tabbed.push(at);
  return nextLine(text, skipInside(text, at, found.lines));
}

/** Where the value of the key that begins here begins, if it is one. */
function valueOfKey(text: string, from: number): number | undefined {
  const first = text[from] ?? '\n';
  const behind = OPENERS.includes(first) ? skipInside(text, from, []) : endOfPlainKey(text, from);
  const at = endOf(COLON, text, behind);
  return at === behind ? undefined : endOf(PROPERTIES, text, at);
}

function endOfPlainKey(text: string, from: number): number {
  if ('#|>'.includes(text[from] ?? '#')) return from;
  const end = text.slice(from, nextLine(text, from)).search(/:(?=\s|$)|\s#/);
  return from + Math.max(0, end);
}

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** Past the lines of a text that goes on: blank ones, and those deeper than what it belongs to. */
function skipDeeper(text: string, from: number, column: number): number {
  let at = from;
  while (at < text.length) {
    let first = at;
    while (text[first] === ' ') first++;
    if (first - at <= column && !'\r\n'.includes(text[first] ?? '\n')) return at;
    at = nextLine(text, first);
  }
  return at;
}

/** A line that ends the document ends it in brackets and quotes too. */
export function endsDocument(text: string, line: number): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(line, line + 4));
}

function noteLine(text: string, line: number, lines: number[]): void {
  if (!endsDocument(text, line)) lines.push(line);
}

/** Behind the bracket or quote that closes the one at an offset; notes the lines that begin before it. */
function skipInside(text: string, open: number, lines: number[]): number {
  let depth = 0;
  // Whether a value may begin: a quote within other text is part of that text.
  let isFresh = true;
  for (let at = open; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '\n') noteLine(text, at + 1, lines);
    else if (isFresh && `"'`.includes(character)) {
      at = closingQuote(text, at, lines);
      if (depth === 0) return at + 1;
      isFresh = false;
    } else if ('[{'.includes(character)) {
      depth++;
      isFresh = true;
    } else if (']}'.includes(character)) {
      if (--depth === 0) return at + 1;
    } else if (character === '#' && /\s/.test(text[at - 1] ?? '')) at = nextLine(text, at) - 2;
    else if (isFresh && '&!'.includes(character)) at = Math.max(at, endOf(PROPERTIES, text, at) - 1);
    else if (!/\s/.test(character))
      isFresh = character === ',' || (':?'.includes(character) && /[\s,[\]{}"']/.test(text[at + 1] ?? ' '));
  }
  return text.length;
}

function closingQuote(text: string, open: number, lines: number[]): number {
  const quote = text[open];
  for (let at = open + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\n') noteLine(text, at + 1, lines);
    else if (character === '\\' && quote === '"' && text[at + 1] !== '\n') at++;
    else if (character !== quote) continue;
    else if (quote === "'" && text[at + 1] === quote) at++;
    else return at;
  }
  return text.length;
}
