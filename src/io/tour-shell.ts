import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type ShellLine = {
  line: string;
  cwd: string;
  env: Record<string, string | undefined>;
  /** Whether the person's keyboard belongs to the line. What it prints goes to stderr: stdout is the tour's result. */
  interactive: boolean;
  signal: AbortSignal;
};

/** Runs one line as the person would type it; resolves to its exit code. */
export function runLine({ line, cwd, env, interactive, signal }: ShellLine): Promise<number> {
  return new Promise((resolve, reject) => {
    const stdio = [interactive ? 'inherit' : 'ignore', 2, 2] as const;
    const child = spawn(line, { cwd, env, shell: true, stdio: [...stdio], signal });
    child.on('error', error => reject(signal.aborted ? (signal.reason as Error) : error));
    child.on('close', code => resolve(code ?? 1));
  });
}

/** Makes `slipway` mean this very program in a folder that then stands first on PATH. */
export async function writeShim(folder: string, bin: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'slipway');
  await writeFile(file, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  await chmod(file, 0o755);
  await writeFile(`${file}.cmd`, `@"${process.execPath}" "${bin}" %*\r\n`);
}
