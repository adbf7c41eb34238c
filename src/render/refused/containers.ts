import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import type { Step } from '../../yaml/nodes.ts';
import { podTemplateOf } from '../risks/values.ts';
import {
  between,
  checked,
  filled,
  profile,
  type Checks,
  dataKey,
  dnsLabel,
  dnsName,
  forbidden,
  has,
  innerPath,
  isPortName,
  needs,
  oneOf,
  portOrName,
  single,
} from './checks.ts';
import {
  type Body,
  doubles,
  entriesAt,
  type Entry,
  type Fault,
  keyedBy,
  seconds,
  within,
  wrong,
} from './fault.ts';
import { amountFaults } from './quantities.ts';

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const HOOKS = ['exec', 'httpGet', 'tcpSocket', 'sleep'];
const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

const CONTAINER: Checks = {
  '': needs('image'),
  name: (value, path) => [
    ...filled('name')({ name: value }, path.slice(0, -1)),
    ...(value === '' ? [] : dnsLabel(value, path)),
  ],
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  terminationMessagePolicy: oneOf('File', 'FallbackToLogsOnError'),
  'ports[].protocol': oneOf('TCP', 'UDP', 'SCTP'),
  'ports[].containerPort': between(1, 65_535),
  'ports[].hostPort': between(0, 65_535),
  'env[]': filled('name'),
  'env[].name': (value, path) =>
    typeof value === 'string' && !/^[ -<>-~]*$/.test(value)
      ? [wrong(path, value, say('risks.ruleVariable'))]
      : [],
  'env[].valueFrom': single(SOURCES, true),
  'env[].valueFrom.fieldRef.fieldPath': (value, path) =>
    typeof value === 'string' && !FIELD.test(value) ? [wrong(path, value, say('risks.ruleField'))] : [],
  'env[].valueFrom.secretKeyRef.name': dnsName,
  'env[].valueFrom.secretKeyRef.key': dataKey,
  'env[].valueFrom.configMapKeyRef.name': dnsName,
  'env[].valueFrom.configMapKeyRef.key': dataKey,
  'envFrom[]': single(['configMapRef', 'secretRef'], true),
  'envFrom[].secretRef.name': dnsName,
  'envFrom[].configMapRef.name': dnsName,
  'volumeMounts[]': (value, path) => [
    ...filled('name', 'mountPath')(value, path),
    ...single(['subPath', 'subPathExpr'])(value, path),
  ],
  'volumeMounts[].subPath': innerPath,
  'volumeMounts[].subPathExpr': innerPath,
  'volumeMounts[].mountPropagation': oneOf('None', 'HostToContainer', 'Bidirectional'),
  'lifecycle.postStart': single(HOOKS, true),
  'lifecycle.preStop': single(HOOKS, true),
  securityContext: securityFaults,
  'securityContext.seccompProfile': profile,
};

/** What the downward API gives to a variable. */
const FIELD =
  /^(?:metadata\.(?:name|namespace|uid|(?:labels|annotations)\['[^'\]]{1,317}'\])|spec\.(?:nodeName|serviceAccountName)|status\.(?:hostIPs?|podIPs?))$/;

/** What the API server refuses in each container of a workload. */
export function containersFaults(manifest: Manifest): Fault[] {
  const pod = podTemplateOf(manifest);
  if (!pod) return [];
  const from = [...pod.path.split('.').filter(step => step !== ''), 'spec'];
  const [first = [], main = []] = ['initContainers', 'containers'].map(list =>
    entriesAt(valueAt(pod.template, ['spec']), [list], from),
  );
  return [...[...first, ...main].flatMap(containerFaults), ...first.flatMap(initFaults)];
}

function containerFaults({ value, path }: Entry): Fault[] {
  const name = stringOf(value['name']) ?? '';
  const ports = entriesAt(value, ['ports'], path);
  return [
    ...checked(value, CONTAINER, path),
    ...portNameFaults(ports),
    ...entriesAt(value, ['env'], path).flatMap(variableFaults),
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(probe => probeFaults(value, path, probe)),
    ...amountFaults(value['resources'], [...path, 'resources']),
    ...[
      ...doubles(entriesAt(value, ['env'], path), entry => String(entry['name']), `${name} env`),
      ...doubles(ports, keyedBy('containerPort'), `${name} ports`),
    ].map(fault => ({ ...fault, isDouble: true as const })),
    ...doubles(
      entriesAt(value, ['volumeMounts'], path),
      mount => String(mount['mountPath']),
      `${name} volumeMounts`,
    ),
  ];
}

/** What runs before the others has no probes and no hooks, unless it goes on running. */
function initFaults({ value, path }: Entry): Fault[] {
  if (value['restartPolicy'] === 'Always') return [];
  return ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']
    .filter(name => has(value, name))
    .map(name => forbidden([...path, name], say('risks.inInitContainer')));
}

function variableFaults({ value, path }: Entry): Fault[] {
  const both = has(value, 'valueFrom') && (stringOf(value['value']) ?? '') !== '';
  return both ? single(['value', 'valueFrom'])(value, path) : [];
}

function portNameFaults(ports: readonly Entry[]): Fault[] {
  const named = ports.filter(({ value: { name } }) => typeof name === 'string' && name !== '');
  const odd = named.filter(({ value: { name } }) => !isPortName(String(name)));
  const [first] = odd;
  const names = odd.map(({ value }) => String(value['name'])).join(', ');
  const [second] = seconds(named, ({ name }) => String(name));
  return [
    ...(first ? [{ path: [...first.path, 'name'], fact: say('risks.portName', { names }) }] : []),
    ...(second
      ? [{ path: [...second.path, 'name'], fact: say('risks.nameTwice', { name: second.key }) }]
      : []),
  ];
}

const PROBE: Checks = {
  '': single(HANDLERS, true),
  'httpGet.port': portOrName,
  'httpGet.scheme': oneOf('HTTP', 'HTTPS'),
  'tcpSocket.port': portOrName,
  'grpc.port': between(1, 65_535),
  exec: needs('command'),
  initialDelaySeconds: between(0),
  periodSeconds: between(0),
  timeoutSeconds: between(0),
  failureThreshold: between(0),
  successThreshold: between(0),
  terminationGracePeriodSeconds: between(1),
};

function probeFaults(container: Body, from: readonly Step[], name: string): Fault[] {
  const probe = container[name];
  if (!isRecord(probe)) return [];
  const path = [...from, name];
  const isReadiness = name === 'readinessProbe';
  const needed = probe['successThreshold'];
  const isOften = !isReadiness && typeof needed === 'number' && needed > 1;
  const grace = isReadiness && has(probe, 'terminationGracePeriodSeconds');
  return [
    ...checked(probe, PROBE, path),
    ...(isOften ? [wrong([...path, 'successThreshold'], needed, say('risks.ruleOne'))] : []),
    ...(grace ? [forbidden([...path, 'terminationGracePeriodSeconds'], say('risks.inReadiness'))] : []),
  ];
}

function securityFaults(context: unknown, path: readonly Step[]): Fault[] {
  const isBoth =
    valueAt(context, ['privileged']) === true && valueAt(context, ['allowPrivilegeEscalation']) === false;
  const ids = ['runAsUser', 'runAsGroup'].flatMap(name =>
    within([...path, name], valueAt(context, [name]), 0, 2_147_483_647),
  );
  const fact = say('risks.oneOfThese', {
    path: path.join('.'),
    names: 'privileged: true, allowPrivilegeEscalation: false',
  });
  return [...ids, ...(isBoth ? [{ path, fact }] : [])];
}
