import type { Manifest } from '../../repository/manifest.ts';
import { recordsAt, valueAt } from '../../data/fields.ts';
import { appManifests, type Repository } from '../../repository/model.ts';

/** What the cluster loses when Argo CD deletes an Application. */
export type Deletions = {
  /** `Deployment/wiki`, by kind and name. */
  objects: string[];
  /** Those of them that take data or other people's objects along. */
  lost: string[];
  /** Those that say that they stay. */
  kept: string[];
};

/** Kinds whose deletion cannot be undone by creating them again. */
const PRECIOUS = new Set([
  'Namespace',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'HelmRelease',
  'CustomResourceDefinition',
]);

const OPTIONS = 'argocd.argoproj.io/sync-options';
const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';

/** The objects that Argo CD or Flux deletes with the old app, and those that stay behind. */
export function deletionsOf(manifests: readonly Manifest[]): Deletions {
  const named = manifests.map(manifest => ({ manifest, text: `${manifest.kind}/${manifest.name}` }));
  const kept = named.filter(({ manifest }) => staysBehind(manifest));
  const going = named.filter(({ manifest }) => !staysBehind(manifest));
  return {
    objects: sorted(going.map(({ text }) => text)),
    lost: sorted(going.filter(({ manifest }) => PRECIOUS.has(manifest.kind)).map(({ text }) => text)),
    kept: sorted(kept.map(({ text }) => text)),
  };
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}

function staysBehind({ body }: Manifest): boolean {
  if (valueAt(body, ['metadata', 'annotations', PRUNE]) === 'disabled') return true;
  const options = valueAt(body, ['metadata', 'annotations', OPTIONS]);
  return typeof options === 'string' && options.split(',').some(option => option.trim() === 'Delete=false');
}

/**
 * Whether the ApplicationSets of the repository leave objects alone when their folder disappears: all that are here must
 * say so.
 */
export function preservesObjects(repository: Repository): boolean {
  const sets = repository.apps.flatMap(app => appManifests(repository, app, /ApplicationSet/));
  return (
    sets.length > 0 &&
    sets.every(
      ({ manifest }) =>
        valueAt(manifest.body, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) === true &&
        recordsAt(manifest.body, ['spec', 'generators']).length > 0,
    )
  );
}
