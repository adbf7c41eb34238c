import { isDataMap, isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Step } from '../../yaml/nodes.ts';
import {
  address,
  between,
  checked,
  type Checks,
  dnsLabel,
  dnsName,
  forbidden,
  has,
  hostName,
  labels,
  filled,
  needs,
  oneOf,
  portOrName,
  range,
  SELECTOR,
  single,
} from './checks.ts';
import {
  absent,
  type Body,
  doubles,
  entriesAt,
  exclusive,
  type Fault,
  keyedBy,
  namesTwice,
  seconds,
  wrong,
} from './fault.ts';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

const SERVICE: Checks = {
  type: oneOf('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  selector: labels,
  clusterIP: address,
  'externalIPs[]': address,
  loadBalancerIP: address,
  'loadBalancerSourceRanges[]': range,
  externalName: dnsName,
  sessionAffinity: oneOf('None', 'ClientIP'),
  externalTrafficPolicy: oneOf('', 'Cluster', 'Local'),
  internalTrafficPolicy: oneOf('Cluster', 'Local'),
  ipFamilyPolicy: oneOf('SingleStack', 'PreferDualStack', 'RequireDualStack'),
  'ipFamilies[]': oneOf('IPv4', 'IPv6'),
  'ports[].name': dnsLabel,
  'ports[].port': between(1, 65_535),
  'ports[].targetPort': portOrName,
  'ports[].nodePort': between(0, 65_535),
  'ports[].protocol': oneOf(...PROTOCOLS),
};

/** What the API server refuses in a Service. */
export function serviceFaults(body: Body): Fault[] {
  const { spec } = body;
  if (!isRecord(spec)) return [];
  const ports = entriesAt(body, ['spec', 'ports']);
  const unnamed =
    ports.length > 1
      ? ports.find(({ value: { name } }) => typeof name !== 'string' || name === '')
      : undefined;
  const needsPorts = spec['type'] !== 'ExternalName' && spec['clusterIP'] !== 'None';
  return [
    ...checked(spec, SERVICE, ['spec']),
    ...(needsPorts ? needs('ports')(spec, ['spec']) : []),
    ...(spec['type'] === 'ExternalName' ? needs('externalName')(spec, ['spec']) : []),
    ...(unnamed ? [{ path: unnamed.path, fact: say('risks.portsUnnamed') }] : []),
    ...doubles(ports, keyedBy('port'), 'spec.ports'),
    ...namesTwice(body, ['spec', 'ports']),
    ...typeFaults(spec),
    ...familyFaults(spec),
  ];
}

/** What is for some types only. */
function typeFaults(spec: Body): Fault[] {
  const type = stringOf(spec['type']) ?? 'ClusterIP';
  if (!['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'].includes(type)) return [];
  const isOutside = type === 'NodePort' || type === 'LoadBalancer';
  const because = say('risks.besideType', { type });
  const outer = isOutside || stringsAt(spec, ['externalIPs']).length > 0 ? [] : ['externalTrafficPolicy'];
  const balanced = type === 'LoadBalancer' ? [] : ['loadBalancerClass', 'loadBalancerSourceRanges'];
  const stray = [...outer, ...balanced].filter(name => has(spec, name) && spec[name] !== '');
  const ports = entriesAt(spec, ['ports'], ['spec']);
  const odd = isOutside
    ? []
    : ports.filter(({ value: { nodePort } }) => typeof nodePort === 'number' && nodePort > 0);
  const [second] = seconds(
    ports.filter(({ value: { nodePort } }) => typeof nodePort === 'number' && nodePort > 0),
    port => `${String(port['nodePort'])}/${stringOf(port['protocol']) ?? 'TCP'}`,
  );
  const isHeadless = isOutside && spec['clusterIP'] === 'None';
  return [
    ...stray.map(name => forbidden(['spec', name], because)),
    ...odd.map(({ path }) => forbidden([...path, 'nodePort'], because)),
    ...(isHeadless ? [exclusive(['spec'], ['clusterIP: None', `type: ${type}`])] : []),
    ...(second
      ? [{ path: [...second.path, 'nodePort'], fact: say('risks.nameTwice', { name: second.key }) }]
      : []),
  ];
}

function familyFaults(spec: Body): Fault[] {
  const families = stringsAt(spec, ['ipFamilies']);
  const isTwice = new Set(families).size < families.length;
  const path = ['spec', 'ipFamilies'];
  return isTwice ? [{ path, fact: say('risks.nameTwice', { name: families[0] ?? '' }) }] : [];
}

const CLASS = 'kubernetes.io/ingress.class';

const BACKEND: Checks = {
  '': single(['service', 'resource'], true),
  service: filled('name'),
  'service.name': dnsLabel,
  'service.port': single(['number', 'name'], true),
  'service.port.number': between(1, 65_535),
  'service.port.name': portOrName,
};

const INGRESS: Checks = {
  ingressClassName: dnsName,
  defaultBackend: backendFaults,
  'rules[].host': (value, path) =>
    value === '*' ? [wrong(path, value, say('risks.ruleHost'))] : hostName(value, path),
  'rules[].http': filled('paths'),
  'rules[].http.paths[]': pathFaults,
  'tls[].hosts[]': hostName,
  'tls[].secretName': dnsName,
};

function backendFaults(backend: unknown, path: readonly Step[]): Fault[] {
  const service = valueAt(backend, ['service']);
  const isPortless = isRecord(service) && !has(service, 'port');
  return [...checked(backend, BACKEND, path), ...(isPortless ? [absent([...path, 'service', 'port'])] : [])];
}

/** Sequences that are refused in a path that is compared, and ends that are. */
const ODD_PATH = /\/\/|\/\.\.?(?:\/|$)|%2f/i;

function pathFaults(entry: unknown, at: readonly Step[]): Fault[] {
  if (!isRecord(entry)) return [];
  const { path, pathType } = entry;
  const isCompared = pathType === 'Exact' || pathType === 'Prefix';
  const rule = say('risks.rulePath');
  return [
    ...filled('pathType')(entry, at),
    ...oneOf('Exact', 'Prefix', 'ImplementationSpecific')(pathType, [...at, 'pathType']),
    ...(isRecord(entry['backend']) ? backendFaults(entry['backend'], [...at, 'backend']) : []),
    ...(typeof path === 'string' && isCompared && !path.startsWith('/')
      ? [wrong([...at, 'path'], path, say('risks.ruleAbsolute'))]
      : []),
    ...(typeof path === 'string' && isCompared && ODD_PATH.test(path)
      ? [wrong([...at, 'path'], path, rule)]
      : []),
  ];
}

/** What the API server refuses in an Ingress. */
export function ingressFaults(body: Body): Fault[] {
  const rules = recordsAt(body, ['spec', 'rules']);
  const annotations = valueAt(body, ['metadata', 'annotations']);
  const annotated = isDataMap(annotations) ? annotations[CLASS] : undefined;
  const named = valueAt(body, ['spec', 'ingressClassName']);
  const differ = typeof annotated === 'string' && typeof named === 'string' && annotated !== named;
  const classes = [`${CLASS}: ${String(annotated)}`, `ingressClassName: ${String(named)}`];
  return [
    ...checked(body['spec'], INGRESS, ['spec']),
    ...(rules.length === 0 && !isRecord(valueAt(body, ['spec', 'defaultBackend']))
      ? [absent(['spec', 'rules'])]
      : []),
    ...(differ ? [{ ...exclusive(['spec', 'ingressClassName'], classes), isOfNew: true as const }] : []),
  ];
}

const POLICY: Checks = {
  podSelector: (value, path) => checked(value, SELECTOR, path),
  'policyTypes[]': oneOf('Ingress', 'Egress'),
  'ingress[].from[]': peerFaults,
  'egress[].to[]': peerFaults,
  'ingress[].ports[]': policyPortFaults,
  'egress[].ports[]': policyPortFaults,
};

/** What the API server refuses in a NetworkPolicy. */
export function policyFaults(body: Body): Fault[] {
  return checked(body['spec'], POLICY, ['spec']);
}

function peerFaults(peer: unknown, path: readonly Step[]): Fault[] {
  if (!isRecord(peer)) return [];
  const isBoth = has(peer, 'ipBlock') && (has(peer, 'podSelector') || has(peer, 'namespaceSelector'));
  const kinds = ['ipBlock', 'podSelector', 'namespaceSelector'];
  return [
    ...(isBoth ? [exclusive(path, ['ipBlock', 'podSelector, namespaceSelector'])] : []),
    ...(kinds.some(name => has(peer, name)) ? [] : single(kinds, true)({}, path)),
    ...checked(peer, { 'ipBlock.cidr': range, ipBlock: exceptFaults }, path),
  ];
}

function exceptFaults(block: unknown, path: readonly Step[]): Fault[] {
  const whole = stringOf(valueAt(block, ['cidr'])) ?? '';
  return stringsAt(block, ['except']).flatMap((part, index) =>
    isInside(part, whole)
      ? []
      : [wrong([...path, 'except', index], part, say('risks.ruleWithin', { range: whole }))],
  );
}

/** Whether a range of IPv4 is a part of another; true where nobody here can tell. */
function isInside(part: string, whole: string): boolean {
  const [inner, outer] = [bitsOf(part), bitsOf(whole)];
  if (!inner || !outer) return part.includes(':') || range(part, []).length === 0;
  const shift = 2 ** (32 - outer.length);
  return inner.length > outer.length && Math.floor(inner.value / shift) === Math.floor(outer.value / shift);
}

function bitsOf(text: string): { value: number; length: number } | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)?.slice(1).map(Number);
  const [a, b, c, d, length] = parts ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined || length === undefined)
    return undefined;
  return { value: ((a * 256 + b) * 256 + c) * 256 + d, length };
}

function policyPortFaults(entry: unknown, path: readonly Step[]): Fault[] {
  if (!isRecord(entry)) return [];
  const { port, endPort } = entry;
  const isBelow = typeof port === 'number' && typeof endPort === 'number' && endPort < port;
  const isNamed = endPort !== undefined && endPort !== null && typeof port !== 'number';
  return [
    ...checked(entry, { port: portOrName, endPort: between(1, 65_535), protocol: oneOf(...PROTOCOLS) }, path),
    ...(isBelow ? [wrong([...path, 'endPort'], endPort, say('risks.ruleLeast', { least: port }))] : []),
    ...(isNamed ? [forbidden([...path, 'endPort'], say('risks.besideName'))] : []),
  ];
}
