import { expect, test } from 'vitest';
import { mergeValues } from '../../src/values/merge-values.ts';
import { thrown } from '../support/thrown.ts';

const REQUEST = { base: '---\na: 1\n', ours: '---\na: 2\n---\nb: 1 # b\n', theirs: '---\na: 1\nc: 1\n' };

test.each([
  ['ours', '---\na: 2\nc: 1\n---\nb: 1 # b\n'],
  ['theirs', '---\na: 2\nc: 1\n'],
  ['merged', '---\na: 2\nb: 1 # b\nc: 1\n'],
] as const)('a document that Helm does not read is one decision: %s', (answer, text) => {
  const { decisions, text: open } = mergeValues(REQUEST);
  expect(decisions).toMatchObject([
    { path: 'document 2', kind: 'document-unread', options: ['ours', 'theirs', 'merged'], ours: [{ b: 1 }] },
  ]);
  expect(open).toBe('---\na: 2\nc: 1\n---\nb: 1 # b\n');
  const id = decisions[0]?.id ?? '';
  const answered = mergeValues({ ...REQUEST, decisions: { [id]: answer } });
  expect([answered.text, answered.decisions, answered.usedAnswers]).toEqual([text, [], [id]]);
  expect(thrown(() => mergeValues({ ...REQUEST, decisions: { [id]: { value: 1 } } })).code).toBe('E_VALUE');
});

test('merged is not offered where the first document has the key', () => {
  const [decision] = mergeValues({ ...REQUEST, ours: '---\na: 2\n---\nc: 3\n' }).decisions;
  expect(decision?.options).toEqual(['ours', 'theirs']);
});

test('with the same defaults every byte stays, and nobody is asked', () => {
  expect(mergeValues({ ...REQUEST, theirs: REQUEST.base })).toMatchObject({
    text: REQUEST.ours,
    decisions: [],
  });
});
