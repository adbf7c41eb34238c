import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { UserError } from '../../src/errors.ts';
import { completeValues, minimalValues } from '../../src/values/copies.ts';
import { changedValues } from '../../src/values/layers.ts';
import { helmValues } from '../../src/yaml/helm-values.ts';
import { valuesFile } from '../support/values-files.ts';

const NAMES = { base: 'values.yaml', ours: 'ours.yaml' };

function complete(base: string, ...layers: string[]): string {
  return completeValues(
    { name: NAMES.base, text: base },
    layers.map((text, index) => ({ name: `layer ${index}`, text })),
  );
}

/** What a chart gets otherwise from one list of values than from another. */
function changes(base: string, before: readonly string[], after: readonly string[]): string[] {
  const data = (texts: readonly string[]): unknown[] => texts.map(text => helmValues(text, 'values'));
  return changedValues(helmValues(base, 'values'), data(before), data(after));
}

/** undefined for files that are refused: then nothing is written. */
function unlessRefused<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

type Row = { it: string; base: string; ours: string; theirs: string };

const ROWS = path.join(import.meta.dirname, 'rows');

describe('from a copy to what it says otherwise, and back', () => {
  const rows = readdirSync(ROWS).flatMap(file => parse(readFileSync(path.join(ROWS, file), 'utf8')) as Row[]);
  const pairs = rows.flatMap(({ it, base, ours, theirs }) => [
    { it, base, ours },
    { it: `${it} (on the new defaults)`, base: theirs, ours },
  ]);

  test.each(pairs)('$it', ({ base, ours }) => {
    const minimal = unlessRefused(() => minimalValues(base, ours, NAMES));
    if (minimal === undefined) return;
    expect(changes(base, [ours], [minimal])).toEqual([]);
    const full = unlessRefused(() => complete(base, minimal));
    if (full === undefined) return;
    expect(changes(base, [ours], [full])).toEqual([]);
    // Once both are made, they are each other's; what a merge key brought may come to stand elsewhere in its map.
    const sorted = (text: string): string =>
      ours.includes('<<') ? text.split('\n').toSorted().join('\n') : text;
    expect(complete(base, full)).toBe(full);
    expect(sorted(complete(base, minimalValues(base, full, NAMES)))).toBe(sorted(full));
  });

  test('hardly a case is refused', () => {
    const refused = pairs.filter(({ base, ours }) => {
      const full = unlessRefused(() => complete(base, minimalValues(base, ours, NAMES)));
      return full === undefined;
    });
    expect(refused.length / pairs.length).toBeLessThan(0.05);
  });

  test('whatever the files are', () => {
    const property = fc.property(valuesFile, valuesFile, valuesFile, (base, low, high) => {
      const full = unlessRefused(() => complete(base, low, high));
      if (full === undefined) return;
      expect(changes(base, [low, high], [full])).toEqual([]);
      const minimal = unlessRefused(() => minimalValues(base, full, NAMES)) ?? full;
      expect(changes(base, [low, high], [minimal])).toEqual([]);
    });
    fc.assert(property, { numRuns: 300 });
  });
});

test('the bytes of the defaults stay; places lie over each other from low to high, with their comments; null stays', () => {
  const base =
    '# how many\nreplicas: 1\n\n# limits of it\nresources: {cpu: 1, memory: 2}  # small\nlist: [a]\n';
  const low = 'replicas: 2 # low\nlist: [b]\nown: {a: 1}\n';
  const high = '# high says\nreplicas: 3\nresources: null\nown:\n  b: 2\n';
  expect(complete(base, low, high)).toBe(
    '# high says\nreplicas: 3\n\n# limits of it\nresources: null\nlist: [b]\nown: {a: 1, b: 2}\n',
  );
});
