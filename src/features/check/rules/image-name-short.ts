import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import { yamlFix } from '../fixes.ts';
import { entryOfChart, placeOfImage, renamedImages, usesPrefix } from '../facts/image-places.ts';
import type { AppRule } from '../rule.ts';
import type { ImagePrefix } from '../../../repository/conventions/images.ts';
import { type Image, parseImage } from '../../../repository/image.ts';
import { breaksImages, images, isPrefixed } from '../../../repository/rendered.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';

/** The mirror is laid out by registry: behind its prefix a short name names nothing. */
export const imageNameShort: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.shortImageNamesCompletedUnder'),
  check: facts => {
    const prefix = facts.conventions.imagePrefix;
    const { root } = facts;
    if (!prefix || !root || !usesPrefix(facts, prefix)) return [];
    const renamed = renamedImages(facts);
    const found = new Map(
      renamedShort(facts, prefix).map(each => [each.image.name, newNameDiagnostic(facts, each)]),
    );
    for (const { image, place } of [...writtenImages(facts, prefix), ...chartImages(facts, prefix)])
      if (!renamed.has(image.name) && !found.has(image.name))
        found.set(image.name, diagnostic(facts, image, place));
    return [...found.values()];
  },
};

type Found = { image: Image; place: SourceLocation };

/** New names under `images:` that are short themselves. */
function renamedShort({ kustomizations }: AppFacts, { mirror }: ImagePrefix): Found[] {
  return kustomizations.flatMap(({ images: entries, at }) =>
    entries.flatMap(({ newName }, index) => {
      const image = newName === undefined || newName.startsWith(mirror) ? undefined : shortName(newName);
      return image ? [{ image, place: at('images', index, 'newName') }] : [];
    }),
  );
}

function newNameDiagnostic({ conventions }: AppFacts, { image, place }: Found): Diagnostic {
  return {
    ...place,
    message: say('rules.imageHasShortNameWhich', { name: image.name }),
    hint: say('rules.writeNewName', { newName: fullName(image, conventions.dockerHub) }),
  };
}

function fullName({ canonical }: Image, dockerHub: string): string {
  return canonical.replace(/^docker\.io(?=\/)/, dockerHub);
}

/** Images in the app's own manifests. */
function writtenImages(facts: AppFacts, prefix: ImagePrefix): Found[] {
  return facts.objects
    .filter(({ listed }) => listed)
    .flatMap(object =>
      images([object]).flatMap(found => {
        const image = isPrefixed(found, prefix.fieldSpecs) ? shortName(found.image) : undefined;
        return image ? [{ image, place: placeOfImage(facts, object.file, found.image) }] : [];
      }),
    );
}

/** Images that charts bring, as they come out of the build: the mirror's prefix is on them by then. */
function chartImages(facts: AppFacts, { mirror }: ImagePrefix): Found[] {
  if (facts.rendered?.status !== 'rendered') return [];
  return facts.rendered.facts.images.flatMap(({ image, chart }) => {
    const short = image.startsWith(mirror) ? shortName(image.slice(mirror.length)) : undefined;
    return short ? [{ image: short, place: entryOfChart(facts, chart) }] : [];
  });
}

/**
 * A name that the mirror does not know: without a registry, or one of Docker Hub that is not its whole one. `library/app` is
 * how people name a project of the mirror itself; on Docker Hub nobody writes it so.
 */
function shortName(text: string): Image | undefined {
  try {
    const image = parseImage(text);
    const isOwnProject = image.short && image.repository.startsWith('library/');
    return image.name === image.canonical || isOwnProject ? undefined : image;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function diagnostic(facts: AppFacts, image: Image, place: SourceLocation): Diagnostic {
  const { root } = facts;
  const odd = facts.objects.find(object => object.listed && breaksImages(object));
  const newName = fullName(image, facts.conventions.dockerHub);
  return {
    ...place,
    message: say('rules.imageHasShortNameWhich', { name: image.name }),
    hint: odd
      ? say('rules.imagesEntryWouldBreak', { kind: odd.kind, name: odd.name, newName })
      : say('rules.addNameNewnameUnderImages', { name: image.name, newName }),
    ...(root && !odd
      ? {
          fix: style =>
            yamlFix(root.file, root.text, {
              kind: 'add',
              path: ['images'],
              items: [{ name: image.name, newName }],
              list: { indent: style.listIndent.images.value, place: { order: style.sectionOrder.value } },
            }),
        }
      : {}),
  };
}
