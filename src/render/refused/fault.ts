import { isDataMap, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import type { Step } from '../../yaml/nodes.ts';
import { shown } from '../risks/values.ts';

/** Why an API server refuses an object by itself, whatever else is in the cluster. */
export type Fault = {
  fact: Text;
  /** Where it stands in the object. */
  path: readonly Step[];
  /** Whether only server-side apply refuses it: the same entry twice. */
  isDouble?: true;
  /** Whether it is refused in a new object only: one that is there already may have it. */
  isOfNew?: true;
  /** Whether a build may still add what is missing: a namespace. */
  mayBeAdded?: true;
};

export type Body = Record<string, unknown>;

/** An entry of a list with the way to it. */
export type Entry = { value: Body; path: readonly Step[] };

/** The maps of a list, each with the way to it; nothing for anything else. */
export function entriesAt(body: unknown, path: readonly string[], from: readonly Step[] = []): Entry[] {
  const list = valueAt(body, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    isRecord(value) ? [{ value, path: [...from, ...path, index] }] : [],
  );
}

/** `spec.ports[0].port`. */
export function dotted(path: readonly Step[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${shown(step)}`))
    .join('');
}

/** A value that is written otherwise than the API server takes it. */
export function wrong(path: readonly Step[], value: unknown, rule: Text): Fault {
  return { path, fact: say('risks.valueRefused', { path: dotted(path), value: shown(value), rule }) };
}

/** Something that must be there and is not. */
export function absent(path: readonly Step[]): Fault {
  return { path, fact: say('risks.fieldMissing', { path: dotted(path) }) };
}

/** Several fields of which only one may be there. */
export function exclusive(path: readonly Step[], names: readonly string[]): Fault {
  return { path, fact: say('risks.oneOfThese', { path: dotted(path), names: names.join(', ') }) };
}

/** The form of a text. */
export type Form = { pattern: RegExp; most: number; rule: Text };

/** The fault of a text that does not follow its form; none where it is no text, or does. */
export function held(path: readonly Step[], value: unknown, { pattern, most, rule }: Form): Fault[] {
  const text = stringOf(value);
  return text === undefined || (text.length <= most && pattern.test(text)) ? [] : [wrong(path, text, rule)];
}

/** The fault of a number outside of what is taken; none where it is no number, or is in. */
export function within(path: readonly Step[], value: unknown, least: number, most: number): Fault[] {
  const isOut = typeof value === 'number' && (value < least || value > most);
  const rule = Number.isFinite(most)
    ? say('risks.ruleRange', { least, most })
    : say('risks.ruleLeast', { least });
  return isOut ? [wrong(path, value, rule)] : [];
}

/** The entries whose key an entry before them has, each with its key. */
export function seconds(
  entries: readonly Entry[],
  keyOf: (value: Body) => string,
): (Entry & { key: string })[] {
  const seen = new Set<string>();
  return entries.flatMap(entry => {
    const key = keyOf(entry.value);
    if (seen.has(key)) return [{ ...entry, key }];
    seen.add(key);
    return [];
  });
}

/** Ports are keyed by their number and protocol: that of TCP and UDP may be the same. */
export function keyedBy(number: 'port' | 'containerPort'): (port: Body) => string {
  return port => `${String(port[number])}/${stringOf(port['protocol']) ?? 'TCP'}`;
}

/** Entries of a list that are keyed by a field, where a key stands twice. */
export function doubles(entries: readonly Entry[], keyOf: (value: Body) => string, place: string): Fault[] {
  const found = seconds(entries, keyOf);
  const [first] = found;
  if (!first) return [];
  const keys = [...new Set(found.map(({ key }) => key))].join(', ');
  return [{ path: first.path, fact: say('risks.sameTwice', { place, keys }) }];
}

/** The names of entries that stand twice in a list. */
export function namesTwice(body: Body, path: readonly string[]): Fault[] {
  const [second] = seconds(
    entriesAt(body, path).filter(({ value }) => (stringOf(value['name']) ?? '') !== ''),
    ({ name }) => String(name),
  );
  return second
    ? [{ path: [...second.path, 'name'], fact: say('risks.nameTwice', { name: second.key }) }]
    : [];
}

/**
 * Of several references to one object each names another section, all in one way: by name, by port, or by both.
 * @param parts the fields that a section is named by
 */
export function sectionFaults(references: readonly Entry[], parts: readonly string[]): Fault[] {
  const objectOf = ({ value }: Entry): string =>
    JSON.stringify([
      value['group'] ?? 'gateway.networking.k8s.io',
      value['kind'] ?? 'Gateway',
      value['namespace'] ?? '',
      value['name'],
    ]);
  const sectionOf = ({ value }: Entry): string[] => parts.map(part => JSON.stringify(value[part] ?? ''));
  const second = references.find((reference, index) =>
    references.slice(0, index).some(other => {
      const [own, others] = [sectionOf(reference), sectionOf(other)];
      const isOtherWay = own.some((part, at) => (part === '""') !== (others[at] === '""'));
      return objectOf(reference) === objectOf(other) && (isOtherWay || own.join() === others.join());
    }),
  );
  return second ? [{ path: second.path, fact: say('risks.targetTwice', { path: dotted(second.path) }) }] : [];
}

/** The fault of a list that is too long. */
export function tooMany(path: readonly Step[], count: number, most: number): Fault[] {
  return count > most ? [{ path, fact: say('risks.tooMany', { path: dotted(path), count, most }) }] : [];
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

/** A DNS label. */
export const label = (most = 63): Form => ({ pattern: LABEL, most, rule: say('risks.ruleLabel', { most }) });

/** A DNS subdomain, what names of most objects are. */
export const subdomain = (most = 253): Form => ({
  pattern: SUBDOMAIN,
  most,
  rule: say('risks.ruleSubdomain', { most }),
});

/** Labels, and what is matched with them, whose keys or values the API server does not take. */
export function labelFaults(labels: unknown, path: readonly Step[]): Fault[] {
  if (!isDataMap(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) => [
    ...(isKey(key) ? [] : [wrong([...path, key], key, say('risks.ruleLabelKey'))]),
    ...held([...path, key], value, { pattern: LABEL_VALUE, most: 63, rule: say('risks.ruleLabelValue') }),
  ]);
}

/** Whether a text is a name of up to 63 characters, after a DNS name and `/` if need be: `acme.example/part`. */
export function isKey(key: string): boolean {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const prefix = parts.length > 1 ? parts.slice(0, -1).join('/') : undefined;
  const isPrefixed = prefix === undefined || (prefix.length <= 253 && SUBDOMAIN.test(prefix));
  return isPrefixed && name.length <= 63 && QUALIFIED.test(name);
}

const FORM = /^[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,3})?$/;

/** An amount that is none, such as `1GB` or `10 Gi`. */
export function quantityFaults(value: unknown, path: readonly Step[]): Fault[] {
  const text = stringOf(value);
  return text === undefined || FORM.test(text) ? [] : [wrong(path, text, say('risks.ruleQuantity'))];
}

/** Whether an amount is less than nothing. */
export function isNegative(value: unknown): boolean {
  return typeof value === 'number' ? value < 0 : /^-(?=.*[1-9])/.test(stringOf(value) ?? '');
}
