import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, renameSync } from 'node:fs';
import path from 'node:path';
import { commitAll, git, makeFolder } from './repository.ts';
import { type Run, runInside } from './run-inside.ts';
import { findTool } from './tools.js';

const BIN = path.resolve(import.meta.dirname, '../../bin/slipway.js');
const DEMO = path.resolve(import.meta.dirname, '../../templates/demo/repository');

/** Has `slipway`, as where it is installed. */
const INSTALLED = path.resolve(import.meta.dirname, 'bin');

export type { Run };

export type RunOptions = { cwd?: string; env?: Record<string, string>; input?: string };

/** Machine settings of a test: homes and cache of its own, tools of the tests, no colours, no proxies, no CI. */
export function testEnv(home: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const tools = ['helm', 'kustomize'].flatMap(name =>
    findTool(name) ? [path.dirname(findTool(name) ?? '')] : [],
  );
  return {
    PATH: [...new Set(tools), INSTALLED, process.env['PATH'] ?? ''].join(path.delimiter),
    HOME: home,
    SLIPWAY_CACHE_DIR: path.join(home, 'cache'),
    NO_COLOR: '1',
    LANG: 'C',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    ...more,
  };
}

/** What the built binary does with no terminal, inside this process where nothing is for Node itself. */
export function slipway(args: string[], options: RunOptions = {}): Promise<Run> {
  const { cwd = process.cwd(), env = {}, input = '' } = options;
  const isForNode = Object.keys(env).some(name => /^(?:NODE_|LD_|TZ$)/.test(name));
  return isForNode ? slipwayProcess(args, options) : runInside(args, { cwd, env, input });
}

/** Starts the built binary as a user does, with no terminal: for what only a process of its own shows. */
export function slipwayProcess(args: string[], { cwd, env = {}, input = '' }: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env });
  child.stdin.end(input);
  return endOf(child);
}

/** What a process has said and how it ended; -1 for one that a signal ended. Rejects where it cannot be started. */
export function endOf(child: ChildProcess): Promise<Run> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      }),
    );
  });
}

/** The same for a repository, on a machine of its own. */
export function slipwayIn(root: string, ...args: string[]): Promise<Run> {
  return slipway([...args, '-C', root], { env: testEnv(makeFolder()) as Record<string, string> });
}

/** What `--json` of such a run says. */
export async function slipwayJson<T>(root: string, ...args: string[]): Promise<T> {
  return JSON.parse((await slipwayIn(root, ...args, '--json')).stdout) as T;
}

/** The demo's GitOps repository as slipway writes it: in a package no file may be called `.gitignore`. */
export function copyDemo(root: string): void {
  cpSync(DEMO, root, { recursive: true });
  const ignore = path.join(root, 'production/wiki/.gitignore');
  renameSync(`${ignore}.hbs`, ignore);
}

/** A copy of the demo's GitOps repository, committed. */
export function demoRepository(): string {
  const root = makeFolder();
  copyDemo(root);
  git(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root);
  return root;
}
