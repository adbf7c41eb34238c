import { say } from '../../../../locales/say.ts';
import { FLUX_MANAGER } from '../../../../repository/applying.ts';
import { appAround } from '../../../../repository/model.ts';
import { display } from '../../../../text/display.ts';
import type { PlacedCapi } from '../../facts/folder-summary.ts';
import type { RepositoryDiagnostic, RepositoryFacts } from '../../facts/repository-facts.ts';
import type { RepositoryRule } from '../../rule.ts';

/**
 * Cluster API owns what a Cluster consists of, and Argo CD prunes nothing that has an owner: what leaves Git goes on running.
 * What a ClusterClass makes is in no file, and goes with its entry in the topology.
 */
export const capiOwnedNotPruned: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.capiOwnedNotPruned'),
  check: facts => {
    const { capi, apps } = facts;
    const [now, before] = [partsIn(capi.now), partsIn(capi.before)];
    const places = apps.map(app => ({ path: app.folder, applying: app.applying }));
    return capi.before.flatMap((old): RepositoryDiagnostic[] => {
      const isOwned = old.role === 'workers' || old.role === 'control-plane';
      if (!isOwned || now.same(old)) return [];
      // Flux deletes what it applied, whoever owns it by now.
      if (appAround(places, old.file)?.applying?.manager === FLUX_MANAGER) return [];
      // A Cluster that went as well takes all of its parts along; a topology that took over keeps them.
      const cluster = now.clusterOf(old);
      if (cluster ? cluster.className !== undefined : before.clusterOf(old)) return [];
      return [staysBehind(old)];
    });
  },
};

function staysBehind({ kind, name, namespace = '<namespace>', folder }: Removed): RepositoryDiagnostic {
  const args = { kind: kind.toLowerCase(), name: display(name), namespace: display(namespace) };
  return {
    file: folder ?? '.',
    message: say('rules.capiStaysBehind', { kind, name: display(name) }),
    hint: say('rules.capiDeleteByHand', args),
  };
}

type Removed = RepositoryFacts['capi']['before'][number];

/** Looks parts of clusters up by their names. */
type Parts = {
  same(part: PlacedCapi): PlacedCapi | undefined;
  clusterOf(part: PlacedCapi): PlacedCapi | undefined;
  controlPlaneOf(cluster: PlacedCapi): PlacedCapi | undefined;
  classOf(cluster: PlacedCapi): PlacedCapi | undefined;
};

function partsIn(parts: readonly PlacedCapi[]): Parts {
  const byKind = indexed(parts, ({ kind, name }) => `${kind} ${name}`);
  const byRole = indexed(parts, ({ role, name }) => `${role} ${name}`);
  const byControlPlane = indexed(parts, ({ controlPlane }) => controlPlane);
  const named = (role: PlacedCapi['role'], name: string | undefined, part: PlacedCapi) =>
    name === undefined ? undefined : byRole(`${role} ${name}`, part);
  return {
    same: part => byKind(`${part.kind} ${part.name}`, part),
    clusterOf: part =>
      named('cluster', part.cluster, part) ??
      (part.role === 'control-plane' ? byControlPlane(part.name, part) : undefined),
    controlPlaneOf: cluster => named('control-plane', cluster.controlPlane, cluster),
    classOf: cluster => named('class', cluster.className, cluster),
  };
}

/** By a key and the namespace; what names no namespace gets it from whoever applies it, and fits any. */
function indexed(parts: readonly PlacedCapi[], keyOf: (part: PlacedCapi) => string | undefined) {
  const found = new Map<string, PlacedCapi>();
  for (const part of parts) {
    const key = keyOf(part);
    if (key === undefined) continue;
    for (const place of ['any', `in ${part.namespace ?? ''}`])
      if (!found.has(`${key} ${place}`)) found.set(`${key} ${place}`, part);
  }
  return (key: string, { namespace }: PlacedCapi): PlacedCapi | undefined =>
    namespace === undefined
      ? found.get(`${key} any`)
      : (found.get(`${key} in ${namespace}`) ?? found.get(`${key} in `));
}

/** Kubernetes goes up one minor version at a time and never down; workers are never newer than their control plane. */
export const capiVersionSkew: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: say('rules.capiVersionSkew'),
  check: ({ capi }) => {
    const [now, before] = [partsIn(capi.now), partsIn(capi.before)];
    return capi.now.flatMap(object => {
      const { role, file, document, versionAt: steps } = object;
      // New machines of workers may come with any version that their control plane bears.
      const old = role === 'workers' ? undefined : before.same(object);
      const skew = jump(old, object, now) ?? notOfClass(object, now) ?? awayFromControlPlane(object, now);
      return skew ? [{ file, document, steps, ...skew }] : [];
    });
  },
};

type Skew = Pick<RepositoryDiagnostic, 'message' | 'hint'>;

/** Whether the commit has a version that does not lead here. */
function jump(old: PlacedCapi | undefined, object: PlacedCapi, now: Parts): Skew | undefined {
  const [from, to] = [versionOf(old?.version), versionOf(object.version)];
  if (!from || !to) return undefined;
  const args = { ...namesOf(object), from: display(old?.version ?? '') };
  if (compare(to, from) < 0)
    return { message: say('rules.capiVersionBack', args), hint: say('rules.capiVersionBackHint') };
  if (to.minor - from.minor < 2 || now.classOf(object)?.goesStepByStep === true) return undefined;
  const next = `v1.${from.minor + 1}`;
  return { message: say('rules.capiVersionJump', args), hint: say('rules.capiVersionJumpHint', { next }) };
}

function notOfClass(object: PlacedCapi, now: Parts): Skew | undefined {
  const own = now.classOf(object);
  if (!own || own.versions.length === 0 || !versionOf(object.version)) return undefined;
  if (own.versions.includes(object.version ?? '')) return undefined;
  const args = { ...namesOf(object), className: display(own.name) };
  const versions = own.versions.map(display).join(', ');
  return {
    message: say('rules.capiVersionNotOfClass', args),
    hint: say('rules.capiVersionNotOfClassHint', { versions }),
  };
}

/** How many minor versions a kubelet may be older than its API server. */
const KUBELET_SKEW = 3;

function awayFromControlPlane(object: PlacedCapi, now: Parts): Skew | undefined {
  const own = object.role === 'workers' ? versionOf(object.version) : undefined;
  const cluster = own && now.clusterOf(object);
  const above = cluster?.version === undefined ? cluster && now.controlPlaneOf(cluster) : cluster;
  const there = versionOf(above?.version);
  if (!own || !above || !there) return undefined;
  const args = { ...namesOf(object), above: display(above.version ?? '') };
  if (own.minor > there.minor)
    return { message: say('rules.capiWorkersNewer', args), hint: say('rules.capiWorkersNewerHint') };
  if (there.minor - own.minor <= KUBELET_SKEW) return undefined;
  return { message: say('rules.capiWorkersOld', args), hint: say('rules.capiWorkersOldHint') };
}

function namesOf({ kind, name, version = '' }: PlacedCapi) {
  return { kind, name: display(name), version: display(version) };
}

type Version = { minor: number; patch: number };

function versionOf(text: string | undefined): Version | undefined {
  const [, minor, patch] = /^v?1\.(\d{1,3})\.(\d{1,3})(?:[-+]|$)/.exec(text ?? '') ?? [];
  return minor === undefined ? undefined : { minor: Number(minor), patch: Number(patch) };
}

function compare(a: Version, b: Version): number {
  return a.minor - b.minor || a.patch - b.patch;
}
