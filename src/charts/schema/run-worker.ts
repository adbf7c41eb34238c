import { parentPort, workerData } from 'node:worker_threads';
import { goPattern } from '../../text/go-pattern.ts';
import { judgeInstance, type SchemaAnswer, type SchemaOrder, UnreadPattern } from './judge-instance.ts';

type Matches = (text: string) => boolean;

const known = new Map<string, Matches>();

/**
 * The patterns of a schema are Go's for helm, and each may be made to take for ever: in this thread they are matched as Go does,
 * in a time that grows with the text alone.
 */
class LinearPattern {
  readonly #matches: Matches;

  constructor(pattern: string) {
    const matches = known.get(pattern) ?? goPattern(pattern);
    if (!matches) throw new UnreadPattern(pattern);
    known.set(pattern, matches);
    this.#matches = matches;
  }

  test(text: string): boolean {
    return this.#matches(text);
  }
}

Object.defineProperty(globalThis, 'RegExp', { value: LinearPattern });

// The program of a thread: holds values to schemas, and ends.
const answers: SchemaAnswer[] = (workerData as SchemaOrder[]).map(judgeInstance);
parentPort?.postMessage(answers, []);
