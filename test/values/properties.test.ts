import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeValues } from '../../src/values/merge-values.ts';
import { judge } from '../support/values-oracle.ts';
import { customised, valuesFile, type Written } from '../support/values-files.ts';

/** PROPERTY_RUNS=5000 for a long run, on other files each time. */
const LONG = process.env['PROPERTY_RUNS'];
const RUNS = LONG === undefined ? { numRuns: 150, seed: 1 } : { numRuns: Number(LONG) };

/** Old defaults, the team's copy, new defaults. */
const files = valuesFile.chain(base => fc.tuple(fc.constant(base), customised(base), customised(base)));
const newDefaults = ([base, , theirs]: readonly [Written, Written, Written]): boolean => base !== theirs;

const LINE_ENDINGS: [string, (text: string) => string][] = [
  ['LF', text => text],
  ['CRLF', text => text.replaceAll('\n', '\r\n')],
  ['a BOM', text => `\ufeff${text}`],
];

function check(property: (base: Written, ours: Written, theirs: Written) => void): void {
  fc.assert(
    fc.property(files.filter(newDefaults), ([base, ours, theirs]) => property(base, ours, theirs)),
    RUNS,
  );
}

describe.each(LINE_ENDINGS)('any values file, with %s', (_, written) => {
  test('an untouched copy becomes the new defaults, byte for byte', () => {
    check((base, _ours, theirs) => {
      const { text, decisions } = mergeValues({
        base: written(base),
        ours: written(base),
        theirs: written(theirs),
      });
      expect([text, decisions]).toEqual([written(theirs), []]);
    });
  });

  test('with the same defaults ours stays, byte for byte', () => {
    check((base, ours) => {
      const request = { base: written(base), ours: written(ours), theirs: written(base) };
      expect(mergeValues(request).text).toBe(written(ours));
    });
  });

  test('a second run changes nothing', () => {
    check((base, ours, theirs) => {
      const request = { base: written(base), ours: written(ours), theirs: written(theirs) };
      const { text } = mergeValues(request);
      expect(mergeValues({ ...request, ours: text }).text).toBe(text);
      expect(mergeValues({ ...request, base: request.theirs, ours: text }).text).toBe(text);
    });
  });

  test('flatten(result) = flatten(theirs) ⊕ customisations ∖ decisions', () => {
    check((base, ours, theirs) => {
      const request = { base: written(base), ours: written(ours), theirs: written(theirs) };
      const { text, decisions } = mergeValues(request);
      const verdict = judge({ ...request, result: text, decisions: decisions.map(({ path }) => path) });
      expect({ ...verdict, needless: [] }).toEqual({ lost: [], invented: [], needless: [] });
    });
  });
});

test("every comment of the team's is in the result", () => {
  check((base, ours, theirs) => {
    const { text } = mergeValues({ base, ours, theirs });
    for (const [comment] of ours.matchAll(/# team \w+/g)) expect(text).toContain(comment);
  });
});

test('Y12 lines that no customisation, decision or comment touches keep their bytes and their order', () => {
  check((base, ours, theirs) => {
    const { text, outcomes } = mergeValues({ base, ours, theirs });
    if (outcomes.some(({ outcome }) => outcome !== 'restored')) return;
    expect(text).toBe(theirs);
  });
});
