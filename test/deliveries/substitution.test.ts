import { describe, expect, test } from 'vitest';
import { fillObject } from '../../src/deliveries/flux/substitution/fill-object.ts';
import { substitute } from '../../src/deliveries/flux/substitution/substitute.ts';

const VARIABLES: Record<string, string> = { A: 'alpha', EMPTY: '', PATH_1: 'a/b.c-d', N: '3', YES: 'yes' };
const lookUp = (name: string): string | undefined => VARIABLES[name];

/** What Flux's own envsubst gives for these. */
test.each([
  ['plain $A and ${A}', 'plain $A and alpha'],
  ['$${A} costs $$5', '${A} costs $5'],
  ['${EMPTY:=x}${EMPTY:-y}${NOBODY:=z}', 'xyz'],
  ['${EMPTY=x}|${NOBODY:-${A}}', 'x|alpha'],
  ['${A^}${A^^}${A,}${A,,}${#A}', 'AlphaALPHAalphaalpha5'],
  ['${A:1}|${A:1:2}|${A:9}|${A: -2}', 'lpha|lp||alpha'],
  ['${PATH_1#*/}|${PATH_1##*.}|${PATH_1%.*}|${PATH_1%%/*}', 'b.c-d|c-d|a/b|a'],
  ['${A/a/o}|${A//a/o}|${A/#al/x}|${A/%ha/x}|${A/a/}', 'olpha|olpho|xpha|alpx|lpha'],
  ['${PATH_1/\\//+}', 'a+b.c-d'],
  ['{{ ${A} }}', '{{ alpha }}'],
])('%s', (text, wanted) => {
  expect(substitute(text, lookUp)).toEqual({ text: wanted, unknown: [], needed: [] });
});

test('an unknown variable stays as it is written, once it has no default', () => {
  expect(substitute('${NOBODY} ${A} ${NOBODY/x/y} ${OTHER^^}', lookUp)).toEqual({
    text: '${NOBODY} alpha ${NOBODY/x/y} ${OTHER^^}',
    unknown: ['NOBODY', 'OTHER'],
    needed: ['NOBODY', 'OTHER'],
  });
});

test.each(['${', '${}', '${A', '${A B}', '${-x}', '${A:}', '${A/x}'])('%s is refused', text => {
  expect(substitute(text, lookUp)).toBeUndefined();
});

test('braces in braces end somewhere', () => {
  expect(substitute('${A:-'.repeat(10_000), lookUp)).toBeUndefined();
});

describe('an object', () => {
  const body = (more: Record<string, unknown>) => ({ kind: 'X', metadata: { name: '${A}' }, ...more });

  test('what is filled in is read again: numbers, booleans and lists come of it', () => {
    const { body: filled, open } = fillObject(
      body({
        spec: { n: '${N}', yes: '${YES}', text: 'v${N}', list: '[${N}, 4]', '${A}': 1 },
        lines: '${N}\n',
      }),
      lookUp,
    );
    expect(filled).toEqual({
      kind: 'X',
      metadata: { name: 'alpha' },
      spec: { n: 3, yes: true, text: 'v3', list: '[3, 4]', alpha: 1 },
      lines: '3\n',
    });
    expect(open).toEqual([]);
  });

  test('what is open is named with its place; what is no variable too', () => {
    const { open } = fillObject(body({ spec: [{ a: '${NOBODY}' }, '${'] }), lookUp);
    expect(open).toEqual([
      { name: 'NOBODY', path: ['spec', 0, 'a'] },
      { name: undefined, path: ['spec', 1] },
    ]);
  });

  test.each(['labels', 'annotations'])('%s switch it off', field => {
    const off = {
      kind: 'X',
      metadata: { [field]: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } },
      a: '${A}',
    };
    expect(fillObject(off, lookUp)).toEqual({ body: off, open: [] });
  });
});
