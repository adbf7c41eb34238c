import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../../../src/system/tools/find-program.ts';
import { type ProgramRun, runProgram } from '../../../src/system/tools/process.ts';
import { findHelm } from '../../../src/system/tools/helm.ts';
import { inRendererHome, runRenderer } from '../../../src/system/tools/run-renderer.ts';
import { findSandbox } from '../../../src/system/tools/sandbox.ts';
import { makeFolder, writeFiles } from '../../support/repository.ts';

const PATH = process.env['PATH'] ?? '';

async function failureOf(run: Promise<unknown>): Promise<Error> {
  const end = await run.then(
    () => 'no failure',
    (error: unknown) => error,
  );
  return end instanceof Error ? end : new Error(String(end));
}

function sh(script: string, more: Partial<ProgramRun> = {}): ProgramRun {
  const limits = { timeoutMs: 10_000, maxBytes: 1 << 20 };
  return {
    command: 'sh',
    args: ['-c', script],
    kind: 'git',
    env: { PATH },
    cwd: makeFolder(),
    ...limits,
    ...more,
  };
}

test('the environment is built from nothing', async () => {
  const env = {
    PATH: `.:${PATH}`,
    HOME: '/home/me',
    GITHUB_TOKEN: 'secret',
    LD_PRELOAD: '',
    GIT_DIR: '/elsewhere',
    HELM_PLUGINS: '/p',
    HTTPS_PROXY: 'http://proxy.example.test',
    GIT_CONFIG_GLOBAL: '/dev/null',
    SSH_AUTH_SOCK: '/s',
  };
  const seen = async (kind: ProgramRun['kind']): Promise<string[]> => {
    const { stdout } = await runProgram(sh('env', { env, kind }));
    const names = stdout
      .toString()
      .split('\n')
      .map(line => line.split('=')[0] ?? '');
    return names.filter(name => name in env).toSorted();
  };
  expect(await seen('renderer')).toEqual(['PATH']);
  expect(await seen('fetcher')).toEqual(['HTTPS_PROXY', 'PATH']);
  expect(await seen('git')).toEqual(['GIT_CONFIG_GLOBAL', 'HOME', 'PATH']);
  expect(await seen('commit')).toEqual(['GIT_CONFIG_GLOBAL', 'HOME', 'PATH', 'SSH_AUTH_SOCK']);
  expect(await seen('login')).toEqual(['HOME', 'HTTPS_PROXY', 'PATH', 'SSH_AUTH_SOCK']);
  const { stdout } = await runProgram(sh('echo $PATH', { env }));
  expect(stdout.toString().trim()).toBe(PATH);
});

test('a program of the current folder is none', () => {
  expect(findProgram('sh', { PATH: `.:relative:${PATH}` })).toMatch(/^\/.*\/sh$/);
  expect(findProgram('sh', { PATH: '.::relative' })).toBeUndefined();
  expect(findProgram('nothing-of-the-kind', { PATH })).toBeUndefined();
});

test('time, output and memory are bounded, and what the program started ends with it', async () => {
  const folder = makeFolder();
  const alive = async (): Promise<boolean> => {
    await new Promise(resolve => setTimeout(resolve, 300));
    const before =
      existsSync(path.join(folder, 'beat')) && readFileSync(path.join(folder, 'beat'), 'utf8').length;
    await new Promise(resolve => setTimeout(resolve, 300));
    return readFileSync(path.join(folder, 'beat'), 'utf8').length !== before;
  };
  const child = 'while :; do echo x >>beat; sleep 0.02; done & sleep 0.2;';
  const late = await failureOf(runProgram(sh(`${child} sleep 60`, { cwd: folder, timeoutMs: 500 })));
  expect([late.message, await alive()]).toEqual([expect.stringContaining('no answer after 0.5 s'), false]);
  const done = await runProgram(sh(`${child} exit 3`, { cwd: folder }));
  expect([done.code, await alive()]).toEqual([3, false]);
  const loud = await failureOf(runProgram(sh('yes')));
  expect(loud.message).toContain('printed more than 1048576 bytes');
  const script = 'const all = []; for (;;) all.push(Buffer.alloc(1 << 24, 1));';
  const greedy = { ...sh(''), command: process.execPath, args: ['-e', script], memoryMib: 400 };
  const result = await runProgram(greedy).catch((error: unknown) => error);
  expect(result).not.toMatchObject({ code: 0 });
});

test('an abort ends it with the reason', async () => {
  const controller = new AbortController();
  const run = runProgram(sh('sleep 60', { signal: controller.signal }));
  setTimeout(() => controller.abort(new Error('enough')), 50);
  await expect(run).rejects.toThrow('enough');
});

test('a renderer writes into its home only, as far as this machine offers it', async ({ skip }) => {
  const env = { PATH };
  if ((await findSandbox(env)).level !== 'closed') skip();
  const outside = makeFolder();
  writeFiles(outside, { kept: 'kept' });
  const { signal } = new AbortController();
  const script = `echo in >"$HOME/in" && echo home; echo out 2>/dev/null >${outside}/kept || echo refused; mount -o remount,bind,rw / 2>/dev/null || echo locked; cat /proc/net/dev | wc -l; cat /proc/${process.pid}/environ 2>/dev/null | wc -c`;
  const { stdout } = await inRendererHome(home =>
    runRenderer({ command: 'sh', args: ['-c', script], home, maxBytes: 1 << 16 }, { env, signal }),
  );
  expect(stdout.toString().trim().split(/\s+/)).toEqual(['home', 'refused', 'locked', '3', '0']);
  expect(readFileSync(path.join(outside, 'kept'), 'utf8')).toBe('kept');
});

test('for a renderer that is not there no sandbox is tried out', async () => {
  const folder = makeFolder();
  const tried = path.join(folder, 'tried');
  writeFiles(folder, { unshare: `#!/bin/sh\n: >'${tried}'\n`, text: 'no program' });
  chmodSync(path.join(folder, 'unshare'), 0o755);
  const { signal } = new AbortController();
  const helmOf = (named?: string): Promise<unknown> =>
    findHelm({ env: { PATH: folder, ...(named === undefined ? {} : { SLIPWAY_HELM: named }) }, signal });
  for (const named of [undefined, path.join(folder, 'nothing'), path.join(folder, 'text')])
    expect([named, await helmOf(named), existsSync(tried)]).toEqual([named, undefined, false]);
});
