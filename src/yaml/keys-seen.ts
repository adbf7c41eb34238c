/** Keys that are compared one by one; of more, a table is made. */
const FEW = 8;

/** The keys that one map has so far, by where they stand in the text: most maps are so small that no text is cut out of it. */
export class KeysSeen {
  readonly text: string;
  readonly #ranges: number[] = [];
  #table: Map<string, number> | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Takes a key in; where an equal one stood last, if there was one. */
  add(start: number, end: number): number | undefined {
    if (this.#ranges.length === 2 * FEW) this.#table ??= this.#makeTable();
    if (this.#table) return this.#addToTable(start, end);
    const first = this.#find(start, end);
    this.#ranges.push(start, end);
    return first;
  }

  /** The last one counts, as in a table. */
  #find(start: number, end: number): number | undefined {
    for (let at = this.#ranges.length - 2; at >= 0; at -= 2) {
      const other = this.#ranges[at] ?? 0;
      const isAsLong = (this.#ranges[at + 1] ?? 0) - other === end - start;
      if (isAsLong && this.#areEqual(other, start, end - start)) return other;
    }
    return undefined;
  }

  #areEqual(a: number, b: number, length: number): boolean {
    for (let at = 0; at < length; at++)
      if (this.text.charCodeAt(a + at) !== this.text.charCodeAt(b + at)) return false;
    return true;
  }

  #makeTable(): Map<string, number> {
    const table = new Map<string, number>();
    for (let at = 0; at < this.#ranges.length; at += 2)
      table.set(this.text.slice(this.#ranges[at], this.#ranges[at + 1]), this.#ranges[at] ?? 0);
    return table;
  }

  #addToTable(start: number, end: number): number | undefined {
    const key = this.text.slice(start, end);
    const first = this.#table?.get(key);
    this.#table?.set(key, start);
    return first;
  }
}
