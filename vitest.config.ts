import { readdirSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { SkippedReporter } from './test/support/skipped-reporter.ts';
import fast from './vitest.fast.config.ts';

const names = readdirSync(path.join(import.meta.dirname, 'test'), { recursive: true, encoding: 'utf8' });
const files = names.map(name => `test/${name.split(path.sep).join('/')}`);
const isFast = (file: string): boolean =>
  matches(fast.test?.include, file) && !matches(fast.test?.exclude, file);

function matches(globs: readonly string[] = [], file: string): boolean {
  return globs.some(glob => new RegExp(`^${expressionOf(glob)}$`).test(file));
}

/** As far as our lists go: alternatives in braces, `**` for folders, `*` for a part of a name. */
function expressionOf(glob: string): string {
  const words: Record<string, string> = { '**/': '(?:.*/)?', '*': '[^/]*', '{': '(?:', '}': ')', ',': '|' };
  return glob.replaceAll(/\*\*\/|[*{},.]/g, sign => words[sign] ?? `\\${sign}`);
}

const FAST = files.filter(isFast);

export default defineConfig({
  test: {
    reporters: ['default', new SkippedReporter()],
    setupFiles: ['test/support/setup.ts'],
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
    projects: [
      // Pure logic: files share a process, which has the sources loaded. To load them anew takes as long as most of these tests.
      { extends: true, test: { name: 'fast', include: FAST, isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: FAST,
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
