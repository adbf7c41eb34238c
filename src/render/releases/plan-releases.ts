import { isRecord } from '../../data/fields.ts';
import { isOwnRepository, ownRepositories } from '../../repository/own-repositories.ts';
import { planApplication } from '../../deliveries/argo/plan-application.ts';
import type { FindConfigMap } from '../../deliveries/flux/compose-values.ts';
import type { FluxKustomization } from '../../deliveries/flux/flux-kustomizations.ts';
import { planRelease } from '../../deliveries/flux/plan-release.ts';
import { sourcesAmong } from '../../deliveries/flux/sources.ts';
import { fillObject } from '../../deliveries/flux/substitution/fill-object.ts';
import { type LocatedObject, objectsIn } from '../../deliveries/located-object.ts';
import type { ReleasePlan } from '../../deliveries/planned-release.ts';
import type { Deliveries } from '../../deliveries/read-deliveries.ts';
import type { Manifest } from '../../repository/manifest.ts';
import type { RepositoryText } from '../../repository/model.ts';
import type { Step } from '../../yaml/nodes.ts';
import { readLocated } from '../../yaml/read.ts';

export type DeliveredText = { deliveries: Deliveries; text: RepositoryText };

/** A variable of a built object that nobody here gives a value. */
export type OpenVariable = {
  kind: string;
  name: string;
  path: readonly Step[];
  variable: string | undefined;
};

/** What Flux makes of what a Kustomization built. */
export type Filled = { manifests: Manifest[]; open: readonly OpenVariable[] };

/** Fills in the variables of a Kustomization; what nobody gives stays as it is written. */
export function fillVariables(
  { deliveries }: Pick<DeliveredText, 'deliveries'>,
  built: readonly Manifest[],
  by: FluxKustomization | undefined,
): Filled {
  const variables = by && deliveries.variablesOf(by);
  if (!variables?.isOn) return { manifests: [...built], open: [] };
  const open: OpenVariable[] = [];
  const manifests = built.map(manifest => {
    const { kind, name } = manifest;
    const filled = fillObject(manifest.body, variable => variables.known.get(variable)?.value);
    for (const each of filled.open) open.push({ kind, name, path: each.path, variable: each.name });
    return named(manifest, filled.body);
  });
  return { manifests, open };
}

/** The name may have been filled in too. */
function named(manifest: Manifest, body: Record<string, unknown>): Manifest {
  const metadata = isRecord(body['metadata']) ? body['metadata'] : {};
  const [name, namespace] = [metadata['name'], metadata['namespace']].map(each =>
    typeof each === 'string' ? each : undefined,
  );
  return { ...manifest, name: name ?? manifest.name, namespace: namespace ?? manifest.namespace, body };
}

const OF_INTEREST = /^(?:helm|source)\.toolkit\.fluxcd\.io\/|^argoproj\.io\//;

/** What the releases among built objects would have Helm render. `folder` is where they stand. */
export function planReleases(
  { deliveries, text }: DeliveredText,
  built: readonly Manifest[],
  folder: string,
): ReleasePlan[] {
  const asked = built.filter(({ apiVersion }) => OF_INTEREST.test(apiVersion));
  if (!asked.some(({ kind }) => kind === 'HelmRelease' || kind === 'Application')) return [];
  return planObjects({ deliveries, text }, located(asked, folder), built);
}

/** The same for objects that are deployed as they are written. */
export function planObjects(
  { deliveries, text }: DeliveredText,
  objects: readonly LocatedObject[],
  built: readonly Manifest[],
): ReleasePlan[] {
  const own = ownRepositories(deliveries.objects, text);
  const around = { text, isOwn: (url: string) => isOwnRepository(own, url) };
  const { buildersOf, variablesOf } = deliveries;
  const sources = sourcesAmong([...objects, ...deliveries.objects]);
  const flux = { sources, text, buildersOf, variablesOf, findConfigMap: configMaps(built, deliveries) };
  return objects.flatMap(object => {
    if (object.kind === 'HelmRelease' && object.group === 'helm.toolkit.fluxcd.io')
      return [planRelease(flux, object)];
    return object.kind === 'Application' && object.group === 'argoproj.io'
      ? planApplication(around, object)
      : [];
  });
}

/** Read again as a file in that folder, so that sources are looked for from there. */
function located(manifests: readonly Manifest[], folder: string): LocatedObject[] {
  const text = manifests.map(({ body }) => JSON.stringify(body)).join('\n---\n');
  const result = readLocated(text);
  return objectsIn(`${folder}/(built)`, result.status === 'read' ? result.yaml : undefined);
}

/** Those of the build first, then those that stand anywhere else. */
function configMaps(
  built: readonly Manifest[],
  { objects }: Deliveries,
): (namespace: string | undefined) => FindConfigMap {
  const all = [...built, ...objects].filter(({ kind }) => kind === 'ConfigMap');
  return namespace => name => {
    const found = all.find(
      each =>
        each.name === name &&
        (namespace === undefined || each.namespace === undefined || each.namespace === namespace),
    );
    return isRecord(found?.body['data']) ? found.body['data'] : undefined;
  };
}
