import { defineMappingTag } from 'js-yaml';

/** Maps without a prototype: a key such as `__proto__` or `toString` is data like any other. */
export const PLAIN_MAP = defineMappingTag<Record<string, unknown>>('tag:yaml.org,2002:map', {
  create: () => Object.create(null),
  has: (data, key) => !isCollection(key) && Object.hasOwn(data, String(key)),
  addPair: (data, key, value) => {
    if (isCollection(key)) return 'a key is not a scalar';
    data[String(key)] = value;
    return '';
  },
  keys: data => Object.keys(data),
  get: (data, key) => data[String(key)],
  identify: () => false,
});

function isCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
