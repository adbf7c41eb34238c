import { parseImage } from '../../repository/image.ts';
import { UserError } from '../../errors.ts';
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
      come.find(image => !taken.has(image) && nameOf(image) === nameOf(previous)) ??
      come.find(image => !taken.has(image) && lastPart(image) === lastPart(previous));
    if (next === undefined) changes.push({ kind: 'removed', before: previous });
    else {
      taken.add(next);
      const sameName = nameOf(next) === nameOf(previous);
      changes.push(
        sameName
          ? { kind: 'tag', name: nameOf(next), before: versionOf(previous), after: versionOf(next) }
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

function nameOf(image: string): string {
  try {
    return parseImage(image).canonical;
  } catch (error) {
    if (error instanceof UserError) return image;
    throw error;
  }
}

function lastPart(image: string): string {
  return nameOf(image).split('/').at(-1) ?? image;
}

function versionOf(image: string): string {
  const [name = '', digest = ''] = image.split('@', 2);
  return /(?<=:)[\w.-]+$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[0] ?? digest;
}
