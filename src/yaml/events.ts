import {
  boolCoreTag,
  CHOMPING_MODE,
  COLLECTION_STYLE,
  CORE_SCHEMA,
  constructFromEvents,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  type Event,
  EVENT_ID,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  mergeTag,
  NOT_RESOLVED,
  nullCoreTag,
  parseEvents,
  SCALAR_STYLE,
  seqTag,
  YAMLException,
} from 'js-yaml';

export { CHOMPING_MODE, COLLECTION_STYLE, type Event, EVENT_ID, parseEvents, SCALAR_STYLE, YAMLException };

export type ScalarEvent = Extract<Event, { valueStart: number }>;

/** `|` or `>`. */
export function isBlockScalarEvent({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

/** Whether a scalar stands between quotes. */
export function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** Where a value begins, its quote included; undefined for an empty one. */
export function startOf(event: Event | undefined): number | undefined {
  if (!event) return undefined;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start;
  if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0) return undefined;
  return isQuoted(event) ? event.valueStart - 1 : event.valueStart;
}

function isCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

// Without a prototype, a key such as `__proto__` or `toString` is data like any other.
const MAP = {
  create: (): Record<string, unknown> => Object.create(null),
  has: (data: Record<string, unknown>, key: unknown) =>
    !isCollection(key) && Object.hasOwn(data, String(key)),
  addPair: (data: Record<string, unknown>, key: unknown, value: unknown) => {
    if (isCollection(key)) return 'a key is not a scalar';
    data[String(key)] = value;
    return '';
  },
  keys: (data: Record<string, unknown>) => Object.keys(data),
  get: (data: Record<string, unknown>, key: unknown) => data[String(key)],
  identify: () => false,
};

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;

/** `0777`, `0o17`, `0b11`, `1_000` as Go counts them. */
function integer(source: string): number | typeof NOT_RESOLVED {
  const [, sign, hexadecimal, binary, octal, decimal] = INTEGER.exec(withoutUnderscores(source)) ?? [];
  if (sign === undefined) return NOT_RESOLVED;
  const digits = hexadecimal ?? binary ?? octal ?? decimal ?? '';
  const base = hexadecimal ? 16 : binary ? 2 : octal ? 8 : 10;
  const value = Number.parseInt(digits, base);
  if (!Number.isFinite(value)) return NOT_RESOLVED;
  return sign === '-' ? -value : value;
}

function withoutUnderscores(source: string): string {
  return source.includes('_') ? source.replaceAll('_', '') : source;
}

const GO_INTEGER = defineScalarTag('tag:yaml.org,2002:int', { ...intCoreTag, resolve: integer });
const GO_FLOAT = defineScalarTag('tag:yaml.org,2002:float', {
  ...floatCoreTag,
  resolve: (source, ...rest) => floatCoreTag.resolve(withoutUnderscores(source), ...rest),
});

const GO_SCHEMA = CORE_SCHEMA.withTags(
  defineMappingTag<Record<string, unknown>>('tag:yaml.org,2002:map', MAP),
  GO_INTEGER,
  GO_FLOAT,
);

/** What a plain scalar says that may be more than a text: nothing, a truth, a number as Go reads it, or itself. */
export function plainValue(source: string): unknown {
  for (const tag of [nullCoreTag, boolCoreTag, GO_INTEGER, GO_FLOAT]) {
    const value: unknown = tag.resolve(source, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return source;
}

/** Every tag that is not YAML's own stands for what it stands before: `!Find [a]` is a list, `!env_var X` a text. */
const ANY_TAG = { matchByTagPrefix: true, identify: () => false } as const;
const LOCAL_SCHEMA = GO_SCHEMA.withTags(
  mergeTag,
  defineScalarTag('tag:yaml.org,2002:binary', {
    resolve: source => Buffer.from(source, 'base64').toString('utf8'),
    identify: () => false,
  }),
  defineScalarTag('', { ...ANY_TAG, resolve: source => source }),
  defineSequenceTag('', { ...ANY_TAG, create: seqTag.create, addItem: seqTag.addItem }),
  defineMappingTag<Record<string, unknown>>('', { ...MAP, ...ANY_TAG }),
);

/** The data of a file of the repository: merge keys and aliases count, unknown tags are read past. */
export function localData(events: Event[], text: string): unknown[] {
  return constructFromEvents(events, { source: text, schema: LOCAL_SCHEMA });
}

/** The data of a text from elsewhere: no alias, no merge key, no tag but YAML's own. */
export function remoteData(events: Event[], text: string): unknown[] {
  return constructFromEvents(events, { source: text, schema: GO_SCHEMA, maxAliases: 0 });
}

// The events of a text as plain numbers, without an object for each: 70 megabytes of values files have five million of them.
// They hold what is needed to find one's way in a file; tags and anchors stay with the parser's own events. The scanner
// (`scan.ts`) and the parser both fill them, and nobody who reads them can tell which it was.
/** A kind of event with its style and chomping; its start; its end; the indentation of a block scalar. */
const WIDTH = 4;
const STYLE = 4;
const CHOMPING = 8;
const BITS = 15;

export class Marks {
  /** How many there are. */
  count = 0;
  #numbers: Int32Array;

  constructor(capacity = 256) {
    this.#numbers = new Int32Array(capacity * WIDTH);
  }

  /** Appends a mark. */
  add(code: number, start = -1, end = -1, indent = -1): void {
    const at = this.count * WIDTH;
    if (at === this.#numbers.length) this.#grow();
    const numbers = this.#numbers;
    numbers[at] = code;
    numbers[at + 1] = start;
    numbers[at + 2] = end;
    numbers[at + 3] = indent;
    this.count++;
  }

  /** Forgets all marks, for the next text. */
  clear(): void {
    this.count = 0;
  }

  /** The same marks in as little room as they need. */
  compact(): Marks {
    const copy = new Marks(0);
    copy.#numbers = this.#numbers.slice(0, this.count * WIDTH);
    copy.count = this.count;
    return copy;
  }

  /** Where the scalar that was added last, before the ends of what is around it, ends; -1 for none. */
  get lastEnd(): number {
    let index = this.count - 1;
    while (index >= 0 && this.type(index) === EVENT_ID.POP) index--;
    return this.type(index) === EVENT_ID.SCALAR ? this.end(index) : -1;
  }

  /** The kind of an event; POP for one that there is not. */
  type(index: number): number {
    return index >= 0 && index < this.count ? this.#at(index, 0) & BITS : EVENT_ID.POP;
  }

  style(index: number): number {
    return (this.#at(index, 0) >> STYLE) & BITS;
  }

  scalarStyle(index: number): ScalarEvent['style'] {
    return this.style(index) as ScalarEvent['style'];
  }

  /** Whether a scalar stands between quotes. */
  isQuoted(index: number): boolean {
    const style = this.style(index);
    return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  }

  /** Where a collection, or what stands in a scalar, begins; -1 for an empty one. */
  start(index: number): number {
    return this.#at(index, 1);
  }

  /** Where what stands in a scalar ends. */
  end(index: number): number {
    return this.#at(index, 2);
  }

  /** Where a value begins, its quote included; undefined for an empty one. */
  offset(index: number): number | undefined {
    const type = this.type(index);
    const start = this.start(index);
    if (type === EVENT_ID.POP || type === EVENT_ID.DOCUMENT || start < 0) return undefined;
    return type === EVENT_ID.SCALAR && this.isQuoted(index) ? start - 1 : start;
  }

  /** A scalar as the parser has it, without tag and anchor. */
  scalar(index: number): ScalarEvent {
    return {
      type: EVENT_ID.SCALAR,
      valueStart: this.start(index),
      valueEnd: this.end(index),
      anchorStart: -1,
      anchorEnd: -1,
      tagStart: -1,
      tagEnd: -1,
      style: this.scalarStyle(index),
      chomping: ((this.#at(index, 0) >> CHOMPING) & BITS) as ScalarEvent['chomping'],
      indent: this.#at(index, 3),
      fast: false,
    };
  }

  /** A scalar of `text`, decoded. */
  text(index: number, text: string): string {
    const start = this.start(index);
    if (start < 0) return '';
    const style = this.style(index);
    const isBlock = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
    const written = text.slice(start, this.end(index));
    const isWhole = !isBlock && !(style === SCALAR_STYLE.PLAIN ? BROKEN : DECODED).test(written);
    return isWhole ? written : getScalarValue(text, this.scalar(index));
  }

  #at(index: number, column: number): number {
    return this.#numbers[index * WIDTH + column] ?? 0;
  }

  #grow(): void {
    const grown = new Int32Array(Math.max(this.#numbers.length * 2, WIDTH));
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}

/** What has to be decoded, of a plain text and between quotes. */
const BROKEN = /[\n\r]/;
const DECODED = /[\n\r'\\]/;

/** What `Marks.add` takes for a kind of event. */
export function markCode(type: number, style = 0, chomping = 0): number {
  return type | (style << STYLE) | (chomping << CHOMPING);
}

/** The marks of what the parser found. */
export function marksOf(events: readonly Event[]): Marks {
  const marks = new Marks(events.length);
  for (const event of events)
    if (event.type === EVENT_ID.SCALAR)
      marks.add(
        markCode(event.type, event.style, event.chomping),
        event.valueStart,
        event.valueEnd,
        event.indent,
      );
    else if (event.type === EVENT_ID.ALIAS) marks.add(event.type, event.anchorStart - 1, event.anchorEnd);
    else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE)
      marks.add(markCode(event.type, event.style), event.start);
    else marks.add(event.type);
  return marks;
}

/** The events that the parser would give for what the scanner found, for those who make data of them. */
export function eventsOf(marks: Marks): Event[] {
  const events: Event[] = [];
  for (let index = 0; index < marks.count; index++) events.push(eventAt(marks, index));
  return events;
}

const NO_PROPERTIES = { anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 };

function eventAt(marks: Marks, index: number): Event {
  const type = marks.type(index);
  if (type === EVENT_ID.SCALAR) return marks.scalar(index);
  if (type === EVENT_ID.POP) return { type: EVENT_ID.POP };
  if (type === EVENT_ID.DOCUMENT)
    return { type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false, directives: [] };
  const style = marks.style(index) as Extract<Event, { type: 2 }>['style'];
  const common = { ...NO_PROPERTIES, start: marks.start(index), style };
  return type === EVENT_ID.MAPPING
    ? { type: EVENT_ID.MAPPING, ...common }
    : { type: EVENT_ID.SEQUENCE, ...common };
}
