import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Renderer } from '../../src/system/renderer/renderer.ts';
import { APPS } from './apps.ts';
import { chart, under } from './charts.ts';
import { makeFolder } from '../support/repository.ts';
import { bytesOf, hasRenderer, openRenderer, PROGRAM, quickLimits } from './support.ts';

const SLOW = under('app', {
  'kustomization.yaml': 'helmCharts:\n- name: web\n  releaseName: shop\n',
  ...chart('charts', 'web', {
    'templates/slow.yaml': '{{ range until 1500 }}{{ range until 10000 }}{{ end }}{{ end }}',
  }),
});

const ENDLESS = {
  ...SLOW,
  'app/charts/web/templates/slow.yaml': '{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}',
};

/** The renderer's processes that this one has. */
function processes(): number[] {
  const lines = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return lines
    .split('\n')
    .filter(line => line.includes('slipway-renderer') && !line.includes('defunct'))
    .map(line => Number.parseInt(line, 10));
}

async function processesOnceThere(count: number): Promise<number[]> {
  for (let tries = 0; tries < 500; tries += 1) {
    const found = processes();
    if (found.length >= count) return found;
    await sleep(10);
  }
  throw new Error(`there are never ${count} processes`);
}

/** Those of the test before may be about to end. */
async function noProcesses(): Promise<void> {
  for (let tries = 0; processes().length > 0 && tries < 500; tries += 1) await sleep(10);
  expect(processes()).toEqual([]);
}

beforeEach(noProcesses);

function slow(renderer: Renderer): Promise<string> {
  return renderer.build(bytesOf(SLOW), 'app').then(({ manifests }) => manifests);
}

/** The renderer, of which the first processes end by SIGKILL before they read anything. */
function killedAtStart(times: number): string {
  const folder = makeFolder();
  const program = path.join(folder, 'slipway-renderer');
  const count = path.join(folder, 'count');
  const lines = [
    '#!/bin/sh',
    `echo >> '${count}'`,
    `[ "$(/usr/bin/wc -l < '${count}')" -gt ${times} ] || kill -9 $$`,
    `exec '${PROGRAM}' "$@"`,
  ];
  writeFileSync(program, `${lines.join('\n')}\n`, { mode: 0o755 });
  return program;
}

describe.skipIf(!hasRenderer || process.platform !== 'linux')('a process that is killed', () => {
  test('in the middle of a job: a new one does it', async () => {
    const renderer = openRenderer({ workers: 2 });
    const jobs = [slow(renderer), slow(renderer), slow(renderer)];
    for (const pid of await processesOnceThere(2)) process.kill(pid, 'SIGKILL');
    for (const manifests of await Promise.all(jobs)) expect(manifests).toContain('kind: Deployment');
  });

  test('with the same job again: the job fails, the next does not', async () => {
    const renderer = openRenderer({ workers: 1 });
    const endless = renderer.build(bytesOf(ENDLESS), 'app').catch((error: unknown) => error);
    const other = slow(renderer);
    const [first = 0] = await processesOnceThere(1);
    process.kill(first, 'SIGKILL');
    let [second = first] = await processesOnceThere(1);
    for (; second === first; [second = first] = await processesOnceThere(1)) await sleep(10);
    process.kill(second, 'SIGKILL');
    expect(await endless).toMatchObject({
      code: 'E_RENDER',
      message: expect.stringContaining('ended by SIGKILL') as unknown,
    });
    expect(await other).toContain('kind: Deployment');
  });

  test.each([1, 4])('while it says its version, %i times: another one says it', async times => {
    const renderer = openRenderer({ program: killedAtStart(times) });
    expect((await renderer.engines()).helm).toMatch(/^v3\./);
    expect(await slow(renderer)).toContain('kind: Deployment');
  });

  test('whenever it says its version: there is no such tool', async () => {
    const renderer = openRenderer({ program: killedAtStart(1000) });
    await expect(renderer.engines()).rejects.toMatchObject({
      code: 'E_TOOL',
      message: expect.stringContaining('ended by SIGKILL') as unknown,
    });
  });

  test('without a job: the next job gets a new one', async () => {
    const renderer = openRenderer({ workers: 1 });
    await slow(renderer);
    for (const pid of processes()) process.kill(pid, 'SIGKILL');
    expect(await slow(renderer)).toContain('kind: Deployment');
  });
});

describe.skipIf(!hasRenderer)('ending', () => {
  test('close and abort end what runs and what waits', async () => {
    const controller = new AbortController();
    const renderer = openRenderer({ workers: 1, signal: controller.signal });
    const jobs = [renderer.build(bytesOf(ENDLESS), 'app'), slow(renderer)].map(job =>
      job.catch((error: unknown) => error),
    );
    await processesOnceThere(1);
    controller.abort(new Error('enough'));
    expect(await Promise.all(jobs)).toEqual([new Error('enough'), new Error('enough')]);
    await expect(slow(renderer)).rejects.toThrow('enough');
    const closed = openRenderer();
    closed.close();
    await expect(slow(closed)).rejects.toMatchObject({ code: 'E_CANCELLED' });
    await noProcesses();
  });

  test('a program that is none is E_TOOL, of every job', async () => {
    const renderer = openRenderer({ program: '/nowhere/slipway-renderer' });
    for (const job of [renderer.engines(), slow(renderer)])
      await expect(job).rejects.toMatchObject({
        code: 'E_TOOL',
        message: expect.stringContaining('ENOENT') as unknown,
      });
  });

  test.each([
    ['runtime: failed to create new OS thread (have 9 already; errno=11)', /more than 64 MiB of memory/],
    ['fatal error: all goroutines are asleep - deadlock!', /exit code 2: fatal error: all goroutines/],
  ])('what Go dies of is told, not its registers: %s', async (first, told) => {
    const program = path.join(makeFolder(), 'renderer');
    writeFileSync(program, `#!/bin/sh\nread -r job\necho '${first}' >&2\necho 'gs     0x0' >&2\nexit 2\n`, {
      mode: 0o755,
    });
    await expect(slow(openRenderer({ program, memoryMiB: 64 }))).rejects.toThrow(told);
  });

  test('a program that is another one fails the job with what it says', async () => {
    const renderer = openRenderer({ program: process.execPath });
    await expect(slow(renderer)).rejects.toThrow(/exit code 9: .*bad option: --memory/);
  });
});

const MUTATIONS = Number(process.env['SLIPWAY_MUTATIONS'] ?? 1000);

describe.skipIf(!hasRenderer)('mutations', () => {
  test(
    `${MUTATIONS} kustomizations and charts with bytes changed: each job ends, none takes another with it`,
    { timeout: 600_000 },
    async () => {
      const renderer = openRenderer(quickLimits);
      const random = generator(Number(process.env['SLIPWAY_SEED'] ?? 11));
      const [good] = APPS;
      const expected = await renderer.build(bytesOf(good?.files ?? {}), `production/${good?.name}`);
      const ends = { built: 0, failed: 0 };
      for (let done = 0; done < MUTATIONS; done += 10) {
        const jobs = Array.from({ length: 10 }, async () => {
          const app = pick(random, APPS);
          await renderer.build(mutated(random, bytesOf(app.files)), `production/${app.name}`).then(
            () => (ends.built += 1),
            (error: unknown) => {
              expect(error).toMatchObject({ code: 'E_RENDER' });
              ends.failed += 1;
            },
          );
        });
        const between = renderer.build(bytesOf(good?.files ?? {}), `production/${good?.name}`);
        await Promise.all(jobs);
        expect(await between).toEqual(expected);
      }
      expect(ends.built + ends.failed).toBe(Math.ceil(MUTATIONS / 10) * 10);
      expect(ends.failed).toBeGreaterThan(0);
      expect(ends.built).toBeGreaterThan(0);
    },
  );
});

/** Numbers below 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function pick<T>(random: () => number, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

const PIECES = [
  '{{',
  '}}',
  '[',
  '{',
  '*a',
  '&a ',
  '!!',
  '---\n',
  '\t',
  '\u0000',
  '|',
  '>',
  '"',
  "'",
  ': ',
  '- ',
  '\n',
  '..',
  '~',
  '9e9',
];

/** One file with a few bytes changed, doubled, removed, or with a piece of syntax put in. */
function mutated(random: () => number, files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const [name, content] = pick(
    random,
    [...files].filter(([file]) => random() < 0.5 || file.endsWith('kustomization.yaml')),
  );
  let bytes = Buffer.from(content);
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) {
    const at = Math.floor(random() * (bytes.length + 1));
    const to = at + Math.floor(random() * 12);
    const middle = pick(random, [
      Buffer.from(pick(random, PIECES)),
      Buffer.alloc(0),
      bytes.subarray(at, to + 20),
      Buffer.from([Math.floor(random() * 256)]),
    ]);
    bytes = Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(pick(random, [at, to]))]);
  }
  return new Map([...files, [name, bytes]]);
}
