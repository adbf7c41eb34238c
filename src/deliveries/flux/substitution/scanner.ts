/** What a rune has to be to belong to a token; `index` counts from 1. */
export type Accept = (rune: string, index: number) => boolean;

export type SubstitutionToken = 'illegal' | 'end' | 'text' | 'open' | 'close';

type Mode = { text?: boolean; open?: boolean; close?: boolean; escape?: boolean };

/** Reads `${…}` the way Flux's envsubst does, rune by rune, its oddities included. */
export class Scanner {
  readonly #runes: string[];
  #position = 0;
  #start = 0;
  mode: Mode = {};
  accept: Accept = () => true;
  /** Whether `\/` and `\\` stand for one character, as they do inside of braces. */
  escapesBackslash = false;

  constructor(text: string) {
    this.#runes = [...text];
  }

  /** What is read next, without reading it. */
  peek(ahead = 0): string | undefined {
    return this.#runes[this.#position + ahead];
  }

  get position(): number {
    return this.#position;
  }

  /** What is around a position: all before it, and some of what follows. */
  around(position: number, length: number): { before: string; after: string } {
    const after = this.#runes.slice(position, position + length).join('');
    return { before: this.#runes.slice(0, position).join(''), after };
  }

  /** What was read last. */
  get token(): string {
    return this.from(this.#start);
  }

  /** What was read since a position. */
  from(start: number): string {
    return this.#runes.slice(start, this.#position).join('');
  }

  scan(accept: Accept, mode: Mode): SubstitutionToken {
    this.accept = accept;
    this.mode = mode;
    this.#start = this.#position;
    const rune = this.#runes[this.#position];
    if (rune === undefined) return 'end';
    if (mode.open && this.#isOpening()) {
      this.#position += 2;
      return 'open';
    }
    this.#position++;
    if (mode.close && rune === '}') return 'close';
    return mode.text && this.#readText(rune) ? 'text' : 'illegal';
  }

  #readText(first: string): boolean {
    if (this.#isEscaping(first)) this.#dropEscape();
    else if (!this.accept(first, 1)) return false;
    for (let rune = this.peek(); rune !== undefined; rune = this.peek()) {
      if (this.mode.open && this.#isOpening()) break;
      this.#position++;
      if (this.#isEscaping(rune)) this.#dropEscape();
      else if (!this.accept(rune, this.#position - this.#start)) {
        this.#position--;
        break;
      }
    }
    return true;
  }

  #isOpening(): boolean {
    return this.peek() === '$' && this.peek(1) === '{';
  }

  /** Called with the rune before the position. */
  #isEscaping(rune: string): boolean {
    if (!this.mode.escape) return false;
    const next = this.peek();
    if (rune === '$') return next === '$';
    return rune === '\\' && this.escapesBackslash && (next === '/' || next === '\\');
  }

  /** Takes the first of two runes out: the second counts as read. */
  #dropEscape(): void {
    this.#runes.splice(this.#position - 1, 1);
  }
}
