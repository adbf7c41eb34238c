/** Where a program runs without a network, in a view of the disk in which it can write into one folder only. */
export type Box = {
  /** The program that makes it, with its flags. */
  command: readonly string[];
  /** What makes the view, as lines of sh; its parameter `$1` is the writable folder. */
  setUp: string;
  writable: string;
  /** In front of the program: what takes away the rights that the set-up needed. */
  before: readonly string[];
};

export type StartLine = { file: string; args: string[] };

type Start = {
  file: string;
  args: readonly string[];
  memoryMib: number;
  cpuSeconds: number;
  box?: Box | undefined;
};

/**
 * How a program is started within limits of memory and of processor time, which hold for what it starts as well. The shell
 * sets them and becomes the program; Windows has neither.
 */
export function startLine({ file, args, memoryMib, cpuSeconds, box }: Start): StartLine {
  if (process.platform === 'win32') return { file, args: [...args] };
  // Where a system knows one of them not, or holds a stricter one already, that one stands.
  const limits = `ulimit -d ${memoryMib * 1024} 2>/dev/null; ulimit -t ${cpuSeconds} 2>/dev/null; exec "$@"`;
  if (!box) return { file: '/bin/sh', args: ['-c', limits, 'sh', file, ...args] };
  const [first = '', ...flags] = box.command;
  const script = `set -e\n${box.setUp}\nshift\nset +e\n${limits}`;
  return {
    file: first,
    args: [...flags, '/bin/sh', '-c', script, 'sh', box.writable, ...box.before, file, ...args],
  };
}
