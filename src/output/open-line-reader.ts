import { readdirSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** A person's lines, with their history (arrow up) and file names on Tab. */
export type LineReader = {
  /** The next line; undefined once the person ends the input with Ctrl+D. @throws UserError E_CANCELLED on Ctrl+C on an empty line */
  read(prompt: string, folder: string): Promise<string | undefined>;
  /** Lends the keyboard to another program. */
  lend<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): void;
};

export type LineReaderOptions = {
  input: NodeJS.ReadStream;
  output: NodeJS.WritableStream;
  /** Words that begin a line, offered on Tab. */
  words: readonly string[];
  signal: AbortSignal;
};

/** Opens the keyboard. Lines that are pasted together are read one by one. */
export function openLineReader({ input, output, words, signal }: LineReaderOptions): LineReader {
  let folder = '.';
  const lines = lineQueue();
  const completer = (line: string): [string[], string] => complete(line, { folder, words });
  const reader = createInterface({ input, output, completer, terminal: true, historySize: 500 });
  reader.on('line', lines.put);
  reader.on('close', lines.end);
  reader.on('SIGINT', () => {
    if (reader.line === '') lines.fail(new UserError('E_CANCELLED', say('cli.cancelled')));
    else throwAway(reader, output);
  });
  const cancel = (): void => lines.fail(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  return {
    read: (prompt, from) => {
      folder = from;
      return lines.next(() => {
        reader.setPrompt(prompt);
        reader.prompt();
      });
    },
    lend: async work => {
      reader.pause();
      input.setRawMode?.(false);
      try {
        return await work();
      } finally {
        if (!lines.hasEnded()) input.setRawMode?.(true);
      }
    },
    close: () => {
      signal.removeEventListener('abort', cancel);
      reader.close();
    },
  };
}

type Waiting = { resolve(line: string | undefined): void; reject(error: unknown): void };

/** Lines that come when they like, for somebody who takes one at a time; undefined once there are no more. */
function lineQueue() {
  const ready: string[] = [];
  let waiting: Waiting | undefined;
  let ended = false;
  const settle = (act: (one: Waiting) => void): void => {
    const one = waiting;
    waiting = undefined;
    if (one) act(one);
  };
  return {
    put: (line: string) => (waiting ? settle(({ resolve }) => resolve(line)) : void ready.push(line)),
    end: () => {
      ended = true;
      settle(({ resolve }) => resolve(undefined));
    },
    fail: (error: unknown) => settle(({ reject }) => reject(error)),
    hasEnded: () => ended,
    next: (ask: () => void): Promise<string | undefined> => {
      if (ready.length > 0 || ended) return Promise.resolve(ready.shift());
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        ask();
      });
    },
  };
}

/** As in a shell, Ctrl+C throws away what was begun. */
function throwAway(reader: Interface, output: NodeJS.WritableStream): void {
  output.write('^C\n');
  Object.assign(reader, { line: '', cursor: 0 });
  reader.prompt();
}

/** Words for a line that has one, files for the last of several. */
function complete(
  line: string,
  { folder, words }: { folder: string; words: readonly string[] },
): [string[], string] {
  const last = /(?<!\S)\S*$/.exec(line)?.[0] ?? '';
  const begun = last.slice(0, last.lastIndexOf('/') + 1);
  const found = last === line ? words.filter(word => word.startsWith(last)) : [];
  const files = entriesOf(path.resolve(folder, begun)).map(
    entry => `${begun}${entry.name}${entry.isDirectory() ? '/' : ''}`,
  );
  return [[...found, ...files.filter(name => name.startsWith(last))], last];
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
