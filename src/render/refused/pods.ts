import { isDataMap, isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import type { Step } from '../../yaml/nodes.ts';
import { podTemplateOf } from '../risks/values.ts';
import {
  absolutePath,
  address,
  between,
  checked,
  type Checks,
  dataKey,
  dnsLabel,
  dnsName,
  expressions,
  forbidden,
  has,
  innerPath,
  labels,
  filled,
  oneOf,
  profile,
  quantity,
  SELECTOR,
} from './checks.ts';
import { absent, doubles, entriesAt, type Entry, exclusive, type Fault, wrong } from './fault.ts';

const TERMS = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const onNodes = expressions('Gt', 'Lt');

const POD: Checks = {
  '': filled('containers'),
  dnsPolicy: oneOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
  preemptionPolicy: oneOf('Never', 'PreemptLowerPriority'),
  serviceAccountName: dnsName,
  priorityClassName: dnsName,
  hostname: dnsLabel,
  subdomain: dnsLabel,
  'imagePullSecrets[].name': dnsName,
  'hostAliases[].ip': address,
  nodeSelector: labels,
  'securityContext.runAsUser': between(0, 2_147_483_647),
  'securityContext.runAsGroup': between(0, 2_147_483_647),
  'securityContext.fsGroup': between(0, 2_147_483_647),
  'securityContext.seccompProfile': profile,
  'tolerations[]': tolerationFaults,
  'topologySpreadConstraints[]': filled('topologyKey', 'whenUnsatisfiable'),
  'topologySpreadConstraints[].maxSkew': between(1),
  'topologySpreadConstraints[].whenUnsatisfiable': oneOf('DoNotSchedule', 'ScheduleAnyway'),
  [`affinity.nodeAffinity.${TERMS}`]: filled('nodeSelectorTerms'),
  [`affinity.nodeAffinity.${TERMS}.nodeSelectorTerms[].matchExpressions[]`]: onNodes,
  [`affinity.nodeAffinity.${PREFERRED}[].weight`]: between(1, 100),
  [`affinity.nodeAffinity.${PREFERRED}[].preference.matchExpressions[]`]: onNodes,
  ...Object.fromEntries(
    ['podAffinity', 'podAntiAffinity'].flatMap(kind => [
      [`affinity.${kind}.${TERMS}[]`, termFaults],
      [`affinity.${kind}.${PREFERRED}[].weight`, between(1, 100)],
      [`affinity.${kind}.${PREFERRED}[].podAffinityTerm`, termFaults],
    ]),
  ),
};

function termFaults(term: unknown, path: readonly Step[]): Fault[] {
  return [
    ...filled('topologyKey')(term, path),
    ...checked(valueAt(term, ['labelSelector']), SELECTOR, [...path, 'labelSelector']),
  ];
}

const NOT_RESTARTED = new Set(['Job', 'CronJob']);
/** Others are restarted for ever, so that there is no deadline. */
const KEPT_UP = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** What the API server refuses in the pods of a workload; none for what runs none. */
export function podFaults(manifest: Manifest): Fault[] {
  const pod = podTemplateOf(manifest);
  if (!pod) return [];
  const from = pod.path.split('.').filter(step => step !== '');
  const spec = valueAt(pod.template, ['spec']);
  const path = [...from, 'spec'];
  const [first, main] = ['initContainers', 'containers'].map(list => entriesAt(spec, [list], path));
  const containers = [...(first ?? []), ...(main ?? [])];
  const volumes = entriesAt(spec, ['volumes'], path);
  const claims = recordsAt(manifest.body, ['spec', 'volumeClaimTemplates']);
  const names = new Set([
    ...volumes.map(({ value }) => value['name']),
    ...claims.map(claim => valueAt(claim, ['metadata', 'name'])),
  ]);
  return [
    ...checked(spec, POD, path),
    ...containers.flatMap(container => mountFaults(container, names)),
    ...(valueAt(spec, ['hostNetwork']) === true ? (main ?? []).flatMap(hostPortFaults) : []),
    ...volumes.flatMap(volumeFaults),
    ...restartFaults(manifest.kind, spec, path),
    ...listFaults(spec, path),
    ...doubles(containers, ({ name }) => String(name), 'containers'),
    ...doubles(volumes, ({ name }) => String(name), 'volumes'),
  ];
}

/** Lists that server-side apply keys by a field. */
function listFaults(spec: unknown, path: readonly Step[]): Fault[] {
  const keys: Readonly<Record<string, readonly string[]>> = {
    imagePullSecrets: ['name'],
    hostAliases: ['ip'],
    topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  };
  return Object.entries(keys).flatMap(([list, fields]) =>
    doubles(
      entriesAt(spec, [list], path),
      entry => fields.map(name => stringOf(entry[name]) ?? '').join(' '),
      list,
    ),
  );
}

function mountFaults({ value, path }: Entry, volumes: ReadonlySet<unknown>): Fault[] {
  const lost = entriesAt(value, ['volumeMounts'], path).filter(
    ({ value: { name } }) => typeof name === 'string' && !volumes.has(name),
  );
  const [first] = lost;
  const names = [...new Set(lost.map(({ value: { name } }) => String(name)))].join(', ');
  return first ? [{ path: [...first.path, 'name'], fact: say('risks.noVolume', { names }) }] : [];
}

function hostPortFaults({ value, path }: Entry): Fault[] {
  return entriesAt(value, ['ports'], path).flatMap(({ value: { hostPort, containerPort }, path: at }) =>
    typeof hostPort === 'number' && hostPort !== 0 && hostPort !== containerPort
      ? [wrong([...at, 'hostPort'], hostPort, say('risks.ruleOneOf', { choices: String(containerPort) }))]
      : [],
  );
}

const MODE = between(0, 0o777);
const OF_FILES = ['configMap', 'secret', 'downwardAPI', 'projected'];

const VOLUME: Checks = {
  '': filled('name'),
  name: dnsLabel,
  persistentVolumeClaim: filled('claimName'),
  'persistentVolumeClaim.claimName': dnsName,
  hostPath: filled('path'),
  'hostPath.path': (value, path) =>
    typeof value === 'string' && value.split('/').includes('..')
      ? [wrong(path, value, say('risks.ruleInside'))]
      : [],
  'hostPath.type': oneOf(
    '',
    'DirectoryOrCreate',
    'Directory',
    'FileOrCreate',
    'File',
    'Socket',
    'CharDevice',
    'BlockDevice',
  ),
  nfs: filled('server', 'path'),
  'nfs.path': absolutePath,
  csi: filled('driver'),
  'emptyDir.sizeLimit': quantity,
  ...Object.fromEntries(
    OF_FILES.flatMap(kind => [
      [`${kind}.defaultMode`, MODE],
      [`${kind}.items[].mode`, MODE],
      [`${kind}.items[].key`, dataKey],
      [`${kind}.items[].path`, innerPath],
    ]),
  ),
};

function volumeFaults({ value, path }: Entry): Fault[] {
  const types = Object.keys(value).filter(key => key !== 'name' && isDataMap(value[key]));
  return [...checked(value, VOLUME, path), ...(types.length > 1 ? [exclusive(path, types)] : [])];
}

function tolerationFaults(toleration: unknown, path: readonly Step[]): Fault[] {
  if (!isRecord(toleration)) return [];
  const { operator = 'Equal', effect } = toleration;
  const known = oneOf('Equal', 'Exists', 'Lt', 'Gt')(operator, [...path, 'operator']);
  const isFull = operator === 'Exists' && (stringOf(toleration['value']) ?? '') !== '';
  const isKeyless = operator === 'Equal' && (stringOf(toleration['key']) ?? '') === '';
  const isTimed = has(toleration, 'tolerationSeconds') && effect !== 'NoExecute';
  return [
    ...known,
    ...oneOf('', 'NoSchedule', 'PreferNoSchedule', 'NoExecute')(effect, [...path, 'effect']),
    ...(isFull ? [forbidden([...path, 'value'], say('risks.besideOperator', { operator: 'Exists' }))] : []),
    ...(isKeyless ? [absent([...path, 'key'])] : []),
    ...(isTimed
      ? [wrong([...path, 'effect'], effect, say('risks.ruleOneOf', { choices: 'NoExecute' }))]
      : []),
  ];
}

function restartFaults(kind: string, spec: unknown, from: readonly Step[]): Fault[] {
  const path = [...from, 'restartPolicy'];
  const policy = valueAt(spec, ['restartPolicy']) ?? undefined;
  const choices =
    kind === 'Pod'
      ? ['Always', 'OnFailure', 'Never']
      : NOT_RESTARTED.has(kind)
        ? ['OnFailure', 'Never']
        : ['Always'];
  const deadline = [...from, 'activeDeadlineSeconds'];
  return [
    ...(NOT_RESTARTED.has(kind) && policy === undefined ? [absent(path)] : oneOf(...choices)(policy, path)),
    ...(KEPT_UP.has(kind) && has(spec as Record<string, unknown>, 'activeDeadlineSeconds')
      ? [forbidden(deadline, say('risks.inKind', { kind }))]
      : []),
  ];
}
