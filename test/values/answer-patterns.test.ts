import { describe, expect, test } from 'vitest';
import { answerName } from '../../src/values/decisions.ts';
import { matchesDecision, mostSpecific, parseAnswerKey } from '../../src/values/answer-patterns.ts';
import { mergeAnswered, WITHOUT_SCOPES } from '../../src/values/merge-answered.ts';
import { mergeValues } from '../../src/values/merge-values.ts';
import type { DecisionKind } from '../../src/values/plan.ts';
import { readAnswers } from '../../src/values/read-answers.ts';
import { thrown } from '../support/thrown.ts';

describe('keys', () => {
  test.each([
    ['image.tag#0123abcd', { scopes: [], id: 'image.tag#0123abcd' }],
    [
      'production/blog: redis: image.tag#0123abcd',
      { scopes: ['production/blog', 'redis'], id: 'image.tag#0123abcd' },
    ],
    ['**.image.tag', { scopes: [], kind: undefined, path: '**.image.tag' }],
    ['redis: **.tag', { scopes: ['redis'], kind: undefined, path: '**.tag' }],
    ['kind: dead', { scopes: [], kind: 'dead', path: undefined }],
    ['redis: kind: dead', { scopes: ['redis'], kind: 'dead', path: undefined }],
    ['kind: dead: a.*', { scopes: [], kind: 'dead', path: 'a.*' }],
    ['a["x: y"].b', { scopes: [], kind: undefined, path: 'a["x: y"].b' }],
  ])('%s', (key, expected) => expect(parseAnswerKey(key)).toEqual({ key, ...expected }));

  test.each([
    ['"kind: ded": ours', 'ded'],
    ['"a..b": ours', 'a..b'],
    ['"a[": ours', 'a['],
    ['"": ours', ''],
  ])('%s is no key', (text, named) => {
    const error = thrown(() => readAnswers(text, 'answers.yaml'));
    expect([error.code, error.message]).toEqual(['E_VALUE', expect.stringContaining(named)]);
  });
});

const ROWS: [pattern: string, path: string, matches: boolean][] = [
  ['image.tag', 'image.tag', true],
  ['image.tag', 'server.image.tag', false],
  ['image.tag', 'image.tags', false],
  ['image', 'image.tag', false],
  ['**.image.tag', 'image.tag', true],
  ['**.image.tag', 'server.image.tag', true],
  ['**.image.tag', 'a.b.c.image.tag', true],
  ['**.image.tag', 'a.image.b.tag', false],
  ['*.image.tag', 'image.tag', false],
  ['*.image.tag', 'server.image.tag', true],
  ['server.**', 'server.a.b', true],
  ['server.**', 'servers.a', false],
  ['server.**.tag', 'server.tag', true],
  ['**', 'anything.at[0].all', true],
  ['*Image', 'initImage', true],
  ['*Image*', 'initImages', true],
  ['a*a', 'a', false],
  ['hosts[*].name', 'hosts[3].name', true],
  ['hosts[0]', 'hosts[1]', false],
  ['annotations["a.b/c"]', 'annotations["a.b/c"]', true],
  ['annotations.*', 'annotations["a.b/c"]', true],
  ['annotations["x"]', 'annotations.x', true],
];

test.each(ROWS)('%s and %s: %s', (pattern, path, matches) => {
  const kind: DecisionKind = 'both-changed';
  expect(matchesDecision(parseAnswerKey(pattern), { kind, path })).toBe(matches);
});

test('a pattern of many stars ends at once', () => {
  const pattern = parseAnswerKey(`${'**.'.repeat(100)}${'*a'.repeat(100)}`);
  const path = Array.from({ length: 200 }, () => 'a'.repeat(50)).join('.');
  expect(matchesDecision(pattern, { kind: 'dead', path })).toBe(false);
});

describe('the more specific wins', () => {
  const best = (...keys: string[]): string | undefined =>
    mostSpecific(
      keys.map((key, index) => ({
        key: parseAnswerKey(key),
        answer: { value: index },
        scopeWeight: parseAnswerKey(key).scopes.length,
      })),
    )?.key.key;

  test.each([
    [['**', '**.tag', 'image.tag'], 'image.tag'],
    [['**.tag', '*.tag'], '*.tag'],
    [['kind: both-changed', '**'], 'kind: both-changed'],
    [['kind: both-changed', '**.tag'], '**.tag'],
    [['kind: both-changed: **.tag', '**.tag'], 'kind: both-changed: **.tag'],
    [['image.tag', 'redis: **'], 'redis: **'],
    // Nobody could tell which is meant.
    [['image.*', '*.tag'], undefined],
  ])('of %j %s', (keys, expected) => {
    expect(best(...keys)).toBe(expected);
    expect(best(...keys.toReversed())).toBe(expected);
  });
});

const FILES = {
  base: 'image: { name: web, tag: "1" }\nsize: 1\nlist: [a]\nmore: { x: 1, y: 2, z: 3 }\n',
  ours: 'image: { name: web, tag: "2" }\nsize: 2\nlist: [b]\nmore: { x: 1, y: 2, z: 3 }\n',
  theirs: 'image: { name: web, tag: "3" }\nsize: 3\nlist: [c]\nmore: { x: 1, y: 2, z: 4 }\n',
};

function merge(text: string, standing = '{}') {
  const given = [
    { source: 'decisions' as const, answers: readAnswers(text, 'answers') },
    { source: 'configuration' as const, answers: readAnswers(standing, 'config') },
  ];
  return mergeAnswered(given, WITHOUT_SCOPES, decisions => mergeValues({ ...FILES, decisions }));
}

const openPaths = (text: string, standing?: string): string[] =>
  merge(text, standing)
    .merged.decisions.filter(({ taken }) => !taken)
    .map(({ path }) => path);

describe('a merge', () => {
  test('patterns answer what they are about, and are named', () => {
    const { merged, used } = merge('"**.tag": theirs\n"kind: list-both-changed": ours\n');
    expect(merged.text).toContain('tag: "3"');
    expect(merged.text).toContain('list: [b]');
    expect(used.map(({ key, path, answer }) => `${key} ${path} ${answerName(answer)}`).toSorted()).toEqual([
      '**.tag image.tag theirs',
      'kind: list-both-changed list ours',
    ]);
    expect(openPaths('"**.tag": theirs\n"kind: list-both-changed": ours\n')).toEqual(['size']);
  });

  test('an exact id wins over all, in the configuration over patterns of the run too', () => {
    const { id = '' } = merge('{}').merged.decisions.find(({ path }) => path === 'size') ?? {};
    expect(merge(`"${id}": { value: 7 }\nsize: theirs\n`).merged.text).toContain('size: 7');
    expect(merge('size: theirs\n', `"${id}": { value: 7 }\n`).merged.text).toContain('size: 7');
  });

  test('an answer of the run wins over a more specific one of the configuration', () => {
    const { merged, used } = merge('"**": theirs\n', 'size: ours\n');
    expect(merged.text).toContain('size: 3');
    expect(used.every(({ source }) => source === 'decisions')).toBe(true);
  });

  test('what is not offered is no answer', () => {
    expect(openPaths('size: merged\n')).toContain('size');
    expect(openPaths('"*": ours\n"**": merged\n')).not.toContain('size');
  });

  test('a value is no answer to a decision that takes none', () => {
    const decision = {
      path: 'gone',
      base: 1,
      ours: 2,
      theirs: null,
      options: ['ours' as const, 'theirs' as const],
    };
    const asked: string[][] = [];
    const given = [{ source: 'decisions' as const, answers: readAnswers('"**": { value: 3 }\n', 'answers') }];
    mergeAnswered(given, WITHOUT_SCOPES, answers => {
      asked.push(Object.keys(answers));
      const kinds = ['dead', 'both-changed'] as const;
      return { decisions: kinds.map(kind => ({ ...decision, kind, id: `gone#${kind}` })), usedAnswers: [] };
    });
    expect(asked).toEqual([[], ['gone#both-changed']]);
  });

  test('two that differ and are equally specific leave it open', () => {
    const tied = '"image.*": ours\n"*.tag": theirs\n';
    expect(openPaths(tied)).toContain('image.tag');
    // Nor does the configuration speak where the run meant something.
    expect(openPaths(tied, '"**": ours\n')).toEqual(['image.tag']);
  });
});

test('the id of a decision stays from version to version as its evidence does', () => {
  const later = { ...FILES, theirs: FILES.theirs.replace('z: 4', 'z: 5').concat('fresh: true\n') };
  const ids = (files: typeof FILES): string[] =>
    mergeValues(files)
      .decisions.map(({ id }) => id)
      .filter(id => id.startsWith('size#') || id.startsWith('list#'));
  expect(ids(later)).toEqual(ids(FILES));
  expect(ids({ ...FILES, theirs: FILES.theirs.replace('size: 3', 'size: 4') })).not.toEqual(ids(FILES));
});
