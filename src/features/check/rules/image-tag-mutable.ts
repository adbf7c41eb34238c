import { say } from '../../../locales/say.ts';
import { canonicalOf, nameOfImage, versionOfImage } from '../../../repository/image.ts';
import { images } from '../../../repository/rendered.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import { placeOfImage } from '../facts/image-places.ts';
import type { AppRule } from '../rule.ts';

/** Names of branches, and of whatever was pushed last; a number that moves (`1`, `1.29`) is many a team's choice. */
const MUTABLE = new Set(['latest', 'main', 'master', 'head', 'edge', 'nightly', 'develop', 'trunk']);

/** What a tag that moves names, no commit of the repository says: a node that starts anew runs something else. */
export const imageTagMutable: AppRule = {
  scope: 'app',
  severity: 'note',
  title: say('rules.imageTagMutable'),
  check: facts => {
    if (facts.isPart) return [];
    const found = new Map<string, Diagnostic>();
    for (const { image, place } of [...entries(facts), ...written(facts)])
      if (!found.has(image)) found.set(image, diagnostic(image, place));
    return [...found.values()];
  },
};

type Found = { image: string; place: SourceLocation };

/** Versions that the app's own `images:` gives. */
function entries({ root }: AppFacts): Found[] {
  if (!root) return [];
  return root.images.flatMap(({ name, newName, newTag, digest }, index) => {
    if (newTag === undefined || digest !== undefined || !MUTABLE.has(newTag.toLowerCase())) return [];
    return [{ image: `${newName ?? name}:${newTag}`, place: root.at('images', index, 'newTag') }];
  });
}

/** Flux asks there for what tags an image has: it runs none. */
const AUTOMATION = 'image.toolkit.fluxcd.io/';

/** Images in the app's own manifests, but those that `images:` gives a version. */
function written(facts: AppFacts): Found[] {
  const given = facts.kustomizations.flatMap(({ images: list }) =>
    list.flatMap(({ name, newTag, digest }) =>
      newTag === undefined && digest === undefined ? [] : [canonicalOf(name)],
    ),
  );
  return facts.objects
    .filter(({ listed, apiVersion }) => listed && !apiVersion.startsWith(AUTOMATION))
    .flatMap(object =>
      images([object]).flatMap(({ image }) => {
        if (!isMutable(image) || given.includes(canonicalOf(image))) return [];
        return [{ image, place: placeOfImage(facts, object.file, image) }];
      }),
    );
}

/** Without a tag it is `latest`; what another program fills in is no tag. */
function isMutable(image: string): boolean {
  const { tag, digest } = versionOfImage(image);
  if (digest !== undefined || !/^[\w./:-]+$/.test(image)) return false;
  return tag === undefined ? nameOfImage(image).includes('/') : MUTABLE.has(tag.toLowerCase());
}

function diagnostic(image: string, place: SourceLocation): Diagnostic {
  return {
    ...place,
    message: say('rules.sayImageTagMutable', { image }),
    hint: say('rules.hintImageTagMutable'),
  };
}
