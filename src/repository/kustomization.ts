import path from 'node:path';
import { isRecord, stringOf, stringsAt, valueAt } from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { commentAt } from '../yaml/comments.ts';
import { lineColumn, type LocatedYaml, requireYaml } from '../yaml/read.ts';
import type { Step } from '../yaml/nodes.ts';
import { type PathReference, pathReferences } from './kustomization-paths.ts';
import type { SourceLocation } from './source-location.ts';
import { isLfsPointer } from '../text/utf8.ts';

/** The names kustomize reads, one of them per folder (`konfig.RecognizedKustomizationFileNames`). */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** Whether kustomize looks for a file of this name. */
export function isKustomization(file: string): boolean {
  return KUSTOMIZATION_FILES.some(name => name === path.posix.basename(file));
}

/** A kustomization: its data, and the place of each part. */
export type Kustomization = {
  file: string;
  folder: string;
  text: string;
  yaml: LocatedYaml;
  data: Readonly<Record<string, unknown>>;
  /** Top-level keys in the order written. */
  keys: readonly string[];
  namespace: string | undefined;
  charts: readonly ChartEntry[];
  resources: readonly string[];
  /** The same with what is written behind or right above each. */
  resourceComments: readonly (string | undefined)[];
  images: readonly ImageEntry[];
  transformers: readonly string[];
  /** Every path that it names, in the order of kustomize's fields. */
  references: readonly PathReference[];
  /** The place of a key or an item; of the nearest one around it where that is not there. */
  at(...steps: Step[]): SourceLocation;
  /** A scalar as it is written: `1.10` is a text, whatever its quotes. Undefined for null, maps, lists and nothing. */
  textAt(...steps: Step[]): string | undefined;
};

/** One entry of `helmCharts`; its texts are as they are written. */
export type ChartEntry = {
  /** The position in the list as written. */
  index: number;
  data: Readonly<Record<string, unknown>>;
  /** Keys in the order written. */
  keys: readonly string[];
  name: string | undefined;
  repo: string | undefined;
  version: string | undefined;
  releaseName: string | undefined;
  namespace: string | undefined;
  valuesFile: string | undefined;
  /** The cluster that the chart is to see, where its entry says so. */
  kubeVersion: string | undefined;
  apiVersions: string[];
  /** What is written behind or right above the version, where teams say why it is pinned. */
  versionComment: string | undefined;
  /** The place of a field, or of the entry. */
  at(field?: string): SourceLocation;
};

type ImageEntry = {
  name: string;
  newName: string | undefined;
  newTag: string | undefined;
  digest: string | undefined;
};

/**
 * Reads a kustomization that somebody works on. Lists of another shape count as empty: judging a file is `check`'s work.
 * @throws UserError E_YAML_SYNTAX, E_YAML_SHAPE, E_YAML_DEPTH
 */
export function parseKustomization(text: string, file: string): Kustomization {
  if (isLfsPointer(text))
    throw new UserError('E_YAML_SHAPE', say('repository.pointerGitLfsNotKustomization', { path: file }), {
      hint: say('repository.fetchLfsContent'),
      subject: file,
    });
  const yaml = requireYaml(text, file);
  const [document = null] = yaml.documents;
  // Nothing yet is fine: it is being written.
  if (document === null || isRecord(document)) return readKustomization(file, yaml);
  throw new UserError('E_YAML_SHAPE', say('repository.kustomizationMap', { path: file }), {
    hint: say('repository.startApiversionKind'),
    subject: file,
  });
}

/** Reads the first document; anything but a map counts as an empty one. */
export function readKustomization(file: string, yaml: LocatedYaml): Kustomization {
  const [document] = yaml.documents;
  const data = isRecord(document) ? document : {};
  const folder = path.posix.dirname(file);
  const textAt = (...steps: Step[]): string | undefined => writtenText(yaml, data, steps);
  const at = (...steps: Step[]): SourceLocation => ({
    file,
    ...lineColumn(yaml.text, nearestOffset(yaml, steps)),
  });
  const own = { file, folder, text: yaml.text, yaml, data, at, textAt };
  return {
    ...own,
    keys: Object.keys(data),
    namespace: textAt('namespace'),
    charts: entriesOf(data, 'helmCharts').map(entry => chartEntry(own, entry)),
    resources: stringsAt(data, ['resources']),
    get resourceComments() {
      return commentsOfStrings(yaml, data, 'resources');
    },
    images: entriesOf(data, 'images').map(({ index }) => imageEntry(own, index)),
    transformers: stringsAt(data, ['transformers']),
    references: pathReferences(data, folder),
  };
}

/** The maps of a list with their positions: entries of another shape count too. */
function entriesOf(data: unknown, key: string): { index: number; data: Record<string, unknown> }[] {
  const list = valueAt(data, [key]);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index) => (isRecord(entry) ? [{ index, data: entry }] : []));
}

function nearestOffset(yaml: LocatedYaml, steps: readonly Step[]): number {
  for (let length = steps.length; length >= 0; length--) {
    const offset = yaml.offsetOf(0, steps.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return 0;
}

/** What comes by an alias or a merge key stands elsewhere: its data has to do. */
function writtenText(yaml: LocatedYaml, data: unknown, steps: readonly Step[]): string | undefined {
  const written = yaml.scalarAt(0, steps)?.text;
  const value = written ?? dataAtSteps(data, steps);
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : stringOf(value);
  return text === '' ? undefined : text;
}

/** What steps lead to, through maps and lists; undefined where they lead nowhere. */
export function dataAtSteps(data: unknown, steps: readonly Step[]): unknown {
  return steps.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner[Number(step)];
    return isRecord(inner) ? inner[step] : undefined;
  }, data);
}

type Own = Pick<Kustomization, 'yaml' | 'at' | 'textAt'>;
type Entry = { index: number; data: Record<string, unknown> };

function chartEntry({ yaml, at, textAt }: Own, { index, data }: Entry): ChartEntry {
  const text = (field: string): string | undefined => textAt('helmCharts', index, field);
  return {
    index,
    data,
    keys: Object.keys(data),
    name: text('name'),
    repo: text('repo'),
    version: text('version'),
    releaseName: text('releaseName'),
    namespace: text('namespace'),
    valuesFile: text('valuesFile'),
    kubeVersion: text('kubeVersion'),
    apiVersions: stringsAt(data, ['apiVersions']),
    get versionComment() {
      return commentAt(yaml, ['helmCharts', index, 'version']);
    },
    at: field => (field === undefined ? at('helmCharts', index) : at('helmCharts', index, field)),
  };
}

/** As written: a tag may read as a number. */
function imageEntry({ textAt }: Own, index: number): ImageEntry {
  const text = (field: string): string | undefined => textAt('images', index, field);
  return {
    name: text('name') ?? '',
    newName: text('newName'),
    newTag: text('newTag'),
    digest: text('digest'),
  };
}

function commentsOfStrings(yaml: LocatedYaml, data: unknown, key: string): (string | undefined)[] {
  const list = valueAt(data, [key]);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) =>
    typeof item === 'string' ? [commentAt(yaml, [key, index])] : [],
  );
}
