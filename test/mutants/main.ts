import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Guard, GUARDS } from './guards.ts';

/** Not copied: large, or made anew. */
const LEFT_OUT = new Set(['.git', 'node_modules', '.tools', 'dist', 'found']);
const MOST_MS = 900_000;

type Verdict = 'red' | 'GREEN' | 'NOT FOUND';

/**
 * Takes out one guard after the other, in a copy of the working tree, and runs its tests there. Arguments: rows or files
 * to look at only. Returns 1 if a guard's tests stay green or its text is not found.
 */
export function main(only: string[]): number {
  const guards = GUARDS.filter(
    ({ row, file }) => only.length === 0 || only.some(word => row === word || file.includes(word)),
  );
  const copy = copyTree();
  try {
    const tests = [...new Set(guards.flatMap(guard => guard.tests))];
    const rows = [...new Set(guards.map(guard => guard.row))].join('|');
    if (!isGreen(copy, tests, rows, 'inherit')) {
      console.error('red before anything was taken out');
      return 1;
    }
    const verdicts = guards.map(guard => {
      const verdict = verdictOf(guard, copy);
      console.log(`${verdict.padEnd(9)}  ${guard.row}  ${guard.file.padEnd(42)}  ${guard.text}`);
      return verdict;
    });
    const bad = verdicts.filter(verdict => verdict !== 'red').length;
    console.log(`${guards.length} guards, ${bad} that no test would miss`);
    return bad > 0 ? 1 : 0;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyTree(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'slipway-mutants-'));
  cpSync('.', copy, { recursive: true, filter: from => !LEFT_OUT.has(path.basename(from)) });
  for (const name of ['node_modules', '.tools']) symlinkSync(path.resolve(name), path.join(copy, name));
  return copy;
}

function verdictOf({ row, file, text, by, tests }: Guard, copy: string): Verdict {
  const target = path.join(copy, file);
  const source = readFileSync(target, 'utf8');
  if (source.split(text).length !== 2) return 'NOT FOUND';
  writeFileSync(
    target,
    source.replace(text, () => by),
  );
  const green = isGreen(copy, tests, row, 'ignore');
  writeFileSync(target, source);
  return green ? 'GREEN' : 'red';
}

/** Runs the tests of these rows. A run that does not end in time is red too. */
function isGreen(
  folder: string,
  tests: readonly string[],
  rows: string,
  stdio: 'ignore' | 'inherit',
): boolean {
  const vitest = path.join(folder, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--bail', '1', '--reporter', 'dot', '-t', `\\b(?:${rows})\\b`, ...tests];
  const options = { cwd: folder, stdio, timeout: MOST_MS, killSignal: 'SIGKILL' as const };
  return spawnSync(process.execPath, args, options).status === 0;
}
