import { append } from '../data/append.ts';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml';
import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { LOCAL_DEPTH, requireDepth } from './depth.ts';
import { say } from '../locales/say.ts';

/** A person's YAML file: its exact text, and the documents in it with the position of every node. */
export type YamlSource = {
  /** Where it came from, for messages: a path in the repository. */
  readonly name: string;
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
  readonly lines: LineCounter;
};

export type Position = { line: number; column: number };

/** A key of a map or an index of a list. */
export type Step = string | number;

/**
 * Parses a file of the repository, keeping positions.
 * @throws UserError E_YAML_SYNTAX with file:line:column, E_YAML_DEPTH beyond 100 levels, E_YAML_SHAPE for a key twice.
 */
export function parseSource(text: string, name: string, maxDepth = LOCAL_DEPTH): YamlSource {
  const source = parseRepeating(text, name, maxDepth);
  for (const document of source.documents) requireUniqueKeys(source, document.contents);
  return source;
}

// C0 but tab, line feed and carriage return; libyaml and go-yaml refuse these too.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** Like parseSource, for files that Helm reads: there a key may come twice, and the last one counts. */
export function parseRepeating(text: string, name: string, maxDepth = LOCAL_DEPTH): YamlSource {
  requireDepth(text, maxDepth);
  const lines = new LineCounter();
  const parsed = parseAllDocuments<Node>(text, {
    keepSourceTokens: true,
    lineCounter: lines,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const documents = 'empty' in parsed ? [] : (parsed as Document.Parsed[]);
  const source = { name, text, documents, lines };
  const control = CONTROL.exec(text);
  if (control) throw syntaxError(source, control.index, 'a control character, which YAML forbids');
  for (const document of documents) {
    const [error] = document.errors;
    if (error) throw syntaxError(source, error.pos[0], error.message);
  }
  return source;
}

/**
 * The first document of a file, as JavaScript data; `undefined` for an empty one.
 * @throws UserError E_YAML_LIMIT for aliases that expand without bound, or stand for nothing
 */
export function toData(source: YamlSource): unknown {
  try {
    return source.documents[0]?.toJS({ maxAliasCount: 10_000 });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    throw new UserError('E_YAML_LIMIT', `${source.name}: ${cause.message}`, { subject: source.name, cause });
  }
}

/** Line and column (from 1) of a character offset. */
export function positionOf(source: Pick<YamlSource, 'lines'>, offset: number): Position {
  const { line, col } = source.lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The node at a path of keys and indexes, if it exists. Aliases are not followed. */
export function nodeAt(root: Node | null | undefined, path: readonly Step[]): Node | undefined {
  let node = root ?? undefined;
  for (const step of path) {
    const child: unknown = isCollection(node) ? node.get(step, true) : undefined;
    node = child === undefined || child === null ? undefined : (child as Node);
  }
  return node;
}

/** A pair's key as Helm sees it: every scalar key is a string. */
export function keyOf(pair: Pair<Node, Node | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

/** Scalars as they were written; maps and lists as data. */
export function textAt(root: Node | null | undefined, path: readonly Step[]): string | undefined {
  const node = nodeAt(root, path);
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.source;
}

/** The maps of the list at a path, in order. */
export function mapsAt(root: Node | undefined, path: readonly Step[]): YAMLMap[] {
  const list = nodeAt(root, path);
  return isSeq(list) ? list.items.filter(item => isMap(item)) : [];
}

/** The keys of a map in the order written. */
export function keysOf(node: Node | undefined): string[] {
  if (!isMap(node)) return [];
  return node.items.flatMap(pair => (isScalar(pair.key) ? [String(pair.key.value)] : []));
}

function syntaxError(source: YamlSource, offset: number, message: string): UserError {
  const { line, column } = positionOf(source, offset);
  const reason = message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
  return new UserError('E_YAML_SYNTAX', `${source.name}:${line}:${column}: ${display(reason)}`, {
    subject: source.name,
  });
}

/** A Set per map: `yaml`'s own check compares every pair of keys. */
function requireUniqueKeys(source: YamlSource, root: Node | null): void {
  const pending: unknown[] = [root];
  for (let node = pending.pop(); pending.length > 0 || node !== undefined; node = pending.pop()) {
    if (isPair(node)) pending.push(node.value);
    else if (isSeq(node)) append(pending, node.items);
    else if (isMap(node)) {
      requireUnique(source, node as YAMLMap<Node, Node | null>);
      append(pending, node.items);
    }
  }
}

function requireUnique(source: YamlSource, map: YAMLMap<Node, Node | null>): void {
  const seen = new Map<string, Node>();
  for (const pair of map.items) {
    if (isAlias(pair.key) || isCollection(pair.key)) continue;
    const key = keyOf(pair);
    const first = seen.get(key);
    if (first && key !== '<<') {
      const before = positionOf(source, first.range?.[0] ?? 0).line;
      const { line, column } = positionOf(source, pair.key.range?.[0] ?? 0);
      throw new UserError(
        'E_YAML_SHAPE',
        say('yaml.keyThereTwiceAlsoLine', { name: source.name, line, column, key: display(key), before }),
      );
    }
    seen.set(key, pair.key);
  }
}
