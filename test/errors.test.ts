import { expect, test } from 'vitest';
import { ownFailure, UserError } from '../src/errors.ts';

const thrownBy = (error: unknown): unknown => {
  try {
    return ownFailure(error);
  } catch (thrown) {
    return thrown;
  }
};

test('what ended one piece of work is its own failure, whatever it was', () => {
  const known = new UserError('E_VALUE', 'no');
  expect(ownFailure(known)).toBe(known);
  const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
  expect(ownFailure(missing).code).toBe('E_FILE_SYSTEM');
  for (const odd of [new TypeError('x is not a function'), 'text', undefined, null, 3])
    expect([ownFailure(odd).code, ownFailure(odd).exit]).toEqual(['E_BUG', 70]);
  const bug = ownFailure(new TypeError('x is not a function'));
  expect(bug.message).toBe('a bug of slipway: TypeError: x is not a function');
  expect(bug.hint).toContain('errors.test.ts');
});

test('a run that is cancelled ends as a whole', () => {
  const cancelled = new UserError('E_CANCELLED', 'stop');
  const aborted = AbortSignal.abort().reason as unknown;
  expect(thrownBy(cancelled)).toBe(cancelled);
  expect(thrownBy(aborted)).toBe(aborted);
  expect(() => ownFailure(cancelled)).toThrow(cancelled);
});
