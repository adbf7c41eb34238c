import { spawn } from 'node:child_process';
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { git, makeFolder } from './repository.ts';
import { endOf, type Run, testEnv } from './slipway.ts';
import { findTool } from './tools.js';

const BIN = path.resolve(import.meta.dirname, '../../bin/slipway.js');

/** What a machine has on PATH, beside git and node. */
export type Programs = { slipway?: boolean; tools?: readonly string[]; others?: Record<string, string> };

/** The environment of a person on a machine with these programs and no others: a PATH of one folder, and the system's own. */
export function machine(programs: Programs, more: Record<string, string> = {}): Record<string, string> {
  const home = makeFolder();
  const bin = path.join(home, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, path.join(bin, 'node'));
  if (programs.slipway) symlinkSync(BIN, path.join(bin, 'slipway'));
  for (const name of programs.tools ?? [])
    symlinkSync(findTool(name) ?? '/nonexistent', path.join(bin, name));
  for (const [name, script] of Object.entries(programs.others ?? {}))
    writeFileSync(path.join(bin, name), script, { mode: 0o755 });
  for (const name of SYSTEM) {
    const file = ['/usr/bin', '/bin'].map(folder => path.join(folder, name)).find(findProgram);
    if (file) symlinkSync(file, path.join(bin, name));
  }
  return {
    ...(testEnv(home) as Record<string, string>),
    PATH: bin,
    GIT_AUTHOR_NAME: 'test',
    GIT_AUTHOR_EMAIL: 'test@example.test',
    GIT_COMMITTER_NAME: 'test',
    GIT_COMMITTER_EMAIL: 'test@example.test',
    ...more,
  };
}

/** What every machine has; /usr/bin as a whole might hold helm or kubectl. */
const SYSTEM = [
  'git',
  'sh',
  'cat',
  'rm',
  'sed',
  'printf',
  'env',
  'mkdir',
  'ls',
  'unshare',
  'mount',
  'setpriv',
  'script',
  'stty',
];

function findProgram(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Lines as a person pastes them into a shell, one after the other; it stops at the first that fails. */
export function paste(lines: readonly string[], cwd: string, env: Record<string, string>): Promise<Run> {
  return endOf(
    spawn('/bin/sh', ['-e', '-c', lines.join('\n')], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}

/** The lines that stand indented below a heading, such as `next:`; sentences among them begin in upper case or with a path. */
export function linesBelow(text: string, heading: string): string[] {
  const lines = text.split('\n');
  const from = lines.indexOf(`${heading}:`) + 1;
  const length = lines.slice(from).findIndex(line => !line.startsWith('  '));
  return lines.slice(from, length < 0 ? lines.length : from + length).map(line => line.slice(2));
}

/** Takes back everything that is not committed, ignored files too. */
export function undo(root: string): void {
  git(root, 'reset', '--hard', '--quiet');
  git(root, 'clean', '-ffdxq');
}
