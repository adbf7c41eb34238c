import type { Random } from './random.ts';

/** The longest input: large enough for what repeats, small enough for many a second. */
const MOST_BYTES = 64 << 10;

/** What breaks readers of any text here: YAML, JSON, header fields, addresses, terminals. */
const TOKENS = [
  ': ',
  '- ',
  '? ',
  '# ',
  ',',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '|',
  '>-',
  '|+2',
  '---\n',
  '...\n',
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '  ',
  '\0',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u202e',
  '\u200b',
  '\u001b]0;x\u0007',
  '😀',
  '\ud800',
  '&a',
  '*a',
  '<<: *a',
  '!!js/function',
  '!!binary ',
  '!x ',
  '%TAG ! x\n',
  '%YAML 9.9\n',
  '~',
  'null',
  '.inf',
  '__proto__',
  '"__proto__":',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__proto__: {a: 1}',
  '0',
  '-1',
  '1e400',
  '12345678901234567890',
  '0x1F',
  '0o17',
  '1.10',
  '2001-01-01',
  'yes',
  '../',
  '..\\',
  '//',
  'https://',
  'file:///dev/zero',
  'http://169.254.169.254/',
  'user:pass@',
  '${x}',
  '{{x}}',
  '$(id)',
  '`id`',
  '%00',
  'Bearer ',
  'Basic ',
  'realm="',
  'service=',
  '\\"',
  '=',
  ';',
  'entries:',
  'apiVersion: v1',
  'version:',
  'name:',
].map(token => Buffer.from(token));

type Mutation = (input: Buffer, random: Random, seeds: readonly Buffer[]) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  (input, random) => replaced(input, random.below(input.length), 1, Buffer.of(random.below(256))),
  (input, random) => {
    const at = random.below(input.length);
    return replaced(input, at, 1, Buffer.of((input[at] ?? 0) ^ (1 << random.below(8))));
  },
  (input, random) => replaced(input, random.below(input.length + 1), 0, random.pick(TOKENS)),
  (input, random) =>
    replaced(input, random.below(input.length + 1), 1 + random.below(8), random.pick(TOKENS)),
  (input, random) => replaced(input, random.below(input.length), 1 + random.below(32), Buffer.alloc(0)),
  (input, random) => replaced(input, random.below(input.length + 1), 0, chunkOf(input, random)),
  (input, random) => replaced(input, random.below(input.length), random.below(64), chunkOf(input, random)),
  (input, random, seeds) =>
    replaced(input, random.below(input.length + 1), 0, chunkOf(random.pick(seeds), random)),
  (input, random, seeds) => {
    const other = random.pick(seeds);
    return Buffer.concat([
      input.subarray(0, random.below(input.length)),
      other.subarray(random.below(other.length)),
    ]);
  },
  repeatedPart,
  ...[deletedLine, doubledLine, movedLine, indentedLine, swappedValue].map(byLines),
];

/** The input after some changes of its bytes, its lines, or with parts of other seeds. */
export function mutate(input: Buffer, random: Random, seeds: readonly Buffer[]): Buffer {
  let result = input;
  // Mostly few: an input that is broken all over is refused at its first byte.
  for (let left = 1 + random.below(random.pick([1, 2, 4, 12])); left > 0; left--)
    result = random.pick(MUTATIONS)(result, random, seeds).subarray(0, MOST_BYTES);
  return result;
}

function replaced(input: Buffer, at: number, length: number, by: Buffer): Buffer {
  return Buffer.concat([input.subarray(0, at), by, input.subarray(at + length)]);
}

function chunkOf(input: Buffer, random: Random): Buffer {
  const at = random.below(input.length);
  return input.subarray(at, at + 1 + random.below(random.pick([4, 40, 400])));
}

/** What nests or backtracks shows with many repetitions only; seldom, since these inputs are slow. */
function repeatedPart(input: Buffer, random: Random): Buffer {
  const part = random.below(2) ? random.pick(TOKENS) : chunkOf(input, random);
  const times = random.below(random.pick([10, 10, 10, 200, 5000]));
  return replaced(input, random.below(input.length + 1), 0, Buffer.concat(Array<Buffer>(times).fill(part)));
}

type LineMutation = (lines: string[], at: number, random: Random) => void;

function byLines(change: LineMutation): Mutation {
  return (input, random) => {
    const lines = input.toString('latin1').split('\n');
    change(lines, random.below(lines.length), random);
    return Buffer.from(lines.join('\n'), 'latin1');
  };
}

function deletedLine(lines: string[], at: number): void {
  lines.splice(at, 1);
}

function doubledLine(lines: string[], at: number): void {
  lines.splice(at, 0, lines[at] ?? '');
}

function movedLine(lines: string[], at: number, random: Random): void {
  lines.splice(random.below(lines.length), 0, ...lines.splice(at, 1));
}

function indentedLine(lines: string[], at: number, random: Random): void {
  const line = lines[at] ?? '';
  lines[at] = random.below(2) ? ' '.repeat(1 + random.below(4)) + line : line.replace(/^ {1,2}/, '');
}

function swappedValue(lines: string[], at: number, random: Random): void {
  const value = (line = ''): string => /[:=-] ?(.*)$/.exec(line)?.[1] ?? line;
  lines[at] = (lines[at] ?? '').replace(value(lines[at]), () => value(random.pick(lines)));
}
