const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const EXCLAMATION = 0x21;
const DOUBLE_QUOTE = 0x22;
const AMPERSAND = 0x26;
const SINGLE_QUOTE = 0x27;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

// What a value can follow at once, and what it can follow after a space.
const OPENERS = codes('\n,[{');
const INDICATORS = codes('\n,[{:-?');

/**
 * Whether no text of a YAML file can swallow a line that is indented by `column` or less. Quoted text may run over lines,
 * and some parsers let it do so in any column, so that an attacker's text would look like structure here and be text there.
 * Errs on the safe side: a quote within other text is taken for what it looks like, and a carriage return alone, which ends
 * a line for some, is not accepted.
 */
export function staysWithinLines(bytes: Buffer, column: number): boolean {
  return returnsEndLines(bytes) && quotesStay(bytes, column);
}

function returnsEndLines(bytes: Buffer): boolean {
  let at = bytes.indexOf(RETURN);
  while (at >= 0 && bytes[at + 1] === NEWLINE) at = bytes.indexOf(RETURN, at + 2);
  return at < 0;
}

function quotesStay(bytes: Buffer, column: number): boolean {
  let double = indexOrEnd(bytes, DOUBLE_QUOTE, 0);
  let single = indexOrEnd(bytes, SINGLE_QUOTE, 0);
  while (double !== single) {
    const open = Math.min(double, single);
    let next = open + 1;
    if (beginsValue(bytes, open)) {
      const close = closingQuote(bytes, open);
      if (!linesAreDeeper({ bytes, from: open, to: close, column })) return false;
      next = close + 1;
    }
    if (double < next) double = indexOrEnd(bytes, DOUBLE_QUOTE, next);
    if (single < next) single = indexOrEnd(bytes, SINGLE_QUOTE, next);
  }
  return true;
}

/** Whether quoted text can begin here, which it cannot in the middle of other text. */
function beginsValue(bytes: Buffer, at: number): boolean {
  let before = at - 1;
  while (bytes[before] === SPACE) before--;
  const byte = bytes[before] ?? NEWLINE;
  if (before < at - 1) return INDICATORS.has(byte) || isProperty(bytes, before);
  return OPENERS.has(byte) || (byte === COLON && isQuote(bytes[before - 1]));
}

/** Whether the word that ends here is a tag or an anchor. */
function isProperty(bytes: Buffer, end: number): boolean {
  let start = end;
  while (!isSpace(bytes[start - 1])) start--;
  return bytes[start] === EXCLAMATION || bytes[start] === AMPERSAND;
}

function isSpace(byte: number | undefined): boolean {
  return byte === undefined || byte === SPACE || byte === NEWLINE;
}

function isQuote(byte: number | undefined): boolean {
  return byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE;
}

/** The offset of the quote that ends the text; the end of the file if none does. */
function closingQuote(bytes: Buffer, open: number): number {
  const quote = bytes[open] ?? DOUBLE_QUOTE;
  let at = indexOrEnd(bytes, quote, open + 1);
  while (at < bytes.length) {
    if (quote === DOUBLE_QUOTE && !isEscaped(bytes, at)) return at;
    if (quote === SINGLE_QUOTE && bytes[at + 1] !== quote) return at;
    at = indexOrEnd(bytes, quote, at + (quote === SINGLE_QUOTE ? 2 : 1));
  }
  return bytes.length;
}

function isEscaped(bytes: Buffer, at: number): boolean {
  let before = at - 1;
  while (bytes[before] === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}

type Text = { bytes: Buffer; from: number; to: number; column: number };

function linesAreDeeper({ bytes, from, to, column }: Text): boolean {
  let newline = indexOrEnd(bytes, NEWLINE, from);
  while (newline < to) {
    let at = newline + 1;
    while (bytes[at] === SPACE) at++;
    const isBlank = at >= bytes.length || bytes[at] === NEWLINE || bytes[at] === RETURN;
    if (!isBlank && at - newline - 1 <= column) return false;
    newline = indexOrEnd(bytes, NEWLINE, at);
  }
  return to < bytes.length;
}

function indexOrEnd(bytes: Buffer, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from);
  return index < 0 ? bytes.length : index;
}

function codes(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, character => character.charCodeAt(0)));
}
