import { asMap, recordsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import { joinTexts, type Text } from '../../text/language.ts';
import { fieldChanges } from '../rendered-changes.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type Judge, kindOf, type RiskLevel } from './risk.ts';
import { hasSyncOption, hookOf, isSame, quantityOf, shown } from './values.ts';

/** A field that the API server does not let change once the object exists, and the value that it gives where none is written. */
type Fixed = { path: readonly string[]; preset?: unknown };

const at = (path: string, preset?: unknown): Fixed => ({ path: path.split('.'), preset });

/** Seen at a kube-apiserver 1.36: 422, "field is immutable", "may not change once set", "updates … are forbidden". */
const FIXED: Readonly<Record<string, readonly Fixed[]>> = {
  'apps/Deployment': [at('spec.selector')],
  'apps/ReplicaSet': [at('spec.selector')],
  'apps/DaemonSet': [at('spec.selector')],
  'apps/StatefulSet': [
    at('spec.selector'),
    at('spec.serviceName'),
    at('spec.podManagementPolicy', 'OrderedReady'),
  ],
  'batch/Job': [
    at('spec.selector'),
    at('spec.template'),
    at('spec.completions'),
    at('spec.completionMode', 'NonIndexed'),
  ],
  'rbac.authorization.k8s.io/RoleBinding': [at('roleRef')],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [at('roleRef')],
  'storage.k8s.io/StorageClass': [
    at('provisioner'),
    at('parameters'),
    at('reclaimPolicy', 'Delete'),
    at('volumeBindingMode', 'Immediate'),
  ],
  'storage.k8s.io/CSIDriver': [at('spec.attachRequired', true)],
  'scheduling.k8s.io/PriorityClass': [at('value', 0), at('preemptionPolicy', 'PreemptLowerPriority')],
  'networking.k8s.io/IngressClass': [at('spec.controller')],
  'node.k8s.io/RuntimeClass': [at('handler')],
  'discovery.k8s.io/EndpointSlice': [at('addressType')],
  'apiextensions.k8s.io/CustomResourceDefinition': [
    at('spec.group'),
    at('spec.scope'),
    at('spec.names.kind'),
    at('spec.names.plural'),
  ],
  '/Secret': [at('type', 'Opaque')],
  'gateway.networking.k8s.io/GatewayClass': [at('spec.controllerName')],
};

/** Fields that cannot be changed in place: the sync stops at the object. */
export const judgeImmutable: Judge = ({ before, after }) => {
  if (!before || !after || hookOf(after) !== undefined) return [];
  const paths = changedPaths(before, after);
  if (paths.length === 0) return [];
  const fact = joinTexts(paths.flatMap(path => sentencesOf(before, after, path)).slice(0, MOST_NAMED), '; ');
  return [{ id: 'immutable-field', level: levelOf(after), fact, remedy: remedyOf(after) }];
};

const MOST_NAMED = 3;

/** What differs below a path that cannot change: the deepest fields, not the whole of it. */
function sentencesOf(before: Manifest, after: Manifest, path: readonly string[]): Text[] {
  const steps = path.map((key, index) => (index === 0 ? key : `.${key}`));
  return fieldChanges(valueAt(before.body, path), valueAt(after.body, path), steps).map(change =>
    say('risks.fieldImmutable', {
      path: change.path,
      before: shown(change.before),
      after: shown(change.after),
    }),
  );
}

function changedPaths(before: Manifest, after: Manifest): (readonly string[])[] {
  const fixed = FIXED[kindOf(after)] ?? [];
  const differs = ({ path, preset }: Fixed): boolean =>
    !isSame(withPreset(valueAt(before.body, path), preset), withPreset(valueAt(after.body, path), preset));
  return [
    ...fixed.filter(differs).map(({ path }) => path),
    ...serviceChanges(before, after),
    ...claimTemplates(before, after),
    ...podChanges(before, after),
    ...sealedData(before, after),
  ];
}

function withPreset(value: unknown, preset: unknown): unknown {
  return value ?? preset;
}

/** An object with `Force=true,Replace=true` is made anew; a Job that removes itself may be gone by then. */
function levelOf(after: Manifest): RiskLevel {
  const isForced = hasSyncOption(after, 'Force=true') && hasSyncOption(after, 'Replace=true');
  const isShortLived =
    after.kind === 'Job' && typeof valueAt(after.body, ['spec', 'ttlSecondsAfterFinished']) === 'number';
  return isForced || isShortLived ? 'high' : 'fatal';
}

function remedyOf({ kind, name }: Manifest): Text {
  const object = `${kind.toLowerCase()} ${name}`;
  if (kind === 'StatefulSet') return say('risks.recreateKeepingPods', { object });
  return say('risks.recreate', { object });
}

/** A clusterIP, a class of load balancers and the first IP family stay what they are while the type has them. */
function serviceChanges(before: Manifest, after: Manifest): (readonly string[])[] {
  if (kindOf(after) !== '/Service') return [];
  const type = (manifest: Manifest): unknown => valueAt(manifest.body, ['spec', 'type']) ?? 'ClusterIP';
  if (type(before) === 'ExternalName' || type(after) === 'ExternalName') return [];
  const paths = [
    ['spec', 'clusterIP'],
    ['spec', 'ipFamilies'],
  ];
  if (type(before) === 'LoadBalancer' && type(after) === 'LoadBalancer')
    paths.push(['spec', 'loadBalancerClass']);
  return paths.filter(path => {
    const [old, fresh] = [valueAt(before.body, path), valueAt(after.body, path)];
    if (fresh === undefined) return false;
    // The server has written an address and a family by itself: IPv4 as a rule.
    if (path[1] === 'ipFamilies') return old !== undefined && !isSame(firstOf(old), firstOf(fresh));
    return fresh !== '' && !isSame(old, fresh);
  });
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

/** Every field of a claim's template counts, its labels too; what the server fills in by itself does not. */
function claimTemplates(before: Manifest, after: Manifest): (readonly string[])[] {
  if (kindOf(after) !== 'apps/StatefulSet') return [];
  const path = ['spec', 'volumeClaimTemplates'];
  const claims = (manifest: Manifest): unknown[] => recordsAt(manifest.body, path).map(claim);
  return isSame(claims(before), claims(after)) ? [] : [path];
}

function claim(written: Record<string, unknown>): unknown {
  const spec = asMap(written['spec']);
  const storage = valueAt(spec, ['resources', 'requests', 'storage']);
  return {
    metadata: { ...asMap(written['metadata']), creationTimestamp: null },
    spec: { volumeMode: 'Filesystem', ...spec, resources: quantityOf(storage) ?? spec['resources'] },
  };
}

/** Of a pod that runs, little but its images may change. */
function podChanges(before: Manifest, after: Manifest): (readonly string[])[] {
  if (kindOf(after) !== '/Pod') return [];
  const fields = ['containers', 'initContainers', 'volumes', 'serviceAccountName', 'restartPolicy'];
  const bare = ({ body }: Manifest, field: string): unknown => {
    const value = valueAt(body, ['spec', field]);
    return field.endsWith('ontainers')
      ? recordsAt(body, ['spec', field]).map(container =>
          Object.fromEntries(Object.entries(container).filter(([name]) => name !== 'image')),
        )
      : value;
  };
  return fields
    .filter(field => !isSame(bare(before, field), bare(after, field)))
    .map(field => ['spec', field]);
}

/** The data of a ConfigMap or Secret that says `immutable: true`. */
function sealedData(before: Manifest, after: Manifest): (readonly string[])[] {
  if (!/^\/(?:ConfigMap|Secret)$/.test(kindOf(after))) return [];
  if (valueAt(before.body, ['immutable']) !== true) return [];
  const paths = [['immutable'], ['data'], ['binaryData'], ['stringData']];
  return paths.filter(path => !isSame(valueAt(before.body, path), valueAt(after.body, path)));
}
