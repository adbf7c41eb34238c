import type { Conventions } from './conventions/conventions.ts';
import { parseImage } from './image.ts';
import type { Manifest } from './manifest.ts';
import { breaksImages, isPrefixed, isRenamed, type RenderedImage } from './rendered.ts';
import { UserError } from '../errors.ts';

export type ImageNames = {
  /** Entries for `images:` of the kustomization. */
  renamed: { name: string; newName: string }[];
  /** What a person should know: images that the mirror does not reach. */
  notes: string[];
};

/**
 * The `images:` entries that complete short names: kustomize runs `images` before custom `transformers`, so the mirror's
 * prefix lands before a full name. Without a mirror there is nothing to complete; with an object among `manifests` that
 * such entries break, nothing is.
 */
export function fullNames(
  images: readonly RenderedImage[],
  conventions: Pick<Conventions, 'imagePrefix' | 'dockerHub'>,
  manifests: readonly Manifest[] = [],
): ImageNames {
  const prefix = conventions.imagePrefix?.value;
  if (!prefix) return { renamed: [], notes: [] };
  const hub = conventions.dockerHub.value;
  const odd = manifests.find(breaksImages);
  const renamed = new Map<string, string>();
  const notes = new Set<string>();
  for (const image of images) {
    const parsed = readImage(image.image);
    const full = parsed?.canonical.replace(/^docker\.io(?=\/)/, hub);
    if (!parsed || full === undefined)
      notes.add(`${image.image} (${image.kind}) is no image name slipway can read`);
    else if (isPrefixed(image, prefix.fieldSpecs) && image.image.startsWith(prefix.mirror))
      notes.add(`${image.image} names the mirror already, and ${prefix.file} would put it in front again`);
    else if (image.image.startsWith(prefix.mirror)) continue;
    else if (!isPrefixed(image, prefix.fieldSpecs))
      notes.add(`${image.image}: ${prefix.file} does not reach ${image.path} of a ${image.kind}`);
    else if (full === parsed.name) continue;
    else if (isRenamed(image) && odd)
      notes.add(
        `${image.image}: no images: entry, since kustomize fails on the image of ${odd.kind} ${odd.name}, which is no text; use an ImageTagTransformer with fieldSpecs`,
      );
    else if (isRenamed(image)) renamed.set(parsed.name, full);
    else notes.add(`${image.image}: kustomize's images: does not reach ${image.path} of a ${image.kind}`);
  }
  return { renamed: [...renamed].map(([name, newName]) => ({ name, newName })), notes: [...notes] };
}

function readImage(image: string): ReturnType<typeof parseImage> | undefined {
  try {
    return parseImage(image);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
