import { setFlagsFromString } from 'node:v8';

/** Keeps V8 from doubling its young generation while large files are parsed: memory that buys no time (docs/decisions.md). */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Lets the heap grow by a third of what is in use before it is collected again, where V8 would let it double. */
export function keepHeapNearUse(): void {
  setFlagsFromString('--heap-growing-percent=30');
}
