import { expect, test } from 'vitest';
import { memoized } from '../../src/data/memoized.ts';

test('each answer is made once per key, undefined and a rejected promise too', async () => {
  const asked: string[] = [];
  const double = memoized((key: string) => {
    asked.push(key);
    return key === 'none' ? undefined : key + key;
  });
  expect([double('a'), double('b'), double('a'), double('none'), double('none')]).toEqual([
    'aa',
    'bb',
    'aa',
    undefined,
    undefined,
  ]);
  expect(asked).toEqual(['a', 'b', 'none']);
  const fails = memoized(() => Promise.reject(new Error('once')));
  expect(fails()).toBe(fails());
  await expect(fails()).rejects.toThrow('once');
});

test('what throws is asked again', () => {
  let calls = 0;
  const later = memoized(() => {
    if (++calls === 1) throw new Error('not yet');
    return calls;
  });
  expect(later).toThrow('not yet');
  expect([later(), later()]).toEqual([2, 2]);
});
