import { isSamePath } from '../../../repository/kustomization-paths.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import { yamlFix } from '../fixes.ts';
import type { AppRule } from '../rule.ts';
import type { ImagePrefix } from '../../../repository/conventions/images.ts';
import { type Image, parseImage } from '../../../repository/image.ts';
import { recordsAt } from '../../../data/fields.ts';
import { images, isPrefixed, type RenderedImage } from '../../../repository/rendered.ts';
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
    const found = new Map<string, Remark>();
    for (const { image, place } of [...writtenImages(facts, prefix), ...chartImages(facts, prefix)])
      if (!renamed.has(image.name) && !found.has(image.name))
        found.set(image.name, remark(facts, image, place));
    return [...found.values()];
  },
};

type Found = { image: Image; place: SourceLocation };

function usesPrefix({ root }: AppFacts, { file }: ImagePrefix): boolean {
  const transformers = root?.data['transformers'];
  return Array.isArray(transformers) && transformers.some(entry => isSamePath(String(entry), file));
}

function renamedImages({ kustomizations }: AppFacts): ReadonlySet<string> {
  const entries = kustomizations.flatMap(({ data }) => recordsAt(data, ['images']));
  return new Set(
    entries.flatMap(({ name, newName }) =>
      typeof name === 'string' && typeof newName === 'string' ? [name] : [],
    ),
  );
}

/** Images in the app's own manifests. */
function writtenImages(facts: AppFacts, prefix: ImagePrefix): Found[] {
  return facts.objects
    .filter(({ listed }) => listed)
    .flatMap(object =>
      images([object]).flatMap(found => {
        const image = isPrefixed(found, prefix.fieldSpecs) ? shortName(found.image) : undefined;
        return image ? [{ image, place: placeOf(facts, object.file, found) }] : [];
      }),
    );
}

/** The line that names the image: paths of rendered images have no list positions. */
function placeOf(facts: AppFacts, file: string, { image }: RenderedImage): SourceLocation {
  const text = facts.text(file) ?? '';
  const lines = text.split('\n');
  const line = lines.findIndex(each => each.includes('image:') && each.includes(image));
  const column = (lines[line]?.indexOf('image:') ?? 0) + 1;
  return { file, line: Math.max(0, line) + 1, column: Math.max(1, column) };
}

/** Images that charts bring, as they come out of the build: the mirror's prefix is on them by then. */
function chartImages(facts: AppFacts, { mirror }: ImagePrefix): Found[] {
  if (facts.rendered?.status !== 'rendered') return [];
  return facts.rendered.facts.images.flatMap(({ image, chart }) => {
    const short = image.startsWith(mirror) ? shortName(image.slice(mirror.length)) : undefined;
    return short ? [{ image: short, place: entryOf(facts, chart) }] : [];
  });
}

function entryOf(facts: AppFacts, label: string | undefined): SourceLocation {
  const own = facts.charts.find(({ chart }) => label === `${chart.name}-${chart.version}`) ?? facts.charts[0];
  return own?.chart.at() ?? facts.root?.at('images') ?? { file: facts.folder, line: 1, column: 1 };
}

/** `library/app` in full is how people name a project of the mirror itself; on Docker Hub nobody writes it so. */
function shortName(text: string): Image | undefined {
  try {
    const image = parseImage(text);
    return image.short && !image.repository.startsWith('library/') ? image : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function remark(facts: AppFacts, image: Image, place: SourceLocation): Remark {
  const { root } = facts;
  const newName = image.canonical.replace(/^docker\.io(?=\/)/, facts.conventions.dockerHub);
  return {
    ...place,
    message: say('rules.imageHasShortNameWhich', { name: image.name }),
    hint: say('rules.addNameNewnameUnderImages', { name: image.name, newName }),
    ...(root
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
