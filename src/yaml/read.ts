import {
  type Event,
  EVENT_ID,
  getScalarValue,
  isQuoted,
  localData,
  SCALAR_STYLE,
  startOf,
  YAMLException,
} from './events.ts';
import { EventIndex, isOpen } from './event-index.ts';
import { lineColumn } from './line-column.ts';
import { hasTooManyNodes, MOST_NODES } from './node-limit.ts';
import { parseYaml } from './parse.ts';
import { type ErrorCode, UserError } from '../errors.ts';
import { display } from '../text/display.ts';
import type { Step } from './nodes.ts';
import { type IsWanted, type ScalarPair, visitPairs } from './visit-pairs.ts';

export { lineColumn };
export type { ScalarPair };

/** Why a text is no YAML, or none that a cluster's tools would read; both numbers from 1. */
export type YamlProblem = { code: ErrorCode; line: number; column: number; reason: string };

/**
 * A YAML file: its data, and where each part of it stands. What Go's YAML takes, this takes. Only what is edited, and
 * the values that are merged, are parsed by `yaml/source.ts`, which knows comments and every token.
 */
export type LocatedYaml = {
  readonly text: string;
  /** How much of memory it takes while it is kept: what begins and what ends in it. */
  readonly size: number;
  /** Plain data, null for an empty document; maps have no prototype, aliases are shared objects. Made on first use. */
  readonly documents: readonly unknown[];
  /** Why there are no documents: a map as a key, aliases without anchor or end. */
  readonly dataProblem: YamlProblem | undefined;
  /** Where each document begins, in the order of `documents`. */
  readonly documentStarts: readonly number[];
  /** Whether the document is a map, or nothing at all; told without making its data. */
  holdsMap(document: number): boolean;
  /** The offset of the key, or of the list item, that a path of `documents[document]` leads to. */
  offsetOf(document: number, path: readonly Step[]): number | undefined;
  /** A scalar as it is written (`1.10` stays that), without quotes, and the offset behind it; undefined for anything else and for null. */
  scalarAt(document: number, path: readonly Step[]): { text: string; end: number } | undefined;
  /** Where the first dash of the block list at a path stands; undefined for anything else, and for an empty one. */
  dashOf(document: number, path: readonly Step[]): number | undefined;
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
  if (hasTooManyNodes(text)) return { status: 'unreadable', problem: TOO_MANY };
  try {
    const events = parseYaml(text, MAX_DEPTH + 1);
    const problem = findProblem(events, text);
    if (problem) return { status: 'unreadable', problem };
    return { status: 'read', yaml: toLocated({ text, events }) };
  } catch (error) {
    return { status: 'unreadable', problem: problemOf(error, text) };
  }
}

/**
 * A file of the repository for those who cannot go on without it.
 * @throws UserError E_YAML_SYNTAX, E_YAML_DEPTH, E_YAML_SHAPE for a key twice, E_YAML_LIMIT for aliases without end
 */
export function requireYaml(text: string, name: string): LocatedYaml {
  const result = readLocated(text);
  const problem = result.status === 'unreadable' ? result.problem : result.yaml.dataProblem;
  if (result.status === 'read' && !problem) return result.yaml;
  const { code, line, column, reason } = problem ?? ENDLESS;
  throw new UserError(code, `${name}:${line}:${column}: ${reason}`, { subject: name });
}

/** All documents of a file of the repository as plain data. @throws UserError like requireYaml */
export function readDocuments(text: string, name: string): readonly unknown[] {
  return requireYaml(text, name).documents;
}

function toLocated(parsed: { text: string; events: Event[] }): LocatedYaml {
  let data: Data | undefined;
  const index = new EventIndex(parsed.text, parsed.events);
  return {
    text: parsed.text,
    size: parsed.events.length,
    get documents() {
      return (data ??= makeData(parsed)).documents;
    },
    get dataProblem() {
      return (data ??= makeData(parsed)).problem;
    },
    get documentStarts() {
      return index.roots.map(root => startOf(parsed.events[root]) ?? 0);
    },
    holdsMap: document => holdsMap(index, document),
    offsetOf: (document, path) => index.locate(document, path)?.offset,
    dashOf: (document, path) => dashOf(index, document, path),
    scalarAt: (document, path) => scalarAt(index, document, path),
    visitPairs: (visit, isWanted = () => true) => visitPairs(parsed, visit, isWanted),
  };
}

type Data = { documents: readonly unknown[]; problem?: YamlProblem };

function makeData({ events, text }: { text: string; events: Event[] }): Data {
  try {
    const documents = localData(events, text);
    const isEndless = text.includes('*') && documents.some(document => expandedSize(document) > MAX_EXPANDED);
    return isEndless ? { documents: [], problem: ENDLESS } : { documents };
  } catch (error) {
    return { documents: [], problem: problemOf(error, text) };
  }
}

const ENDLESS: YamlProblem = {
  code: 'E_YAML_LIMIT',
  line: 1,
  column: 1,
  reason: `its aliases expand to more than ${MAX_EXPANDED} values, or lead back to themselves`,
};

const TOO_MANY: YamlProblem = {
  code: 'E_YAML_LIMIT',
  line: 1,
  column: 1,
  reason: `it has more than ${MOST_NODES} nodes`,
};

function dashOf(index: EventIndex, document: number, path: readonly Step[]): number | undefined {
  const event = index.events[index.locate(document, path)?.index ?? -1];
  const isBlockList = event?.type === EVENT_ID.SEQUENCE && index.text[event.start] === '-';
  return isBlockList ? event.start : undefined;
}

const NULL = /^(?:~|null|Null|NULL|)$/;

function scalarAt(index: EventIndex, document: number, path: readonly Step[]) {
  const event = index.events[index.locate(document, path)?.index ?? -1];
  if (event?.type !== EVENT_ID.SCALAR) return undefined;
  if (isNothing(event, index.text)) return undefined;
  const text = getScalarValue(index.text, event);
  return { text, end: event.valueEnd + (isQuoted(event) ? 1 : 0) };
}

function holdsMap({ events, text, roots }: EventIndex, document: number): boolean {
  const root = events[roots[document] ?? -1];
  return root?.type === EVENT_ID.MAPPING || isNothing(root, text);
}

/** No value at all, or one that says so. */
function isNothing(event: Event | undefined, text: string): boolean {
  if (event?.type !== EVENT_ID.SCALAR) return !isOpen(event);
  return event.style === SCALAR_STYLE.PLAIN && NULL.test(getScalarValue(text, event));
}

/**
 * What no tool should be given: a key twice in one map (some take the first, some the last), a map or a list as a key, a tag
 * that names code of a language.
 */
function findProblem(events: readonly Event[], text: string): YamlProblem | undefined {
  const frames: { keys: Map<string, number> | undefined; isKey: boolean }[] = [];
  const mayHaveTags = text.includes('!!');
  for (const event of events) {
    const frame = frames.at(-1);
    if (event.type === EVENT_ID.POP) {
      frames.pop();
      continue;
    }
    const problem =
      (mayHaveTags ? tagProblem(event, text) : undefined) ??
      (frame?.keys && frame.isKey ? keyProblem(event, frame.keys, text) : undefined);
    if (problem) return problem;
    if (frame) frame.isKey = !frame.isKey;
    if (event.type === EVENT_ID.MAPPING) frames.push({ keys: new Map(), isKey: true });
    else if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.DOCUMENT)
      frames.push({ keys: undefined, isKey: false });
  }
  return undefined;
}

const YAML_TAG = /^!!(?:str|int|float|bool|null|seq|map|set|omap|pairs|binary|timestamp|merge|value)$/;

/** `!!js/function`, `!!python/object`; local tags such as `!Find` are anybody's. */
function tagProblem(event: Event, text: string): YamlProblem | undefined {
  if (!('tagStart' in event) || event.tagStart < 0 || !text.startsWith('!!', event.tagStart))
    return undefined;
  const tag = text.slice(event.tagStart, event.tagEnd);
  if (YAML_TAG.test(tag)) return undefined;
  const reason = `the tag ${display(tag)} is none of YAML's own`;
  return { code: 'E_YAML_SYNTAX', ...lineColumn(text, event.tagStart), reason };
}

function keyProblem(event: Event, keys: Map<string, number>, text: string): YamlProblem | undefined {
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE)
    return { code: 'E_YAML_SHAPE', ...lineColumn(text, event.start), reason: 'a key is a map or a list' };
  if (event.type !== EVENT_ID.SCALAR) return undefined;
  const key = text.slice(event.valueStart, event.valueEnd);
  const first = keys.get(key);
  keys.set(key, event.valueStart);
  if (first === undefined || key === '<<') return undefined;
  const { line } = lineColumn(text, first);
  return {
    code: 'E_YAML_SHAPE',
    ...lineColumn(text, event.valueStart),
    reason: `the key ${display(key)} is defined twice (also on line ${line})`,
  };
}

/** Not the parser's own snippet: it quotes the file, which may hold a secret. */
function problemOf(error: unknown, text: string): YamlProblem {
  if (!(error instanceof YAMLException)) throw error;
  const place = error.mark ? lineColumn(text, error.mark.position) : { line: 1, column: 1 };
  return error.reason.startsWith('nesting exceeded')
    ? { code: 'E_YAML_DEPTH', ...place, reason: `it nests deeper than ${MAX_DEPTH} levels` }
    : { code: 'E_YAML_SYNTAX', ...place, reason: display(error.reason) };
}

/** Nodes with every alias written out; a value inside itself counts as endless. */
function expandedSize(root: unknown): number {
  const sizes = new Map<object, number>();
  const measure = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    sizes.set(value, Number.POSITIVE_INFINITY);
    const size = Object.values(value).reduce<number>((sum, inner) => sum + measure(inner), 1);
    sizes.set(value, size);
    return size;
  };
  return measure(root);
}
