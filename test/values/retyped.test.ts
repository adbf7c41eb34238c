import { expect, test } from 'vitest';
import { mergeValues, type MergeRequest } from '../../src/values/merge-values.ts';

function merged(request: MergeRequest) {
  const [decision, ...others] = mergeValues(request).decisions;
  const result = mergeValues({ ...request, decisions: { [decision?.id ?? '']: 'merged' } });
  expect([others, result.decisions, result.usedAnswers]).toEqual([[], [], [decision?.id]]);
  expect(mergeValues({ ...request, base: request.theirs, ours: result.text }).text).toBe(result.text);
  return { decision, text: result.text, outcomes: result.outcomes };
}

test.each([
  [
    'a number that is one of the fields now',
    'service: 80\n',
    'service: 8080 # ours\n',
    'service:\n  # the port\n  port: 80\n  type: ClusterIP\n',
    'service.port',
    'service:\n  # the port\n  port: 8080 # ours\n  type: ClusterIP\n',
  ],
  [
    'a field of its type, with another default',
    'size: 1\n',
    'size: 7\n',
    'size:\n  count: 3\n  unit: Gi\n',
    'size.count',
    'size:\n  count: 7\n  unit: Gi\n',
  ],
  [
    'deeper, with a key that stays beside it',
    's:\n  port: 80\n  ext: 1\n',
    's:\n  port: 81\n  ext: 1\n',
    's:\n  port:\n    http: 80\n    https: 443\n  ext: 2\n',
    's.port.http',
    's:\n  port:\n    http: 81\n    https: 443\n  ext: 2\n',
  ],
  [
    'a map of which one field is left',
    'service:\n  port: 80\n  type: A\n',
    'service:\n  port: 81\n  type: A\n',
    'service: 80\n',
    undefined,
    'service: 81\n',
  ],
  ['one item of a list', 'host: a.b\n', 'host: c.d\n', 'host:\n  - a.b\n', 'host[0]', 'host:\n  - c.d\n'],
  ['a list of one', 'hosts: [a.b]\n', 'hosts: [c.d]\n', 'hosts: a.b\n', undefined, 'hosts: c.d\n'],
])('%s: merged puts ours there', (_, base, ours, theirs, to, text) => {
  const request = { base, ours, theirs };
  const result = merged(request);
  expect([result.decision?.kind, result.decision?.to, result.text]).toEqual(['type-changed', to, text]);
  expect(result.outcomes).toContainEqual({
    path: result.decision?.path,
    outcome: 'type-changed',
    answer: 'merged',
    ...(to === undefined ? {} : { to }),
  });
});

test.each([
  ['two fields that could be it', 'a: 80\n', 'a: 81\n', 'a: {x: 80, y: 80}\n'],
  ['no field of its type', 'a: 80\n', 'a: 81\n', 'a: {x: b}\n'],
  ['more of ours than would fit', 'a: {x: 80, y: 1}\n', 'a: {x: 81, y: 2}\n', 'a: 80\n'],
  ['ours is of another kind too', 'a: 80\n', 'a: [81]\n', 'a: {x: 80}\n'],
])('%s: ours or theirs', (_, base, ours, theirs) => {
  const { decisions, text } = mergeValues({ base, ours, theirs });
  expect([decisions.map(({ kind, options }) => [kind, options]), text]).toEqual([
    [['type-changed', ['ours', 'theirs']]],
    ours,
  ]);
});
