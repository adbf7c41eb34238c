import { describe, expect, test } from 'vitest';
import { judgeOverrides, type OverridesRequest } from '../../src/values/overrides.ts';

function judge(request: Pick<OverridesRequest, 'base' | 'ours' | 'theirs'> & Partial<OverridesRequest>) {
  return judgeOverrides({
    decisions: {},
    stillRead: () => false,
    isRefused: () => false,
    tidy: false,
    names: { base: 'base', ours: 'ours', theirs: 'theirs' },
    ...request,
  });
}

function outcomes(request: Parameters<typeof judge>[0]): string[] {
  return judge(request).outcomes.map(({ path, outcome, to }) =>
    [path, outcome, to].filter(Boolean).join(' '),
  );
}

describe('what becomes of a value that overrides', () => {
  test.each([
    ['it overrides', 'a: 1', 'a: 2', 'a: 1', ['a kept']],
    ['the default became the same', 'a: 1', 'a: 2', 'a: 2', ['a redundant-now']],
    ['both changed: overrides go on', 'a: 1', 'a: 2', 'a: 3', ['a kept']],
    ['the default went', 'a: 1', 'a: 2', '{}', ['a removed-and-dead']],
    ['the default went with its block', 'b: {a: 1}', 'b: {a: 2}', '{}', ['b.a removed-and-dead']],
    ['it never had one', '{}', 'a: 2', '{}', ['a removed-and-dead']],
    ['a deletion', 'a: 1', 'a: null', 'a: 1', ['a kept']],
    ['a list counts as one', 'a: [1]', 'a: [2]', 'a: [1, 3]', ['a kept']],
    [
      'a part of a block whose other part changed',
      'b: {a: 1, c: 1}',
      'b: {a: 2}',
      'b: {a: 1, c: 9}',
      ['b.a kept', 'b default-under-you'],
    ],
    ['a scalar that became a map', 'a: 1', 'a: 2', 'a: {on: true}', ['a type-changed']],
    ['a map that became a list', 'a: {x: 1}', 'a: {x: 2}', 'a: [1]', ['a type-changed']],
    ['a map in the place of nothing', 'a:', 'a: {x: 2}', 'a:', ['a.x removed-and-dead']],
  ])('%s', (_, base, ours, theirs, expected) => {
    expect(outcomes({ base, ours, theirs })).toEqual(expected);
  });

  test('what a template still reads is not dead', () => {
    const stillRead = (path: string): boolean => path.startsWith('free');
    expect(outcomes({ base: 'free: {}\na: 1', ours: 'free: {x: 1}', theirs: 'free: {}', stillRead })).toEqual(
      ['free.x kept'],
    );
    expect(outcomes({ base: 'free: 1', ours: 'free: 2', theirs: '{}', stillRead })).toEqual([
      'free removed-but-still-read',
    ]);
  });

  test('a key that has another name now is told with it, and dead', () => {
    const request = {
      base: 'server:\n  replicas: 1\n',
      ours: 'server:\n  replicas: 3\n',
      theirs: 'web:\n  server:\n    replicas: 1\n',
    };
    expect(outcomes(request)).toEqual([
      'server.replicas moved? web.server.replicas',
      'server.replicas removed-and-dead',
    ]);
  });

  test('what the schema refuses is said beside', () => {
    const isRefused = (path: readonly string[]): boolean => path.join('.') === 'b.a';
    expect(outcomes({ base: 'b: {a: 1}', ours: 'b: {a: x}', theirs: 'b: {a: 1}', isRefused })).toEqual([
      'b.a schema-rejects',
      'b.a kept',
    ]);
  });
});

describe('what changes of the text', () => {
  const request = {
    base: 'a: 1\nb: {c: 1, d: 1}\ne: 1',
    ours: 'a: 2\nb: {c: 2, d: 2}\ne: 3',
    theirs: 'a: 2\ne: {x: 1}',
  };

  test('nothing by itself', () => {
    expect(judge(request).edits).toEqual([]);
  });

  test('tidy takes out what is needless, a block with the last of its keys', () => {
    expect(judge({ ...request, tidy: true }).edits).toEqual([
      { kind: 'remove', path: ['a'] },
      { kind: 'remove', path: ['b'] },
    ]);
  });

  test('a decision is taken by its id', () => {
    const [decision] = judge(request).decisions;
    const id = decision?.id ?? '';
    expect([decision?.kind, decision?.options]).toEqual(['type-changed', ['ours', 'theirs']]);
    const answered = (answer: 'ours' | 'theirs' | { value: unknown }) =>
      judge({ ...request, decisions: { [id]: answer } });
    expect(answered('ours')).toMatchObject({ decisions: [], usedAnswers: [id], edits: [] });
    expect(answered('theirs').edits).toEqual([{ kind: 'remove', path: ['e'] }]);
    expect(answered({ value: { x: 4 } }).edits).toEqual([{ kind: 'set', path: ['e'], value: { x: 4 } }]);
  });
});
