import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, test } from 'vitest';
import { commitAll, git, makeFolder, readTree } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const BIN = path.resolve('bin/slipway.js');

/** A process with all that it started. */
function family(pid: number): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map(row => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([own = 0, above]) => (above === parent ? [own, ...below(own)] : []));
  return [pid, ...below(pid)];
}

/** What the repository's apps hold; their charts are pulled again. */
function appsOf(root: string): Record<string, string> {
  const all = Object.entries(readTree(root));
  return Object.fromEntries(
    all.filter(([file]) => file.startsWith('production/') && !file.includes('/charts/')),
  );
}

/** Applies an upgrade over MCP, and kills the server and what it runs some time after the run began to write. */
async function killedApply(after: number | undefined) {
  const root = path.join(makeFolder(), 'fleet');
  const env = testEnv(makeFolder()) as Record<string, string>;
  await slipway(['outdated', '--demo', root], { cwd: path.dirname(root), env });
  git(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root);
  const before = appsOf(root);
  const args = [BIN, 'mcp', '-C', root, '--allow', 'write,unattended'];
  const transport = new StdioClientTransport({ command: process.execPath, args, env, stderr: 'ignore' });
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'legacy' } });
  await client.connect(transport);
  const plan = await client.callTool({ name: 'plan_upgrade', arguments: { apps: ['wiki'] } });
  const { planId } = plan.structuredContent as { planId: string };
  const done = client.callTool({ name: 'apply', arguments: { planId } }).catch(() => undefined);
  if (after === undefined) await done;
  else {
    const state = path.join(root, '.git/slipway');
    while (!(existsSync(state) && readdirSync(state).length > 0)) await setTimeout(1);
    await setTimeout(after);
    for (const pid of family(transport.pid ?? 0).toReversed()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It had ended by itself.
      }
    }
    await done;
  }
  await client.close();
  // The next run that writes repairs what was begun, whatever it is told to do.
  await slipway(['bump', 'no-such-app', '--image', 'a=:1', '--json'], { cwd: root, env });
  return { before, after: appsOf(root) };
}

test('M13 S7-9 killed while it applies, a server leaves all as it was or all as it was to be', async () => {
  const whole = await killedApply(undefined);
  expect(whole.after).not.toEqual(whole.before);
  for (const after of [0, 3, 12, 40]) {
    const killed = await killedApply(after);
    expect([whole.before, whole.after]).toContainEqual(killed.after);
  }
}, 240_000);
