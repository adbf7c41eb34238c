import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeGitopsRepository } from '../../../bench/gitops-repository.ts';
import { makeFolder } from '../../support/repository.ts';
import { testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

const RENDERER = findTool('slipway-renderer');
const BIN = path.resolve('bin/slipway.js');
const APPS = 40;

test.runIf(RENDERER !== undefined)('slipway-renderer is built, so that it can be killed', () => {
  expect(RENDERER).toContain('slipway-renderer');
});

/** Its children that render, by number. */
function renderersOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      const status = statusOf(pid);
      return (
        /^Name:\s*slipway-rendere$/m.test(status) && new RegExp(`^PPid:\\s*${parent}$`, 'm').test(status)
      );
    });
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

test.runIf(RENDERER !== undefined && process.platform === 'linux')(
  'the renderers of a run are killed in the middle of it: every app is rendered all the same',
  async () => {
    const root = path.join(makeFolder(), 'repository');
    makeGitopsRepository(root, APPS, { templates: 12 });
    const env = testEnv(makeFolder(), {
      SLIPWAY_RENDERER: RENDERER ?? '',
      SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent',
    });
    const child = spawn(process.execPath, [BIN, 'check', '-C', root, '--render', '--offline', '--json'], {
      env,
    });
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    const ended = new Promise(resolve => child.on('close', resolve));
    const killed = new Set<number>();
    const timer = setInterval(() => {
      // Those that came first, once each: a job is done again once. One alone only says which renderer it is.
      const renderers = renderersOf(child.pid ?? 0);
      if (renderers.length < 2 && killed.size === 0) return;
      for (const pid of renderers)
        if (killed.size < 2 && !killed.has(pid)) {
          killed.add(pid);
          process.kill(pid, 'SIGKILL');
        }
    }, 2);
    await ended;
    clearInterval(timer);
    const { summary } = JSON.parse(Buffer.concat(out).toString()) as { summary: { rendered: number } };
    expect([killed.size, summary.rendered]).toEqual([2, APPS]);
  },
);
