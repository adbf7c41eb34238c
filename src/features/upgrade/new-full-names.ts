import type { Conventions } from '../../repository/conventions/conventions.ts';
import { fullNames, type ImageNames } from '../../repository/image-names.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { images } from '../../repository/rendered.ts';
import type { App } from '../../repository/model.ts';

/**
 * The `images:` entries that an app needs for short image names which the old version did not render. Only where its images
 * go through the mirror; what was missing before is not the upgrade's to add.
 */
export function newFullNames(
  app: App,
  conventions: Pick<Conventions, 'imagePrefix' | 'dockerHub'>,
  { before, after }: { before: readonly Manifest[]; after: readonly Manifest[] },
): ImageNames['renamed'] {
  const mirror = conventions.imagePrefix?.value;
  const { transformers, images: listed } = app.kustomization;
  if (!mirror || !transformers.includes(mirror.file)) return [];
  const known = new Set([
    ...listed.map(({ name }) => name),
    ...fullNames(images(before), conventions).renamed.map(({ name }) => name),
  ]);
  return fullNames(images(after), conventions).renamed.filter(({ name }) => !known.has(name));
}
