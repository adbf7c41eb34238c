import { isPrototypeKey, isRecord } from '../data/fields.ts';

/** How the text behind `=` is read: as what it looks like (`--set`), as a text (`--set-string`). */
export type SetLineOptions = { asText: boolean };

const MOST_INDEX = 65_536;
const MOST_DEPTH = 30;

/**
 * Sets `a.b[0]=text` in values, changing them, as Helm's `--set` does: several with commas between, `{a,b}` for a list, `\` before
 * what is meant as it stands. Gives what is wrong with the line, undefined where nothing is.
 */
export function applySetLine(
  values: Record<string, unknown>,
  line: string,
  options: SetLineOptions,
): string | undefined {
  const reader = new LineReader(line, options);
  try {
    while (!reader.isAtEnd) reader.setKey(values, 0);
    return undefined;
  } catch (error) {
    if (error instanceof BadLine) return error.message;
    throw error;
  }
}

class BadLine extends Error {}

class LineReader {
  readonly #runes: readonly string[];
  readonly #asText: boolean;
  #at = 0;

  constructor(line: string, { asText }: SetLineOptions) {
    this.#runes = [...line];
    this.#asText = asText;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#runes.length;
  }

  setKey(values: Record<string, unknown>, depth: number): void {
    const { text: key, stop } = this.#until('=[,.');
    if (stop === undefined && key === '') return;
    if (stop === undefined || stop === ',') throw new BadLine(`key "${key}" has no value`);
    if (isPrototypeKey(key)) throw new BadLine(`key "${key}" is none`);
    const own = Object.hasOwn(values, key) ? values[key] : undefined;
    if (stop === '[') set(values, key, this.#item(own ?? [], this.#index(), depth));
    else if (stop === '=') set(values, key, this.#value());
    else this.#inner(values, key, own ?? {}, depth + 1);
  }

  #inner(values: Record<string, unknown>, key: string, inner: unknown, depth: number): void {
    if (depth > MOST_DEPTH) throw new BadLine(`more than ${MOST_DEPTH} names in each other`);
    if (!isRecord(inner)) throw new BadLine(`"${key}" is no map`);
    this.setKey(inner, depth);
    if (Object.keys(inner).length === 0) throw new BadLine(`key map "${key}" has no value`);
    set(values, key, inner);
  }

  #item(list: unknown, index: number, depth: number): unknown[] {
    if (!Array.isArray(list)) throw new BadLine('an index of what is no list');
    const { text, stop } = this.#until('[.=');
    if (text !== '' || stop === undefined)
      throw new BadLine(`unexpected data at end of array index: "${text}"`);
    const own: unknown = list[index];
    if (stop === '=') return withItem(list, index, this.#value());
    if (stop === '[') return withItem(list, index, this.#item(own ?? [], this.#index(), depth));
    const inner = isRecord(own) ? own : {};
    this.setKey(inner, depth + 1);
    return withItem(list, index, inner);
  }

  #index(): number {
    const { text, stop } = this.#until(']');
    const index = /^\+?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (stop === undefined || !(index <= MOST_INDEX)) throw new BadLine(`"${text}" is no index`);
    return index;
  }

  #value(): unknown {
    if (this.#runes[this.#at] !== '{') return this.#typed(this.#until(',').text);
    this.#at++;
    const list: unknown[] = [];
    for (;;) {
      const { text, stop } = this.#until(',}');
      if (stop === undefined) throw new BadLine("list must terminate with '}'");
      list.push(this.#typed(text));
      if (stop === '}') break;
    }
    if (this.#runes[this.#at] === ',') this.#at++;
    return list;
  }

  #typed(text: string): unknown {
    if (this.#asText) return text;
    const word = text.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (word === '0') return 0;
    const isNumber = /^[-+]?[1-9]\d*$/.test(text) || /^[-+]0\d*$/.test(text);
    return isNumber && Number.isSafeInteger(Number(text)) ? Number(text) : text;
  }

  #until(stops: string): { text: string; stop: string | undefined } {
    const parts: string[] = [];
    while (!this.isAtEnd) {
      const rune = this.#runes[this.#at++] ?? '';
      if (stops.includes(rune)) return { text: parts.join(''), stop: rune };
      if (rune !== '\\') parts.push(rune);
      else if (this.isAtEnd) return { text: parts.join(''), stop: undefined };
      else parts.push(this.#runes[this.#at++] ?? '');
    }
    return { text: parts.join(''), stop: undefined };
  }
}

/** What has no name is not set. */
function set(values: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '') values[key] = value;
}

/** In the list itself where there is room, so that whoever shares it sees it, as in Go; else in a longer copy. */
function withItem(list: unknown[], index: number, value: unknown): unknown[] {
  const own = index < list.length ? list : [...list, ...Array<unknown>(index - list.length + 1).fill(null)];
  own[index] = value;
  return own;
}
