import { append } from '../data/append.ts';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { isDeeperThan, LOCAL_DEPTH } from './depth.ts';
import { hasTooManyNodes, MOST_NODES } from './node-limit.ts';
import { keyOf, positionOf } from './nodes.ts';
import type { Text } from '../text/language.ts';
import { parserReason, withoutPlace } from './parser-reasons.ts';
import { say } from '../locales/say.ts';

/** A person's YAML file: its exact text, and the documents in it with the position of every node. */
export type YamlSource = {
  /** Where it came from, for messages: a path in the repository. */
  readonly name: string;
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
  readonly lines: LineCounter;
};

/**
 * Parses a file of the repository, keeping positions.
 * @throws UserError E_YAML_SYNTAX with file:line:column, E_YAML_DEPTH beyond 100 levels, E_YAML_LIMIT for
 * very many values, E_YAML_SHAPE for a key twice.
 */
export function parseSource(text: string, name: string, maxDepth = LOCAL_DEPTH): YamlSource {
  const source = parseRepeating(text, name, maxDepth);
  for (const document of source.documents) requireUniqueKeys(source, document.contents);
  return source;
}

// C0 but tab, line feed and carriage return; libyaml and go-yaml refuse these too.
/** What no reader of YAML takes. */
export const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** Like parseSource, for files that Helm reads: there a key may come twice, and the last one counts. */
export function parseRepeating(text: string, name: string, maxDepth = LOCAL_DEPTH): YamlSource {
  requireBounded(text, name, maxDepth);
  return parseBounded(text, name);
}

/** Asked before anything is made of a text. @throws UserError E_YAML_DEPTH, E_YAML_LIMIT */
export function requireBounded(text: string, name: string, maxDepth = LOCAL_DEPTH): void {
  if (isDeeperThan(text, maxDepth))
    throw new UserError(
      'E_YAML_DEPTH',
      say('yaml.yamlNestsDeeperThanLevels', { name: display(name), limit: maxDepth }),
      { subject: name },
    );
  if (hasTooManyNodes(text))
    throw new UserError(
      'E_YAML_LIMIT',
      say('text.subjectWithPredicate', {
        subject: display(name),
        predicate: say('yaml.hasMoreThan', { limit: say('yaml.nodes', { count: MOST_NODES }) }),
      }),
      { subject: name },
    );
}

function parseBounded(text: string, name: string): YamlSource {
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
  if (control) throw syntaxError(source, control.index, say('yaml.controlCharacter'));
  for (const document of documents) {
    const [error] = document.errors;
    if (error) throw syntaxError(source, error.pos[0], reasonOf(error, text));
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

function syntaxError(source: YamlSource, offset: number, problem: Text): UserError {
  const { line, column } = positionOf(source, offset);
  const subject = `${source.name}:${line}:${column}`;
  return new UserError('E_YAML_SYNTAX', say('text.aboutSubject', { subject, problem }), {
    subject: source.name,
  });
}

function reasonOf({ message, pos: [offset] }: YAMLError, text: string): Text {
  const own = withoutPlace(message);
  const known = parserReason(own, { text, offset });
  return known ? say(known) : say('yaml.cannotBeParsed', { reason: display(own) });
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
