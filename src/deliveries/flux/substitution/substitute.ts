import { applyFunction, givesDefault } from './functions.ts';
import { type Accept, Scanner } from './scanner.ts';

/** A text with its variables filled in; those that nobody gives stay as they are written. */
export type Substituted = {
  text: string;
  unknown: readonly string[];
  /** Of those, the ones that do not stand in a default which nothing needs. */
  needed: readonly string[];
};

/** What a variable stands for; undefined for one that nobody gives. One in the default of another stands deeper, from 0 on. */
export type LookUp = (name: string, depth: number) => string | undefined;

/**
 * Fills `${NAME}` in as Flux does: defaults, parts and replacements included, `$$` for one `$`, `$NAME` left alone.
 * Undefined for a text in which a brace is no variable, which Flux refuses.
 */
export function substitute(text: string, lookUp: LookUp): Substituted | undefined {
  try {
    const reader = new Reader(new Scanner(text), lookUp);
    const whole = reader.whole();
    return { text: whole, unknown: [...new Set(reader.unknown)], needed: [...new Set(reader.needed)] };
  } catch (error) {
    if (error instanceof BadSubstitution) return undefined;
    throw error;
  }
}

/** The first braces of a text that are no variable: their line, and how they begin. Undefined where all are. */
export function findBadBraces(text: string): { line: number; text: string } | undefined {
  const reader = new Reader(new Scanner(text), () => undefined);
  try {
    reader.whole();
    return undefined;
  } catch (error) {
    if (error instanceof BadSubstitution) return reader.lastOpened();
    throw error;
  }
}

/** Whether a text may hold something to fill in. */
export function mayHoldVariables(text: string): boolean {
  return text.includes('${');
}

class BadSubstitution extends Error {}

/** Braces in braces go no deeper than anybody writes them. */
const MOST_DEPTH = 50;

const isName: Accept = rune => /^[\p{L}\p{Nd}_]$/u.test(rune);
const notClosing: Accept = rune => rune !== '}';
const upTo =
  (most: number, runes: string): Accept =>
  (rune, index) =>
    runes.includes(rune) && index <= most;

class Reader {
  readonly #scanner: Scanner;
  readonly #lookUp: LookUp;
  readonly unknown: string[] = [];
  readonly needed: string[] = [];
  #depth = 0;
  #opened = 0;

  constructor(scanner: Scanner, lookUp: LookUp) {
    this.#scanner = scanner;
    this.#lookUp = lookUp;
  }

  /** Where the last variable begins that stands in no other. No escape takes a line out. */
  lastOpened(): { line: number; text: string } {
    const { before, after } = this.#scanner.around(this.#opened, 80);
    return { line: before.split('\n').length, text: /^[^\n}]*\}?/.exec(after)?.[0] ?? '' };
  }

  whole(): string {
    const parts: string[] = [];
    for (;;) {
      this.#scanner.escapesBackslash = false;
      const token = this.#scanner.scan(() => true, { text: true, open: true, escape: true });
      if (token === 'end') return parts.join('');
      if (token === 'illegal') throw new BadSubstitution();
      parts.push(token === 'open' ? this.#variable() : this.#scanner.token);
    }
  }

  /** From behind `${` to behind its `}`. */
  #variable(): string {
    const scanner = this.#scanner;
    const start = scanner.position;
    if (this.#depth === 0) this.#opened = start - 2;
    const needed = this.needed.length;
    if (this.#depth++ > MOST_DEPTH) throw new BadSubstitution();
    scanner.escapesBackslash = true;
    const isLength = scanner.peek() === '#';
    if (isLength) this.#expect(upTo(1, '#'), { text: true });
    const name = this.#expect(isName, { text: true });
    const { operator, args } = isLength ? { operator: '#', args: [] } : this.#operation();
    this.#close();
    this.#depth--;
    return this.#valueOf({ name, operator, args, needed, written: `\${${scanner.from(start)}` });
  }

  #valueOf({ name, operator, args, needed, written }: Variable): string {
    const value = this.#lookUp(name, this.#depth);
    if (value === undefined && !givesDefault(operator)) {
      this.unknown.push(name);
      this.needed.push(name);
      return written;
    }
    if (value !== undefined && value !== '' && givesDefault(operator)) this.needed.length = needed;
    return applyFunction(operator, value ?? '', args);
  }

  #operation(): Operation {
    const [next = '', after = ''] = [this.#scanner.peek(), this.#scanner.peek(1)];
    if (next === ':') return after !== '' && '=-?+'.includes(after) ? this.#default(2) : this.#part();
    if (next === '=') return this.#default(1);
    if (next === '/') return this.#replacement();
    if (next === '#' || next === '%') return this.#removal(next);
    const isCase = next === ',' || next === '^';
    return { operator: isCase ? this.#expect(upTo(2, ',^'), { text: true }) : '', args: [] };
  }

  #default(length: number): Operation {
    const operator = this.#expect((_, index) => index <= length, { text: true });
    const args: string[] = [];
    while (this.#scanner.peek() !== '}') args.push(this.#argument(notClosing, { text: true }));
    return { operator, args };
  }

  #part(): Operation {
    const operator = this.#expect(upTo(1, ':'), { text: true });
    const args = [this.#argument(rune => rune !== ':' && rune !== '}', { text: true })];
    if (this.#scanner.peek() === ':') {
      this.#expect(rune => rune === ':', { text: true });
      args.push(this.#argument(notClosing, { text: true }));
    }
    return { operator, args };
  }

  #replacement(): Operation {
    const operator = this.#expect(
      (rune, index) => (index === 1 ? rune === '/' : index === 2 && '/#%'.includes(rune)),
      { text: true },
    );
    const from = this.#argument(rune => rune !== '/', { text: true, escape: true });
    this.#expect(rune => rune === '/', { text: true });
    if (this.#scanner.peek() === '}') return { operator, args: [from] };
    return { operator, args: [from, this.#argument(notClosing, { text: true, escape: true })] };
  }

  #removal(rune: string): Operation {
    const operator = this.#expect(upTo(2, rune), { text: true });
    return { operator, args: [this.#argument(notClosing, { text: true })] };
  }

  #argument(accept: Accept, mode: { text: true; escape?: true }): string {
    const token = this.#scanner.scan(accept, { ...mode, open: true });
    if (token === 'open') return this.#variable();
    if (token !== 'text') throw new BadSubstitution();
    return this.#scanner.token;
  }

  #expect(accept: Accept, mode: { text: true }): string {
    if (this.#scanner.scan(accept, mode) !== 'text') throw new BadSubstitution();
    return this.#scanner.token;
  }

  #close(): void {
    if (this.#scanner.scan(isName, { close: true }) !== 'close') throw new BadSubstitution();
  }
}

type Operation = { operator: string; args: readonly string[] };
/** With how many variables were needed before it. */
type Variable = Operation & { name: string; needed: number; written: string };
