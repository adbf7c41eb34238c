import { type Event, EVENT_ID, remoteData, SCALAR_STYLE, YAMLException } from './events.ts';
import { parseYaml } from './parse.ts';
import { display } from '../text/display.ts';
import { type ErrorCode, UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { joinTexts, type Text, untranslated } from '../text/language.ts';
import { parserReason, withoutPlace } from './parser-reasons.ts';

/** What a document from elsewhere may hold at most. */
export type YamlLimits = {
  readonly depth: number;
  readonly nodes: number;
  readonly keysPerMap: number;
  readonly scalarLength: number;
};

export const REMOTE_LIMITS: YamlLimits = {
  depth: 64,
  nodes: 500_000,
  keysPerMap: 10_000,
  scalarLength: 1 << 20,
};

// The rendered output of a chart: one with the CRDs of a large operator has several megabytes.
const RENDERED_LIMITS: YamlLimits = { ...REMOTE_LIMITS, nodes: 3_000_000 };

// One of these is in every text with an alias, a tag, a tag directive or a merge key.
const SUSPICIOUS = /[*!%]|<</;
const KNOWN_TAGS = new Set(['!', '!!str', '!!int', '!!float', '!!bool', '!!null', '!!seq', '!!map']);

/**
 * One YAML document of untrusted origin as plain data; maps have no prototype. `undefined` for an empty text.
 * @param what names the text in messages.
 * @throws UserError E_YAML_SYNTAX with line:column, E_YAML_DEPTH, E_YAML_LIMIT, E_YAML_UNTRUSTED for aliases, merge keys
 * and tags.
 */
export function readRemoteYaml(text: string, what: string, limits: YamlLimits = REMOTE_LIMITS): unknown {
  const documents = load(text, what, limits);
  if (documents.length > 1) throw refused('E_YAML_SYNTAX', what, say('yaml.holdsSeveralDocuments'));
  return documents[0];
}

/** Like `readRemoteYaml`, for a stream of documents such as Helm renders; empty ones are left out. */
export function readRemoteDocuments(
  text: string,
  what: string,
  limits: YamlLimits = RENDERED_LIMITS,
): unknown[] {
  return load(text, what, limits).filter(document => document !== null && document !== undefined);
}

/**
 * Refuses a text that could have more nodes than a limit, before a parser allocates them. Counts what can begin a node,
 * so it may be used for JSON too.
 */
export function requireFewNodes(text: string, what: string, nodes: number): void {
  if (text.length <= nodes) return;
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === 0x0a || char === 0x2c || char === 0x5b || char === 0x7b || char === 0x3a) count++;
    else if ((char === 0x2d || char === 0x3f) && text.charCodeAt(index + 1) <= 0x20) count++;
  }
  if (count > 2 * nodes) throw tooMany(what, say('yaml.nodes', { count: nodes }));
}

function load(text: string, what: string, limits: YamlLimits): unknown[] {
  requireFewNodes(text, what, limits.nodes);
  const events = attempt(text, what, () => parseYaml(text, limits.depth));
  if (SUSPICIOUS.test(text)) requireTrusted(events, text, what);
  requireLimits(events, what, limits);
  try {
    return remoteData(events, text);
  } catch (error) {
    throw syntaxError(error, text, what, duplicateNote(events, text));
  }
}

function requireTrusted(events: readonly Event[], text: string, what: string): void {
  for (const event of events) {
    if (event.type === EVENT_ID.ALIAS)
      throw untrusted(what, text, event.anchorStart - 1, say('yaml.anAlias'));
    if (event.type === EVENT_ID.DOCUMENT && event.directives.some(({ kind }) => kind === 'tag'))
      throw untrusted(what, text, 0, say('yaml.aTagDirective'));
    if (!('tagStart' in event)) continue;
    const tag = event.tagStart < 0 ? '!' : text.slice(event.tagStart, event.tagEnd);
    if (!KNOWN_TAGS.has(tag))
      throw untrusted(what, text, event.tagStart, say('yaml.theTag', { tag: display(tag) }));
    if (event.type === EVENT_ID.SCALAR && isMergeSign(event, text))
      throw untrusted(what, text, event.valueStart, say('yaml.aMergeKey'));
  }
}

/** Only a key can be `<<` on purpose, and some readers would merge. */
function isMergeSign(event: Extract<Event, { valueStart: number }>, text: string): boolean {
  return (
    event.style === SCALAR_STYLE.PLAIN &&
    event.valueEnd - event.valueStart === 2 &&
    text.startsWith('<<', event.valueStart) &&
    /^\s*:/.test(text.slice(event.valueEnd, event.valueEnd + 16))
  );
}

/** `children` holds how many keys and values each open map has so far; lists and documents never reach a limit. */
function requireLimits(events: readonly Event[], what: string, limits: YamlLimits): void {
  const children = [0];
  let nodes = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      const count = children.pop() ?? 0;
      if (count > 2 * limits.keysPerMap)
        throw tooMany(what, say('yaml.keysInOneMap', { count: limits.keysPerMap }));
      continue;
    }
    const depth = children.length - 1;
    children[depth] = (children[depth] ?? 0) + 1;
    if (++nodes > limits.nodes) throw tooMany(what, say('yaml.nodes', { count: limits.nodes }));
    if (event.type !== EVENT_ID.SCALAR) children.push(event.type === EVENT_ID.MAPPING ? 0 : -Infinity);
    else if (event.valueEnd - event.valueStart > limits.scalarLength)
      throw tooMany(what, say('yaml.charactersInOneValue', { count: limits.scalarLength }));
  }
}

function attempt<T>(text: string, what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw syntaxError(error, text, what);
  }
}

/** The parser's own error is not kept as the cause: it holds the whole text. */
function syntaxError(error: unknown, text: string, what: string, note = ''): UserError {
  if (!(error instanceof YAMLException)) return refused('E_YAML_SYNTAX', what, say('yaml.isNotYaml'), error);
  if (error.reason.startsWith('nesting exceeded'))
    return refused('E_YAML_DEPTH', what, say('yaml.nestsTooDeeply'));
  const place = error.mark ? position(text, error.mark.position) : '';
  const subject = `${display(what)}${place}`;
  const problem = joinTexts([reasonOf(error, text), untranslated(note)], '');
  return new UserError('E_YAML_SYNTAX', say('text.aboutSubject', { subject, problem }));
}

function reasonOf({ reason, mark }: YAMLException, text: string): Text {
  const known = parserReason(reason, { text, offset: mark?.position ?? 0 });
  return known ? say(known) : say('yaml.cannotBeParsed', { reason: display(withoutPlace(reason)) });
}

/** Where the first key stands that a later one of the same map repeats. */
function duplicateNote(events: readonly Event[], text: string): string {
  const open: { keys: Map<string, number>; children: number }[] = [];
  for (const event of events) {
    const parent = open.at(-1);
    if (event.type === EVENT_ID.SCALAR && parent && parent.children % 2 === 0) {
      const key = text.slice(event.valueStart, event.valueEnd);
      const first = parent.keys.get(key);
      if (first !== undefined) return ` (first at ${position(text, first).slice(1)})`;
      parent.keys.set(key, event.valueStart);
    }
    if (event.type === EVENT_ID.POP) open.pop();
    else if (parent) parent.children++;
    if (event.type === EVENT_ID.MAPPING) open.push({ keys: new Map(), children: 0 });
    else if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.DOCUMENT)
      open.push({ keys: new Map(), children: Number.NaN });
  }
  return '';
}

/** `:line:column`, both from 1. */
function position(text: string, offset: number): string {
  const before = text.slice(0, Math.max(offset, 0)).split(/\r\n|\r|\n/);
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function untrusted(what: string, text: string, offset: number, found: Text): UserError {
  return new UserError(
    'E_YAML_UNTRUSTED',
    say('yaml.holds', { what: display(what), text: position(text, offset), found }),
    {
      hint: say('yaml.dataFromElsewhereHasPlain'),
    },
  );
}

function tooMany(what: string, limit: Text): UserError {
  return refused('E_YAML_LIMIT', what, say('yaml.hasMoreThan', { limit }));
}

function refused(code: ErrorCode, what: string, predicate: Text, cause?: unknown): UserError {
  return new UserError(code, say('text.subjectWithPredicate', { subject: display(what), predicate }), {
    cause,
  });
}
