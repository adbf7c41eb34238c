import { pathFrom } from '../kustomization-paths.ts';
import { parseManifests } from '../manifest.ts';
import { isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { readDocuments } from '../../yaml/read.ts';
import { type Learned, mostCommon } from './learned.ts';
import { say } from '../../locales/say.ts';

/** A field that the prefix transformer reaches. */
export type FieldSpec = { path: string; kind: string | undefined };

/** The PrefixTransformer that sends images through the mirror. */
export type ImagePrefix = {
  /** As written under `transformers:`, relative to the app: `../../image-prefix.yaml`. */
  file: string;
  /** `harbor.example.test/`, with its final slash. */
  mirror: string;
  fieldSpecs: FieldSpec[];
};

export type ImageConventions = {
  prefix: Learned<ImagePrefix> | undefined;
  /** The registry that short names are completed with under `images:`. */
  dockerHub: Learned<string>;
};

/** What an app's kustomization says of images. */
export type ImageSighting = {
  app: string;
  transformers: readonly string[];
  images: readonly { name: string; newName: string | undefined }[];
};

/**
 * Learns the image-prefix transformer and how `images:` spells Docker Hub; `prefixIn` reads a transformer by its path in the
 * repository.
 */
export function learnImages(
  seen: readonly ImageSighting[],
  prefixIn: (file: string) => Omit<ImagePrefix, 'file'> | undefined,
): ImageConventions {
  return { prefix: learnPrefix(seen, prefixIn), dockerHub: learnDockerHub(seen) };
}

function learnPrefix(
  seen: readonly ImageSighting[],
  prefixIn: (file: string) => Omit<ImagePrefix, 'file'> | undefined,
): Learned<ImagePrefix> | undefined {
  const sightings = seen.flatMap(({ app, transformers }) =>
    transformers.filter(file => prefixIn(pathFrom(app, file) ?? file)).map(file => ({ app, value: file })),
  );
  const file = mostCommon(sightings, seen.length);
  const from = sightings.find(({ value }) => value === file?.value)?.app;
  const prefix = file && from ? prefixIn(pathFrom(from, file.value) ?? file.value) : undefined;
  return file && prefix && { value: { file: file.value, ...prefix }, evidence: file.evidence };
}

/** The PrefixTransformer for images in a file, if it holds one. */
export function readPrefix(text: string, file: string): Omit<ImagePrefix, 'file'> | undefined {
  if (!text.includes('PrefixTransformer')) return undefined;
  const transformer = parseManifests(readDocuments(text, file)).find(
    ({ kind }) => kind === 'PrefixTransformer',
  )?.body;
  return prefixOf(transformer);
}

/** What a PrefixTransformer for images says; undefined for one that has nothing to do with images. */
export function prefixOf(transformer: unknown): Omit<ImagePrefix, 'file'> | undefined {
  const mirror = stringOf(valueAt(transformer, ['prefix']));
  const fieldSpecs = recordsAt(transformer, ['fieldSpecs']).flatMap(readFieldSpec);
  return mirror?.endsWith('/') && fieldSpecs.length > 0 ? { mirror, fieldSpecs } : undefined;
}

/** A text that is an image: `spec/image`, `spec/volumes[]/image/reference`. */
const IMAGE_FIELD = /image(?:Name|\/reference|\/repository)?$/;

function readFieldSpec(spec: unknown): FieldSpec[] {
  const field = isRecord(spec) ? stringOf(spec['path']) : undefined;
  return isRecord(spec) && field !== undefined && IMAGE_FIELD.test(field)
    ? [{ path: field, kind: stringOf(spec['kind']) }]
    : [];
}

/** `newName` entries whose name is short show it: `busybox` → `docker.io/library/busybox`. */
function learnDockerHub(seen: readonly ImageSighting[]): Learned<string> {
  const sightings = seen.flatMap(({ app, images }) =>
    images.flatMap(({ name, newName }) => {
      const short = !/^(?:[^/.:]*[.:][^/]*|localhost)\//.test(name);
      const full = name.includes('/') ? name : `library/${name}`;
      return short && newName?.endsWith(`/${full}`)
        ? [{ app, value: newName.slice(0, -full.length - 1) }]
        : [];
    }),
  );
  const withImages = new Set(sightings.map(({ app }) => app)).size;
  const learned = mostCommon(sightings, withImages);
  if (!learned) return { value: 'docker.io', evidence: say('repository.defaultNoAppCompletesShortName') };
  return {
    value: learned.value,
    evidence: say('repository.thatCompleteShortNames', { evidence: learned.evidence }),
  };
}
