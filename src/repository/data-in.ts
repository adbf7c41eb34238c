import { recordsAt, stringOf, valueAt } from '../data/fields.ts';
import { isCapiCluster } from './capi.ts';
import type { Manifest } from './manifest.ts';

/** What is lost with objects that are deleted: volumes, the objects of custom kinds with their definitions, whole clusters. */
export type DataLost = {
  claims: readonly string[];
  crds: readonly string[];
  /** Of Cluster API: with each go its machines, and whatever runs on them. */
  clusters: readonly string[];
};

/** The volumes, definitions and clusters among objects. */
export function dataIn(objects: readonly Manifest[]): DataLost {
  return {
    claims: objects.flatMap(claimsOf),
    crds: objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ name }) => name),
    clusters: objects.filter(isCapiCluster).map(({ name }) => name),
  };
}

function claimsOf({ kind, name, body }: Manifest): string[] {
  if (kind === 'PersistentVolumeClaim') return [name];
  if (kind !== 'StatefulSet') return [];
  return recordsAt(body, ['spec', 'volumeClaimTemplates']).map(
    template => `${stringOf(valueAt(template, ['metadata', 'name'])) ?? ''}-${name}-0…`,
  );
}
