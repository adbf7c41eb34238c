import type { Node, YAMLMap } from 'yaml';
import { UserError } from '../errors.ts';
import { isLfsPointer } from './values-file.ts';
import { commentOf, isMapOrNothing, keysOf, mapsAt, scalarsAt, stringsAt } from '../yaml/read.ts';
import { pairOf, parseSource, textAt, type YamlSource } from '../yaml/source.ts';
import { say } from '../locales/say.ts';

/** The names kustomize reads, one of them per folder (`konfig.RecognizedKustomizationFileNames`). */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** One entry of `helmCharts`, as written. */
export type ChartEntry = {
  name: string;
  repo: string | undefined;
  version: string | undefined;
  releaseName: string | undefined;
  namespace: string | undefined;
  valuesFile: string | undefined;
  /** What is written behind or right above the version, where teams say why it is pinned. */
  versionComment: string | undefined;
  /** Keys in the order written. */
  keys: string[];
  node: YAMLMap;
};

type ImageEntry = {
  name: string;
  newName: string | undefined;
  newTag: string | undefined;
  digest: string | undefined;
};

/** What slipway reads of a kustomization.yaml; the rest stays in `source`. */
export type Kustomization = {
  source: YamlSource;
  root: Node | undefined;
  namespace: string | undefined;
  resources: string[];
  /** The same with what is written behind or right above each. */
  resourceComments: (string | undefined)[];
  charts: ChartEntry[];
  images: ImageEntry[];
  transformers: string[];
  /** Top-level keys in the order written. */
  keys: string[];
};

/**
 * Reads a kustomization. Lists of another shape count as empty: judging a file is `check`'s work.
 * @throws UserError E_YAML_SYNTAX, E_YAML_SHAPE, E_YAML_DEPTH
 */
export function parseKustomization(text: string, path: string): Kustomization {
  const source = parseSource(text, path);
  const root = source.documents[0]?.contents ?? undefined;
  requireMap(root, text, path);
  return {
    source,
    root,
    namespace: textAt(root, ['namespace']),
    resources: stringsAt(root, ['resources']),
    resourceComments: scalarsAt(root, ['resources']).map(({ comment }) => comment),
    charts: mapsAt(root, ['helmCharts']).map(chartEntry),
    images: mapsAt(root, ['images']).map(imageEntry),
    transformers: stringsAt(root, ['transformers']),
    keys: keysOf(root),
  };
}

/** Nothing yet is fine: it is being written. */
function requireMap(root: Node | undefined, text: string, path: string): void {
  if (isLfsPointer(text))
    throw new UserError('E_YAML_SHAPE', say('repository.pointerGitLfsNotKustomization', { path }), {
      hint: say('repository.fetchContentGitLfsPull'),
      subject: path,
    });
  if (isMapOrNothing(root)) return;
  throw new UserError('E_YAML_SHAPE', say('repository.kustomizationMap', { path }), {
    hint: say('repository.startApiversionKind'),
    subject: path,
  });
}

function chartEntry(node: YAMLMap): ChartEntry {
  return {
    name: textAt(node, ['name']) ?? '',
    repo: textAt(node, ['repo']),
    version: textAt(node, ['version']),
    releaseName: textAt(node, ['releaseName']),
    namespace: textAt(node, ['namespace']),
    valuesFile: textAt(node, ['valuesFile']),
    versionComment: commentOf(pairOf(node, 'version')),
    keys: keysOf(node),
    node,
  };
}

function imageEntry(node: YAMLMap): ImageEntry {
  return {
    name: textAt(node, ['name']) ?? '',
    newName: textAt(node, ['newName']),
    newTag: textAt(node, ['newTag']),
    digest: textAt(node, ['digest']),
  };
}
