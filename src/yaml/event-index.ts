import { type Event, EVENT_ID, getScalarValue, startOf } from './events.ts';
import type { Step } from './nodes.ts';

/** An event of a value, and the offset of its key or its own. */
export type FoundEvent = { index: number; offset: number | undefined };

/** Children that are looked through one by one; of more, a table is made. */
const FEW = 32;

/** Finds its way in the events of a text. What was found once about documents, ends and long lists is not looked for again. */
export class EventIndex {
  readonly text: string;
  readonly events: readonly Event[];
  #roots: readonly number[] | undefined;
  #ends: Int32Array | undefined;
  readonly #tables = new Map<number, ReadonlyMap<Step, FoundEvent>>();

  constructor(text: string, events: readonly Event[]) {
    this.text = text;
    this.events = events;
  }

  /** The index of what each document holds. */
  get roots(): readonly number[] {
    return (this.#roots ??= this.events.flatMap(({ type }, index) =>
      type === EVENT_ID.DOCUMENT ? [index + 1] : [],
    ));
  }

  /** The event of the value that a path leads to. */
  locate(document: number, path: readonly Step[]): FoundEvent | undefined {
    const root = this.roots[document];
    let found: FoundEvent | undefined =
      root === undefined ? undefined : { index: root, offset: startOf(this.events[root]) };
    for (const step of path) found &&= this.#childOf(found.index, step);
    return found;
  }

  #childOf(parent: number, step: Step): FoundEvent | undefined {
    const known = this.#tables.get(parent);
    if (known) return known.get(step);
    let count = 0;
    for (const [key, child] of this.#childrenOf(parent)) {
      if (key === step) return child;
      if (++count > FEW) return this.#tableOf(parent).get(step);
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
    const type = this.events[parent]?.type;
    let index = parent + 1;
    if (type === EVENT_ID.SEQUENCE)
      for (let item = 0; isOpen(this.events[index]); index = this.#after(index))
        yield [item++, { index, offset: startOf(this.events[index]) }];
    while (type === EVENT_ID.MAPPING && isOpen(this.events[index])) {
      const value = this.#after(index);
      yield [this.#keyText(index), { index: value, offset: startOf(this.events[index]) }];
      index = this.#after(value);
    }
  }

  #keyText(index: number): string | undefined {
    const event = this.events[index];
    return event?.type === EVENT_ID.SCALAR ? getScalarValue(this.text, event) : undefined;
  }

  /** The index behind the node that begins at `index`. */
  #after(index: number): number {
    const type = this.events[index]?.type;
    if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) return index + 1;
    return (this.#ends ??= endsIn(this.events))[index] ?? this.events.length;
  }
}

/** The index behind each map and list, by that of its beginning. */
function endsIn(events: readonly Event[]): Int32Array {
  const ends = new Int32Array(events.length);
  const open: number[] = [];
  for (const [index, { type }] of events.entries())
    if (type === EVENT_ID.POP) ends[open.pop() ?? 0] = index + 1;
    else if (type !== EVENT_ID.SCALAR && type !== EVENT_ID.ALIAS) open.push(index);
  return ends;
}

/** Whether an event begins a value. */
export function isOpen(event: Event | undefined): boolean {
  return event !== undefined && event.type !== EVENT_ID.POP;
}
