import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { pathFrom } from '../../repository/kustomization-paths.ts';
import type { Repository } from '../../repository/model.ts';
import type { Place } from '../chart-use.ts';
import { parsedFile } from '../parsed-files.ts';

/** A Flux Kustomization: where it stands, and the folder that it builds. */
export type FluxBuild = {
  at: Place;
  name: string;
  folder: string;
  namespace: string | undefined;
  body: Readonly<Record<string, unknown>>;
};

/** The Flux Kustomizations of a repository that build a folder of it. */
export function fluxBuilds(repository: Repository): FluxBuild[] {
  const { text, isTemplate } = repository;
  return [...text].flatMap(([file, content]) => {
    if (!content.includes('kustomize.toolkit.fluxcd.io/') || isTemplate(file)) return [];
    const documents = parsedFile(repository, file)?.documents ?? [];
    return documents.flatMap((body, document) => buildAt({ file, document, path: [] }, body));
  });
}

function buildAt(at: Place, body: unknown): FluxBuild[] {
  if (!isRecord(body) || body['kind'] !== 'Kustomization') return [];
  const api = stringOf(body['apiVersion']) ?? '';
  const path = stringOf(valueAt(body, ['spec', 'path']));
  if (!api.startsWith('kustomize.toolkit.fluxcd.io/') || path === undefined) return [];
  const folder = pathFrom('.', `./${path}`);
  if (folder === undefined || folder.startsWith('..')) return [];
  return [
    {
      at,
      name: stringOf(valueAt(body, ['metadata', 'name'])) ?? '',
      folder,
      namespace: stringOf(valueAt(body, ['spec', 'targetNamespace'])),
      body,
    },
  ];
}
