import {
  CHOMPING_MODE,
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
  parseEvents,
  SCALAR_STYLE,
  seqTag,
  YAMLException,
} from 'js-yaml';

export { type Event, EVENT_ID, getScalarValue, SCALAR_STYLE, YAMLException };

export type ScalarEvent = Extract<Event, { valueStart: number }>;

// Deeper than any key stands: the next line of a bracket or a quote may stand anywhere for Go.
const PAD = ' '.repeat(256);
/** Characters that may be parsed again for lines that stand too far left. */
const MOST_AGAIN = 1 << 24;

/**
 * Parses a text as Go's YAML does, in three things that the parser sees more strictly: brackets and quoted text may go on in
 * any column, a tab may stand before a bracket, and a block scalar at the end of a file without a newline holds none. Offsets
 * are those of `text`.
 * @throws YAMLException, with its position in `text`
 */
export function parseYaml(text: string, maxDepth: number): Event[] {
  const loose: Loose = { text, pads: [], tries: 1 };
  let first: YAMLException | undefined;
  for (;;)
    try {
      const events = parseEvents(padded(loose), { maxDepth });
      if (loose.pads.length > 0) for (const event of events) unpadEvent(event, loose.pads);
      closeOpenEnd(events, text);
      return events;
    } catch (error) {
      if (!(error instanceof YAMLException) || !error.mark) throw error;
      const { mark } = error;
      mark.position = unpad(mark.position, loose.pads);
      first ??= error;
      // What never ends swallows the rest of the file: the first line that stood too far left says more.
      if (mark.position >= text.trimEnd().length) throw first;
      if (error.reason !== 'deficient indentation' || !loosen(loose, mark.position)) throw error;
    }
}

/** A text whose lines in `pads` are moved to the right, and whose tabs before brackets are spaces. */
type Loose = { text: string; pads: number[]; tries: number };

/** Makes room for what stands at an offset; false where that would not help, or was done too often. */
function loosen(loose: Loose, offset: number): boolean {
  const { text, pads } = loose;
  // Every line made room for is parsed again with its padding, half of which the average try has seen.
  if (++loose.tries * (text.length + (pads.length * PAD.length) / 2) > MOST_AGAIN) return false;
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(line, offset);
  if (before.trim() === '') return line > (pads.at(-1) ?? 0) && pads.push(line) > 0;
  // The values are read from the text as it was.
  loose.text = text.slice(0, line) + before.replaceAll('\t', ' ') + text.slice(offset);
  return before.includes('\t');
}

function padded({ text, pads }: Loose): string {
  return pads
    .map((start, index) => text.slice(pads[index - 1] ?? 0, start))
    .concat(text.slice(pads.at(-1) ?? 0))
    .join(PAD);
}

/** Where a character of the padded text stands in the text itself. */
function unpad(offset: number, pads: readonly number[]): number {
  let low = 0;
  let high = pads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pads[middle] ?? 0) + middle * PAD.length < offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(offset - low * PAD.length, pads[low - 1] ?? 0);
}

const OFFSETS = ['start', 'valueStart', 'valueEnd', 'anchorStart', 'anchorEnd', 'tagStart', 'tagEnd'];

function unpadEvent(event: Event, pads: readonly number[]): void {
  const fields = event as unknown as Record<string, number | undefined>;
  for (const name of OFFSETS) {
    const offset = fields[name];
    if (offset !== undefined && offset >= 0) fields[name] = unpad(offset, pads);
  }
}

function closeOpenEnd(events: readonly Event[], text: string): void {
  if (/(?:^|[\r\n])[ \t]*$/.test(text.slice(-1024))) return;
  const last = events.findLast(event => event.type === EVENT_ID.SCALAR);
  if (last?.type === EVENT_ID.SCALAR && isBlock(last) && last.valueEnd >= text.length)
    last.chomping = CHOMPING_MODE.STRIP;
}

/** `|` or `>`. */
export function isBlock({ style }: ScalarEvent): boolean {
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

const MAP_TAG = 'tag:yaml.org,2002:map';
const GO_SCHEMA = CORE_SCHEMA.withTags(
  defineMappingTag<Record<string, unknown>>(MAP_TAG, MAP),
  defineScalarTag('tag:yaml.org,2002:int', { ...intCoreTag, resolve: integer }),
  defineScalarTag('tag:yaml.org,2002:float', {
    ...floatCoreTag,
    resolve: (source, ...rest) => floatCoreTag.resolve(withoutUnderscores(source), ...rest),
  }),
);

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
