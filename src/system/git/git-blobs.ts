import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { type StandingProgram, stayWith } from '../tools/process.ts';

/** A content that is asked for, and the file that it is of. */
export type WantedBlob = { file: string; id: string };

/** A git that answers: `git cat-file --batch`. */
export type AskedGit = {
  child: StandingProgram;
  /** Ends a wait. */
  signal: AbortSignal;
  /** What its end is, by what it said last. */
  errorOf(said: string): Error;
};

/** People's files are far smaller, in the work tree too. */
const MAX_BLOB_BYTES = 10 << 20;

/**
 * Contents by their ids out of one git, however often it is asked: where each question starts one, a first look at an index
 * takes minutes. Each question waits for the one before: answers bear no number. What is larger than people's files are is left out.
 * @param start starts one @throws UserError E_GIT_STATE
 * @returns what reads contents, by file; `ifAbsent` is called for what git does not have, and may throw
 */
export function openBlobs(start: () => AskedGit) {
  let open: Conversation | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const readSome: ReadSome = async (wanted, contents, ifAbsent) => {
    const git = (open = open?.isOver === false ? open : new Conversation(start()));
    try {
      git.ask(wanted);
      for (const [index, blob] of wanted.entries()) {
        const [kind, size] = await git.header();
        if (kind === 'blob' && size <= MAX_BLOB_BYTES) contents.set(blob.file, await git.content(size));
        else if (kind !== 'blob') ifAbsent(blob);
        // Nobody reads gigabytes to skip them: another git answers the rest.
        if (kind !== 'missing' && !contents.has(blob.file)) return index + 1;
      }
      git.rest();
      return wanted.length;
    } finally {
      if (!git.isResting) git.end();
    }
  };
  return (wanted: readonly WantedBlob[], ifAbsent: IfAbsent): Promise<Map<string, Buffer>> => {
    const answer = last.then(() => readAll(readSome, wanted, ifAbsent));
    last = answer.catch(() => undefined);
    return answer;
  };
}

type IfAbsent = (blob: WantedBlob) => void;

/** Returns how many are answered. */
type ReadSome = (
  wanted: readonly WantedBlob[],
  contents: Map<string, Buffer>,
  ifAbsent: IfAbsent,
) => Promise<number>;

async function readAll(readSome: ReadSome, wanted: readonly WantedBlob[], ifAbsent: IfAbsent) {
  const contents = new Map<string, Buffer>();
  for (let at = 0; at < wanted.length;) at += await readSome(wanted.slice(at), contents, ifAbsent);
  return contents;
}

/** @throws UserError E_GIT_STATE for what git does not have */
export function refuseAbsent({ file, id }: WantedBlob): never {
  throw new UserError('E_GIT_STATE', say('system.gitHasNoContent', { file: display(file), id }), {
    hint: say('system.clonePartialDamagedFetchMissing'),
    subject: file,
  });
}

/** A git that nobody has asked for so long ends. */
const IDLE_MS = 1000;
const ANSWER_MS = 60_000;
/** A header is shorter, and so are the last words of git. */
const MOST_WORDS = 1 << 12;

class Conversation {
  isOver = false;
  isResting = true;
  readonly #child: StandingProgram;
  readonly #errorOf: AskedGit['errorOf'];
  #chunks: Buffer[] = [];
  #said = '';
  #failure: unknown;
  #wake: () => void = () => undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor({ child, signal, errorOf }: AskedGit) {
    this.#child = child;
    this.#errorOf = errorOf;
    const abort = (): void => this.end(signal.reason);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    child.stdout.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#wake();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (this.#said.length < MOST_WORDS) this.#said += chunk.toString('utf8');
    });
    // A git that has ended says so by its end.
    child.stdin.on('error', () => undefined);
    child.on('error', error => this.end(error));
    child.on('close', () => {
      signal.removeEventListener('abort', abort);
      this.end();
    });
  }

  ask(wanted: readonly WantedBlob[]): void {
    clearTimeout(this.#idle);
    this.isResting = false;
    stayWith(this.#child, true);
    this.#child.stdin.write(wanted.map(({ id }) => `${id}\n`).join(''));
  }

  /** `<id> blob <size>`, `<id> missing`: https://git-scm.com/docs/git-cat-file#_batch_output */
  async header(): Promise<[kind: string, size: number]> {
    let end = this.#joined().indexOf(10);
    for (; end < 0 && this.#joined().length < MOST_WORDS; end = this.#joined().indexOf(10))
      await this.#more();
    const [, kind = '', size = '0'] = this.#take(Math.max(end, 0) + 1)
      .toString('latin1')
      .trim()
      .split(' ');
    return [kind, Number(size)];
  }

  async content(size: number): Promise<Buffer> {
    for (let there = this.#length(); there <= size; there = this.#length()) await this.#more();
    return this.#take(size + 1).subarray(0, size);
  }

  /** All that was asked is answered. */
  rest(): void {
    this.isResting = true;
    stayWith(this.#child, false);
    this.#idle = setTimeout(() => this.end(), IDLE_MS).unref();
  }

  end(reason?: unknown): void {
    this.isOver = true;
    clearTimeout(this.#idle);
    this.#failure ??= reason ?? this.#errorOf(this.#said);
    this.#child.kill('SIGKILL');
    this.#wake();
  }

  #length(): number {
    return this.#chunks.reduce((sum, { length }) => sum + length, 0);
  }

  #joined(): Buffer {
    const [first = Buffer.alloc(0), ...rest] = this.#chunks;
    if (rest.length === 0) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  /** A copy: what is kept of an answer must not keep all of it. */
  #take(count: number): Buffer {
    const all = this.#joined();
    this.#chunks = [all.subarray(count)];
    return Buffer.from(all.subarray(0, count));
  }

  async #more(): Promise<void> {
    if (this.isOver) throw this.#failure;
    const timer = setTimeout(() => this.end(), ANSWER_MS);
    await new Promise<void>(resolve => (this.#wake = resolve));
    clearTimeout(timer);
  }
}
