import { isRecord } from '../../data/fields.ts';
import { NotTold } from './element.ts';

/** Maps that Argo CD keeps as one text: nothing is laid into them. */
const WHOLE = new Set(['valuesObject']);

/** The template of a generator, completed by that of the set where it says nothing, or nothing but nought. */
export function completed(own: unknown, base: unknown): unknown {
  if (!isRecord(own) || !isRecord(base)) return isNothing(own) ? base : own;
  const both: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(own))
    both[key] = WHOLE.has(key) && !isNothing(value) ? value : completed(value, base[key]);
  return both;
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === 0 ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}

/**
 * An Application with a `templatePatch` laid over it: null takes a field away, lists are replaced, but finalizers.
 * @throws NotTold for directives
 */
export function patched(body: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = { ...(isRecord(body) ? body : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) throw new NotTold(key);
    const known = result[key];
    if (value === null) delete result[key];
    else if (key === 'finalizers' && Array.isArray(known) && Array.isArray(value))
      result[key] = [...new Set([...known, ...value])];
    else if (WHOLE.has(key)) result[key] = value;
    else result[key] = patched(known, value);
  }
  return result;
}
