import type { CrdPolicy } from '../../deliveries/planned-release.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { readLocated } from '../../yaml/read.ts';
import { parseManifests } from '../../repository/manifest.ts';

/** The names of the definitions in a chart's `crds/`, those of charts inside of it included: what Helm installs beside its templates. */
export function definitionsIn(files: ReadonlyMap<string, Uint8Array>): string[] {
  const found = [...files].filter(([file]) => /^(?:charts\/[^/]+\/)*crds\/.+/.test(file));
  return found.flatMap(([, bytes]) => {
    const result = readLocated(Buffer.from(bytes).toString('utf8'));
    const documents = result.status === 'read' && !result.yaml.dataProblem ? result.yaml.documents : [];
    return parseManifests(documents)
      .filter(isDefinition)
      .map(({ name }) => name);
  });
}

/** Whether an object defines a kind. */
function isDefinition({ kind }: Pick<Manifest, 'kind'>): boolean {
  return kind === 'CustomResourceDefinition';
}

/** The definitions of one release, by how its controller treats them when it upgrades. */
export type HeldDefinitions = {
  by: { name: string };
  onUpgrade: CrdPolicy;
  /** Nobody says so. */
  isDefault: boolean;
  names: readonly string[];
};

/**
 * What the cluster has after an upgrade: definitions that the controller leaves alone stay as they were before, and none of `crds/`
 * ever goes.
 */
export function afterUpgrade(
  before: { manifests: readonly Manifest[]; definitions: readonly HeldDefinitions[] },
  after: { manifests: readonly Manifest[]; definitions: readonly HeldDefinitions[] },
): Manifest[] {
  const old = new Map(before.manifests.filter(isDefinition).map(manifest => [manifest.name, manifest]));
  const policies = new Map(
    after.definitions.flatMap(({ onUpgrade, names }) => names.map(name => [name, onUpgrade] as const)),
  );
  const kept = after.manifests.flatMap(manifest => {
    const policy = isDefinition(manifest) ? policies.get(manifest.name) : undefined;
    if (policy === undefined || policy === 'CreateReplace') return [manifest];
    return old.get(manifest.name) ?? (policy === 'Create' ? [manifest] : []);
  });
  const there = new Set(kept.filter(isDefinition).map(({ name }) => name));
  const stay = before.definitions.flatMap(({ names }) => names).filter(name => !there.has(name));
  return [...kept, ...[...new Set(stay)].flatMap(name => old.get(name) ?? [])];
}
