import { describe, expect, test } from 'vitest';
import { mergeValues, type MergeRequest } from '../../src/values/merge-values.ts';

/** The decisions of a migration, and what it gives for one answer to the first of them. */
function answered(request: MergeRequest, answer: 'ours' | 'theirs' | 'merged') {
  const [decision] = mergeValues(request).decisions;
  const result = mergeValues({ ...request, decisions: { [decision?.id ?? '']: answer } });
  expect(result.usedAnswers).toEqual([decision?.id]);
  expect(result.decisions).toEqual([]);
  expect(mergeValues({ ...request, base: request.theirs, ours: result.text }).text).toBe(result.text);
  return { decision, text: result.text };
}

const SECTION: MergeRequest = {
  base: 'ingress:\n  enabled: false\n  hosts:\n    - chart.local\n  class: ""\nz: 1\n',
  ours: 'ingress:\n  enabled: true # on\n  # the name\n  hosts:\n    - my.example\n  class: ""\nz: 1\n',
  theirs:
    'server:\n  ingress:\n    enabled: false\n    hosts:\n      - chart.local\n    class: ""\n    tls: []\nz: 2\n',
};

describe('a section that the new defaults hold elsewhere is one decision', () => {
  test('merged moves what the team set to its new place, comments too', () => {
    const { decision, text } = answered(SECTION, 'merged');
    expect(decision).toMatchObject({
      path: 'ingress',
      kind: 'moved',
      to: 'server.ingress',
      options: ['ours', 'theirs', 'merged'],
      merged: { enabled: true, hosts: ['my.example'], class: '', tls: [] },
    });
    expect(text).toBe(
      'server:\n  ingress:\n    enabled: true # on\n    # the name\n    hosts:\n      - my.example\n    class: ""\n    tls: []\nz: 2\n',
    );
  });

  test('theirs drops it, ours and no answer keep it', () => {
    expect(answered(SECTION, 'theirs').text).not.toContain('my.example');
    const kept = answered(SECTION, 'ours').text;
    expect(kept).toContain('ingress:\n  enabled: true # on\n  # the name\n  hosts:\n    - my.example\n');
    expect(mergeValues(SECTION).text).toBe(kept);
  });
});

test.each([
  [
    'one word less',
    'replicaCount: 1\n',
    'replicaCount: 4 # four\n',
    'replicas: 1\n',
    'replicas',
    'replicas: 4 # four\n',
  ],
  [
    'two words, in two keys now',
    'imageTag: "1"\n',
    'imageTag: "2"\n',
    'image:\n  tag: "3"\n',
    'image.tag',
    'image:\n  tag: "2"\n',
  ],
  [
    'a comment says where it went',
    'webPort: 80\n',
    'webPort: 8080\n',
    '# webPort has moved to service.http\nservice:\n  http: 80\n  https: 443\n',
    'service.http',
    '# webPort has moved to service.http\nservice:\n  http: 8080\n  https: 443\n',
  ],
  [
    'a comment says what it was',
    'webPort: 80\n',
    'webPort: 8080\n',
    'service:\n  # formerly webPort\n  http: 80\n  https: 443\n',
    'service.http',
    'service:\n  # formerly webPort\n  http: 8080\n  https: 443\n',
  ],
  [
    'a list',
    'extraArgs: []\n',
    'extraArgs:\n  # verbose\n  - -v\n',
    'server:\n  extraArgs: []\n# extraArgs is deprecated, use server.extraArgs instead\n',
    'server.extraArgs',
    'server:\n  extraArgs:\n    # verbose\n    - -v\n# extraArgs is deprecated, use server.extraArgs instead\n',
  ],
  [
    'a comment names it as templates do',
    'webPort: 80\n',
    'webPort: 8080\n',
    'service:\n  # replaces `.Values.webPort`\n  http: 81\n',
    'service.http',
    'service:\n  # replaces `.Values.webPort`\n  http: 8080\n',
  ],
  [
    'one comment of several moves',
    'a1: 1\n',
    'a1: 5\n',
    '# a1 has moved to one.first\n# b2 has moved to one.second\none:\n  first: 2\n  second: 2\n',
    'one.first',
    '# a1 has moved to one.first\n# b2 has moved to one.second\none:\n  first: 5\n  second: 2\n',
  ],
  [
    'a field of a map that was a single value',
    'image: app\nimageTag: "1"\n',
    'image: app\nimageTag: "2"\n',
    'image:\n  repository: app\n  tag: "3"\n',
    'image.tag',
    'image:\n  repository: app\n  tag: "2"\n',
  ],
  [
    'a switch of another form',
    'metrics:\n  enable: false\n',
    'metrics:\n  enable: true\n',
    'metrics:\n  enabled: false\n',
    'metrics.enabled',
    'metrics:\n  enabled: true\n',
  ],
  [
    'the same telling name, another default',
    'logFormat: text\n',
    'logFormat: logfmt\n',
    'server:\n  logFormat: json\n',
    'server.logFormat',
    'server:\n  logFormat: logfmt\n',
  ],
  [
    'a section of another name with its fields',
    'config:\n  listen: everywhere\n  depth: 2\n  size: 1\n',
    'config:\n  listen: everywhere\n  depth: 2\n  size: 5\n',
    'settings:\n  listen: everywhere\n  depth: 2\n  size: 3\n',
    'settings',
    'settings:\n  listen: everywhere\n  depth: 2\n  size: 5\n',
  ],
  [
    'of two sections the one with more in common',
    'service:\n  port: 80\n  type: ClusterIP\n',
    'service:\n  port: 81\n  type: ClusterIP\n',
    'server:\n  service:\n    port: 80\n    type: ClusterIP\nmetrics:\n  service:\n    port: 9090\n    type: ClusterIP\n',
    'server.service',
    'server:\n  service:\n    port: 81\n    type: ClusterIP\nmetrics:\n  service:\n    port: 9090\n    type: ClusterIP\n',
  ],
])('a key of another name: %s', (_, base, ours, theirs, to, merged) => {
  const { decision, text } = answered({ base, ours, theirs }, 'merged');
  expect([decision?.to, text]).toEqual([to, merged]);
});

describe('what had no effect, or still has, is no decision', () => {
  const gone = { base: 'a:\n  b: 1\n', ours: 'a:\n  b: 2\n', theirs: 'c: 1\n' };
  const never = () => false;
  const always = () => true;

  test.each([
    ['nobody looked', {}, []],
    ['it is still read', { stillRead: always, wasRead: always }, []],
    ['it was never read', { stillRead: never, wasRead: never }, []],
    ['it was read and is no longer', { stillRead: never, wasRead: always }, ['dead a']],
  ])('%s', (_, readers, decisions) => {
    const migration = mergeValues({ ...gone, ...readers });
    expect(migration.decisions.map(({ kind, path }) => `${kind} ${path}`)).toEqual(decisions);
    expect(migration.text).toContain('b: 2');
  });

  test('dead: theirs drops it, ours keeps it', () => {
    const request = { ...gone, stillRead: never, wasRead: always };
    expect(answered(request, 'theirs').text).toBe('c: 1\n');
    expect(answered(request, 'ours').text).toBe('a:\n  b: 2\nc: 1\n');
  });

  test('a moved section that templates still read in its old place is only named', () => {
    const migration = mergeValues({ ...SECTION, stillRead: always, wasRead: always });
    expect(migration.decisions).toEqual([]);
    expect(migration.outcomes).toContainEqual({
      path: 'ingress.enabled',
      outcome: 'moved?',
      to: 'server.ingress.enabled',
    });
  });
});

test('two that may have become one are not guessed between', () => {
  const { decisions } = mergeValues({
    base: 'nodeSelector: {}\n',
    ours: 'nodeSelector: {a: b}\n',
    theirs: 'controller:\n  nodeSelector: {}\nwebhook:\n  nodeSelector: {}\n',
  });
  expect(decisions).toEqual([]);
});

test('a template that reads one or the other says where it is now', () => {
  const readBeside = (path: string): string[] => (path === 'old' ? ['other', 'new.b'] : []);
  const request = { base: 'old: 1\n', ours: 'old: 2\n', theirs: 'new:\n  a: 7\n  b: 8\n', readBeside };
  expect(mergeValues({ ...request, stillRead: () => true }).outcomes).toEqual([
    { path: 'old', outcome: 'moved?', to: 'new.b' },
  ]);
});

describe('answers that cannot all be followed', () => {
  function withAll(request: MergeRequest, answer: 'merged' | 'ours' | 'theirs') {
    const { decisions } = mergeValues(request);
    const answers = Object.fromEntries(
      decisions.map(({ id, kind }) => [id, kind === 'moved' ? 'merged' : answer] as const),
    );
    const result = mergeValues({ ...request, decisions: answers });
    return [result.text, result.decisions.map(({ path }) => path), result.usedAnswers.length];
  }

  test('two into one place: the first moves, the second stays a decision', () => {
    const told = '# a1 has moved to name\n# b2 has moved to name\n';
    const request = { base: 'a1: x\nb2: x\n', ours: 'a1: y\nb2: z\n', theirs: `${told}name: x\n` };
    expect(withAll(request, 'merged')).toEqual([`${told}name: y\nb2: z\n`, ['b2'], 1]);
  });

  test('into a value that stays ours', () => {
    const request = {
      base: 'image: app\nimageTag: "1"\n',
      ours: 'image: own\nimageTag: "2"\n',
      theirs: 'image:\n  repository: app\n  tag: "3"\n',
    };
    expect(withAll(request, 'ours')).toEqual([request.ours, ['imageTag'], 1]);
    expect(withAll(request, 'merged')).toEqual(['image:\n  repository: own\n  tag: "2"\n', [], 2]);
    expect(withAll(request, 'theirs')).toEqual(['image:\n  repository: app\n  tag: "2"\n', [], 2]);
  });
});

describe('what the new defaults call deprecated is told, where ours sets it', () => {
  const deprecated = (base: string, ours: string, theirs: string) =>
    mergeValues({ base, ours, theirs }).outcomes.filter(({ outcome }) => outcome === 'deprecated');

  test.each([
    [
      'a comment above names the new place',
      '# DEPRECATED: use server.replicas instead\nreplicas: 1\nserver:\n  replicas: 1\n',
      [{ path: 'replicas', outcome: 'deprecated', to: 'server.replicas' }],
    ],
    ['one beside names none', 'replicas: 1 # deprecated\n', [{ path: 'replicas', outcome: 'deprecated' }]],
    ['a comment that stands apart', '# deprecated\n\n# other\nreplicas: 1\n', []],
  ])('%s', (_, theirs, told) => {
    expect(deprecated('replicas: 1\n', 'replicas: 3\n', theirs)).toEqual(told);
    expect(deprecated('replicas: 1\n', 'replicas: 1\n', theirs)).toEqual([]);
    expect(deprecated(theirs, theirs.replace('replicas: 1', 'replicas: 3'), `${theirs}z: 1\n`)).toEqual([]);
  });
});
