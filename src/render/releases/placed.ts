import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import type { PlannedRelease } from '../../deliveries/planned-release.ts';
import { isNamespaced } from '../../repository/cluster-scoped.ts';
import type { Manifest } from '../../repository/manifest.ts';

/** Objects as the controller of a release applies them: without what it does not run, labelled, in the release's namespace. */
export function asApplied(
  manifests: readonly Manifest[],
  { namespace, hasTests, hasHooks, metadata }: PlannedRelease,
): Manifest[] {
  return manifests
    .filter(manifest => isRun(hooksOf(manifest), hasTests, hasHooks))
    .map(manifest => withMetadata(manifest, metadata))
    .map(manifest => {
      const isPlaced =
        manifest.namespace === undefined && isNamespaced(manifest.apiVersion, manifest.kind, {});
      return isPlaced === true ? { ...manifest, namespace } : manifest;
    });
}

function hooksOf({ body }: Manifest): string[] {
  const written = stringOf(valueAt(body, ['metadata', 'annotations', 'helm.sh/hook'])) ?? '';
  return written
    .split(',')
    .map(each => each.trim())
    .filter(Boolean);
}

function isRun(hooks: readonly string[], hasTests: boolean, hasHooks: boolean): boolean {
  if (hooks.length === 0) return true;
  const isTest = hooks.every(hook => hook === 'test' || hook.startsWith('test-'));
  return isTest ? hasTests : hasHooks;
}

function withMetadata(manifest: Manifest, more: PlannedRelease['metadata']): Manifest {
  const { labels, annotations } = more;
  if (Object.keys(labels).length + Object.keys(annotations).length === 0) return manifest;
  const { metadata } = manifest.body;
  const own = isRecord(metadata) ? metadata : {};
  const body = {
    ...manifest.body,
    metadata: {
      ...own,
      labels: { ...(isRecord(own['labels']) ? own['labels'] : {}), ...labels },
      annotations: { ...(isRecord(own['annotations']) ? own['annotations'] : {}), ...annotations },
    },
  };
  return { ...manifest, body };
}
