import { posix } from 'node:path';
import { append } from '../../data/append.ts';
import { isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { nameOfImage } from '../../repository/image.ts';
import { policyIn } from '../../repository/pin.ts';
import {
  type Kustomization,
  KUSTOMIZATION_FILES,
  readKustomization,
} from '../../repository/kustomization.ts';
import type { Repository } from '../../repository/model.ts';
import { commentAt } from '../../yaml/comments.ts';
import type { Step } from '../../yaml/nodes.ts';
import { type LocatedYaml, readLocated } from '../../yaml/read.ts';
import type { ChartUse, UsingApp, ValuesPlace } from '../chart-use.ts';
import { findUses } from '../find-uses.ts';
import { objectsIn } from '../located-object.ts';
import { parsedFile } from '../parsed-files.ts';
import { type ManifestPlace, valuesAt } from '../values-at.ts';
import { imagesInData, type ImageSource, referencePlace } from './images-in-data.ts';
import type { ImagePlace } from './image-place.ts';

/** Every place that says the version of an image of an app: what wins first, of what is alike the app's own files first. */
export function findImagePlaces(repository: Repository, app: Pick<UsingApp, 'path'>): ImagePlace[] {
  const { kustomizations, files } = builtFrom(repository, app.path);
  const uses = findUses(repository).filter(
    use => use.app.path === app.path || files.has(use.at.file) || use.at.file === app.path,
  );
  for (const { at } of uses) files.add(at.file);
  const values = new Set(
    uses.flatMap(use => use.values.flatMap(place => ('path' in place ? place.path : []))),
  );
  const plain = [...files].filter(
    file => !values.has(file) && !kustomizations.some(own => own.file === file),
  );
  return [
    ...argocdPlaces(repository, app.path),
    ...kustomizations.flatMap(({ file, yaml, data }) =>
      entryPlaces('images', { file, document: 0, yaml }, ['images'], data['images']),
    ),
    ...plain.flatMap(file => postRendererPlaces(repository, file)),
    ...uses.flatMap(use => use.values.toReversed().flatMap(place => valuesPlaces(repository, place, use))),
    ...kustomizations.flatMap(own => patchPlaces(own)),
    ...plain.flatMap(file => manifestPlaces(repository, file)),
  ];
}

type Build = { kustomizations: Kustomization[]; files: Set<string> };

/** The kustomizations that a folder is built of, its own first, and the files that they name; every file of a folder without one. */
function builtFrom(repository: Repository, folder: string): Build {
  const build: Build = { kustomizations: [], files: new Set() };
  const pending = [folder];
  const seen = new Set<string>();
  for (let path = pending.shift(); path !== undefined; path = pending.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const own = kustomizationAt(repository, path);
    if (own) {
      build.kustomizations.push(own);
      append(
        pending,
        own.references.flatMap(reference => reference.path ?? []),
      );
    } else if (repository.text.has(path)) build.files.add(path);
    else if (path === folder)
      for (const file of repository.text.keys())
        if (file.startsWith(`${folder}/`) && !/\/(?:charts|templates)\//.test(file)) build.files.add(file);
  }
  return build;
}

function kustomizationAt(repository: Repository, folder: string): Kustomization | undefined {
  const file = KUSTOMIZATION_FILES.map(name => posix.join(folder, name)).find(name =>
    repository.text.has(name),
  );
  const yaml = file === undefined ? undefined : parsedFile(repository, file);
  return file !== undefined && yaml ? readKustomization(file, yaml) : undefined;
}

type Placed = { file: string; document: number; yaml: LocatedYaml };

/** Entries of `images:`, as kustomize takes them. */
function entryPlaces(
  where: 'images' | 'postRenderers',
  { file, document, yaml }: Placed,
  path: readonly Step[],
  list: unknown,
): ImagePlace[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index): ImagePlace[] => {
    const name = isRecord(entry) ? stringOf(entry['name']) : undefined;
    if (name === undefined || !isRecord(entry)) return [];
    const at = [...path, index];
    const newName = stringOf(entry['newName']);
    const text = (key: string): string | undefined =>
      yaml.scalarAt(document, [...at, key])?.text || undefined;
    const comments = ['newTag', 'digest'].map(key => commentAt(yaml, [...at, key], document));
    return [
      {
        where,
        file,
        document,
        within: undefined,
        path: at,
        shape: { kind: 'fields', tag: 'newTag', digest: undefined },
        names: [name, ...(newName === undefined ? [] : [newName])],
        version: { tag: text('newTag'), digest: text('digest') },
        policy: policyIn(comments),
      },
    ];
  });
}

/** What Argo CD lays over the source of a folder: `old=new:tag` of kustomize, and parameters of a chart. */
function argocdPlaces(repository: Repository, folder: string): ImagePlace[] {
  const files = [...repository.text.keys()].filter(
    file => posix.dirname(file) === folder && /^\.argocd-source(?:-.+)?\.ya?ml$/.test(posix.basename(file)),
  );
  return files.flatMap(file => {
    const yaml = parsedFile(repository, file);
    const [data] = yaml?.documents ?? [];
    if (!yaml) return [];
    const list = valueAt(data, ['kustomize', 'images']);
    const images = (Array.isArray(list) ? list : []).flatMap((written: unknown, index): ImagePlace[] => {
      if (typeof written !== 'string') return [];
      const path = ['kustomize', 'images', index];
      const names = nameOfImage(written).split('=');
      const source = { where: 'argocd' as const, file, document: 0, within: undefined };
      return [
        { ...source, ...referencePlace(written, path), names, policy: policyIn([commentAt(yaml, path)]) },
      ];
    });
    const parameters: ValuesPlace = {
      kind: 'parameters',
      at: { file, document: 0, path: ['helm', 'parameters'] },
      ofFiles: false,
    };
    const has = recordsAt(data, ['helm', 'parameters']).length > 0;
    return [...images, ...(has ? placesInText(repository.text.get(file), parameters, 'argocd') : [])];
  });
}

function postRendererPlaces(repository: Repository, file: string): ImagePlace[] {
  const yaml = parsedFile(repository, file);
  return objectsIn(file, yaml).flatMap(({ kind, body, at, yaml: own }) => {
    if (kind !== 'HelmRelease') return [];
    return recordsAt(body, ['spec', 'postRenderers']).flatMap((renderer, index) =>
      entryPlaces(
        'postRenderers',
        { file, document: at.document, yaml: own },
        [...at.path, 'spec', 'postRenderers', index, 'kustomize', 'images'],
        valueAt(renderer, ['kustomize', 'images']),
      ),
    );
  });
}

function valuesPlaces(repository: Repository, place: ValuesPlace, { at }: ChartUse): ImagePlace[] {
  if (place.kind === 'opaque') return [];
  if (place.kind === 'text' || place.kind === 'parameters')
    return placesInText(repository.text.get(place.at.file), place, 'values');
  const { file, document, path } =
    place.kind === 'map' ? place.at : { ...at, file: place.path, document: 0, path: [] };
  const yaml = parsedFile(repository, file);
  if (!yaml) return [];
  const data = path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    yaml.documents[document],
  );
  return imagesInData(
    { where: 'values', file, document, within: undefined, yaml, isValues: true },
    path,
    data,
  );
}

/** Places in a YAML text inside of a manifest, or in a list of parameters. */
function placesInText(
  text: string | undefined,
  within: ManifestPlace,
  where: 'argocd' | 'values' | 'manifest',
): ImagePlace[] {
  const result = readLocated(valuesAt(text ?? '', within));
  if (result.status !== 'read' || result.yaml.dataProblem) return [];
  const { yaml } = result;
  const source: ImageSource = {
    where,
    file: within.at.file,
    document: 0,
    within,
    yaml,
    isValues: where !== 'manifest',
  };
  return imagesInData(source, [], yaml.documents[0]);
}

/** Patches that are written in a kustomization. */
function patchPlaces({ file, data, yaml }: Kustomization): ImagePlace[] {
  const inline = [
    ...recordsAt(data, ['patches']).map(
      (entry, index) => ['patches', index, 'patch', entry['patch']] as const,
    ),
    ...[data['patchesStrategicMerge']]
      .flat()
      .map((entry, index) => ['patchesStrategicMerge', index, '', entry] as const),
  ];
  return inline.flatMap(([list, index, key, written]) => {
    if (typeof written !== 'string' || !written.includes('\n')) return [];
    const path = key === '' ? [list, index] : [list, index, key];
    const place: ManifestPlace = { kind: 'text', at: { file, document: 0, path } };
    return placesInText(yaml.text, place, 'manifest');
  });
}

/** What carries values is no workload: those are looked at as values. */
const CARRIERS = new Set([
  'HelmRelease',
  'HelmChart',
  'Application',
  'ApplicationSet',
  'CustomResourceDefinition',
]);

function manifestPlaces(repository: Repository, file: string): ImagePlace[] {
  const yaml = repository.isTemplate(file) ? undefined : parsedFile(repository, file);
  if (!yaml) return [];
  return yaml.documents.flatMap((data, document) => {
    if (isRecord(data) && CARRIERS.has(stringOf(data['kind']) ?? '')) return [];
    return imagesInData(
      { where: 'manifest', file, document, within: undefined, yaml, isValues: false },
      [],
      data,
    );
  });
}
