import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeGitopsRepository } from './gitops-repository.ts';
import { compare, type Contender, printTable } from './measure.ts';
import { BIN } from './start-up.ts';

const CLUSTERS = 100;
const FLEETS = [1000, 10_000];
const OF = 8;
const VALUES_BYTES = 20_000;

/**
 * `slipway check` of a fleet on one machine, and shared out over eight: what the plan takes, what a shard takes with it and without,
 * and what it takes to join them. Each finds an empty cache, as in CI.
 */
export async function shards(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-shards-'));
  try {
    for (const apps of FLEETS) await share(folder, apps);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function share(folder: string, apps: number): Promise<void> {
  const root = path.join(folder, `fleet-${apps}`);
  makeGitopsRepository(root, apps, { clusters: CLUSTERS, valuesBytes: VALUES_BYTES });
  const plan = path.join(folder, `plan-${apps}.json`);
  const check = (name: string, ...args: string[]): Contender =>
    contender(folder, name, ['check', '-C', root, ...args]);
  const planning = check(`check --matrix ${OF} --plan`, '--matrix', String(OF), '--plan', plan);
  execFileSync(planning.command[0] ?? '', planning.command.slice(1), { env: planning.env, stdio: 'ignore' });
  const shares = Array.from({ length: OF }, (_, index) => `${index + 1}/${OF}`);
  for (const shard of shares)
    print(folder, check(shard, '--shard', shard, '--apply', plan, '--json'), fileOf(folder, shard));
  console.log(`\n${apps} apps on ${CLUSTERS} clusters`);
  printTable(
    await compare(
      [
        check('check, one machine'),
        planning,
        ...shares.map(shard => check(`check --shard ${shard} --apply`, '--shard', shard, '--apply', plan)),
        check(`check --shard 1/${OF}, no plan`, '--shard', `1/${OF}`),
        contender(folder, 'join', ['join', ...shares.map(shard => fileOf(folder, shard))]),
      ],
      1,
    ),
  );
}

function fileOf(folder: string, shard: string): string {
  return path.join(folder, `check-${shard.replace('/', '-of-')}.json`);
}

function print(folder: string, { command: [program = '', ...args], env }: Contender, file: string): void {
  execFileSync(program, args, { env, stdio: ['ignore', openSync(file, 'w'), 'ignore'] });
  rmSync(path.join(folder, 'cache'), { recursive: true, force: true });
}

function contender(folder: string, name: string, args: string[]): Contender {
  const cache = path.join(folder, 'cache');
  return {
    name,
    command: [process.execPath, BIN, ...args],
    env: { PATH: process.env['PATH'], HOME: folder, SLIPWAY_CACHE_DIR: cache },
    prepare: () => rmSync(cache, { recursive: true, force: true }),
  };
}
