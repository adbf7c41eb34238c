import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './support/repository.ts';
import { findTool } from './support/tools.js';

const hasAll = ['script', 'stty', 'helm', 'kustomize', 'slipway-renderer'].every(name => findTool(name));

test.runIf(hasAll)('the pictures show what is printed today', () => {
  const out = makeFolder();
  execFileSync(process.execPath, ['scripts/screens.js', out], { stdio: 'ignore' });
  const read = (folder: string) =>
    Object.fromEntries(
      readdirSync(folder).map(name => [name, readFileSync(path.join(folder, name), 'utf8')]),
    );
  expect(read('docs/screens')).toEqual(read(out));
});
