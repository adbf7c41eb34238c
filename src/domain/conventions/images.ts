import path from 'node:path';
import { isRecord, parseManifests, recordsAt, stringOf } from '../manifest.ts';
import type { Repository } from '../repository.ts';
import { readDocuments } from '../yaml/documents.ts';
import { type Learned, mostCommon } from './learned.ts';

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

/** Learns the image-prefix transformer and how `images:` spells Docker Hub. */
export function learnImages(repository: Repository): ImageConventions {
  return { prefix: learnPrefix(repository), dockerHub: learnDockerHub(repository) };
}

function learnPrefix(repository: Repository): Learned<ImagePrefix> | undefined {
  const sightings = repository.apps.flatMap(app =>
    app.kustomization.transformers
      .filter(file => readPrefix(repository, path.posix.join(app.path, file)))
      .map(file => ({ app: app.path, value: file })),
  );
  const file = mostCommon(sightings, repository.apps.length);
  const from = sightings.find(({ value }) => value === file?.value)?.app;
  const prefix = file && from ? readPrefix(repository, path.posix.join(from, file.value)) : undefined;
  return file && prefix && { value: { file: file.value, ...prefix }, evidence: file.evidence };
}

function readPrefix(repository: Repository, file: string): Omit<ImagePrefix, 'file'> | undefined {
  const text = repository.text.get(file);
  if (text === undefined || !text.includes('PrefixTransformer')) return undefined;
  const transformer = parseManifests(readDocuments(text, file)).find(
    ({ kind }) => kind === 'PrefixTransformer',
  )?.body;
  const mirror = stringOf(transformer?.['prefix']);
  const fieldSpecs = recordsAt(transformer, ['fieldSpecs']).flatMap(readFieldSpec);
  return mirror?.endsWith('/') && fieldSpecs.length > 0 ? { mirror, fieldSpecs } : undefined;
}

function readFieldSpec(spec: unknown): FieldSpec[] {
  const field = isRecord(spec) ? stringOf(spec['path']) : undefined;
  return isRecord(spec) && field?.endsWith('image') ? [{ path: field, kind: stringOf(spec['kind']) }] : [];
}

/** `newName` entries whose name is short show it: `busybox` → `docker.io/library/busybox`. */
function learnDockerHub(repository: Repository): Learned<string> {
  const sightings = repository.apps.flatMap(app =>
    app.kustomization.images.flatMap(({ name, newName }) => {
      const short = !/^(?:[^/]*[.:][^/]*|localhost)\//.test(name);
      const full = name.includes('/') ? name : `library/${name}`;
      return short && newName?.endsWith(`/${full}`)
        ? [{ app: app.path, value: newName.slice(0, -full.length - 1) }]
        : [];
    }),
  );
  const withImages = new Set(sightings.map(({ app }) => app)).size;
  const learned = mostCommon(sightings, withImages);
  if (!learned) return { value: 'docker.io', evidence: 'default: no app completes a short name' };
  return { value: learned.value, evidence: `${learned.evidence} that complete short names` };
}
