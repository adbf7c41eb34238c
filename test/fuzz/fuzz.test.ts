import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { fuzz, type FuzzOptions } from './fuzz.ts';
import type { Target } from './target.ts';
import { TARGETS } from './targets.ts';

const MUTATIONS = 200;

// The long runs, with a limit of time for each input, are `npm run fuzz`; this keeps the targets alive.
test.each(Object.entries(TARGETS))(
  `Y21 %s holds for its seeds and ${MUTATIONS} mutations`,
  async (_, target) => {
    const most = target.seeds.length + MUTATIONS;
    const { inputs, ends, failure } = await fuzz(target, { goOn: number => number < most, seed: 1 });
    expect(failure).toBeUndefined();
    expect(inputs).toBe(most);
    // A target that refuses all of its seeds looks at nothing.
    expect(ends.get('accepted')).toBeGreaterThan(0);
  },
);

describe('the fuzzer finds', () => {
  const seeds = [Buffer.from('name: a\nversion: 1.0.0\n')];
  const run = (reader: Target['run'], options: Partial<FuzzOptions> = {}) =>
    fuzz({ about: '', seeds, run: reader }, { goOn: number => number < 100_000, seed: 1, ...options });

  test('an error that is no UserError, and the same one again with the same seed', async () => {
    const faulty = (input: Buffer): void => {
      if (input.includes('version: ') && !input.includes('name: ')) throw new TypeError('no name');
      if (input.includes('__proto__')) throw new UserError('E_VALUE', 'refused');
    };
    const { failure } = await run(faulty);
    expect(failure?.error).toBeInstanceOf(TypeError);
    expect((await run(faulty)).failure).toEqual(failure);
  });

  test('a prototype that was changed', async () => {
    const { failure } = await run(() => void Reflect.set(Object.prototype, 'polluted', true));
    Reflect.deleteProperty(Object.prototype, 'polluted');
    expect(String(failure?.error)).toContain('a prototype was changed');
  });

  test('an input that takes longer than it may', async () => {
    let ms = 0;
    const slow = (input: Buffer): void => void (ms += input.length === 23 ? 60 : 1);
    const { failure } = await run(slow, { limit: { mostMs: 50, clock: () => ms } });
    expect(String(failure?.error)).toBe('Error: 23 bytes took 60 ms');
    expect((await run(slow, { goOn: () => false })).failure).toBeUndefined();
  });
});
