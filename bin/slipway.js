#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { startBundle } from './bundle.js';

const words = process.argv.slice(2);
// Asked most often by scripts, and answered without the bundle.
if (words.length === 1 && ['--version', '-V'].includes(words[0])) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  process.exitCode = await startBundle().main(words);
}
