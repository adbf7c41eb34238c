import { defineConfig } from 'vitest/config';

/** `npm run test:fast`: what needs no build, no tools, no server and no process of ours. */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts', 'test/generators/**/*.test.ts', 'test/*.test.ts'],
    exclude: [
      'test/domain/sealing/interop.test.ts',
      'test/{plop,new-rule,pre-commit,schemas,gateway-api,docs}.test.ts',
      // Large inputs and thousands of random ones: seconds each.
      'test/domain/values/{sizes,properties,replay}.test.ts',
      'test/domain/yaml/{source,properties}.test.ts',
      'test/domain/{remote-yaml,located-yaml,chart-index}.test.ts',
    ],
    pool: 'threads',
    testTimeout: 20_000,
    env: { NO_COLOR: '1', LANG: 'C', LC_ALL: 'C' },
  },
});
