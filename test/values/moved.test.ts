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
