import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../../src/render/refused/faults.ts';
import { parseManifests } from '../../../src/repository/manifest.ts';
import { objectsIn } from '../../cluster/generated.ts';
import { ALL_APPS, MORE_APPS } from '../../cluster/sibling-services.ts';

/** What schemas tell: fields that are required or unknown, types, forms, and what is outside of the object. */
const NOT_HERE = new Set<string>([
  'container-command-number',
  'workload-no-selector',
  'scaler-no-target',
  'scaler-no-most',
  'ing-no-path-type',
  'http-redirect-host',
  'http-host-wild-inside',
  'http-host-capital',
  'grpc-filter',
  'gw-host-port',
  'gw-host-address',
  'gw-name',
  'gw-none',
  'grant-no-from',
  'cert-no-issuer',
  'cert-algorithm',
]);

/** Each was put before a real API server: `npm run test:cluster`. */
describe('one fault of a kind', () => {
  test.each(MORE_APPS)('%s', name => {
    const manifests = parseManifests(objectsIn(ALL_APPS[name] ?? ''));
    expect(manifests.length).toBeGreaterThan(0);
    const faults = manifests.flatMap(faultsOf);
    expect(faults.length > 0).toBe(!name.startsWith('ok-') && !NOT_HERE.has(name));
  });
});
