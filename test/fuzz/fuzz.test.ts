import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { fuzz, type FuzzOptions } from './fuzz.ts';
import type { Target } from './target.ts';
import { TARGETS } from './targets.ts';

// The long runs are `npm run fuzz`; this keeps the targets alive.
test.each(Object.entries(TARGETS))(
  'Y21 %s holds for its seeds and half a second of mutations',
  async (_, target) => {
    const { inputs, ends, failure } = await fuzz(target, { seconds: 0.4, seed: 1 });
    expect(failure).toBeUndefined();
    expect(inputs).toBeGreaterThanOrEqual(target.seeds.length);
    // A target that refuses all of its seeds looks at nothing.
    expect(ends.get('accepted')).toBeGreaterThan(0);
  },
);

describe('the fuzzer finds', () => {
  const seeds = [Buffer.from('name: a\nversion: 1.0.0\n')];
  const run = (reader: Target['run'], options: Partial<FuzzOptions> = {}) =>
    fuzz({ about: '', seeds, run: reader }, { seconds: 5, seed: 1, ...options });

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

  test('time without end', async () => {
    const slow = (): void => {
      const start = process.cpuUsage();
      while (process.cpuUsage(start).user < 60_000) Math.sqrt(2);
    };
    const { failure } = await run(slow, { mostMs: 50 });
    expect(String(failure?.error)).toMatch(/23 bytes took \d+ ms/);
  });
});
