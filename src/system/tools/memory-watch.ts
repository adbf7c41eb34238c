import { readdirSync, readFileSync } from 'node:fs';
import { append } from '../../data/append.ts';

const INTERVAL_MS = 20;
const PAGE_BYTES = 4096;

/**
 * Looks again and again at what a program and those that it started hold in memory, and calls back once one of them holds too
 * much: what `ulimit -d` counts may be exceeded by one large allocation. Only Linux tells. Returns what stops it.
 */
export function watchMemory(pid: number | undefined, limitMib: number, tooMuch: () => void): () => void {
  if (process.platform !== 'linux' || pid === undefined) return () => undefined;
  const timer = setInterval(() => {
    if (largestOf(pid) > limitMib * 1024 * 1024) tooMuch();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

/** Bytes of the largest among a process and its descendants. */
function largestOf(pid: number): number {
  let largest = 0;
  const pending = [pid];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [, resident = '0'] = readIfAlive(`/proc/${next}/statm`).split(' ');
    largest = Math.max(largest, Number(resident) * PAGE_BYTES);
    append(pending, childrenOf(next));
  }
  return largest;
}

/** Each thread has children of its own. https://man7.org/linux/man-pages/man5/proc_tid_children.5.html */
function childrenOf(pid: number): number[] {
  return threadsOf(pid).flatMap(thread =>
    readIfAlive(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** A process may end while one looks. */
function readIfAlive(file: string): string {
  try {
    return readFileSync(file, 'latin1').trim();
  } catch {
    return '';
  }
}
