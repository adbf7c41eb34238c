import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: {
      NO_COLOR: '1',
      LANG: 'C',
      LC_ALL: 'C',
      // Not the state of whoever runs the tests.
      XDG_STATE_HOME: path.join(tmpdir(), 'slipway-test-state'),
    },
  },
});
