import path from 'node:path';
import type { AppFacts } from '../facts/app-facts.ts';
import { commentsOf } from '../facts/comments.ts';
import { yamlFix } from '../fixes.ts';
import type { Kustomization } from '../../../repository/kustomization.ts';
import { isRemote, isSamePath } from '../../../repository/kustomization-paths.ts';
import type { AppRule } from '../rule.ts';
import { stringsAt } from '../../../data/fields.ts';
import type { ImagePrefix } from '../../../repository/conventions/images.ts';
import { images, isPrefixed } from '../../../repository/rendered.ts';
import { say } from '../../../locales/say.ts';

/** Images come through the mirror unless a comment says why they must not. */
export const imagePrefixMissing: AppRule = {
  scope: 'app',
  habit: 'imagePrefix',
  severity: 'warning',
  title: say('rules.imagesGoThroughRepositorysMirror'),
  check: facts => {
    const { root } = facts;
    const prefix = facts.conventions.imagePrefix;
    if (!root || !prefix || !isList(root.data['transformers']) || !rendersImages(facts, root, prefix))
      return [];
    if (hasPrefix(facts, root, prefix.file) || isExplained(root, prefix.file)) return [];
    return [
      {
        ...root.at('transformers'),
        message: say('rules.imagesDoNotGoThrough', { mirror: prefix.mirror.replace(/\/$/, '') }),
        hint: say('rules.addUnderTransformersSayWhy', { file: prefix.file }),
        ...(namesMirror(facts, prefix)
          ? {}
          : {
              fix: style =>
                yamlFix(root.file, root.text, {
                  kind: 'add',
                  path: ['transformers'],
                  items: [prefix.file],
                  list: {
                    indent: style.listIndent.transformers.value,
                    place: { order: style.sectionOrder.value },
                  },
                }),
            }),
      },
    ];
  },
};

/** Anything else is what `kustomization-shape` speaks of. */
function isList(value: unknown): boolean {
  return value === undefined || value === null || Array.isArray(value);
}

/** A folder of settings alone has nothing to prefix. */
function rendersImages(
  facts: AppFacts,
  { references }: Kustomization,
  { mirror, fieldSpecs }: ImagePrefix,
): boolean {
  return (
    facts.charts.length > 0 ||
    references.some(({ value }) => isRemote(value)) ||
    images(facts.objects.filter(({ listed }) => listed)).some(
      found => !found.image.startsWith(mirror) && (fieldSpecs.length === 0 || isPrefixed(found, fieldSpecs)),
    )
  );
}

/** An image that names the mirror already would get it twice. */
function namesMirror({ objects }: AppFacts, { mirror }: ImagePrefix): boolean {
  return images(objects.filter(({ listed }) => listed)).some(({ image }) => image.startsWith(mirror));
}

/** Any transformer of the kind will do; what a component brings nobody can tell here. */
function hasPrefix(facts: AppFacts, root: Kustomization, prefix: string): boolean {
  if (stringsAt(root.data, ['components']).length > 0) return true;
  return stringsAt(root.data, ['transformers']).some(value => {
    if (isSamePath(value, prefix) || value.includes('PrefixTransformer')) return true;
    const target = path.posix.join(root.folder, value);
    return facts.kindOf(target) === 'folder' || facts.text(target)?.includes('PrefixTransformer') === true;
  });
}

function isExplained({ text }: Kustomization, file: string): boolean {
  const name = path.posix.basename(file);
  return commentsOf(text).some(
    comment => comment.includes(name) || /镜像前缀|image[- ]prefix/i.test(comment),
  );
}
