import { describe, expect, test } from 'vitest';
import { mergeValues } from '../../src/values/merge-values.ts';

type Image = { registry?: string; repository?: string; tag?: string; digest?: string };

const BASE: Image = { registry: 'docker.io', repository: 'bitnami/redis', tag: '7', digest: '' };

function written(image: Image): string {
  const fields = Object.entries({ ...BASE, ...image }).map(([key, value]) => `  ${key}: "${value}"\n`);
  return `image:\n${fields.join('')}  pullPolicy: Always\n`;
}

function merge(ours: Image, theirs: Image) {
  const request = { base: written({}), ours: written(ours), theirs: written(theirs) };
  return { request, ...mergeValues(request) };
}

describe('parts of an image that go together are one decision, and ours stands as a whole', () => {
  test.each<[string, Image, Image]>([
    ['a fork and a new tag', { repository: 'bitnamilegacy/redis' }, { tag: '8' }],
    ['a fork with its own tag and a new tag', { repository: 'team/redis', tag: '7-team' }, { tag: '8' }],
    ['a fork and a new digest', { repository: 'team/redis' }, { digest: 'sha256:b' }],
    ['a pinned digest and a new tag', { digest: 'sha256:a' }, { tag: '8' }],
    ['a pinned digest and a new repository', { digest: 'sha256:a' }, { repository: 'bitnami/valkey' }],
    ['a pinned digest and a new registry', { digest: 'sha256:a' }, { registry: 'quay.io' }],
    ['a pinned tag and a new repository', { tag: '7.1' }, { repository: 'bitnami/valkey' }],
    ['a pinned tag and a new digest', { tag: '7.1' }, { digest: 'sha256:b' }],
  ])('%s', (_, ours, theirs) => {
    const { text, decisions, request } = merge(ours, theirs);
    expect(decisions.map(({ path, kind }) => [path, kind])).toEqual([['image', 'image-changed']]);
    expect(text).toBe(written(ours));
    const id = decisions[0]?.id ?? '';
    expect(mergeValues({ ...request, decisions: { [id]: 'theirs' } })).toMatchObject({
      text: written(theirs),
      decisions: [],
      usedAnswers: [id],
    });
  });

  test('the images that the answers give are named, and merged is each side’s change', () => {
    const { decisions, request } = merge({ repository: 'bitnamilegacy/redis' }, { tag: '8' });
    expect(decisions[0]).toMatchObject({
      base: 'docker.io/bitnami/redis:7',
      ours: 'docker.io/bitnamilegacy/redis:7',
      theirs: 'docker.io/bitnami/redis:8',
      merged: 'docker.io/bitnamilegacy/redis:8',
    });
    const answered = mergeValues({ ...request, decisions: { [decisions[0]?.id ?? '']: 'merged' } });
    expect(answered.text).toBe(written({ repository: 'bitnamilegacy/redis', tag: '8' }));
    expect(answered.outcomes).toContainEqual({
      path: 'image',
      outcome: 'image-changed',
      to: 'docker.io/bitnamilegacy/redis:8',
      answer: 'merged',
    });
  });

  test('merged is not offered where both changed one of the parts', () => {
    const { decisions } = merge({ repository: 'team/redis', tag: '7-team' }, { tag: '8' });
    expect(decisions[0]?.options).toEqual(['ours', 'theirs']);
  });
});

describe('a mirror of the same repository follows the new tag, and the image that results is named', () => {
  test.each<[string, Image, Image, string]>([
    ['another registry', { registry: 'mirror.local' }, { tag: '8' }, 'mirror.local/bitnami/redis:8'],
    [
      'a folder of a mirror',
      { registry: '', repository: 'mirror.local/proxy/bitnami/redis' },
      { tag: '8' },
      'mirror.local/proxy/bitnami/redis:8',
    ],
    [
      'a tag, and upstream moved the registry',
      { tag: '7.1' },
      { registry: 'quay.io' },
      'quay.io/bitnami/redis:7.1',
    ],
  ])('%s', (_, ours, theirs, image) => {
    const { text, decisions, outcomes } = merge(ours, theirs);
    expect([text, decisions]).toEqual([written({ ...ours, ...theirs }), []]);
    expect(outcomes).toContainEqual({ path: 'image', outcome: 'image-merged', to: image });
  });
});

test('what both sides changed of one part alone is that part’s decision', () => {
  const { decisions, outcomes } = merge({ tag: '7.1' }, { tag: '8' });
  expect(decisions.map(({ path }) => path)).toEqual(['image.tag']);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['both-changed']);
});
