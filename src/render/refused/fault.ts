import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
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

/** The fault of a text that does not follow its form; none where it is no text, or does. */
export function held(
  path: readonly Step[],
  value: unknown,
  { pattern, most, rule }: { pattern: RegExp; most: number; rule: Text },
): Fault[] {
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

/** Entries of a list that server-side apply keys by a field, where a key stands twice. */
export function doubles(entries: readonly Entry[], keyOf: (value: Body) => string, place: string): Fault[] {
  const found = seconds(entries, keyOf);
  const [first] = found;
  if (!first) return [];
  const keys = [...new Set(found.map(({ key }) => key))].join(', ');
  return [{ path: first.path, fact: say('risks.sameTwice', { place, keys }), isDouble: true }];
}
