import { differingPairs } from '../object-pairs.ts';
import { nameOf, type ObjectName } from '../rendered-changes.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { printYaml } from '../../yaml/print.ts';
import { withoutSecrets } from './masks.ts';

/** An object that differs, as YAML; undefined on the side that does not have it. Nothing secret is in it. */
export type ObjectDifference = {
  object: ObjectName;
  before: string | undefined;
  after: string | undefined;
};

/** The objects that differ between two builds, without what is secret in them. */
export function objectDifferences(
  before: readonly Manifest[],
  after: readonly Manifest[],
): ObjectDifference[] {
  return differingPairs(before, after).map(pair => {
    const [old, fresh] = [pair.before?.body, pair.after?.body];
    return {
      object: nameOf(pair.after ?? pair.before),
      before: pair.before && yamlOf(pair.before, fresh),
      after: pair.after && yamlOf(pair.after, old),
    };
  });
}

function yamlOf(manifest: Manifest, other: unknown): string {
  return `${printYaml(withoutSecrets(manifest, other))}\n`;
}
