import type { Readable } from 'node:stream';

/** Calls with each line of a stream. A line that is longer than the limit is undefined, and the last. */
export function eachLine(stream: Readable, limit: number, take: (line: string | undefined) => void): void {
  let parts: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      take(Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8'));
      rest = rest.subarray(end + 1);
      parts = [];
      size = 0;
    }
    parts.push(rest);
    size += rest.length;
    if (size <= limit) return;
    stream.removeAllListeners('data');
    take(undefined);
  });
}
