import type { AppFacts } from '../facts/app-facts.ts';
import { mentionsInComment } from '../facts/comments.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { entryOfChart, placeOfImage, usesPrefix } from '../facts/image-places.ts';
import type { ImagePrefix } from '../../../repository/conventions/images.ts';
import { nameOfImage } from '../../../repository/image.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import { images, isPrefixed } from '../../../repository/rendered.ts';
import { say } from '../../../locales/say.ts';

/** The transformer reaches the fields that it lists: an image in any other, such as one of an operator's, goes past the mirror. */
export const imagePastMirror: AppRule = {
  scope: 'app',
  habit: 'imagePrefix',
  severity: 'warning',
  title: say('rules.mirrorReachesEveryImage'),
  check: facts => {
    const prefix = facts.conventions.imagePrefix;
    if (!prefix || !usesPrefix(facts, prefix)) return [];
    const found = new Map<string, Diagnostic>();
    for (const past of [...written(facts, prefix), ...rendered(facts, prefix)])
      if (!found.has(past.image) && !isExplained(facts, past.image))
        found.set(past.image, diagnostic(past, prefix));
    return [...found.values()];
  },
};

type Past = { image: string; kind: string; path: string; place: SourceLocation };

function written(facts: AppFacts, { mirror, fieldSpecs }: ImagePrefix): Past[] {
  return facts.objects
    .filter(({ listed }) => listed)
    .flatMap(object =>
      images([object])
        .filter(found => !isPrefixed(found, fieldSpecs) && !found.image.startsWith(mirror))
        .map(found => ({ ...found, place: placeOfImage(facts, object.file, found.image) })),
    );
}

function rendered(facts: AppFacts, { mirror }: ImagePrefix): Past[] {
  if (facts.rendered?.status !== 'rendered') return [];
  return facts.rendered.facts.images
    .filter(({ image }) => !image.startsWith(mirror))
    .map(found => ({ ...found, place: entryOfChart(facts, found.chart) }));
}

/** Some images must not go through the mirror: a comment that names them says so. */
function isExplained({ kustomizations }: AppFacts, image: string): boolean {
  const name = nameOfImage(image);
  return kustomizations.some(({ text }) => mentionsInComment(text, name));
}

function diagnostic({ image, kind, path, place }: Past, { file, mirror }: ImagePrefix): Diagnostic {
  return {
    ...place,
    message: say('rules.imageGoesPastMirror', { image, mirror: mirror.replace(/\/$/, ''), path, kind }),
    hint: say('rules.addFieldSpec', { path, kind, file }),
  };
}
