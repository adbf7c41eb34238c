import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { SkippedReporter } from './test/support/skipped-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', new SkippedReporter()],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // One file for each core, and one more, since files wait for disks, clocks and programs. vitest itself would keep a core free.
    maxWorkers: availableParallelism() + 1,
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
