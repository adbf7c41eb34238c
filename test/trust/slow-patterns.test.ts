import { expect, test } from 'vitest';
import { summarizeFolder } from '../../src/features/check/facts/folder-summary.ts';
import { fillingOf } from '../../src/repository/sets/fill.ts';
import { matchesPath } from '../../src/repository/application-set.ts';
import { stubKeys } from '../../src/sealing/sealed-data.ts';
import { withoutScratch } from '../../src/system/files/scratch-folder.ts';
import { outlineOf } from '../../src/yaml/build-syntax-tree.ts';
import { createMeanings } from '../../src/yaml/meanings.ts';
import { parseRepeating } from '../../src/yaml/source.ts';
import { templateReads } from '../../src/charts/template-reads.ts';
import { selects } from '../../src/deliveries/flux/selector.ts';
import { mergeValues } from '../../src/values/merge-values.ts';
import { thrown } from '../support/thrown.ts';

/** Texts of a clone or a chart that a pattern could go back and forth in: each would run into the suite's own limit. */
test('C09 a file of `sops:` lines, or of blank ones, is looked at once', () => {
  for (const text of [`kind: Secret\n---\n${'sops:\n'.repeat(60_000)}`, `sops:\n${'\n'.repeat(200_000)}`])
    expect(summarizeFolder('production/web', new Map([['production/web/a.yaml', text]])).secrets).toEqual([]);
});

test('C09 a value that is nearly ciphertext is looked at once', () => {
  const password = `${'A'.repeat(200)}${' '.repeat(400_000)}!`;
  const body = { spec: { encryptedData: { password } } };
  const manifest = { apiVersion: 'v1', kind: 'SealedSecret', name: 'x', namespace: undefined, body };
  expect(stubKeys(manifest)).toEqual([]);
});

test('C09 a glob of many stars is matched in one pass', () => {
  expect(matchesPath(`production/${'*a'.repeat(14)}b`, `production/${'a'.repeat(60)}`)).toBe(false);
  expect(matchesPath('production/*a*b', 'production/xxaxxb')).toBe(true);
});

test('C09 a variable of nothing but spaces is looked at once', () => {
  const element = { parameters: new Map([['name', { value: 'web', at: undefined }]]), open: [] };
  for (const spec of [{ goTemplate: true }, {}])
    for (const hostile of ['{{' + ' '.repeat(200_000), '{{'.repeat(100_000), '{{"\\'.repeat(50_000)]) {
      const filled = fillingOf(spec).fill(hostile, element);
      expect('refused' in filled || ('text' in filled && filled.text === hostile)).toBe(true);
    }
});

test('C09 remarks of a template that never end are looked at once', () => {
  const remarks = Array.from({ length: 200_000 }, (_, at) => `{{/*${at}`).join('');
  const files = new Map([['templates/a.yaml', Buffer.from(`${remarks}\n{{ .Values.a }}`)]]);
  expect(templateReads({ files, dependencies: [] }).readerOf('a')).toBe('templates/a.yaml:2');
});

test('C09 a pattern of a clone is matched as Go matches it, in one pass', () => {
  const release = { kind: 'HelmRelease', name: 'a'.repeat(60), group: 'helm.toolkit.fluxcd.io', body: {} };
  const meets = (name: string): boolean => selects({ name }, release);
  for (const pattern of ['(a|a)*b', '.*.*.*.*.*.*b', '((a+)+)+b']) expect(meets(pattern)).toBe(false);
  expect(meets('a{60}')).toBe(true);
});

test('C08 what a chart fails with may be one long word', () => {
  expect(withoutScratch('a'.repeat(1_000_000))).toHaveLength(1_000_000);
  expect(withoutScratch('in /tmp/slipway-scratch-AbC123/production/web: x')).toBe('in production/web: x');
});

test('C13 a list of many items on one line is outlined in one pass', () => {
  const text = `a:\n  k: [${'1, '.repeat(60_000)}1]\nb: 2\n`;
  const [document] = outlineOf(parseRepeating(text, 'values.yaml'), createMeanings()).documents;
  expect(document?.value.kind).toBe('map');
});

test.each([
  ['a million lines of comments', `${'# x\n'.repeat(1_000_000)}a: 1\n`],
  ['900 000 items on a line', `a: [${'1, '.repeat(900_000)}1]\n`],
  ['150 000 keys', Array.from({ length: 150_000 }, (_, at) => `k${at}:\n  v: 1\n`).join('')],
])('C13 values of %s are refused before they are parsed', (_, theirs) => {
  const before = process.memoryUsage().rss;
  const error = thrown(() => mergeValues({ base: 'a: 1\n', ours: 'a: 2\n', theirs }));
  expect([error.code, process.memoryUsage().rss - before < 128 << 20]).toEqual(['E_YAML_LIMIT', true]);
});
