import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { entryOfChart, placeOfImage, renamedImages, usesPrefix } from '../facts/image-places.ts';
import { nameOfImage } from '../../../repository/image.ts';
import type { ImagePrefix } from '../../../repository/conventions/images.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import { images, isPrefixed } from '../../../repository/rendered.ts';
import { say } from '../../../locales/say.ts';

/** An image that names the mirror already gets the mirror in front of the mirror, where there is none. */
export const imagePrefixTwice: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.imagesNameMirrorOnce'),
  check: facts => {
    const prefix = facts.conventions.imagePrefix;
    if (!prefix || !usesPrefix(facts, prefix)) return [];
    const found = new Map<string, Diagnostic>();
    for (const { image, place } of [...written(facts, prefix), ...rendered(facts, prefix)])
      if (!found.has(image)) found.set(image, diagnostic(image, place, prefix));
    return [...found.values()];
  },
};

type Found = { image: string; place: SourceLocation };

/** As `images:` leaves it, since that comes first. */
function written(facts: AppFacts, { mirror, fieldSpecs }: ImagePrefix): Found[] {
  const renamed = renamedImages(facts);
  return facts.objects
    .filter(({ listed }) => listed)
    .flatMap(object =>
      images([object]).flatMap(found => {
        const image = renamed.get(nameOfImage(found.image)) ?? found.image;
        return isPrefixed(found, fieldSpecs) && image.startsWith(mirror)
          ? [{ image, place: placeOfImage(facts, object.file, found.image) }]
          : [];
      }),
    );
}

function rendered(facts: AppFacts, { mirror }: ImagePrefix): Found[] {
  if (facts.rendered?.status !== 'rendered') return [];
  return facts.rendered.facts.images.flatMap(({ image, chart }) =>
    image.startsWith(`${mirror}${mirror}`)
      ? [{ image: image.slice(mirror.length), place: entryOfChart(facts, chart) }]
      : [],
  );
}

function diagnostic(image: string, place: SourceLocation, { mirror, file }: ImagePrefix): Diagnostic {
  return {
    ...place,
    message: say('rules.imageNamesMirrorAlready', { image, file }),
    hint: say('rules.writeImageWithoutMirror', { name: image.slice(mirror.length) }),
  };
}
