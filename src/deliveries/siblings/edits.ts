import { asList, valueAt } from '../../data/fields.ts';
import type { YamlEdit } from '../../yaml/edit.ts';

/** Takes items out of a list, the last first; all of them leave an empty list. */
export function without(data: unknown, path: string[], stays: (item: unknown) => boolean): YamlEdit[] {
  const items = asList(valueAt(data, path));
  const gone = items.flatMap((item, index) => (stays(item) ? [] : [index]));
  if (gone.length === 0) return [];
  if (gone.length === items.length) return [{ kind: 'set', path, value: [] }];
  return gone.toReversed().map(index => ({ kind: 'remove', path: [...path, index], withComments: true }));
}

/** Sets what is there and says something else. */
export function setUnless(data: unknown, path: readonly string[], value: string): YamlEdit[] {
  const now = valueAt(data, path);
  return now === value || now === undefined ? [] : [{ kind: 'set', path, value }];
}

/** The same; what is not there is added. */
export function put(
  data: unknown,
  path: readonly string[],
  value: unknown,
  order?: readonly string[],
): YamlEdit[] {
  if (valueAt(data, path) === value) return [];
  return [{ kind: 'put', path, value, ...(order ? { place: { order } } : {}) }];
}
