import { staysWithinLines } from './runaway-text.ts';

const FIELD = /^([A-Za-z][A-Za-z0-9]*):(?=[ \r]|$)/;
/**
 * Leaves out the fields of a chart's versions that nobody asked for; dependencies and maintainers are most of an index. Goes by
 * lines, like `scanIndex`: `slice` is one chart's key with its list. A slice in any other form comes back whole.
 */
export function keepFields(slice: string, fields: ReadonlySet<string>): string {
  const lines = slice.split('\n');
  const first = lines.findIndex(line => /^ *- /.test(line));
  const dash = lines[first]?.indexOf('-') ?? 0;
  if (first !== 1 || !staysWithinLines(Buffer.from(slice), dash + 2)) return slice;
  const kept = new Kept(dash);
  for (let index = first; index < lines.length; index++)
    if (!kept.add(lines[index] ?? '', fields)) return slice;
  return [lines[0], ...kept.finish()].join('\n');
}

class Kept {
  readonly #lines: string[] = [];
  readonly #dash: string;
  readonly #indent: string;
  #isKept = false;
  /** An item whose dash still has to be written. */
  #isPending = false;

  constructor(dash: number) {
    this.#dash = `${' '.repeat(dash)}- `;
    this.#indent = ' '.repeat(dash + 2);
  }

  /** False when the line does not fit the form. */
  add(line: string, fields: ReadonlySet<string>): boolean {
    if (line.startsWith(this.#dash)) {
      this.#endItem();
      this.#isPending = true;
      return this.#addField(line.slice(this.#dash.length), fields);
    }
    const isDeep = line.startsWith(this.#indent);
    if (isDeep && !/^[ -]/.test(line.slice(this.#indent.length)) && line.trim() !== '')
      return this.#addField(line.slice(this.#indent.length), fields);
    if (!isDeep && line.trim() !== '') return false;
    if (this.#isKept) this.#lines.push(line);
    return true;
  }

  finish(): string[] {
    this.#endItem();
    return this.#lines;
  }

  #addField(text: string, fields: ReadonlySet<string>): boolean {
    const name = FIELD.exec(text)?.[1];
    if (name === undefined) return false;
    this.#isKept = fields.has(name);
    if (this.#isKept) {
      this.#lines.push((this.#isPending ? this.#dash : this.#indent) + text);
      this.#isPending = false;
    }
    return true;
  }

  /** An item none of whose fields is kept is still an item. */
  #endItem(): void {
    if (this.#isPending) this.#lines.push(`${this.#dash}{}`);
    this.#isPending = false;
  }
}
