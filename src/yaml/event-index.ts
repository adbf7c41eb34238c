import { EVENT_ID, type Marks } from './events.ts';
import type { Step } from './nodes.ts';

/** An event of a value, and the offset of its key or its own. */
type FoundEvent = { index: number; offset: number | undefined };

/** Children that are looked through one by one; of more, a table is made. */
const FEW = 32;

/** Finds its way in the events of a text. What was found once about documents, ends and long lists is not looked for again. */
export class EventIndex {
  readonly text: string;
  readonly marks: Marks;
  #roots: readonly number[] | undefined;
  #ends: Int32Array | undefined;
  readonly #tables = new Map<number, ReadonlyMap<Step, FoundEvent>>();

  constructor(text: string, marks: Marks) {
    this.text = text;
    this.marks = marks;
  }

  /** The index of what each document holds. */
  get roots(): readonly number[] {
    return (this.#roots ??= rootsIn(this.marks));
  }

  /** The event of the value that a path leads to. */
  locate(document: number, path: readonly Step[]): FoundEvent | undefined {
    const root = this.roots[document];
    let found: FoundEvent | undefined =
      root === undefined ? undefined : { index: root, offset: this.marks.offset(root) };
    for (const step of path) found &&= this.#childOf(found.index, step);
    return found;
  }

  #childOf(parent: number, step: Step): FoundEvent | undefined {
    const known = this.#tables.get(parent);
    if (known) return known.get(step);
    const type = this.marks.type(parent);
    if (type === EVENT_ID.SEQUENCE) return this.#itemOf(parent, step);
    return type === EVENT_ID.MAPPING ? this.#fieldOf(parent, step) : undefined;
  }

  #itemOf(parent: number, step: Step): FoundEvent | undefined {
    let index = parent + 1;
    for (let item = 0; this.marks.type(index) !== EVENT_ID.POP; index = this.#after(index)) {
      if (item === step) return { index, offset: this.marks.offset(index) };
      if (++item > FEW) return this.#tableOf(parent).get(step);
    }
    return undefined;
  }

  #fieldOf(parent: number, step: Step): FoundEvent | undefined {
    let key = parent + 1;
    for (let count = 0; this.marks.type(key) !== EVENT_ID.POP;) {
      const value = this.#after(key);
      if (this.#keyText(key) === step) return { index: value, offset: this.marks.offset(key) };
      if (++count > FEW) return this.#tableOf(parent).get(step);
      key = this.#after(value);
    }
    return undefined;
  }

  /** Of two children of one name the first counts. */
  #tableOf(parent: number): ReadonlyMap<Step, FoundEvent> {
    const table = new Map<Step, FoundEvent>();
    for (const [key, child] of this.#childrenOf(parent))
      if (key !== undefined && !table.has(key)) table.set(key, child);
    this.#tables.set(parent, table);
    return table;
  }

  /** The values behind keys with the keys' offsets, or the items of a list with their own. */
  *#childrenOf(parent: number): Iterable<[Step | undefined, FoundEvent]> {
    const { marks } = this;
    const type = marks.type(parent);
    let index = parent + 1;
    if (type === EVENT_ID.SEQUENCE)
      for (let item = 0; marks.type(index) !== EVENT_ID.POP; index = this.#after(index))
        yield [item++, { index, offset: marks.offset(index) }];
    while (type === EVENT_ID.MAPPING && marks.type(index) !== EVENT_ID.POP) {
      const value = this.#after(index);
      yield [this.#keyText(index), { index: value, offset: marks.offset(index) }];
      index = this.#after(value);
    }
  }

  #keyText(index: number): string | undefined {
    return this.marks.type(index) === EVENT_ID.SCALAR ? this.marks.text(index, this.text) : undefined;
  }

  /** The index behind the node that begins at `index`. */
  #after(index: number): number {
    const type = this.marks.type(index);
    if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) return index + 1;
    return (this.#ends ??= endsIn(this.marks))[index] ?? this.marks.count;
  }
}

function rootsIn(marks: Marks): number[] {
  const roots: number[] = [];
  for (let index = 0; index < marks.count; index++)
    if (marks.type(index) === EVENT_ID.DOCUMENT) roots.push(index + 1);
  return roots;
}

/** The index behind each map and list, by that of its beginning. */
function endsIn(marks: Marks): Int32Array {
  const ends = new Int32Array(marks.count);
  const open: number[] = [];
  for (let index = 0; index < marks.count; index++) {
    const type = marks.type(index);
    if (type === EVENT_ID.POP) ends[open.pop() ?? 0] = index + 1;
    else if (type !== EVENT_ID.SCALAR && type !== EVENT_ID.ALIAS) open.push(index);
  }
  return ends;
}
