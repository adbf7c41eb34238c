import { canonicalOf, lastPartOf, versionOfImage } from '../../repository/image.ts';
import { images } from '../../repository/rendered.ts';
import type { Manifest } from '../../repository/manifest.ts';

/** What happens to an image that workloads run. */
export type ImageChange =
  | { kind: 'tag'; name: string; before: string; after: string }
  /** The same repository path at another registry. */
  | { kind: 'moved'; before: string; after: string }
  | { kind: 'added'; after: string }
  | { kind: 'removed'; before: string };

/** Compares the images of an app's workloads; those that stay are left out. */
export function imageChanges(before: readonly Manifest[], after: readonly Manifest[]): ImageChange[] {
  const old = referencesOf(before);
  const fresh = referencesOf(after);
  const gone = [...old].filter(image => !fresh.has(image));
  const come = [...fresh].filter(image => !old.has(image));
  const changes: ImageChange[] = [];
  const taken = new Set<string>();
  for (const previous of gone) {
    const next =
      come.find(image => !taken.has(image) && canonicalOf(image) === canonicalOf(previous)) ??
      come.find(image => !taken.has(image) && lastPartOf(image) === lastPartOf(previous));
    if (next === undefined) changes.push({ kind: 'removed', before: previous });
    else {
      taken.add(next);
      const sameName = canonicalOf(next) === canonicalOf(previous);
      changes.push(
        sameName
          ? { kind: 'tag', name: canonicalOf(next), before: versionOf(previous), after: versionOf(next) }
          : { kind: 'moved', before: previous, after: next },
      );
    }
  }
  const added = come
    .filter(image => !taken.has(image))
    .map(after_ => ({ kind: 'added' as const, after: after_ }));
  return [...changes, ...added];
}

function referencesOf(manifests: readonly Manifest[]): Set<string> {
  return new Set(images(manifests).map(({ image }) => image));
}

/** Tag and digest as they are written: `1.2`, `1.2@sha256:…`, `sha256:…`. */
function versionOf(image: string): string {
  const { tag, digest } = versionOfImage(image);
  return [tag, digest].filter(part => part !== undefined).join('@');
}

/** An image by its name and what `versionOf` gives. */
export function imageAt(name: string, version: string): string {
  if (version === '') return name;
  return /^[a-z0-9]+:/.test(version) ? `${name}@${version}` : `${name}:${version}`;
}
