import { archiveOf, serveCharts, type TestRepository } from './chart-repository.ts';
import { type FixtureRegistry, startRegistry } from './oci-registry.ts';
import { oldValues, upgradeCharts } from './upgrade-fixture.ts';

export type FluxServers = { http: TestRepository; registry: FixtureRegistry; close(): Promise<void> };

/** The charts of the upgrade fixture, from a repository and from a registry. */
export async function serveFluxCharts(): Promise<FluxServers> {
  const charts = upgradeCharts();
  const http = await serveCharts(charts);
  const registry = await startRegistry({ auth: 'none' });
  if (!registry) throw new Error('no registry');
  for (const { name, version, files } of charts.slice(0, 6))
    await registry.pushChart({
      repository: `charts/${name}`,
      version,
      archive: archiveOf({ name, version, files }),
      created: '2025-03-01T00:00:00Z',
    });
  return {
    http,
    registry,
    async close() {
      await http.close();
      await registry.close();
    },
  };
}

/** A kustomization of some resources. */
export function listing(resources: readonly string[], more = ''): string {
  return `---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${resources.map(name => `  - ${name}\n`).join('')}${more}`;
}

/** A source in a registry. */
export function ociRepository(name: string, host: string, ref = 'tag: 1.0.0'): string {
  return `---
# yaml-language-server: $schema=https://schemas.example.org/ocirepository_v1.json
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: ${name}
spec:
  interval: 15m   # as the others
  ref:
    ${ref}
  url: oci://${host}/charts/${name}
`;
}

/** A release of a chart in a registry, its values in it. */
export function releaseOf(source: string, name = source, values = 'replicaCount: 3 # agreed'): string {
  return `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
spec:
  interval: 1h
  chartRef:
    kind: OCIRepository
    name: ${source}
  values:
    ${values}
`;
}

/** A release of a chart in a HelmRepository. */
export function chartRelease(name: string, version: string, more = ''): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
spec:
  interval: 1h
  chart:
    spec:
      chart: ${name}
${version === '' ? '' : `      version: ${version}\n`}      sourceRef:
        kind: HelmRepository
        name: fleet
${more}`;
}

/** A HelmRepository. */
export function helmRepository(url: string, more = ''): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: fleet
spec:
  url: ${url}
${more}`;
}

/** A repository as people keep it for Flux: releases beside their sources, shared sources, values in files and in line. */
export function fluxFiles({
  http,
  registry,
}: Pick<FluxServers, 'http' | 'registry'>): Record<string, string> {
  const { host } = registry;
  return {
    'apps/media/anchor/app/kustomization.yaml': listing(['./helmrelease.yaml', './ocirepository.yaml']),
    'apps/media/anchor/app/helmrelease.yaml': releaseOf('anchor'),
    'apps/media/anchor/app/ocirepository.yaml': ociRepository('anchor', host),
    // One source, two releases.
    'apps/media/beacon/app/kustomization.yaml': listing(['source.yaml', 'helmrelease.yaml']),
    'apps/media/beacon/app/source.yaml': ociRepository('beacon', host, 'tag: "1.0.0"'),
    'apps/media/beacon/app/helmrelease.yaml': releaseOf('beacon'),
    'apps/media/beacon-two/app/kustomization.yaml': listing([
      '../../beacon/app/source.yaml',
      'helmrelease.yaml',
    ]),
    'apps/media/beacon-two/app/helmrelease.yaml': releaseOf('beacon', 'beacon-two'),
    // An automation owns the line.
    'apps/media/cargo/kustomization.yaml': listing(['all.yaml']),
    'apps/media/cargo/all.yaml': `${ociRepository('cargo', host, 'tag: 1.0.0 # {"$imagepolicy": "flux-system:cargo:tag"}')}${releaseOf('cargo')}`,
    // From a repository, its values in a file that a ConfigMap is made of.
    'base/derrick/kustomization.yaml': listing(
      ['repository.yaml', 'release.yaml'],
      'namespace: derrick\nconfigMapGenerator:\n  - name: derrick-values\n    files:\n      - values.yaml=values/derrick-1.0.0.yaml\n',
    ),
    'base/derrick/repository.yaml': helmRepository(http.url),
    'base/derrick/release.yaml': chartRelease(
      'derrick',
      "'1.0.0'",
      '  valuesFrom:\n    - kind: ConfigMap\n      name: derrick-values\n',
    ),
    'base/derrick/values/derrick-1.0.0.yaml': oldValues('derrick').replace(
      'replicaCount: 1',
      'replicaCount: 5',
    ),
    'base/ensign/release.yaml': chartRelease('ensign', '1.0.0 # pinned because of the migration'),
    'base/ensign/repository.yaml': helmRepository(`oci://${host}/charts`, '  type: oci\n'),
    'base/ferry/release.yaml': chartRelease('ferry', '1.x'),
    'base/galley/release.yaml': chartRelease('galley', ''),
    'base/repository.yaml': helmRepository(http.url),
  };
}
