import path from 'node:path';
import { isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { WITHOUT_GATEWAY_API } from './bootstrap-apps.ts';
import { directoryPatterns } from '../../repository/application-set.ts';
import { appManifests, type Repository } from '../../repository/model.ts';

/** What a repository's own manifests answer already, with the file that does. */
export type KnownAnswer = { value: string; where: string };

export type KnownAnswers = {
  repoUrl: KnownAnswer | undefined;
  onRemoval: KnownAnswer | undefined;
  email: KnownAnswer | undefined;
  gatewayApi: KnownAnswer | undefined;
  /** The list of a root that brings Applications. */
  root: KnownAnswer | undefined;
};

/** What a repository that is there already answers of the questions of init. */
export function knownAnswers(repository: Repository): KnownAnswers {
  const manifests = repository.apps.flatMap(app =>
    appManifests(repository, app, /ApplicationSet|ClusterIssuer/),
  );
  const sets = manifests.filter(({ manifest }) => manifest.kind === 'ApplicationSet');
  const issuers = manifests.filter(({ manifest }) => manifest.kind === 'ClusterIssuer');
  return {
    repoUrl: firstOf(sets, body => repoUrlIn(valueAt(body, ['spec', 'generators']))),
    onRemoval: firstOf(sets, removalIn),
    email: firstOf(issuers, body => stringOf(valueAt(body, ['spec', 'acme', 'email']))),
    gatewayApi: gatewayApiIn(repository),
    root: undefined,
  };
}

/** The folders whose subfolders ApplicationSets turn into Applications. */
export function syncedFolders(repository: Repository): string[] {
  const sets = repository.apps.flatMap(app => appManifests(repository, app, /ApplicationSet/));
  const patterns = sets.flatMap(({ manifest }) => directoryPatterns(manifest.body));
  return patterns.flatMap(pattern => /^([^*?[\]]+)\/\*$/.exec(pattern)?.[1] ?? []);
}

type Found = ReturnType<typeof appManifests>[number];

function firstOf(
  found: readonly Found[],
  read: (body: Record<string, unknown>) => string | undefined,
): KnownAnswer | undefined {
  for (const { file, manifest } of found) {
    const value = read(manifest.body);
    if (value !== undefined) return { value, where: file };
  }
  return undefined;
}

/** The URL of the first git generator, however deep it is nested in matrix or merge. */
function repoUrlIn(generators: unknown): string | undefined {
  if (Array.isArray(generators)) return generators.map(repoUrlIn).find(url => url !== undefined);
  if (!isRecord(generators)) return undefined;
  const own = recordsAt({ git: [generators['git']] }, ['git'])[0];
  return (
    stringOf(own?.['repoURL']) ??
    Object.values(generators)
      .map(repoUrlIn)
      .find(url => url !== undefined)
  );
}

/** Somebody else brings the CRDs where the chart's are left out already, or another app holds them. */
function gatewayApiIn({ text }: Repository): KnownAnswer | undefined {
  const where = [...text].find(
    ([file, content]) => path.posix.basename(file) === WITHOUT_GATEWAY_API || DEFINES_ROUTES.test(content),
  )?.[0];
  return where === undefined ? undefined : { value: 'cluster', where };
}

const DEFINES_ROUTES = /^ {2}name: ["']?httproutes\.gateway\.networking\.k8s\.io["']?\s*$/m;

function removalIn(body: Record<string, unknown>): string | undefined {
  return valueAt(body, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) === true ? 'keep' : 'delete';
}
