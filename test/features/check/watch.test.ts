import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkHome, goodRepository, WEB } from '../../support/check-repository.ts';
import { slipwayIn } from '../../support/slipway.ts';

const BIN = path.resolve(import.meta.dirname, '../../../bin/slipway.js');

/** A watch that is there, and what it has printed so far. */
function startWatch(root: string) {
  const child = spawn(process.execPath, [BIN, 'check', '--watch', '-C', root], {
    cwd: root,
    env: checkHome(),
  });
  const seen = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (seen.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (seen.err += chunk.toString()));
  const ended = once(child, 'close') as Promise<[number | null]>;
  /** Until it has waited so many times. */
  const waiting = async (times: number): Promise<void> => {
    while (seen.err.split('waiting for changes').length <= times) await once(child.stderr, 'data');
  };
  return { child, seen, ended, waiting };
}

test('checks again after a change, prints one line for each finding, and ends with Ctrl+C', async () => {
  const root = goodRepository();
  const file = path.join(root, WEB);
  const good = readFileSync(file, 'utf8');
  const { child, seen, ended, waiting } = startWatch(root);
  await waiting(1);
  expect(seen.out).toContain('nothing found');
  writeFileSync(file, good.replace('namespace.yaml', 'gone.yaml'));
  await waiting(2);
  expect(seen.err).toContain(`${WEB} changed`);
  expect(seen.out).toMatch(
    new RegExp(`^${WEB}:\\d+:\\d+: error: .*gone\\.yaml.* \\[listed-but-absent\\]$`, 'm'),
  );
  const before = seen.out.length;
  writeFileSync(file, good);
  await waiting(3);
  expect(seen.out.slice(before)).toContain('nothing found');
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
});

test.each(['--fix', '--staged', '--cluster', '--json'])('does not go together with %s', async flag => {
  const { code, stderr, stdout } = await slipwayIn(goodRepository(), 'check', '--watch', flag);
  expect([code, `${stderr}${stdout}`]).toEqual([2, expect.stringContaining(`--watch and ${flag}`)]);
});

test('--format lines says what was not looked at', async () => {
  const { code, stdout } = await slipwayIn(goodRepository(), 'check', '--format', 'lines');
  expect([code, stdout]).toEqual([0, expect.stringContaining('nothing was rendered: --render does that')]);
});
