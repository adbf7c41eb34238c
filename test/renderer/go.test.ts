import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findTool } from '../support/tools.js';

const cwd = path.resolve(import.meta.dirname, '../../renderer');
const hasGo = findTool('go') !== undefined;
if (!hasGo) process.stderr.write("skipping the renderer's own tests: there is no Go\n");

/** With the flags of the build, so that what that compiled is used again. */
function go(...args: string[]): string {
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-trimpath -buildvcs=false -mod=readonly' };
  return execFileSync('go', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' });
}

test.skipIf(!hasGo)("the renderer's own tests pass", { timeout: 600_000 }, () => {
  expect(go('test', './...')).toMatch(/^ok\s+slipway\/renderer/);
});

test.skipIf(!hasGo)('its code is as gofmt leaves it', () => {
  expect(execFileSync('gofmt', ['-l', '.'], { cwd, encoding: 'utf8' })).toBe('');
});
