import { mayHoldCapi } from '../repository/capi.ts';
import { isLfsPointer } from '../text/utf8.ts';
import type { Repository } from '../repository/model.ts';
import { type LocatedObject, objectsIn } from './located-object.ts';
import { parsedFile } from './parsed-files.ts';

const KINDS =
  /\bkind["']?[ \t]*:[ \t]*["']?(?:HelmRelease|HelmRepository|HelmChartProxy|OCIRepository|GitRepository|HelmChart|Application|ApplicationSet|AppProject|ConfigMap)["']?[ \t\r]*(?:[,}#]|$)/m;

/** A ConfigMap interests only where it holds the values of a release. */
const ONLY_CONFIG_MAPS = /\bvalues\.ya?ml["']?[ \t]*:/;
const CHARTS = /\bkind["']?[ \t]*:[ \t]*["']?(?:Helm|OCI|Git|App)/;

/** What builds folders for Flux, and not the kustomizations in these. */
const FLUX_KUSTOMIZATION = /\bkustomize\.toolkit\.fluxcd\.io\/|\bkind["']?[ \t]*:[ \t]*["']?FluxInstance\b/;

/** What is read of a repository here. */
export type ReadRepository = Pick<Repository, 'text' | 'isTemplate' | 'apps'>;

/** The objects that charts are used with, by file; what is no YAML, or filled in by another program, is left out. */
export function chartObjects(repository: ReadRepository): LocatedObject[] {
  return objectsWhere(
    repository,
    content =>
      FLUX_KUSTOMIZATION.test(content) ||
      (KINDS.test(content) && (CHARTS.test(content) || ONLY_CONFIG_MAPS.test(content))),
  );
}

/** The ConfigMaps of some names. */
export function configMapsNamed(repository: ReadRepository, names: ReadonlySet<string>): LocatedObject[] {
  if (names.size === 0) return [];
  const mayBeOne = (content: string): boolean =>
    content.includes('ConfigMap') && [...names].some(name => content.includes(name));
  return objectsWhere(repository, mayBeOne).filter(
    ({ kind, name }) => kind === 'ConfigMap' && names.has(name),
  );
}

/** What clusters of Cluster API and its providers are made of. */
export function capiObjects(repository: ReadRepository): LocatedObject[] {
  return objectsWhere(repository, mayHoldCapi);
}

function objectsWhere(repository: ReadRepository, isWanted: (content: string) => boolean): LocatedObject[] {
  const { text, isTemplate } = repository;
  return [...text].flatMap(([file, content]) => {
    if (!isWanted(content) || isTemplate(file) || isLfsPointer(content)) return [];
    return objectsIn(file, parsedFile(repository, file));
  });
}
