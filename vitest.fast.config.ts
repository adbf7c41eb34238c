import { defineConfig } from 'vitest/config';

/** `npm run test:fast`: what needs no build, no tools, no server and no process of ours, and is done at once. */
export default defineConfig({
  test: {
    include: [
      'test/{archive,charts,data,generators,locales,output,repository,scaffold,sealing,text,values,yaml}/**/*.test.ts',
      'test/features/**/*.test.ts',
      'test/{change-set,layers,spread,threats}.test.ts',
      'test/mutants/*.test.ts',
    ],
    exclude: [
      // Thousands of random inputs, and the largest ones: seconds each.
      'test/values/{properties,sizes,replay}.test.ts',
      'test/yaml/{edit-properties,source,depth,remote-yaml,scan,outline,outline-twins}.test.ts',
      'test/charts/index/*.test.ts',
      'test/repository/gitignore.test.ts',
      'test/archive/chart-archive.test.ts',
      'test/features/**/command.test.ts',
      'test/features/{check/again,check/render,check/values-schema,check/delivered,check/renderer-killed,check/incremental,check/watch,check/fix-proof,check/cluster/secrets,init/terminal,onboard/judge-step,upgrade/*}.test.ts',
      // They start slipway, tools or servers.
      'test/{archive/helm-archive,sealing/interop,output/terminal,generators/generators}.test.ts',
      'test/charts/{oci-address,search,schema/*}.test.ts',
      'test/features/*.test.ts',
      'test/features/build/*.test.ts',
      'test/features/bump/*.test.ts',
      'test/features/promote/*.test.ts',
      'test/features/{mcp,completion,join}/*.test.ts',
      'test/features/map/browser.test.ts',
      'test/features/promote/*.test.ts',
      'test/features/preview/*.test.ts',
      'test/features/add/builds.test.ts',
      'test/features/add/cluster.test.ts',
      'test/features/add/generator.test.ts',
      'test/features/add/{cluster,cluster-capi}.test.ts',
      'test/features/add/secret.test.ts',
      'test/features/add/served-versions.test.ts',
      'test/features/check/without-helm.test.ts',
      'test/features/check/policies.test.ts',
      'test/features/diff/{layers,prove}.test.ts',
      'test/features/move/nested.test.ts',
      'test/features/seal/flux.test.ts',
      'test/features/new-app/deliveries.test.ts',
      'test/features/outdated/capi.test.ts',
      'test/features/new-app/demo.test.ts',
      'test/features/new-app/placement.test.ts',
      'test/features/init/{flux,agents,app-of-apps,bump-ci,preview-ci,promotion,shards-ci}.test.ts',
    ],
    setupFiles: ['test/support/setup.ts'],
    pool: 'threads',
    testTimeout: 20_000,
    env: { NO_COLOR: '1', LANG: 'C', LC_ALL: 'C' },
  },
});
