import { isRecord, stringOf } from '../../../data/fields.ts';
import type { Step } from '../../../yaml/nodes.ts';
import type { RefusedBy } from '../facts/rendered-facts.ts';

/** What came of asking about one object: it is refused, by the API server or by somebody whom it asks, or nobody judged it. */
export type Said =
  | { kind: 'refused'; by: RefusedBy; path: readonly Step[]; reason: string }
  | { kind: 'absent-namespace'; namespace: string }
  | { kind: 'unknown-kind'; reason: string }
  | { kind: 'not-judged'; missing: 'right' | 'webhook' | 'dry-run' | 'answer'; name: string; reason: string };

const MAX_REASON = 600;
const MAX_READ = 65_536;

/** What kubectl says of one object that it could not apply. @param body the object, for the place in its lists */
export function saidOf(stderr: string, body: unknown): Said {
  const text = withoutWarnings(stderr.slice(0, MAX_READ));
  return askedElsewhere(text) ?? notJudged(text) ?? unknown(text) ?? refusedByServer(text, body);
}

const WARNING = /^Warning: (.*)$/gm;
/** Of kubectl itself, which would mend an object that another tool has made. */
const OWN_WARNING = /kubectl\.kubernetes\.io\/last-applied-configuration|^--(?:force|dry-run|validate)/;

/** What the API server warns of, each once. */
export function warningsIn(stderr: string): string[] {
  const found = [...stderr.matchAll(WARNING)].map(([, text = '']) => text.trim());
  return [...new Set(found)].filter(text => !OWN_WARNING.test(text)).map(text => text.slice(0, MAX_REASON));
}

function withoutWarnings(stderr: string): string {
  return stderr.replaceAll(WARNING, '').trim();
}

const WEBHOOK = /admission webhook "([^"\n]{1,253})" denied the request(?:: ?| )/;
const POLICY =
  /ValidatingAdmissionPolicy '([^'\n]{1,253})'(?: with binding '[^'\n]{0,253}')? denied request: ?/;

/** A webhook, or a policy that lies in the cluster. */
function askedElsewhere(text: string): Said | undefined {
  for (const [kind, pattern] of [
    ['webhook', WEBHOOK],
    ['policy', POLICY],
  ] as const) {
    const found = pattern.exec(text);
    if (!found) continue;
    const reason = short(text.slice(found.index + found[0].length));
    return { kind: 'refused', by: { kind, name: found[1] ?? '' }, path: [], reason };
  }
  return undefined;
}

const SILENT_WEBHOOK = /failed calling webhook "([^"\n]{1,253})": ?/;
const NO_DRY_RUN = /admission webhook "([^"\n]{1,253})" does not support dry run/;
const NO_RIGHT =
  /is forbidden: User "[^"\n]*" cannot |error: You must be logged in|\(Unauthorized\)|: Unauthorized$/;
const NO_ANSWER =
  /^Unable to connect|^The connection to the server|^error: (?:Get|Post|Patch) "|\((?:InternalError|ServiceUnavailable|Timeout|ServerTimeout|TooManyRequests)\)|: (?:context deadline exceeded|connection refused|i\/o timeout|EOF)$|^(?:net\/http|dial tcp)/m;

function notJudged(text: string): Said | undefined {
  const noDryRun = NO_DRY_RUN.exec(text);
  if (noDryRun) return { kind: 'not-judged', missing: 'dry-run', name: noDryRun[1] ?? '', reason: '' };
  const silent = SILENT_WEBHOOK.exec(text);
  if (silent) {
    const reason = short(text.slice(silent.index + silent[0].length));
    return { kind: 'not-judged', missing: 'webhook', name: silent[1] ?? '', reason };
  }
  const missing = NO_RIGHT.test(text) ? 'right' : NO_ANSWER.test(text) || text === '' ? 'answer' : undefined;
  return (
    missing && {
      kind: 'not-judged',
      missing,
      name: '',
      reason: short(text.replace(/^.{0,400}? is forbidden: (?=User )/, '')),
    }
  );
}

const NO_NAMESPACE = /namespaces "([^"\n]{1,253})" not found/g;

/** The namespaces that an answer misses, each once. */
export function absentNamespacesIn(stderr: string): string[] {
  const found = withoutWarnings(stderr.slice(0, MAX_READ)).matchAll(NO_NAMESPACE);
  return [...new Set([...found].map(([, name = '']) => name))];
}

function unknown(text: string): Said | undefined {
  const [namespace] = absentNamespacesIn(text);
  if (namespace !== undefined) return { kind: 'absent-namespace', namespace };
  const kind = /no matches for kind "[^"\n]*" in version "[^"\n]*"/.exec(text)?.[0];
  return kind === undefined ? undefined : { kind: 'unknown-kind', reason: short(kind) };
}

/** What stands in front of the reason: whose answer it is, which object, what was tried. */
const HEADS = [
  /^Error from server(?: \([A-Za-z]+\))?: /,
  /^error(?: when [a-z]{1,20} "[^"\n]{0,300}")?: /,
  /^The \S{1,100} "[^"\n]{0,253}" is invalid: \s*/,
  /^The request is invalid: /,
  /^failed to (?:create typed patch object|convert new object|create manager for existing fields) \([^)\n]{0,600}\)(?: to proper version)?: /,
  /^unable to convert unstructured object to \S+ Kind=\w+: /,
  /^[\w.-]{1,200} "[^"\n]{0,253}" is (?:invalid|forbidden): /,
  /^\w{1,100} in version "\w{1,63}" cannot be handled as an? \w{1,100}: /,
  /^strict decoding error: /,
];

function refusedByServer(text: string, body: unknown): Said {
  const bare = HEADS.reduce((rest, head) => rest.replace(head, ''), text.trim());
  const reasons = bare.split(/^\* /m).flatMap(line => (line.trim() === '' ? [] : line.trim()));
  const [first = ''] = reasons;
  const place = UNKNOWN_FIELD.exec(first)?.[1] ?? PLACE.exec(first)?.[1];
  return {
    kind: 'refused',
    by: { kind: 'server' },
    path: place === undefined ? [] : stepsOf(place, body),
    reason: short(reasons.join('; ')),
  };
}

const UNKNOWN_FIELD = /^(?:unknown|duplicate) field "([^"\n]{1,600})"/;

function short(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_REASON);
}

/** At the head of a reason, or of several in brackets. */
const PLACE = /^\[?\.?([A-Za-z][\w-]*(?:\.[\w$/-]+|\[[^\]\n]{0,300}\])*): /;
const STEP = /\.?([^.[\]]+)|\[([^[\]]*)\]/g;

/** `spec.ports[0].name` and `spec.containers[name="c"].env` as the way through an object. */
function stepsOf(place: string, body: unknown): Step[] {
  const steps: Step[] = [];
  let value = body;
  for (const [, plain, inBrackets] of place.matchAll(STEP)) {
    const step = plain ?? stepOf(inBrackets ?? '', value);
    steps.push(step);
    value = Array.isArray(value) ? value[Number(step)] : isRecord(value) ? value[String(step)] : undefined;
  }
  return steps;
}

function stepOf(inside: string, value: unknown): Step {
  if (/^\d{1,6}$/.test(inside)) return Number(inside);
  if (!Array.isArray(value) || !inside.includes('=')) return inside.replaceAll('"', '');
  const wanted = [...inside.matchAll(/(?<![\w-])([\w-]+)=("[^"]*"|[^,\]]*)/g)].map(
    ([, key = '', text = '']) => [key, text.replaceAll('"', '')] as const,
  );
  const index = value.findIndex(
    entry =>
      isRecord(entry) &&
      wanted.every(([key, text]) => entry[key] === undefined || textOf(entry[key]) === text),
  );
  return Math.max(0, index);
}

function textOf(value: unknown): string {
  return stringOf(value) ?? JSON.stringify(value);
}
