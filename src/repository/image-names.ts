import type { Conventions } from './conventions/conventions.ts';
import { parseImage } from './image.ts';
import { isPrefixed, isRenamed, type RenderedImage } from './rendered.ts';
import { UserError } from '../errors.ts';

export type ImageNames = {
  /** Entries for `images:` of the kustomization. */
  renamed: { name: string; newName: string }[];
  /** What a person should know: images that the mirror does not reach. */
  notes: string[];
};

/**
 * The `images:` entries that complete short names: kustomize runs `images` before custom `transformers`, so the mirror's
 * prefix lands before a full name. Without a mirror there is nothing to complete.
 */
export function fullNames(
  images: readonly RenderedImage[],
  conventions: Pick<Conventions, 'imagePrefix' | 'dockerHub'>,
): ImageNames {
  const prefix = conventions.imagePrefix?.value;
  if (!prefix) return { renamed: [], notes: [] };
  const hub = conventions.dockerHub.value;
  const renamed = new Map<string, string>();
  const notes = new Set<string>();
  for (const image of images) {
    const parsed = readImage(image.image);
    const full = parsed?.canonical.replace(/^docker\.io(?=\/)/, hub);
    if (!parsed || full === undefined)
      notes.add(`${image.image} (${image.kind}) is no image name slipway can read`);
    else if (!isPrefixed(image, prefix.fieldSpecs))
      notes.add(`${image.image}: ${prefix.file} does not reach ${image.path} of a ${image.kind}`);
    else if (full === parsed.name) continue;
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
