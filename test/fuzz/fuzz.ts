import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { judge, type Target } from './target.ts';

export type Failure = { input: Buffer; number: number; error: unknown };

export type Figures = {
  inputs: number;
  /** How many inputs ended with which code. */
  ends: Map<string, number>;
  slowestMs: number;
  slowest: Buffer;
  failure?: Failure;
};

export type FuzzOptions = {
  seed: number;
  /** Whether one more input is run; the seeds are in any case. */
  goOn: (inputs: number) => boolean;
  /** What one input may take, by a clock; nothing is timed without. */
  limit?: { mostMs: number; clock: () => number };
  /** Told of each input before it is run, so that one that never ends is known. */
  before?: (input: Buffer, number: number) => void;
};

/** Runs the seeds as they are, then mutations of them until something fails. Each input depends on the seed and its number. */
export async function fuzz(target: Target, { seed, goOn, limit, before }: FuzzOptions): Promise<Figures> {
  const figures: Figures = { inputs: 0, ends: new Map(), slowestMs: 0, slowest: Buffer.alloc(0) };
  for (let number = 0; number < target.seeds.length || goOn(number); number++) {
    const input = inputOf(target, seed, number);
    before?.(input, number);
    try {
      const took = await runOne(target, input, figures, limit?.clock);
      if (limit && took > limit.mostMs) throw new Error(`${input.length} bytes took ${Math.round(took)} ms`);
    } catch (error) {
      return { ...figures, failure: { input, number, error } };
    }
    // A timer, a signal and a worker have their turn.
    if (number % 100 === 99) await new Promise(resolve => setImmediate(resolve));
  }
  return figures;
}

function inputOf({ seeds }: Target, seed: number, number: number): Buffer {
  const plain = seeds[number];
  if (plain) return plain;
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ number);
  return mutate(random.pick(seeds), random, seeds);
}

async function runOne(
  target: Target,
  input: Buffer,
  figures: Figures,
  clock: () => number = () => 0,
): Promise<number> {
  const start = clock();
  const end = await judge(target, input);
  const took = clock() - start;
  figures.inputs += 1;
  if (took > figures.slowestMs) Object.assign(figures, { slowestMs: took, slowest: input });
  figures.ends.set(end, (figures.ends.get(end) ?? 0) + 1);
  return took;
}
