import { describe, expect, test } from 'vitest';
import { judgeOverrides, type OverridesRequest } from '../../src/values/overrides.ts';
import type { DecisionAnswer } from '../../src/values/plan.ts';
import { editYaml } from '../../src/yaml/edit.ts';
import { thrown } from '../support/thrown.ts';

function judge(request: Pick<OverridesRequest, 'base' | 'ours' | 'theirs'> & Partial<OverridesRequest>) {
  return judgeOverrides({
    decisions: {},
    stillRead: () => false,
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
    expect([decision?.kind, decision?.options]).toEqual(['type-changed', ['ours', 'theirs', 'merged']]);
    const answered = (answer: DecisionAnswer) => judge({ ...request, decisions: { [id]: answer } });
    expect(answered('ours')).toMatchObject({ decisions: [], usedAnswers: [id], edits: [] });
    expect(answered('theirs').edits).toEqual([{ kind: 'remove', path: ['e'] }]);
    expect(answered('merged').edits).toEqual([{ kind: 'set', path: ['e'], value: { x: 3 } }]);
    expect(answered({ value: { x: 4 } }).edits).toEqual([{ kind: 'set', path: ['e'], value: { x: 4 } }]);
  });
});

/** The decisions of overrides, and what the text becomes for an answer to the first of them. */
function decided(request: Parameters<typeof judge>[0], answer?: DecisionAnswer) {
  const { decisions } = judge(request);
  const [decision] = decisions;
  const result = judge({
    ...request,
    decisions: answer === undefined ? {} : { [decision?.id ?? '']: answer },
  });
  const shown = decisions.map(({ path, kind, to, options }) => [path, kind, to, options.length]);
  return { shown, decision, text: editYaml(request.ours, 'ours', result.edits), ...result };
}

describe('what had an effect and has none now is a decision', () => {
  const wasRead = () => true;
  const section = {
    base: 'ingress:\n  enabled: false\n  hosts: [a.b]\nz: 1\n',
    ours: '# ours\ningress:\n  # on\n  enabled: true\n  hosts: [c.d] # mine\nz: 2\n',
    theirs: 'server:\n  ingress:\n    enabled: false\n    hosts: [a.b]\nz: 1\n',
  };

  test('a section that moved is one: merged moves its lines, theirs drops them, ours keeps them', () => {
    const { shown, outcomes: told } = decided({ ...section, wasRead });
    expect(shown).toEqual([['ingress', 'moved', 'server.ingress', 3]]);
    expect(
      told.map(({ path, outcome, to }) => [path, outcome, to].join(' ')).toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual([
      'ingress.enabled moved? server.ingress.enabled',
      'ingress.enabled removed-and-dead ',
      'ingress.hosts moved? server.ingress.hosts',
      'ingress.hosts removed-and-dead ',
      'z kept ',
    ]);
    expect(decided(section, 'merged').text).toBe(
      '# ours\nserver:\n  ingress:\n    # on\n    enabled: true\n    hosts: [c.d] # mine\nz: 2\n',
    );
    expect(decided(section, 'theirs').text).toBe('# ours\nz: 2\n');
    expect(decided(section, 'ours').text).toBe(section.ours);
  });

  test('what ours says at the new place already is not asked again', () => {
    const ours = `${section.ours}server:\n  ingress:\n    enabled: true\n`;
    const { shown, text } = decided({ ...section, ours }, 'merged');
    expect(shown).toEqual([['ingress.hosts', 'moved', 'server.ingress.hosts', 3]]);
    expect(text).toBe(
      '# ours\ningress:\n  # on\n  enabled: true\nz: 2\nserver:\n  ingress:\n    enabled: true\n    hosts: [c.d] # mine\n',
    );
  });

  test('a way through braces takes nothing in', () => {
    const ours = `${section.ours}server: { x: 1 }\n`;
    expect(decided({ ...section, ours }).shown).toEqual([['ingress', 'moved', 'server.ingress', 2]]);
  });

  test('deeper into the same section, of which nothing else is left', () => {
    const request = {
      base: 'monitor:\n  interval: 30s\n',
      ours: 'monitor:\n  interval: 10s # ours\n',
      theirs: 'monitor:\n  defaults:\n    interval: 30s\n',
    };
    expect(decided(request, 'merged').text).toBe('monitor:\n  defaults:\n    interval: 10s # ours\n');
  });

  test('two do not move to one place: the second stays open', () => {
    const told = '# a1 has moved to name\n# b2 has moved to name\n';
    const request = { base: 'a1: x\nb2: x\n', ours: 'a1: y\nb2: z\n', theirs: `${told}name: x\n` };
    const decisions = Object.fromEntries(judge(request).decisions.map(({ id }) => [id, 'merged'] as const));
    const result = judge({ ...request, decisions });
    expect([result.decisions.map(({ path }) => path), result.usedAnswers.length]).toEqual([['b2'], 1]);
    expect(result.edits).toEqual([{ kind: 'move', path: ['a1'], to: ['name'] }]);
  });

  test('what templates still read where it was is only told', () => {
    expect(decided({ ...section, wasRead, stillRead: () => true }).shown).toEqual([]);
  });

  test('dead: read once, by nobody now; tidy takes it out unasked', () => {
    const request = { base: 'a: 1', ours: 'a: 2\nb: 1\n', theirs: 'b: 2', wasRead };
    expect(decided(request).shown).toEqual([['a', 'dead', undefined, 2]]);
    expect(decided(request, 'theirs').text).toBe('b: 1\n');
    const tidied = judge({ ...request, tidy: true });
    expect([tidied.decisions, tidied.edits]).toEqual([[], [{ kind: 'remove', path: ['a'] }]]);
    expect(decided({ ...request, wasRead: () => false }).shown).toEqual([]);
  });

  test('what never had a default, and was read', () => {
    const request = { base: 'b: 1', ours: 'extra:\n  deep: {x: 1}\nb: 1\n', theirs: 'b: 1', wasRead };
    expect(decided(request).shown).toEqual([['extra', 'dead', undefined, 2]]);
  });

  test('an answer that is no option is refused', () => {
    const id = decided({ ...section, wasRead }).decision?.id ?? '';
    expect(thrown(() => judge({ ...section, wasRead, decisions: { [id]: { value: 1 } } }))).toMatchObject({
      code: 'E_VALUE',
    });
  });
});

describe('an image of which ours overrides a part and upstream changed another', () => {
  const image = (fields: string): string => `image:\n${fields}`;
  const base = image('  repository: bitnami/redis\n  tag: "7"\n  digest: ""\n');

  test.each([
    ['a fork and a new tag', '  repository: fork/redis\n', base.replace('7', '8'), 'fork/redis:8'],
    ['a tag and a new repository', '  tag: "7.1"\n', base.replace('bitnami', 'new'), 'new/redis:7.1'],
    ['the tag of the old default', '  tag: "7"\n', base.replace('bitnami', 'new'), 'new/redis:7'],
    ['a digest and a new tag', '  digest: sha256:a\n', base.replace('7', '8'), 'bitnami/redis:8@sha256:a'],
  ])('%s', (_, fields, theirs, merged) => {
    const request = { base, ours: image(fields), theirs };
    const { shown, decision, text } = decided(request);
    expect([shown, decision?.merged, text]).toEqual([
      [['image', 'image-changed', undefined, 3]],
      merged,
      request.ours,
    ]);
    expect(decided(request, 'merged').text).toBe(request.ours);
    expect(decided(request, 'theirs').edits).toEqual([{ kind: 'remove', path: ['image'] }]);
    const { edits, outcomes: told } = decided(request, 'ours');
    expect(edits.map(({ kind }) => kind)).toEqual(['put']);
    expect(told).toContainEqual({
      path: 'image',
      outcome: 'image-changed',
      to: decision?.ours,
      answer: 'ours',
    });
  });

  test.each([
    ['a mirror', '  repository: mirror.local/bitnami/redis\n', base.replace('7', '8')],
    ['repository and tag', '  repository: fork/redis\n  tag: "1"\n', base.replace('7', '8')],
    ['a tag and a new tag', '  tag: "1"\n', base.replace('7', '8')],
    ['a fork, and nothing new', '  repository: fork/redis\n', base],
  ])('no question: %s', (_, fields, theirs) => {
    expect(decided({ base, ours: image(fields), theirs }).shown).toEqual([]);
  });
});
