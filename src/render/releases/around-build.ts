import { posix } from 'node:path';
import { asList, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { listedInFolder, type FluxKustomization } from '../../deliveries/flux/flux-kustomizations.ts';
import type { Kustomizations } from '../../deliveries/kustomizations.ts';
import type { Deliveries } from '../../deliveries/read-deliveries.ts';
import { insideFrom } from '../../repository/kustomization-paths.ts';
import type { RepositoryText } from '../../repository/model.ts';
import type { Tree } from '../tree.ts';

/** A folder to build in the place of another, and the files that make it. */
export type AroundBuild = { folder: string; files: Tree };

/** The Kustomization of Flux that builds a folder; of several, the first. */
export function builderOf(
  { deliveries }: { deliveries: Pick<Deliveries, 'flux'> },
  folder: string,
): FluxKustomization | undefined {
  return deliveries.flux.find(each => each.folder === folder);
}

const FOLDER = '.slipway-build';

type Context = { kustomizations: Pick<Kustomizations, 'at'>; text: RepositoryText };

/**
 * What Flux lays around a folder before it builds it: a namespace, patches, images, components; and for a folder without a
 * kustomization the list of what stands in it. Undefined where it builds the folder as it is.
 */
export function aroundBuild(
  { folder, spec }: Pick<FluxKustomization, 'folder' | 'spec'>,
  context: Context,
): AroundBuild | undefined {
  const isBuilt = context.kustomizations.at(folder) !== undefined;
  const more = laidAround(spec, folder, context);
  if (isBuilt && Object.keys(more).length === 0) return undefined;
  const entries = isBuilt ? [folder] : listedInFolder(context, folder).filter(isListed(context));
  const resources = entries.map(path => posix.relative(FOLDER, path));
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
    ...more,
  };
  const bytes = Buffer.from(JSON.stringify(kustomization));
  return { folder: FOLDER, files: new Map([[`${FOLDER}/kustomization.yaml`, bytes]]) };
}

function isListed({ text, kustomizations }: Context): (path: string) => boolean {
  return path => (text.has(path) ? /\.ya?ml$/.test(path) : kustomizations.at(path) !== undefined);
}

function laidAround(
  spec: FluxKustomization['spec'],
  folder: string,
  { text }: Context,
): Record<string, unknown> {
  const written = { namespace: 'targetNamespace', namePrefix: 'namePrefix', nameSuffix: 'nameSuffix' };
  const texts = Object.entries(written).flatMap(([to, from]) => {
    const value = stringOf(spec[from]);
    return value === undefined ? [] : [[to, value] as const];
  });
  const lists = ['patches', 'images'].flatMap(field =>
    asList(spec[field]).length > 0 ? [[field, spec[field]] as const] : [],
  );
  const components = componentsOf(spec, folder, text);
  return {
    ...Object.fromEntries([...texts, ...lists]),
    ...(components.length > 0 ? { components } : {}),
  };
}

function componentsOf(spec: FluxKustomization['spec'], folder: string, text: RepositoryText): string[] {
  const mayMiss = valueAt(spec, ['ignoreMissingComponents']) === true;
  return stringsAt(spec, ['components']).flatMap(written => {
    const path = insideFrom(folder, written);
    const isThere = path !== undefined && [...text.keys()].some(file => file.startsWith(`${path}/`));
    return path === undefined || (mayMiss && !isThere) ? [] : [posix.relative(FOLDER, path)];
  });
}
