import type { Manifest } from '../../repository/manifest.ts';
import { recordsAt, valueAt } from '../../data/fields.ts';
import { type App, appManifests, type Repository } from '../../repository/model.ts';

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

/** What runs of an app that goes. */
type Going = { app: App; manifests: readonly Manifest[]; ofCharts: readonly Manifest[] };

/** What goes with all overlays of an app: objects of one name in several environments are several. */
export function deletionsOfApps(apps: readonly Going[]): Deletions {
  const all = apps.map(({ app, manifests, ofCharts }) => {
    const { namespace } = app.kustomization;
    // Kustomize calls a Namespace after the one that it puts all into, but for what a chart brings.
    const built = manifests.map(each =>
      each.kind !== 'Namespace' || namespace === undefined || ofCharts.includes(each)
        ? each
        : { ...each, name: namespace },
    );
    return deletionsOf(built, apps.length > 1 ? app.environment : undefined);
  });
  return {
    objects: sorted(all.flatMap(({ objects }) => objects)),
    lost: sorted(all.flatMap(({ lost }) => lost)),
    kept: sorted(all.flatMap(({ kept }) => kept)),
  };
}

/**
 * The objects that Argo CD or Flux deletes with the old app, and those that stay behind.
 * @param environment where it has to be told from the same objects elsewhere; a Namespace is told by its name
 */
export function deletionsOf(manifests: readonly Manifest[], environment?: string): Deletions {
  const named = manifests.map(manifest => {
    const isTold = environment === undefined || manifest.kind === 'Namespace';
    return { manifest, text: `${manifest.kind}/${manifest.name}${isTold ? '' : ` (${environment})`}` };
  });
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
