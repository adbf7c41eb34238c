import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { branchedRepository, change, everyPile } from '../../support/preview-fixture.ts';
import { makeFolder, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';
import { sha256Of } from '../../../src/data/digest.ts';

const OF = 2;
let root: string;
const home = makeFolder();
const made = makeFolder();
const files = Array.from({ length: OF }, (_, index) => path.join(made, `${index + 1}.json`));

function run(...args: string[]): Promise<Run> {
  return slipway(args, { cwd: root, env: testEnv(home) as Record<string, string> });
}

beforeAll(async () => {
  const { files: before, changes } = everyPile();
  root = branchedRepository(before);
  change(root, changes);
  for (const [index, file] of files.entries()) {
    const { stdout } = await run('preview', '--exit-code', '--json', '--shard', `${index + 1}/${OF}`);
    writeFileSync(file, stdout);
  }
});

function body(stdout: string): string {
  return stdout.replace(/"command":"[^"]*"/, '');
}

test('shards of a preview that are joined say what one run says, in every form, with its exit', async () => {
  const page = path.join(makeFolder(), 'page.html');
  const whole = await run('preview', '--exit-code', '--json', '--html', page);
  const joined = await run('join', '--json', ...files);
  expect([joined.code, body(joined.stdout)]).toEqual([whole.code, body(whole.stdout)]);
  const { apps } = readAs('preview', joined.stdout) as { apps: object[] };
  const shares = await Promise.all(files.map(file => run('join', '--json', file)));
  expect(shares.map(({ code }) => code)).toEqual([2, 2]);
  expect(apps.length).toBeGreaterThan(3);
  for (const format of ['markdown', 'html'] as const) {
    const one = await run('preview', `--${format}`, '-');
    expect((await run('join', '--format', format, ...files)).stdout).toBe(one.stdout);
  }
  expect((await run('join', ...files)).stdout).toBe((await run('preview')).stdout);
});

test('what no preview leaves, and a format that it has not, are refused', async () => {
  const { stdout } = await run('preview', '--json', '--shard', '1/1');
  const document = JSON.parse(stdout) as { shard: { facts: object } };
  const { digest: _, ...own } = { ...document.shard, digest: '' };
  const folder = makeFolder();
  const odd = [
    { ...own.facts, apps: [{ app: 1 }] },
    { ...own.facts, apps: [{ ...hostile() }] },
  ];
  for (const [index, facts] of odd.entries()) {
    const part = { ...own, facts };
    const text = JSON.stringify({ shard: { ...part, digest: sha256Of(JSON.stringify(part)) } });
    writeFiles(folder, { [`${index}.json`]: text });
    const { code, stderr } = await run('join', path.join(folder, `${index}.json`));
    expect([code, stderr]).toEqual([2, expect.stringContaining('is no result of a shard')]);
  }
  const { code, stderr } = await run('join', '--format', 'sarif', ...files);
  expect([code, stderr]).toEqual([2, expect.stringContaining('terminal, json, markdown, html')]);
  expect((await run('preview', '--matrix', '3')).stdout).toContain('"shard":"3/3"');
});

/** As it is taken for, but for what lies deeper. */
function hostile(): object {
  const changes = { added: [], removed: [], changed: [{ kind: 'A', name: 'b', fields: 7 }], noise: 0 };
  return {
    app: 'x/y',
    kind: 'folder',
    presence: 'both',
    pile: 'change',
    objects: { before: 1, after: 1 },
    cautions: [],
    charts: [],
    comparison: { changes, images: [null] },
    differences: [],
    values: [],
    left: [],
  };
}
