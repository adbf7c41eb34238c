import type { Manifest } from '../../../repository/manifest.ts';
import { faultsOf } from '../../../render/refused/faults.ts';
import { isRecord, stringOf, valueAt } from '../../../data/fields.ts';
import { images, services } from '../../../repository/rendered.ts';
import { servedIn } from '../../../repository/served-versions.ts';
import { unhashedIn } from './unhashed.ts';
import type { InstalledRelease, RenderedFacts, RenderedObject } from './rendered-facts.ts';

/** An object, and the release that it comes from. */
export type SourcedManifest = Manifest & { from?: InstalledRelease };

/** What rules look at in what an app comes to. */
export function buildFacts(
  { manifests, releases, open }: Pick<RenderedFacts, 'releases' | 'open'> & { manifests: SourcedManifest[] },
  {
    invalid,
    unchecked,
    cutSchemas,
    warnings,
  }: Pick<RenderedFacts, 'invalid' | 'unchecked' | 'cutSchemas' | 'warnings'>,
): RenderedFacts {
  return {
    objects: manifests.map(toObject),
    releases,
    open,
    services: services(manifests),
    images: manifests.flatMap(manifest =>
      images([manifest]).map(image => ({ ...image, chart: chartOf(manifest) })),
    ),
    scopes: scopesIn(manifests),
    unhashed: unhashedIn(manifests),
    served: servedIn(manifests),
    refused: manifests.flatMap(refusedIn),
    invalid,
    unchecked,
    cutSchemas,
    warnings,
  };
}

function toObject(manifest: SourcedManifest): RenderedObject {
  const { apiVersion, kind, name, namespace, from } = manifest;
  return { apiVersion, kind, name, namespace, chart: chartOf(manifest), ...(from ? { from } : {}) };
}

function refusedIn(manifest: Manifest): RenderedFacts['refused'] {
  const { kind, name } = manifest;
  return faultsOf(manifest).map(({ path, fact }) => ({ kind, name, path, fact }));
}

function chartOf({ body }: Manifest): string | undefined {
  return stringOf(valueAt(body, ['metadata', 'labels', 'helm.sh/chart']));
}

function scopesIn(manifests: readonly Manifest[]): RenderedFacts['scopes'] {
  const scopes: Record<string, 'Cluster' | 'Namespaced'> = {};
  for (const { body } of manifests.filter(({ kind }) => kind === 'CustomResourceDefinition')) {
    const spec = isRecord(body['spec']) ? body['spec'] : {};
    const kind = stringOf(valueAt(spec, ['names', 'kind']));
    scopes[`${stringOf(spec['group']) ?? ''}/${kind}`] =
      spec['scope'] === 'Cluster' ? 'Cluster' : 'Namespaced';
  }
  return scopes;
}
