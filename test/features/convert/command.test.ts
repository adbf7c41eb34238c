import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestRepository } from '../../support/chart-repository.ts';
import { CONVERTED, kustomizeApp, serveConverted, TEAM_VALUES } from '../../support/convert-fixture.ts';
import {
  commitAll,
  git,
  makeFolder,
  makeRepository,
  readTree,
  writeFiles,
} from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveConverted();
});
afterAll(() => charts.close());

type Case = { root: string; run(...args: string[]): Promise<Run>; read(file: string): string };

function open(files: Record<string, string>): Case {
  const root = makeRepository(files);
  git(root, 'remote', 'add', 'origin', 'https://git.example.org/team/fleet.git');
  const env = testEnv(makeFolder()) as Record<string, string>;
  return {
    root,
    run: (...args) => slipway(args, { cwd: root, env }),
    read: file => readFileSync(path.join(root, file), 'utf8'),
  };
}

type Converted = {
  written: boolean;
  home: string;
  changes: { path: string; action: string }[];
  render: {
    status: string;
    objects?: number;
    masked?: { kind: string; name: string; fields: string[] }[];
    differences?: { kind: string; name: string }[];
  };
  decisions: { id: string; answer?: string }[];
  dangers: { id: string; level: string; remedy: string }[];
};

async function convert(it: Case, ...args: string[]): Promise<{ code: number; document: Converted }> {
  const { code, stdout, stderr } = await it.run('convert', ...args, '--yes', '--json');
  if (stdout.includes('"error"')) throw new Error(`${code} ${stdout} ${stderr}`);
  return { code, document: readAs('convert', stdout) as Converted };
}

const ANY = ['--accept', 'lost:*', '--accept', 'hook:*', '--accept', 'cluster:*'];

describe('kustomize to Flux and back', () => {
  test.each(CONVERTED)('%s renders the same each time', async name => {
    const it = open(kustomizeApp(name, charts.url));
    const before = readTree(it.root);
    const there = await convert(it, name, '--to', 'flux', ...ANY);
    expect(there).toMatchObject({ code: 0, document: { written: true, render: { status: 'same' } } });
    expect(it.read(`production/${name}/values/${name}.yaml`)).toBe(TEAM_VALUES);
    commitAll(it.root);
    const back = await convert(it, name, '--to', 'kustomize', ...ANY);
    expect(back).toMatchObject({ code: 0, document: { written: true, render: { status: 'same' } } });
    const after = readTree(it.root);
    expect(Object.keys(after).filter(file => !(file in before))).toEqual([`production/${name}/.gitignore`]);
    expect(Object.keys(before).filter(file => !(file in after))).toEqual([]);
  });
});
void existsSync;
void writeFiles;
