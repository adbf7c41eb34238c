import {
  type Event,
  EVENT_ID,
  eventsOf,
  localData,
  type Marks,
  marksOf,
  SCALAR_STYLE,
  YAMLException,
} from './events.ts';
import { EventIndex } from './event-index.ts';
import { dataOfMarks } from './marks-data.ts';
import { KeysSeen } from './keys-seen.ts';
import { lineColumn } from './line-column.ts';
import { expandedSize, hasTooManyNodes, MOST_NODES } from './node-limit.ts';
import { parseYaml } from './parse.ts';
import { scanYaml } from './scan.ts';
import { type ErrorCode, UserError } from '../errors.ts';
import { display } from '../text/display.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';
import { parserReason, withoutPlace } from './parser-reasons.ts';
import type { Step } from './nodes.ts';
import type { Meanings } from './meanings.ts';
import { type SaidValue, saidAt } from './said.ts';
import { type IsWanted, type ScalarPair, visitPairs } from './visit-pairs.ts';

export { lineColumn };
export type { ScalarPair };

/** Why a text is no YAML, or none that a cluster's tools would read; both numbers from 1. */
export type YamlProblem = { code: ErrorCode; line: number; column: number; reason: Text };

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
  /** What the value at a path says, as `saidAt` finds it. */
  saidAt(
    document: number,
    path: readonly Step[],
    meanings: Meanings,
    comments?: { isWithout: boolean },
  ): SaidValue | undefined;
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
    const parsed = parse(text);
    const problem = findProblem(parsed);
    if (problem) return { status: 'unreadable', problem };
    return { status: 'read', yaml: toLocated(parsed) };
  } catch (error) {
    return { status: 'unreadable', problem: problemOf(error, text) };
  }
}

/** A text with its events: as marks for those who look for places, the parser's own for those who care for tags. */
type Parsed = { text: string; marks: Marks; events: Event[] | undefined };

/** What the scanner knows has no tags: its events are made of the marks, if somebody wants its data. */
function parse(text: string): Parsed {
  const marks = scanYaml(text);
  if (marks) return { text, marks, events: undefined };
  const events = parseYaml(text, MAX_DEPTH + 1);
  return { text, marks: marksOf(events), events };
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
  const subject = `${name}:${line}:${column}`;
  throw new UserError(code, say('text.aboutSubject', { subject, problem: reason }), { subject: name });
}

/** All documents of a file of the repository as plain data. @throws UserError like requireYaml */
export function readDocuments(text: string, name: string): readonly unknown[] {
  return requireYaml(text, name).documents;
}

function toLocated(parsed: Parsed): LocatedYaml {
  let data: Data | undefined;
  const index = new EventIndex(parsed.text, parsed.marks);
  return {
    text: parsed.text,
    size: parsed.marks.count,
    get documents() {
      return (data ??= makeData(parsed)).documents;
    },
    get dataProblem() {
      return (data ??= makeData(parsed)).problem;
    },
    get documentStarts() {
      return index.roots.map(root => parsed.marks.offset(root) ?? 0);
    },
    holdsMap: document => holdsMap(index, document),
    offsetOf: (document, path) => index.locate(document, path)?.offset,
    dashOf: (document, path) => dashOf(index, document, path),
    scalarAt: (document, path) => scalarAt(index, document, path),
    saidAt: (...asked) => saidIn(parsed, index, asked),
    visitPairs: (visit, isWanted = () => true) => visitPairs(parsed, visit, isWanted),
  };
}

function saidIn(
  parsed: Parsed,
  index: EventIndex,
  [document, path, meanings, comments]: Parameters<LocatedYaml['saidAt']>,
): SaidValue | undefined {
  const found = index.locate(document, path);
  if (!found) return undefined;
  const from = path.length === 0 ? 0 : (found.offset ?? 0);
  const place = { event: found.index, commentsFrom: comments?.isWithout === true ? undefined : from };
  return saidAt(parsed, place, meanings);
}

/** What the only document of a text says, as `saidAt` finds it. */
export function saidInText(
  text: string,
  meanings: Meanings,
  comments?: { isWithout: boolean },
): SaidValue | undefined {
  const result = readLocated(text);
  return result.status === 'read' && result.yaml.documentStarts.length === 1
    ? result.yaml.saidAt(0, [], meanings, comments)
    : undefined;
}

type Data = { documents: readonly unknown[]; problem?: YamlProblem };

function makeData({ marks, events, text }: Parsed): Data {
  try {
    const documents =
      (events ? undefined : dataOfMarks(marks, text)) ?? localData(events ?? eventsOf(marks), text);
    const isEndless = text.includes('*') && documents.some(document => expandedSize(document) > MAX_EXPANDED);
    return isEndless ? { documents: [], problem: ENDLESS } : { documents };
  } catch (error) {
    return { documents: [], problem: problemOf(error, text) };
  }
}

const TOO_LARGE = { code: 'E_YAML_LIMIT', line: 1, column: 1 } as const;
const ENDLESS: YamlProblem = { ...TOO_LARGE, reason: say('yaml.aliasesTooMany', { most: MAX_EXPANDED }) };
const TOO_MANY: YamlProblem = { ...TOO_LARGE, reason: say('yaml.nodesTooMany', { most: MOST_NODES }) };

function dashOf(index: EventIndex, document: number, path: readonly Step[]): number | undefined {
  const found = index.locate(document, path)?.index ?? -1;
  const start = index.marks.start(found);
  const isBlockList = index.marks.type(found) === EVENT_ID.SEQUENCE && index.text[start] === '-';
  return isBlockList ? start : undefined;
}

const NULL = /^(?:~|null|Null|NULL|)$/;

function scalarAt(index: EventIndex, document: number, path: readonly Step[]) {
  const { marks, text: source } = index;
  const found = index.locate(document, path)?.index ?? -1;
  if (marks.type(found) !== EVENT_ID.SCALAR || isNothing(index, found)) return undefined;
  const end = marks.end(found) + (marks.isQuoted(found) ? 1 : 0);
  return { text: marks.text(found, source), end };
}

function holdsMap(index: EventIndex, document: number): boolean {
  const root = index.roots[document] ?? -1;
  return index.marks.type(root) === EVENT_ID.MAPPING || isNothing(index, root);
}

/** No value at all, or one that says so. */
function isNothing({ marks, text }: EventIndex, found: number): boolean {
  const type = marks.type(found);
  if (type !== EVENT_ID.SCALAR) return type === EVENT_ID.POP;
  return marks.style(found) === SCALAR_STYLE.PLAIN && NULL.test(marks.text(found, text));
}

/** The open maps, lists and documents of a text, the innermost last; of a map, the keys that it has so far. */
type Frame = { keys: KeysSeen | undefined; isKey: boolean };

/**
 * What no tool should be given: a key twice in one map (some take the first, some the last), a map or a list as a key, a tag
 * that names code of a language.
 */
function findProblem({ marks, events, text }: Parsed): YamlProblem | undefined {
  const frames: Frame[] = [];
  const mayHaveTags = events !== undefined && text.includes('!!');
  for (let index = 0; index < marks.count; index++) {
    const type = marks.type(index);
    const frame = frames.at(-1);
    if (type === EVENT_ID.POP) {
      frames.pop();
      continue;
    }
    const problem =
      (mayHaveTags ? tagProblem(events[index], text) : undefined) ??
      (frame?.keys && frame.isKey ? keyProblem(marks, index, frame.keys) : undefined);
    if (problem) return problem;
    if (frame) frame.isKey = !frame.isKey;
    if (type === EVENT_ID.MAPPING) frames.push({ keys: new KeysSeen(text), isKey: true });
    else if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.DOCUMENT)
      frames.push({ keys: undefined, isKey: false });
  }
  return undefined;
}

const YAML_TAG = /^!!(?:str|int|float|bool|null|seq|map|set|omap|pairs|binary|timestamp|merge|value)$/;

/** `!!js/function`, `!!python/object`; local tags such as `!Find` are anybody's. */
function tagProblem(event: Event | undefined, text: string): YamlProblem | undefined {
  if (!event || !('tagStart' in event) || event.tagStart < 0 || !text.startsWith('!!', event.tagStart))
    return undefined;
  const tag = text.slice(event.tagStart, event.tagEnd);
  if (YAML_TAG.test(tag)) return undefined;
  const reason = say('yaml.noTagOfYaml', { tag: display(tag) });
  return { code: 'E_YAML_SYNTAX', ...lineColumn(text, event.tagStart), reason };
}

function keyProblem(marks: Marks, index: number, keys: KeysSeen): YamlProblem | undefined {
  const type = marks.type(index);
  const start = marks.start(index);
  if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE)
    return { code: 'E_YAML_SHAPE', ...lineColumn(keys.text, start), reason: say('yaml.keyIsCollection') };
  if (type !== EVENT_ID.SCALAR) return undefined;
  const first = keys.add(start, marks.end(index));
  if (first === undefined) return undefined;
  const key = keys.text.slice(start, marks.end(index));
  if (key === '<<') return undefined;
  const { line } = lineColumn(keys.text, first);
  return {
    code: 'E_YAML_SHAPE',
    ...lineColumn(keys.text, start),
    reason: say('yaml.keyTwice', { key: display(key), line }),
  };
}

/** Not the parser's own snippet: it quotes the file, which may hold a secret. */
function problemOf(error: unknown, text: string): YamlProblem {
  if (!(error instanceof YAMLException)) throw error;
  const place = error.mark ? lineColumn(text, error.mark.position) : { line: 1, column: 1 };
  return error.reason.startsWith('nesting exceeded')
    ? { code: 'E_YAML_DEPTH', ...place, reason: say('yaml.deeperThanLevels', { limit: MAX_DEPTH }) }
    : {
        code: 'E_YAML_SYNTAX',
        ...place,
        reason: reasonOf(error, text),
      };
}

function reasonOf({ reason, mark }: YAMLException, text: string): Text {
  const known = parserReason(reason, { text, offset: mark?.position ?? 0 });
  return known ? say(known) : say('yaml.cannotBeParsed', { reason: display(withoutPlace(reason)) });
}
