import { spawn, spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** util-linux's `script` gives a program a terminal of its own. */
export const hasTerminals = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

export type TerminalOptions = { cwd: string; env: NodeJS.ProcessEnv; columns?: number };

/** A program in a real pseudo-terminal: waits for what it shows, then types. */
export class PseudoTerminal {
  /** Everything shown so far, control sequences included. */
  raw = '';
  readonly ended: Promise<number>;
  readonly #child;
  #position = 0;

  constructor(command: string, { cwd, env, columns = 100 }: TerminalOptions) {
    const line = `stty rows 40 cols ${columns}; exec ${command}`;
    this.#child = spawn('script', ['--quiet', '--flush', '--return', '--command', line, '/dev/null'], {
      cwd,
      env,
    });
    this.#child.stdout.on('data', (chunk: Buffer) => (this.raw += chunk.toString()));
    this.ended = new Promise(resolve => this.#child.on('close', code => resolve(code ?? -1)));
  }

  /** What was shown, as a person reads it. */
  get text(): string {
    return stripVTControlCharacters(this.raw).replaceAll('\r', '');
  }

  /** Waits until something new matches; the test's own time-out ends a wait in vain. */
  async sees(pattern: RegExp): Promise<void> {
    for (;;) {
      const match = pattern.exec(this.text.slice(this.#position));
      if (match) {
        this.#position += match.index + match[0].length;
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 20));
      if (this.#child.exitCode !== null && !pattern.test(this.text.slice(this.#position)))
        throw new Error(`ended without showing ${pattern}:\n${this.text}`);
    }
  }

  types(keys: string): void {
    this.#child.stdin.write(keys);
  }
}

export const ENTER = '\r';
export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';
export const ESC = '\u001b';
export const DOWN = '\u001b[B';
export const UP = '\u001b[A';
