import { posix } from 'node:path';
import { isRecord, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { nameOfImage, versionOfImage } from '../../repository/image.ts';
import { type Kustomization, readKustomization } from '../../repository/kustomization.ts';
import { editYaml } from '../../yaml/edit.ts';
import { readLocated } from '../../yaml/read.ts';

type TextOf = (file: string) => string | undefined;

/**
 * The images that Argo CD sets in a folder before it builds that: those of `.argocd-source.yaml`, or in their place those of the file of
 * its one Application. Of several Applications each sees its own, so that nothing is certain.
 */
export function argoImages(
  folder: string,
  files: Iterable<string>,
  textOf: TextOf,
): { files: string[]; images: string[] } | undefined {
  const own = [...files].filter(
    file => posix.dirname(file) === folder && /^\.argocd-source-.+\.yaml$/.test(posix.basename(file)),
  );
  if (own.length > 1) return undefined;
  const laid = [`${folder}/.argocd-source.yaml`, ...own].filter(file => textOf(file) !== undefined);
  const lists = laid.flatMap(file => {
    const result = readLocated(textOf(file) ?? '');
    const data = result.status === 'read' ? result.yaml.documents[0] : undefined;
    const list = valueAt(data, ['kustomize', 'images']);
    return Array.isArray(list) ? [stringsAt(data, ['kustomize', 'images'])] : [];
  });
  const images = lists.at(-1);
  return images && { files: laid, images };
}

/** A kustomization as `kustomize edit set image` leaves it for a build: what an image does not say stays as it is. */
export function withImagesSet(text: string, file: string, images: readonly string[]): string {
  const result = readLocated(text);
  if (result.status !== 'read') return text;
  const written: unknown = readKustomization(file, result.yaml).data['images'];
  const entries = (Array.isArray(written) ? written : []).filter(isRecord);
  return editYaml(text, file, [{ kind: 'put', path: ['images'], value: entriesSet(entries, images) }]);
}

const overlaid = new WeakMap<ReadonlyMap<string, string>, readonly string[]>();

/** The entries of `images:` as Argo CD leaves them for a build: with what `.argocd-source*.yaml` of the folder sets. */
export function imageEntries(
  { folder, images }: Pick<Kustomization, 'folder' | 'images'>,
  text: ReadonlyMap<string, string>,
): Kustomization['images'] {
  const files =
    overlaid.get(text) ?? [...text.keys()].filter(file => posix.basename(file).startsWith('.argocd-source'));
  overlaid.set(text, files);
  const set = files.length === 0 ? undefined : argoImages(folder, files, file => text.get(file));
  if (!set) return images;
  return entriesSet(images, set.images).map(entry => ({
    name: stringOf(entry['name']) ?? '',
    newName: stringOf(entry['newName']),
    newTag: stringOf(entry['newTag']),
    digest: stringOf(entry['digest']),
  }));
}

type Entry = Readonly<Record<string, unknown>>;

function entriesSet(written: readonly Entry[], images: readonly string[]): Entry[] {
  const entries: Record<string, unknown>[] = written.map(entry => ({ ...entry }));
  // Of several entries of one name the first is set.
  const byName = new Map(entries.toReversed().map(entry => [stringOf(entry['name']), entry]));
  for (const image of images) {
    const set = entryOf(image);
    const known = byName.get(set['name']);
    if (!known) {
      entries.push(set);
      byName.set(set['name'], set);
    } else {
      if (set['newTag'] !== undefined || set['digest'] !== undefined) {
        delete known['newTag'];
        delete known['digest'];
      }
      Object.assign(known, set);
    }
  }
  return entries;
}

/** `old=new:tag`, `name:tag`, `name@digest`, and `old=new`. */
function entryOf(image: string): Record<string, string> {
  const equals = image.indexOf('=');
  const reference = equals < 0 ? image : image.slice(equals + 1);
  const { tag, digest } = versionOfImage(reference);
  const name = nameOfImage(reference);
  return {
    name: equals < 0 ? name : image.slice(0, equals),
    ...(equals < 0 ? {} : { newName: name }),
    ...(tag === undefined ? {} : { newTag: tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}
