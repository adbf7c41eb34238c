import { expect, test } from 'vitest';
import { readDefaults } from '../../src/values/read-defaults.ts';
import { areFullCopy } from '../../src/values/values-diff.ts';

const DEFAULTS = {
  replicas: 1,
  image: { repository: 'a/b', tag: '1', pullPolicy: 'Always' },
  service: { port: 80, type: 'ClusterIP' },
  resources: {},
};

test.each<[string, unknown, boolean, unknown?]>([
  ['untouched', DEFAULTS, true],
  ['edited', { ...DEFAULTS, replicas: 3, image: { ...DEFAULTS.image, tag: '2' } }, true],
  ['edited, and some keys left out', { ...DEFAULTS, replicas: 3, service: { port: 81 } }, true],
  ['every key with a value of its own', { a: 2, b: { c: 3 } }, true, { a: 1, b: { c: 1 } }],
  ['few keys', { replicas: 3, image: { tag: '2' } }, false],
  ['most keys of a small chart, each overridden', { a: 2, b: { c: 3 } }, false, { a: 1, b: { c: 1, d: 1 } }],
  ['nothing', {}, false],
  ['nothing of nothing', {}, true, {}],
  ['something where there are no defaults', { a: 1 }, false, {}],
])('%s', (_, ours, isCopy, base = DEFAULTS) => {
  const text = (values: unknown): string => JSON.stringify(values);
  const defaults = readDefaults(text(base), 'values.yaml');
  expect(areFullCopy(defaults, { name: 'ours', text: () => text(ours) })).toBe(isCopy);
});
