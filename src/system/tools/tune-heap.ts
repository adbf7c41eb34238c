import { setFlagsFromString } from 'node:v8';

/** Keeps V8 from doubling its young generation while large files are parsed: memory that buys no time (docs/decisions.md). */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
