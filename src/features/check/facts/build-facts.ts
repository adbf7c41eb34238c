import { type Manifest, parseManifests } from '../../../repository/manifest.ts';
import { faultsOf } from '../../../render/refused/faults.ts';
import { isRecord, stringOf, valueAt } from '../../../data/fields.ts';
import { images, services } from '../../../repository/rendered.ts';
import { servedIn } from '../../../repository/served-versions.ts';
import { readRemoteDocuments } from '../../../yaml/remote-yaml.ts';
import type { RenderedFacts, RenderedObject } from './rendered-facts.ts';

/** What rules look at in the output of a build. @throws UserError E_YAML_* for output that is no plain YAML */
export function buildFacts(
  output: string,
  {
    invalid,
    unchecked,
    cutSchemas,
    warnings,
  }: Pick<RenderedFacts, 'invalid' | 'unchecked' | 'cutSchemas' | 'warnings'>,
): RenderedFacts {
  const manifests = parseManifests(readRemoteDocuments(output, 'the rendered app'));
  return {
    objects: manifests.map(toObject),
    services: services(manifests),
    images: manifests.flatMap(manifest =>
      images([manifest]).map(image => ({ ...image, chart: chartOf(manifest) })),
    ),
    scopes: scopesIn(manifests),
    served: servedIn(manifests),
    refused: manifests.flatMap(refusedIn),
    invalid,
    unchecked,
    cutSchemas,
    warnings,
  };
}

function toObject(manifest: Manifest): RenderedObject {
  const { apiVersion, kind, name, namespace } = manifest;
  return { apiVersion, kind, name, namespace, chart: chartOf(manifest) };
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
