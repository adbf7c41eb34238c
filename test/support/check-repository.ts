import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, makeRepository } from './repository.ts';
import { GOOD } from './check-case.ts';
import { type Run, slipway, testEnv } from './slipway.ts';

type Found = {
  code: string;
  file: string;
  line: number;
  severity: string;
  fixable: boolean;
  message: string;
};

export type CheckRun = Run & {
  findings: Found[];
  /** `code file:line` of each finding. */
  found: string[];
  left: { file: string; reason: string }[];
  changes: { path: string }[];
  summary: Record<string, number>;
};

export const WEB = 'production/web/kustomization.yaml';
export const NOTES = 'production/notes/kustomization.yaml';

/** The good repository of the rules' cases, committed. */
export function goodRepository(): string {
  return makeRepository(Object.fromEntries(GOOD));
}

/** Replaces the first occurrence of a text in a file. */
export function edit(root: string, file: string, from: string, to: string): void {
  const name = path.join(root, file);
  const text = readFileSync(name, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(name, text.replace(from, to));
}

export function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Each has a home of its own, so that nothing is remembered between them. */
export function checkHome(): Record<string, string> {
  return testEnv(makeFolder()) as Record<string, string>;
}

/** Runs check with --json. */
export async function check(root: string, args: string[] = [], env = checkHome()): Promise<CheckRun> {
  const run = await slipway(['check', '-C', root, '--json', ...args], { env, cwd: root });
  const report = JSON.parse(run.stdout) as Pick<CheckRun, 'findings' | 'left' | 'changes' | 'summary'>;
  const findings = report.findings ?? [];
  return {
    ...run,
    ...report,
    findings,
    found: findings.map(({ code, file, line }) => `${code} ${file}:${line}`),
  };
}
