import { say } from '../../../locales/say.ts';
import { isSameImage, isVersion, versionOfImage } from '../../../repository/image.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import type { AppRule } from '../rule.ts';

/** `kustomize edit set image typo=…` appends an entry that matches nothing, and ends with 0: what runs stays old. */
export const imageBumpUnmatched: AppRule = {
  scope: 'app',
  severity: 'warning',
  needs: 'rendering',
  title: say('rules.imageBumpUnmatched'),
  check: ({ root, rendered, isPart }) => {
    // Other fields than those of containers may be images by a configuration.
    if (!root || isPart || rendered?.status !== 'rendered' || 'configurations' in root.data) return [];
    const running = rendered.facts.images.map(({ image }) => image);
    return root.images.flatMap((entry, index) => {
      const name = entry.newName ?? entry.name;
      // A name alone completes what may come later.
      const isVersioned = entry.newTag !== undefined || entry.digest !== undefined;
      if (name === '' || !isVersioned || isMatched(root, entry, running)) return [];
      return [
        {
          ...root.at('images', index),
          message: say('rules.sayImageBumpUnmatched', { name }),
          hint: say('rules.hintImageBumpUnmatched'),
        },
      ];
    });
  },
};

type Entries = NonNullable<AppFacts['root']>;

/** By name and version; an entry may rename what a later one gives its version. */
function isMatched(
  { images }: Pick<Entries, 'images'>,
  { name, newName, newTag: tag, digest }: Entries['images'][number],
  running: readonly string[],
): boolean {
  const own = newName ?? name;
  if (images.some(later => later.name === own && later.name !== name)) return true;
  return running.some(
    image =>
      isSameImage(image, own) &&
      (isVersion(versionOfImage(image), { tag, digest }) ||
        (digest !== undefined && versionOfImage(image).digest === digest)),
  );
}
