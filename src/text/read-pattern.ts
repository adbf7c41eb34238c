/** A regular expression in parts. */
export type PatternNode =
  | { kind: 'char'; test(char: string): boolean }
  | { kind: 'place'; holds(text: string, at: number): boolean }
  | { kind: 'row'; items: PatternNode[] }
  | { kind: 'either'; items: PatternNode[] }
  | { kind: 'repeat'; item: PatternNode; least: number; most: number | undefined };

const MAX_LENGTH = 1000;
const MAX_DEPTH = 50;
/** RE2's own limit of `{n,m}`. */
const MAX_REPEAT = 1000;

/** The parts of a pattern of RE2's syntax; undefined for one that has others (named classes, `\b` in odd places, flags but `i`). */
export function readPattern(pattern: string): PatternNode | undefined {
  if (pattern.length > MAX_LENGTH) return undefined;
  try {
    const reader = new Reader(pattern);
    const node = reader.either(0);
    return reader.isAtEnd ? node : undefined;
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

class Unread extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;
  #ignoresCase = false;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  either(depth: number): PatternNode {
    if (depth > MAX_DEPTH) throw new Unread();
    const items = [this.#row(depth)];
    while (this.#take('|')) items.push(this.#row(depth));
    const [only] = items;
    return only && items.length === 1 ? only : { kind: 'either', items };
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #next(): string {
    const char = this.#text[this.#at++];
    if (char === undefined) throw new Unread();
    return char;
  }

  #row(depth: number): PatternNode {
    const items: PatternNode[] = [];
    while (!this.isAtEnd && !['|', ')'].includes(this.#text[this.#at] ?? ''))
      items.push(this.#repeated(this.#item(depth)));
    return { kind: 'row', items };
  }

  #repeated(item: PatternNode): PatternNode {
    const bounds = this.#bounds();
    if (!bounds) return item;
    // A lazy one matches the same texts.
    this.#take('?');
    return { kind: 'repeat', item, ...bounds };
  }

  #bounds(): { least: number; most: number | undefined } | undefined {
    if (this.#take('*')) return { least: 0, most: undefined };
    if (this.#take('+')) return { least: 1, most: undefined };
    if (this.#take('?')) return { least: 0, most: 1 };
    const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#text.slice(this.#at, this.#at + 12));
    if (!counted) return undefined;
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    const most = counted[2] === undefined ? least : counted[3] ? Number(counted[3]) : undefined;
    if (least > MAX_REPEAT || (most !== undefined && (most > MAX_REPEAT || most < least))) throw new Unread();
    return { least, most };
  }

  #item(depth: number): PatternNode {
    const char = this.#next();
    switch (char) {
      case '(':
        return this.#group(depth);
      case '[':
        return this.#set();
      case '.':
        return { kind: 'char', test: each => each !== '\n' };
      case '^':
        return { kind: 'place', holds: (_, at) => at === 0 };
      case '$':
        return { kind: 'place', holds: (text, at) => at === text.length };
      case '\\':
        return this.#escaped();
      case '*':
      case '+':
      case '?':
        throw new Unread();
      default:
        return this.#literal(char);
    }
  }

  #group(depth: number): PatternNode {
    if (this.#take('?')) {
      if (this.#take('i)')) {
        this.#ignoresCase = true;
        return { kind: 'row', items: [] };
      }
      if (!this.#take(':') && !/^P?<\w+>/.test(this.#text.slice(this.#at))) throw new Unread();
      const name = /^P?<\w+>/.exec(this.#text.slice(this.#at));
      this.#at += name?.[0].length ?? 0;
    }
    const outer = this.#ignoresCase;
    const inner = this.either(depth + 1);
    this.#ignoresCase = outer;
    if (!this.#take(')')) throw new Unread();
    return inner;
  }

  #literal(char: string): PatternNode {
    if (!this.#ignoresCase) return { kind: 'char', test: each => each === char };
    const low = char.toLowerCase();
    return { kind: 'char', test: each => each.toLowerCase() === low };
  }

  #escaped(): PatternNode {
    const char = this.#next();
    const known = CLASSES[char];
    if (known) return { kind: 'char', test: known };
    if (char === 'A') return { kind: 'place', holds: (_, at) => at === 0 };
    if (char === 'z') return { kind: 'place', holds: (text, at) => at === text.length };
    if (char === 'b') return { kind: 'place', holds: isWordEdge };
    return this.#literal(plainEscape(char));
  }

  #set(): PatternNode {
    const isNegated = this.#take('^');
    const tests: ((char: string) => boolean)[] = [];
    for (let first = true; first || this.#text[this.#at] !== ']'; first = false) tests.push(this.#member());
    this.#at++;
    const ignoresCase = this.#ignoresCase;
    const isIn = (char: string): boolean => tests.some(test => test(char));
    const test = (char: string): boolean =>
      isIn(char) || (ignoresCase && (isIn(char.toLowerCase()) || isIn(char.toUpperCase())));
    return { kind: 'char', test: remembering(isNegated ? char => !test(char) : test) };
  }

  #member(): (char: string) => boolean {
    if (this.#take('[:')) throw new Unread();
    const first = this.#next();
    if (first === '\\') {
      const escaped = this.#next();
      const known = CLASSES[escaped];
      return known ?? this.#range(plainEscape(escaped));
    }
    return this.#range(first);
  }

  #range(from: string): (char: string) => boolean {
    const isRange = this.#text[this.#at] === '-' && ![']', undefined].includes(this.#text[this.#at + 1]);
    if (!isRange) return char => char === from;
    this.#at++;
    const last = this.#next();
    const to = last === '\\' ? plainEscape(this.#next()) : last;
    if (to < from) throw new Unread();
    return char => char >= from && char <= to;
  }
}

/** A set that is repeated is asked for one character again and again. */
function remembering(test: (char: string) => boolean): (char: string) => boolean {
  let last: string | undefined;
  let answer = false;
  return char => {
    if (char !== last) answer = test(char);
    last = char;
    return answer;
  };
}

const CLASSES: Readonly<Record<string, (char: string) => boolean>> = {
  d: char => /^\d$/.test(char),
  D: char => !/^\d$/.test(char),
  w: char => /^\w$/.test(char),
  W: char => !/^\w$/.test(char),
  s: char => /^[\t\n\f\r ]$/.test(char),
  S: char => !/^[\t\n\f\r ]$/.test(char),
};

function plainEscape(char: string): string {
  const blanks: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };
  const blank = blanks[char];
  if (blank !== undefined) return blank;
  // RE2 refuses an escaped letter or digit that means nothing.
  if (/[A-Za-z0-9]/.test(char)) throw new Unread();
  return char;
}

function isWordEdge(text: string, at: number): boolean {
  const isWord = (char: string | undefined): boolean => char !== undefined && /^\w$/.test(char);
  return isWord(text[at - 1]) !== isWord(text[at]);
}
