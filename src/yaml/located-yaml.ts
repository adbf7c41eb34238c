import {
  CORE_SCHEMA,
  mergeTag,
  constructFromEvents,
  type Event,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml';
import { PLAIN_MAP } from './plain-map.ts';
import { expandedSize } from '../data/fields.ts';
import { display } from '../text/display.ts';
import type { Step } from './nodes.ts';

/** Why a text is no YAML, or none that a cluster's tools would read; both numbers from 1. */
export type YamlProblem = { line: number; column: number; reason: string };

/** A pair of a map whose value is a scalar, as `visitPairs` meets it. */
export type ScalarPair = {
  key: string;
  /** Where the key stands. */
  offset: number;
  /** Keys and list positions above, outermost first. Valid during the visit only. */
  trail: readonly Step[];
  /** The text of `name:` in the same map if it stands before, as for environment variables. */
  name: string | undefined;
  isBlock: boolean;
  /** Decoded, whatever the quotes. */
  read(): string;
};

type IsWanted = (key: string, name: string | undefined) => boolean;

/**
 * A YAML file read fast: its data, and where each part of it stands. For files that are looked at; what is edited is
 * parsed by `yaml/source.ts`, which knows comments and every token.
 */
export type LocatedYaml = {
  readonly text: string;
  /** Plain data, null for an empty document; maps have no prototype, aliases are shared objects. Made on first use. */
  readonly documents: readonly unknown[];
  /** Why there are no documents: unknown tags, aliases without anchor or end. */
  readonly dataProblem: YamlProblem | undefined;
  /** The offset of the key, or of the list item, that a path of `documents[document]` leads to. */
  offsetOf(document: number, path: readonly Step[]): number | undefined;
  /** Calls `visit` for each pair whose key, with the `name:` before it, is wanted. */
  visitPairs(visit: (pair: ScalarPair) => void, isWanted?: IsWanted): void;
};

export type LocatedResult =
  { status: 'read'; yaml: LocatedYaml } | { status: 'unreadable'; problem: YamlProblem };

/** The parser counts the document as a level. */
const MAX_DEPTH = 100;
/** What aliases may blow a file up to, counted in nodes. */
const MAX_EXPANDED = 200_000;

/** Reads a person's YAML file. Never throws for what stands in it. */
export function readLocated(text: string): LocatedResult {
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH + 1 });
    const twice = findDuplicate(events, text);
    if (twice) return { status: 'unreadable', problem: duplicateProblem(text, twice) };
    return { status: 'read', yaml: toLocated({ text, events }) };
  } catch (error) {
    return { status: 'unreadable', problem: problemOf(error, text) };
  }
}

/** Line and column of an offset, both from 1; a byte order mark takes no column. */
export function lineColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = text.startsWith('\ufeff') ? 1 : 0;
  for (let next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) {
    line++;
    start = next + 1;
  }
  return { line, column: Math.max(1, offset - start + 1) };
}

const SCHEMA = CORE_SCHEMA.withTags(PLAIN_MAP, mergeTag);

type Parsed = { events: readonly Event[]; text: string };

function toLocated(parsed: Parsed & { events: Event[] }): LocatedYaml {
  let data: Data | undefined;
  return {
    text: parsed.text,
    get documents() {
      return (data ??= makeData(parsed)).documents;
    },
    get dataProblem() {
      return (data ??= makeData(parsed)).problem;
    },
    offsetOf: (document, path) => offsetOf(parsed, document, path),
    visitPairs: (visit, isWanted = () => true) => visitPairs(parsed, visit, isWanted),
  };
}

type Data = { documents: readonly unknown[]; problem?: YamlProblem };

function makeData({ events, text }: Parsed & { events: Event[] }): Data {
  try {
    const documents = constructFromEvents(events, { source: text, schema: SCHEMA });
    const isEndless = text.includes('*') && documents.some(document => expandedSize(document) > MAX_EXPANDED);
    return isEndless ? { documents: [], problem: ENDLESS } : { documents };
  } catch (error) {
    return { documents: [], problem: problemOf(error, text) };
  }
}

const ENDLESS = {
  line: 1,
  column: 1,
  reason: `its aliases expand to more than ${MAX_EXPANDED} values, or lead back to themselves`,
};

function offsetOf(parsed: Parsed, document: number, path: readonly Step[]): number | undefined {
  let index = documentStart(parsed.events, document);
  let offset = index === undefined ? undefined : startOf(parsed.events[index]);
  for (const step of path) {
    const child = index === undefined ? undefined : childOf(parsed, index, step);
    if (!child) return undefined;
    ({ index, offset } = child);
  }
  return offset;
}

function documentStart(events: readonly Event[], wanted: number): number | undefined {
  let seen = -1;
  for (let index = 0; index < events.length; index++)
    if (events[index]?.type === EVENT_ID.DOCUMENT && ++seen === wanted) return index + 1;
  return undefined;
}

/** The value behind a key with the key's offset, or an item of a list with its own. */
function childOf({ events, text }: Parsed, parent: number, step: Step) {
  const type = events[parent]?.type;
  let index = parent + 1;
  if (type === EVENT_ID.SEQUENCE && typeof step === 'number') {
    for (let item = 0; item < step && isOpen(events[index]); item++) index = afterNode(events, index);
    return isOpen(events[index]) ? { index, offset: startOf(events[index]) } : undefined;
  }
  while (type === EVENT_ID.MAPPING && isOpen(events[index])) {
    const value = afterNode(events, index);
    if (keyText(events[index], text) === step) return { index: value, offset: startOf(events[index]) };
    index = afterNode(events, value);
  }
  return undefined;
}

function isOpen(event: Event | undefined): boolean {
  return event !== undefined && event.type !== EVENT_ID.POP;
}

/** The index behind the node that begins at `index`. */
function afterNode(events: readonly Event[], index: number): number {
  let depth = 0;
  for (let next = index; next < events.length; next++) {
    const type = events[next]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    else if (type === EVENT_ID.POP) depth--;
    if (depth === 0) return next + 1;
  }
  return events.length;
}

function startOf(event: Event | undefined): number | undefined {
  if (!event) return undefined;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start;
  if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0) return undefined;
  return isQuoted(event) ? event.valueStart - 1 : event.valueStart;
}

type ScalarEvent = Extract<Event, { valueStart: number }>;

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

function keyText(event: Event | undefined, text: string): string | undefined {
  return event?.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : undefined;
}

/** An open document, list or map. `step`: the key that waits for its value, or the position of the next item. */
type Frame = {
  kind: 'document' | 'list' | 'map';
  step: Step | undefined;
  keyStart: number;
  name: string | undefined;
  /** The length of the trail inside. */
  depth: number;
};

function visitPairs({ events, text }: Parsed, visit: (pair: ScalarPair) => void, isWanted: IsWanted): void {
  const frames: Frame[] = [];
  const trail: Step[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      frames.pop();
      trail.length = frames.at(-1)?.depth ?? 0;
      continue;
    }
    const frame = frames.at(-1);
    const isKey = frame?.kind === 'map' && frame.step === undefined;
    if (isKey && event.type === EVENT_ID.SCALAR) {
      frame.step = getScalarValue(text, event);
      frame.keyStart = startOf(event) ?? 0;
      continue;
    }
    if (frame?.kind === 'map' && !isKey && event.type === EVENT_ID.SCALAR) {
      if (isWanted(String(frame.step), frame.name)) visit(pairOf({ event, text, frame, trail }));
      if (frame.step === 'name') frame.name = getScalarValue(text, event);
    }
    const step = frame?.step ?? '';
    if (frame) frame.step = nextStep(frame, isKey);
    if (event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS) continue;
    if (frame && frame.kind !== 'document') trail.push(step);
    frames.push(openFrame(event, trail.length));
  }
}

/** A key that is no scalar counts as an empty one. */
function nextStep({ kind, step }: Frame, isKey: boolean): Step | undefined {
  if (kind === 'map') return isKey ? '' : undefined;
  return Number(step) + 1;
}

function openFrame({ type }: Event, depth: number): Frame {
  const kind = type === EVENT_ID.MAPPING ? 'map' : type === EVENT_ID.SEQUENCE ? 'list' : 'document';
  return { kind, step: kind === 'map' ? undefined : 0, keyStart: 0, name: undefined, depth };
}

type Meeting = { event: ScalarEvent; text: string; frame: Frame; trail: readonly Step[] };

function pairOf({ event, text, frame, trail }: Meeting): ScalarPair {
  const { LITERAL_BLOCK, FOLDED_BLOCK } = SCALAR_STYLE;
  return {
    key: String(frame.step),
    offset: frame.keyStart,
    trail,
    name: frame.name,
    isBlock: event.style === LITERAL_BLOCK || event.style === FOLDED_BLOCK,
    read: () => getScalarValue(text, event),
  };
}

type Duplicate = { key: string; first: number; second: number };

/** The same key twice in one map: tools take the first, the last, or refuse the file. */
function findDuplicate(events: readonly Event[], text: string): Duplicate | undefined {
  const frames: { keys: Map<string, number> | undefined; isKey: boolean }[] = [];
  for (const event of events) {
    const frame = frames.at(-1);
    if (event.type === EVENT_ID.POP) {
      frames.pop();
      continue;
    }
    if (frame?.keys && frame.isKey && event.type === EVENT_ID.SCALAR) {
      const key = text.slice(event.valueStart, event.valueEnd);
      const first = frame.keys.get(key);
      if (first !== undefined && key !== '<<') return { key, first, second: event.valueStart };
      frame.keys.set(key, event.valueStart);
    }
    if (frame) frame.isKey = !frame.isKey;
    if (event.type === EVENT_ID.MAPPING) frames.push({ keys: new Map(), isKey: true });
    else if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.DOCUMENT)
      frames.push({ keys: undefined, isKey: false });
  }
  return undefined;
}

function duplicateProblem(text: string, { key, first, second }: Duplicate): YamlProblem {
  const { line } = lineColumn(text, first);
  return {
    ...lineColumn(text, second),
    reason: `the key ${display(key)} is defined twice (also on line ${line})`,
  };
}

/** Not the parser's own snippet: it quotes the file, which may hold a secret. */
function problemOf(error: unknown, text: string): YamlProblem {
  if (!(error instanceof YAMLException)) throw error;
  const place = error.mark ? lineColumn(text, error.mark.position) : { line: 1, column: 1 };
  const tooDeep = error.reason.startsWith('nesting exceeded');
  return { ...place, reason: tooDeep ? `it nests deeper than ${MAX_DEPTH} levels` : display(error.reason) };
}
