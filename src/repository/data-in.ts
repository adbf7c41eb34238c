import { recordsAt, stringOf, valueAt } from '../data/fields.ts';
import type { Manifest } from './manifest.ts';

/** What is lost with objects that are deleted: volumes, and the objects of custom kinds with their definitions. */
export type DataLost = { claims: readonly string[]; crds: readonly string[] };

/** The volumes and definitions among objects. */
export function dataIn(objects: readonly Manifest[]): DataLost {
  return {
    claims: objects.flatMap(claimsOf),
    crds: objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ name }) => name),
  };
}

function claimsOf({ kind, name, body }: Manifest): string[] {
  if (kind === 'PersistentVolumeClaim') return [name];
  if (kind !== 'StatefulSet') return [];
  return recordsAt(body, ['spec', 'volumeClaimTemplates']).map(
    template => `${stringOf(valueAt(template, ['metadata', 'name'])) ?? ''}-${name}-0…`,
  );
}
