// The one place that loads dist/slipway.cjs: with what V8 compiled when it was built, if this is the same V8, so that a start
// costs half. It lies beside the bundle and is trusted as it is; nothing writes it afterwards.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const FILE = path.join(__dirname, '../dist/slipway.cjs');

/** Compiled code of another V8, or for another processor, is of no use: its file has another name. */
const CODE_CACHE = FILE.replace('.cjs', `-${process.versions.v8}-${process.arch}.cache`);

/** @returns the script; a cache that is not there or that V8 refuses costs time, no more */
function compileBundle(cachedData = readIfThere(CODE_CACHE)) {
  // All of it is ASCII, and V8 holds and reads such a text as bytes.
  const source = readFileSync(FILE, 'latin1');
  return new vm.Script(
    `(function (exports, require, module, __filename, __dirname, process) {${source}\n})`,
    { filename: FILE, cachedData, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
  );
}

/** @returns what src/main.ts exports, with a state of its own, as of a process that starts */
function startBundle(script = compileBundle(), ofProcess = process) {
  const module = { exports: {} };
  const load = script.runInThisContext();
  load(module.exports, createRequire(FILE), module, FILE, path.dirname(FILE), ofProcess);
  return module.exports;
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

module.exports = { CODE_CACHE, compileBundle, startBundle };
