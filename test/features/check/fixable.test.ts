import { expect, test } from 'vitest';
import { checkFiles, type Files, GOOD } from '../../support/check-case.ts';

const NOTHING = { rendered: new Map(), tools: undefined, news: undefined };
const FILE = 'production/tools/kustomization.yaml';
const text = GOOD.get(FILE) ?? '';

/** A kustomization that rules find fault with, in a way that is hard to edit. */
const BROKEN: [name: string, before: string, after: string][] = [
  ['a folded namespace of a chart', '    namespace: tools\n', '    namespace: >-\n      other\n'],
  ['a namespace that is a map', '    namespace: tools\n', '    namespace:\n      a: b\n'],
  ['CRDs behind an anchor', '    includeCRDs: true\n', '    includeCRDs: &no false\n    debug: *no\n'],
  ['a switch behind a tag', '    includeCRDs: true\n', '    includeCRDs: !!str false\n'],
  ['an entry between brackets', '    includeCRDs: true\n', '    apiVersions: [a, # b\n      c]\n'],
  ['a key that is explicit', '    includeCRDs: true\n', '    ? includeCRDs\n'],
  ['a number for a text', '    releaseName: tools\n', '    releaseName: 1.10\n'],
  ['no fields to follow', 'namespace: tools\n', ''],
];

test.each(BROKEN)(
  '%s: what is said to be fixable is fixed, and nothing else is',
  async (_, before, after) => {
    expect(text).toContain(before);
    const files: Files = new Map([...GOOD, [FILE, text.replace(before, after)]]);
    const { findings, mended } = await checkFiles(files, NOTHING);
    expect(findings.length).toBeGreaterThan(0);
    const again = await checkFiles(mended, NOTHING);
    const left = findings.filter(({ fixable }) => !fixable);
    const codes = (list: typeof findings): string[] => list.map(({ code }) => code);
    expect(codes(again.findings.filter(({ fixable }) => fixable))).toEqual([]);
    expect(codes(again.findings).toSorted()).toEqual(codes(left).toSorted());
  },
);
