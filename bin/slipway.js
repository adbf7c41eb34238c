#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const words = process.argv.slice(2);
// Asked most often by scripts, and answered without the bundle.
if (words.length === 1 && ['--version', '-V'].includes(words[0])) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  process.exitCode = answerOfBefore() ?? (await run());
}

/** A check of what has not changed needs no more than a look at it. */
function answerOfBefore() {
  if (!words.includes('check')) return undefined;
  return createRequire(import.meta.url)('../dist/again.cjs').runAgain();
}

async function run() {
  const { startBundle } = await import('./bundle.js');
  return startBundle().main(words);
}
