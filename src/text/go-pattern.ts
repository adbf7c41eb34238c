import { readPattern, type PatternNode } from './read-pattern.ts';

/** What is left to match: a test of one character, a place, or a fork. */
type Step =
  | { kind: 'char'; test(char: string): boolean }
  | { kind: 'place'; holds(text: string, at: number): boolean }
  | { kind: 'fork'; ways: number[] }
  | { kind: 'end' };

/** A pattern is somebody else's: it stays this small. */
const MAX_STEPS = 4000;
/** Repeats of what makes no step are work too: `((a{0}){999}){999}`. */
const MAX_WORK = 5 * MAX_STEPS;

type Program = { steps: Step[]; work: number };

/**
 * A regular expression of Go (RE2), as `.sops.yaml` holds them: tells whether it matches anywhere in a text. It walks all ways
 * at once, so that no pattern takes longer than its own length times that of the text. Undefined for what it does not read.
 */
export function goPattern(pattern: string): ((text: string) => boolean) | undefined {
  const node = readPattern(pattern);
  if (!node) return undefined;
  const program: Program = { steps: [], work: 0 };
  compile(node, program);
  const { steps } = program;
  if (isSpent(program)) return undefined;
  steps.push({ kind: 'end' });
  return text => walk(steps, text);
}

function isSpent({ steps, work }: Program): boolean {
  return steps.length > MAX_STEPS || work > MAX_WORK;
}

/** Appends the steps of a node; what follows it comes right behind. */
function compile(node: PatternNode, program: Program): void {
  program.work++;
  if (isSpent(program)) return;
  switch (node.kind) {
    case 'char':
    case 'place':
      program.steps.push(node);
      return;
    case 'row':
      for (const item of node.items) compile(item, program);
      return;
    case 'either':
      return compileEither(node.items, program);
    case 'repeat':
      return compileRepeat(node, program);
  }
}

function compileEither(items: readonly PatternNode[], program: Program): void {
  const { steps } = program;
  const jumps: { kind: 'fork'; ways: number[] }[] = [];
  for (const [index, item] of items.entries()) {
    const fork = { kind: 'fork' as const, ways: [steps.length + 1] };
    steps.push(fork);
    compile(item, program);
    const jump = { kind: 'fork' as const, ways: [] };
    steps.push(jump);
    jumps.push(jump);
    if (index < items.length - 1) fork.ways.push(steps.length);
  }
  for (const jump of jumps) jump.ways.push(steps.length);
}

function compileRepeat(
  { item, least, most }: Extract<PatternNode, { kind: 'repeat' }>,
  program: Program,
): void {
  const { steps } = program;
  for (let count = 0; count < least && !isSpent(program); count++) compile(item, program);
  if (most === undefined) {
    const fork = { kind: 'fork' as const, ways: [steps.length + 1] };
    const start = steps.push(fork) - 1;
    compile(item, program);
    steps.push({ kind: 'fork', ways: [start] });
    fork.ways.push(steps.length);
    return;
  }
  const forks: { kind: 'fork'; ways: number[] }[] = [];
  for (let count = least; count < most && !isSpent(program); count++) {
    const fork = { kind: 'fork' as const, ways: [steps.length + 1] };
    steps.push(fork);
    forks.push(fork);
    compile(item, program);
  }
  for (const fork of forks) fork.ways.push(steps.length);
}

function walk(steps: readonly Step[], text: string): boolean {
  let current = new Set<number>();
  for (let at = 0; at <= text.length; at++) {
    // A match may begin anywhere.
    const reached = reach(steps, [...current, 0], text, at);
    if (reached === 'end') return true;
    const char = text[at];
    current = new Set();
    if (char === undefined) return false;
    for (const index of reached) {
      const step = steps[index];
      if (step?.kind === 'char' && step.test(char)) current.add(index + 1);
    }
  }
  return false;
}

/** All steps that wait for a character once forks and places are followed. */
function reach(
  steps: readonly Step[],
  from: readonly number[],
  text: string,
  at: number,
): ReadonlySet<number> | 'end' {
  const seen = new Set<number>();
  const open = [...from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seen.has(index)) continue;
    seen.add(index);
    const step = steps[index];
    if (step?.kind === 'end') return 'end';
    if (step?.kind === 'fork') for (const way of step.ways) open.push(way);
    if (step?.kind === 'place' && step.holds(text, at)) open.push(index + 1);
  }
  return seen;
}
