import {
  canonicalOf,
  type ImageVersion,
  isVersion,
  lastPartOf,
  nameOfImage,
} from '../../repository/image.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import type { Step } from '../../yaml/nodes.ts';
import { editValuesAt, type ManifestPlace } from '../values-at.ts';

/** What decides an image, from what wins over all to what is laid under the rest. */
export const IMAGE_DECIDERS = ['argocd', 'images', 'postRenderers', 'values', 'manifest'] as const;

/** A place in a file that says the version of an image. */
export type ImagePlace = {
  where: (typeof IMAGE_DECIDERS)[number];
  file: string;
  document: number;
  /** A text or a list of parameters that holds it: its path starts there. */
  within: ManifestPlace | undefined;
  path: readonly Step[];
  /** One text with name and version, or a map of both; `digest` is undefined where no key holds one. */
  shape: { kind: 'reference'; written: string } | { kind: 'fields'; tag: string; digest: string | undefined };
  /** What the image is called there, as written: before it is renamed, and after. None where only a version stands. */
  names: readonly string[];
  version: ImageVersion;
  /** The automation that owns the line, by the marker beside it. */
  policy: string | undefined;
};

/** How well names answer to what a person calls an image: by its name, or by the last part of that. */
export function likeness(names: readonly string[], word: string): 'name' | 'part' | undefined {
  if (names.some(name => name === word || canonicalOf(name) === canonicalOf(word))) return 'name';
  return names.some(name => lastPartOf(name) === word) ? 'part' : undefined;
}

/** A version behind a name: `:1.2@sha256:…`. */
export function versionText({ tag, digest }: ImageVersion): string {
  return `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/**
 * A file in which the place says another version: only its bytes differ, and what YAML would read as a number becomes a text.
 * @throws UserError E_YAML_SHAPE for what cannot be edited alone
 */
export function withVersion(text: string, place: ImagePlace, to: ImageVersion): string {
  const edits = editsOf(place, to);
  if (place.within) return editValuesAt(text, place.within, edits);
  return editYaml(
    text,
    place.file,
    edits.map(edit => ({ ...edit, document: place.document })),
  );
}

function editsOf(place: ImagePlace, to: ImageVersion): YamlEdit[] {
  const { path, shape } = place;
  const isThere = isVersion(place.version, to);
  if (shape.kind === 'reference')
    return isThere ? [] : [{ kind: 'put', path, value: `${nameOfImage(shape.written)}${versionText(to)}` }];
  const isImages = place.where === 'images' || place.where === 'postRenderers';
  const digestKey = shape.digest ?? (isImages ? 'digest' : undefined);
  const tag = digestKey === undefined && !isThere ? versionText(to).slice(1) : to.tag;
  const key = [...path, shape.tag];
  const edits: YamlEdit[] = tag === undefined ? [] : [{ kind: 'put', path: key, value: tag, place: ORDER }];
  if (digestKey === undefined) return isThere && place.version.digest !== undefined ? [] : edits;
  if (to.digest !== undefined) {
    const value = digestKey === 'sha' ? to.digest.replace(/^sha256:/, '') : to.digest;
    return [...edits, { kind: 'put', path: [...path, digestKey], value, place: ORDER }];
  }
  if (isThere || place.version.digest === undefined) return edits;
  const gone = [...path, digestKey];
  return [...edits, isImages ? { kind: 'remove', path: gone } : { kind: 'set', path: gone, value: '' }];
}

const ORDER = { order: ['name', 'newName', 'registry', 'repository', 'image', 'newTag', 'tag', 'digest'] };
