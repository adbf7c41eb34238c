import { append } from '../../data/append.ts';
import { isRecord } from '../../data/fields.ts';
import { nameOfImage, versionOfImage } from '../../repository/image.ts';
import { policyIn } from '../../repository/pin.ts';
import { commentAt } from '../../yaml/comments.ts';
import type { Step } from '../../yaml/nodes.ts';
import type { LocatedYaml } from '../../yaml/read.ts';
import type { ImagePlace } from './image-place.ts';

/** Where data stands that is looked through for images. */
export type ImageSource = Pick<ImagePlace, 'where' | 'file' | 'document' | 'within'> & {
  yaml: LocatedYaml;
  /** Values name images in parts, and their keys are anybody's. */
  isValues: boolean;
};

/** The images in data, at any depth: `image: name:tag`, and in values maps of repository, tag and digest too. */
export function imagesInData(source: ImageSource, path: readonly Step[], data: unknown): ImagePlace[] {
  if (Array.isArray(data))
    return data.flatMap((item: unknown, index) => [
      ...patchOperation(source, [...path, index], item),
      ...imagesInData(source, [...path, index], item),
    ]);
  if (!isRecord(data)) return [];
  const found: ImagePlace[] = [];
  const fields = source.isValues ? imageMap(source, path, data) : undefined;
  if (fields) found.push(fields);
  for (const [key, value] of Object.entries(data)) {
    const inner = [...path, key];
    if (typeof value !== 'string') append(found, imagesInData(source, inner, value));
    else if (!fields && isImageKey(key, source.isValues) && isReference(value))
      found.push(reference(source, inner, value));
  }
  return found;
}

function isImageKey(key: string, isValues: boolean): boolean {
  return key === 'image' || key === 'imageName' || key === 'reference' || (isValues && key.endsWith('Image'));
}

/** A name with a version: one without is no place for a version, and may be anything. */
function isReference(text: string): boolean {
  const { tag, digest } = versionOfImage(text);
  return /^[\w./:@-]+$/.test(text) && (tag ?? digest) !== undefined && !text.includes('//');
}

function reference(source: ImageSource, path: readonly Step[], written: string): ImagePlace {
  const { yaml, where, file, document, within } = source;
  const policy = policyIn([commentAt(yaml, path, document)]);
  const at = { where, file, document, within };
  return { ...at, ...referencePlace(written, path), names: [nameOfImage(written)], policy };
}

/** What a text with name and version says. */
export function referencePlace(
  written: string,
  path: readonly Step[],
): Pick<ImagePlace, 'path' | 'shape' | 'version'> {
  return { path, shape: { kind: 'reference', written }, version: versionOfImage(written) };
}

/** `- op: replace, path: …/image, value: name:tag` */
function patchOperation(source: ImageSource, path: readonly Step[], item: unknown): ImagePlace[] {
  if (source.isValues || !isRecord(item)) return [];
  const { path: pointer, value } = item;
  if (typeof pointer !== 'string' || !pointer.endsWith('/image') || typeof value !== 'string') return [];
  return isReference(value) ? [reference(source, [...path, 'value'], value)] : [];
}

/** `image: { registry, repository, tag, digest }`, under any key; without a repository where the key says that it is an image. */
function imageMap(
  { yaml, where, file, document, within }: ImageSource,
  path: readonly Step[],
  data: Record<string, unknown>,
): ImagePlace | undefined {
  const text = (key: string): string | undefined => {
    const value = data[key];
    if (typeof value === 'string') return yaml.scalarAt(document, [...path, key])?.text ?? value;
    return typeof value === 'number'
      ? (yaml.scalarAt(document, [...path, key])?.text ?? String(value))
      : undefined;
  };
  const isImage = /image$/i.test(String(path.at(-1) ?? ''));
  const [repository, registry] = [text('repository') ?? text('image'), text('registry')];
  const digest = ['digest', 'sha'].find(key => Object.hasOwn(data, key));
  const hasVersion = Object.hasOwn(data, 'tag') || digest !== undefined;
  if (repository === undefined ? !isImage || text('tag') === undefined : !hasVersion && !isImage)
    return undefined;
  if (repository !== undefined && !/^[\w./:-]+$/.test(repository)) return undefined;
  const [tag = '', inTag] = (text('tag') ?? '').split('@', 2);
  const own = digest === undefined ? undefined : text(digest);
  const written = own === undefined || own === '' ? inTag : /^[0-9a-f]+$/.test(own) ? `sha256:${own}` : own;
  const keys = ['tag', ...(digest === undefined ? [] : [digest])];
  const comments = keys.map(key => commentAt(yaml, [...path, key], document));
  return {
    where,
    file,
    document,
    within,
    path,
    shape: { kind: 'fields', tag: 'tag', digest },
    names: namesOf(registry, repository),
    version: { tag: tag === '' ? undefined : tag, digest: written },
    policy: policyIn(comments),
  };
}

function namesOf(registry: string | undefined, repository: string | undefined): string[] {
  if (repository === undefined) return [];
  return registry === undefined || registry === '' ? [repository] : [`${registry}/${repository}`, repository];
}
