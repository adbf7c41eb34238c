#!/usr/bin/env node
// CommonJS, as the package.json beside it says: to start Node's loader of ES modules costs a third of Node's own start.
const { readFileSync } = require('node:fs');
const path = require('node:path');

const words = process.argv.slice(2);
// A run with one of these looks at more than what is told apart, or writes: to look for what was kept would be for nothing.
const NEVER_KEPT = new Set([
  '--staged',
  '--since',
  '--fix',
  '--render',
  '--outdated',
  '--cluster',
  '--watch',
]);
// Asked most often by scripts, and answered without the bundle.
if (words.length === 1 && ['--version', '-V'].includes(words[0])) {
  const { version } = JSON.parse(readFileSync(path.join(__dirname, '../package.json'), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  const known = answerOfBefore();
  if (known === undefined) void run();
  else process.exitCode = known;
}

/** A check of what has not changed needs no more than a look at it. */
function answerOfBefore() {
  if (!words.includes('check') || words.some(word => NEVER_KEPT.has(word))) return undefined;
  return require('../dist/again.cjs').runAgain();
}

async function run() {
  // What waits for something that never comes ends with this, as Node has it for modules.
  process.exitCode = 13;
  const { compileBundle, startBundle } = require('./bundle.js');
  const script = compileBundle();
  optimizeLater();
  process.exitCode = await startBundle(script).main(words);
}

/**
 * A third of the processor time of a short run went into optimizing functions that were soon done: ten times later is early enough
 * for those that run long. Set after the bundle is compiled, since V8 takes what it kept of that with the same flags only; a V8
 * that does not know the flag would say so.
 */
function optimizeLater() {
  if (!/^1[1-3]\./.test(process.versions.v8)) return;
  require('node:v8').setFlagsFromString('--interrupt-budget=700000');
}
