import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Failure, type Figures, fuzz } from './fuzz.ts';
import { judge } from './target.ts';
import { TARGETS } from './targets.ts';
import { watch } from './watchdog.ts';

const FOUND = 'test/fuzz/found';
/** No input has more than 64 KiB: whoever takes longer (of the processor) needs time that grows with its square. */
const MOST_MS = 2000;

/** `npm run fuzz -- <target> --seconds N [--seed S]`, or `--input FILE` to replay. Returns the exit code. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 1e9) },
      input: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const names = positionals[0] === 'all' ? Object.keys(TARGETS) : positionals;
  const unknown = names.filter(name => !Object.hasOwn(TARGETS, name));
  if (values.help || names.length === 0 || unknown.length > 0) {
    console.log(help(unknown));
    return values.help ? 0 : 2;
  }
  if (values.input !== undefined) return replay(names[0] ?? '', values.input);
  let worst = 0;
  for (const name of names)
    worst = Math.max(worst, await run(name, { seconds: Number(values.seconds), seed: Number(values.seed) }));
  return worst;
}

function help(unknown: string[]): string {
  const width = Math.max(...Object.keys(TARGETS).map(name => name.length));
  return [
    ...unknown.map(name => `no such target: ${name}`),
    'npm run fuzz -- <target>|all [--seconds N] [--seed S]   mutates the seeds of a target for N seconds (60)',
    'npm run fuzz -- <target> --input FILE                   runs one input again',
    '',
    ...Object.entries(TARGETS).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`),
  ].join('\n');
}

async function run(name: string, options: { seconds: number; seed: number }): Promise<number> {
  const target = targetOf(name);
  console.log(`${name}: ${options.seconds} s, --seed ${options.seed}, ${target.seeds.length} seeds`);
  mkdirSync(FOUND, { recursive: true });
  const file = path.join(FOUND, `${name}-${options.seed}`);
  const line = `npm run fuzz -- ${name} --input ${file}`;
  const watchdog = watch({ limitMs: 20_000, file, line });
  const end = performance.now() + options.seconds * 1000;
  const figures = await fuzz(target, {
    seed: options.seed,
    goOn: () => performance.now() < end,
    limit: { mostMs: MOST_MS, clock: processorMs },
    before: watchdog.before,
  });
  watchdog.end();
  console.log(show(figures));
  writeFileSync(`${FOUND}/${name}-slowest`, figures.slowest);
  if (!figures.failure) return 0;
  tell(figures.failure, file, line);
  return 1;
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function show({ inputs, ends, slowestMs }: Figures): string {
  const sorted = [...ends].toSorted(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
  return `  ${inputs} inputs, the slowest ${Math.round(slowestMs)} ms: ${sorted.join(', ')}`;
}

function tell({ input, number, error }: Failure, file: string, line: string): void {
  writeFileSync(file, input);
  console.error(`input ${number} fails: ${String(error instanceof Error ? error.stack : error)}`);
  console.error(`Replay it:\n  ${line}`);
}

async function replay(name: string, file: string): Promise<number> {
  console.log(`${name}: ${await judge(targetOf(name), readFileSync(file))}`);
  return 0;
}

function targetOf(name: string) {
  const target = TARGETS[name];
  if (!target) throw new Error(`no such target: ${name}`);
  return target;
}
