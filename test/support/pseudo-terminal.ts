import { spawn, spawnSync } from 'node:child_process';

/** util-linux's `script` gives a program a terminal. */
export const hasPseudoTerminal =
  spawnSync('script', ['-qec', 'true', '/dev/null'], { input: '' }).status === 0;

export type TerminalRun = {
  /** Everything shown so far. */
  shown(): string;
  /** Resolves once the text is shown, behind what was waited for before. */
  until(text: string): Promise<void>;
  type(keys: string): void;
  /** Exit code of the command line. */
  ended: Promise<number>;
};

/** Runs a shell command line in a terminal of its own, so that a test can answer its prompts. */
export function runInTerminal(command: string, env: Record<string, string>, cwd: string): TerminalRun {
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { ...env, TERM: 'xterm', SHELL: '/bin/sh' },
  });
  let shown = '';
  let seen = 0;
  const waiting = new Set<() => void>();
  const collect = (chunk: Buffer): void => {
    shown += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve(code ?? -1));
  });
  const until = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const at = shown.indexOf(text, seen);
        if (at < 0) return;
        seen = at + text.length;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      void ended.then(() =>
        waiting.has(look) ? reject(new Error(`"${text}" was never shown:\n${shown}`)) : undefined,
      );
    });
  return { shown: () => shown, until, type: keys => void child.stdin.write(keys), ended };
}
