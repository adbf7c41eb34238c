import {
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
  parseEvents,
  SCALAR_STYLE,
  seqTag,
  YAMLException,
} from 'js-yaml';

export {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  type Event,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
};

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
