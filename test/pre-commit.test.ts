import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkHome, edit, goodRepository, NOTES, read } from './support/check-repository.ts';
import { git, makeFolder } from './support/repository.ts';
import { findTool } from './support/tools.js';

type Hook = { id: string; entry: string; files: string; language: string; require_serial: boolean };

const HOOKS = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as Hook[];
const preCommit = findTool('pre-commit');
if (!preCommit) process.stderr.write('skipping the test that needs pre-commit: not on PATH\n');

test('the hooks start slipway on YAML files and .gitignore, one process at a time', () => {
  expect(HOOKS.map(({ id }) => id)).toEqual(['slipway-check', 'slipway-check-fix']);
  for (const { entry, files, require_serial: isSerial } of HOOKS) {
    expect(entry).toMatch(/^slipway check --staged/);
    expect(isSerial).toBe(true);
    const isMatched = (name: string): boolean => new RegExp(files).test(name);
    expect(['a/b.yaml', 'b.yml', '.gitignore', 'a/.gitignore'].every(isMatched)).toBe(true);
    expect(['a.md', 'yaml'].some(isMatched)).toBe(false);
  }
});

test.runIf(preCommit)('a real pre-commit stops a commit, mends it, and lets the mended one through', () => {
  const root = goodRepository();
  const bin = makeFolder();
  const program = path.resolve('bin/slipway.js');
  writeFileSync(path.join(bin, 'slipway'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(path.join(bin, 'slipway'), 0o755);
  const hooks = HOOKS.map(hook => ({ ...hook, language: 'system' }));
  writeFileSync(
    path.join(root, '.pre-commit-config.yaml'),
    JSON.stringify({ repos: [{ repo: 'local', hooks: hooks.toReversed() }] }),
  );
  const home = checkHome();
  const env = { ...home, PATH: `${bin}${path.delimiter}${home['PATH']}` };
  const run = () => spawnSync(preCommit ?? '', ['run'], { cwd: root, env, encoding: 'utf8' });
  const good = read(root, NOTES);
  edit(root, NOTES, '  - resources/namespace.yaml\n', '  - resources/namespace.yaml\n'.repeat(2));
  git(root, 'add', '--all');
  expect(run().status).toBe(1);
  expect(read(root, NOTES)).toBe(good);
  git(root, 'add', '--all');
  expect(run().status).toBe(0);
});
