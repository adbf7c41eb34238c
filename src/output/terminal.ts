import { randomInt } from 'node:crypto';
import { inspect } from 'node:util';
import { display, displayBlock, withoutOrders } from '../text/display.ts';
import { systemCode } from '../errors.ts';
import type { Style } from './spans.ts';
import { cut } from './width.ts';
import { layOut, type Shown } from './lay-out.ts';

type Progress = {
  /** Replaces what is shown, for example "12 of 40 charts". */
  update(label: string): void;
  end(): void;
};

/**
 * The only place that prints. stdout is the result, stderr is for people. What people read is broken where it may be, to the
 * width of the terminal; in a pipe nothing is. Whatever reaches it, no character that acts or hides leaves it, but the colours
 * of its own `style`; nor a line that a CI system takes for a command.
 */
export type Terminal = {
  /** A person is there to answer: stdin and stderr are terminals and nothing forbids to ask. */
  readonly interactive: boolean;
  /** A person is there and could be asked, if TERM did not say that the terminal moves no cursor. */
  readonly isDumb: boolean;
  /** The width of stdout; `Infinity` where it is a pipe or a file, so that nothing is cut or wrapped. */
  readonly columns: number;
  /** The page that `say` writes on. */
  readonly aside: { style: Style; columns: number };
  readonly style: Style;
  /** For people, to stdout. */
  result(shown: Shown): void;
  /** For programs, JSON for one, to stdout: no line is broken. */
  data(text: string): void;
  /**
   * The content of a file: to stdout byte for byte, unless somebody looks at it, or a CI system, which shows what it is
   * piped and obeys it. A file that stdout is redirected to gets its bytes there too.
   */
  content(text: string): void;
  /** Lines that are made for a CI system to obey: what is put into them has to be inert already. */
  orders(text: string): void;
  /** For people, to stderr. */
  say(shown: Shown): void;
  progress(label: string): Progress;
  /** All that went to stdout; undefined once something was said beside it, or where it is large. Progress does not count. */
  printed(): string | undefined;
  /** Resolves when all output has left the process; rejects if it could not. */
  flush(): Promise<void>;
};

export type TerminalOptions = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: Record<string, string | undefined>;
  color: boolean;
  /** False with --no-input, --json and in CI. */
  mayAsk: boolean;
};

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const SPINNER_DELAY_MS = 400;
const SPINNER_STEP_MS = 120;
const PLAIN_DELAY_MS = 1000;

/** What is printed and asked in this run; colours and questions only where the streams can show them. */
export function openTerminal(options: TerminalOptions): Terminal {
  const { stdin, stdout, stderr, env } = options;
  const dumb = env['TERM'] === 'dumb';
  const isColored = (stream: NodeJS.WriteStream): boolean =>
    options.color && colorWanted(env, stream.isTTY && !dumb);
  const [colored, sayColored] = [isColored(stdout), isColored(stderr)];
  const output = checkedOutput(stdout);
  stderr.on('error', ignoreClosedPipe);
  let isAlone = true;
  const mayBeAsked = options.mayAsk && stdin.isTTY && stderr.isTTY;
  const { style, print } = openStyles(colored || sayColored);
  const write = (text: string): void =>
    output.write(print(text.endsWith('\n') ? text : `${text}\n`, colored));
  return {
    interactive: mayBeAsked && !dumb,
    isDumb: mayBeAsked && dumb,
    columns: widthOfStream(stdout),
    aside: { style, columns: widthOfStream(stderr) },
    style,
    result: shown => write(layOut(shown, { style, columns: widthOfStream(stdout) })),
    data: write,
    content: text => {
      // To Node a pipe is a socket; a file is none.
      const isShown = isCi(env) && 'connecting' in stdout;
      output.write(stdout.isTTY ? displayBlock(text) : isShown ? withoutOrders(text) : text);
    },
    orders: text => output.write(stdout.isTTY ? displayBlock(text) : text),
    say: shown => {
      isAlone = false;
      const text = layOut(shown, { style, columns: widthOfStream(stderr) });
      stderr.write(print(`${text}\n`, sayColored));
    },
    progress: label => (stderr.isTTY && !dumb ? spinner(stderr, label) : plainProgress(stderr, label)),
    printed: () => (isAlone ? output.written() : undefined),
    flush: () => output.flushed(),
  };
}

/**
 * The colours of `style` carry a number that nobody else can know, as further parameters of the sequence, until they are
 * printed: sequences that came with a text lack it and do not stay.
 */
function openStyles(color: boolean): { style: Style; print(text: string, colored: boolean): string } {
  const secret = Array.from({ length: 4 }, () => randomInt(1000, 10_000)).join(';');
  const own = new RegExp(`\\u001b\\[(\\d+);${secret}m`);
  return {
    style: (text, format) => {
      const [on = 0, off = 0] = inspect.colors[format] ?? [];
      return color ? `\u001b[${on};${secret}m${text}\u001b[${off};${secret}m` : text;
    },
    // Split by a pattern with a group: every second part is the colour between two texts.
    print: (text, colored) =>
      withoutOrders(
        text
          .split(own)
          .map((part, index) => (index % 2 === 0 ? displayBlock(part) : colored ? `\u001b[${part}m` : ''))
          .join(''),
      ),
  };
}

/** Whether a CI system runs this; TeamCity and Azure do not set `CI`. */
function isCi(env: TerminalOptions['env']): boolean {
  return ['CI', 'TF_BUILD', 'TEAMCITY_VERSION'].some(name => (env[name] ?? '') !== '');
}

function widthOfStream(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY;
}

/** NO_COLOR (https://no-color.org) wins over FORCE_COLOR; else colour only on a terminal. */
function colorWanted(env: Record<string, string | undefined>, terminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return terminal;
}

type Output = { write(text: string): void; written(): string | undefined; flushed(): Promise<void> };

/** Characters of the output that are still known once they are written. */
const MOST_WRITTEN = 4 << 20;

/** Waits for each write: a full disk behind stdout must not look like success, a closed pipe is no failure. */
function checkedOutput(stream: NodeJS.WriteStream): Output {
  const writes: Promise<void>[] = [];
  let all: string | undefined = '';
  // Reported by the write's own callback; without a listener it would end the process.
  stream.on('error', () => undefined);
  return {
    written: () => all,
    write: text => {
      all = all !== undefined && all.length + text.length <= MOST_WRITTEN ? all + text : undefined;
      const written = new Promise<void>((resolve, reject) => {
        stream.write(text, error => (error && systemCode(error) !== 'EPIPE' ? reject(error) : resolve()));
      });
      written.catch(() => undefined);
      writes.push(written);
    },
    flushed: async () => void (await Promise.all(writes)),
  };
}

function ignoreClosedPipe(error: Error): void {
  if (systemCode(error) !== 'EPIPE') throw error;
}

function spinner(stream: NodeJS.WriteStream, first: string): Progress {
  let label = first;
  let step = 0;
  let shown = false;
  const draw = (): void => {
    shown = true;
    const width = Math.max(10, (stream.columns || 80) - 3);
    stream.write(`\r\u001b[2K${SPINNER[step++ % SPINNER.length]} ${cut(display(label), width)}`);
  };
  let timer = setTimeout(() => {
    draw();
    timer = setInterval(draw, SPINNER_STEP_MS);
    timer.unref();
  }, SPINNER_DELAY_MS);
  timer.unref();
  return {
    update: text => (label = text),
    end: () => {
      clearTimeout(timer);
      if (shown) stream.write('\r\u001b[2K');
    },
  };
}

/** Where no cursor can be moved: one line, once, and only if it takes long. */
function plainProgress(stream: NodeJS.WriteStream, first: string): Progress {
  let label = first;
  const timer = setTimeout(() => stream.write(`${display(label)}…\n`), PLAIN_DELAY_MS);
  timer.unref();
  return { update: text => (label = text), end: () => clearTimeout(timer) };
}
