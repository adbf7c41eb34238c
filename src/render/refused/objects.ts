import { asMap, isDataMap, stringOf, valueAt } from '../../data/fields.ts';
import { parseJson } from '../../data/json.ts';
import { say } from '../../locales/say.ts';
import type { Step } from '../../yaml/nodes.ts';
import { quantityOf } from '../risks/values.ts';
import { base64, between, checked, type Checks, dataKey, noneOf, oneOf, quantity } from './checks.ts';
import { absent, type Body, dotted, entriesAt, type Fault, wrong } from './fault.ts';

const MOST_BYTES = 1 << 20;

function keyFaults(body: Body, fields: readonly string[]): Fault[] {
  return fields.flatMap(name =>
    Object.keys(asMap(body[name])).flatMap(key => dataKey(key, [name, key] satisfies Step[])),
  );
}

function sizeFaults(body: Body, fields: readonly string[]): Fault[] {
  const values = fields.flatMap(name => Object.values(asMap(body[name])));
  const count = values.reduce<number>((sum, value) => sum + Buffer.byteLength(stringOf(value) ?? ''), 0);
  const path = [fields[0] ?? 'data'];
  const tooLong = { path: dotted(path), count, most: MOST_BYTES };
  // Base64 is a third longer than what it stands for.
  const isOver = count > MOST_BYTES && (fields.includes('binaryData') || count > (MOST_BYTES * 4) / 3);
  return isOver ? [{ path, fact: say('risks.tooLong', tooLong) }] : [];
}

/** What the API server refuses in a ConfigMap. */
export function configFaults(body: Body): Fault[] {
  const binary = asMap(body['binaryData']);
  const twice = Object.keys(asMap(body['data'])).filter(key => Object.hasOwn(binary, key));
  return [
    ...keyFaults(body, ['data', 'binaryData']),
    ...twice.map(name => ({ path: ['binaryData', name], fact: say('risks.nameTwice', { name }) })),
    ...checked(body, { 'binaryData{}': base64 }),
    ...sizeFaults(body, ['data']),
  ];
}

/** The keys that a type of Secret needs: all of the first list, or one of the second. */
const OF_TYPES: Readonly<Record<string, { all?: readonly string[]; one?: readonly string[] }>> = {
  'kubernetes.io/tls': { all: ['tls.crt', 'tls.key'] },
  'kubernetes.io/basic-auth': { one: ['username', 'password'] },
  'kubernetes.io/ssh-auth': { all: ['ssh-privatekey'] },
  'kubernetes.io/dockerconfigjson': { all: ['.dockerconfigjson'] },
  'kubernetes.io/dockercfg': { all: ['.dockercfg'] },
};

/** What the API server refuses in a Secret. No value of one stands in a sentence. */
export function secretFaults(body: Body): Fault[] {
  const has = (key: string): boolean =>
    ['data', 'stringData'].some(name => Object.hasOwn(asMap(body[name]), key));
  const { all = [], one = [] } = OF_TYPES[stringOf(body['type']) ?? ''] ?? {};
  return [
    ...keyFaults(body, ['data', 'stringData']),
    ...checked(body, { 'data{}': base64 }),
    ...all.filter(key => !has(key)).map(key => absent(['data', key])),
    ...(one.length > 0 && !one.some(has) ? [noneOf(['data'], one)] : []),
    ...dockerFaults(body),
    ...sizeFaults(body, ['data', 'stringData']),
  ];
}

function dockerFaults(body: Body): Fault[] {
  const key = /^kubernetes\.io(\/dockercfg|\/dockerconfigjson)$/.exec(stringOf(body['type']) ?? '')?.[1];
  if (key === undefined) return [];
  const name = `.${key.slice(1)}`;
  const plain = stringOf(asMap(body['stringData'])[name]);
  const coded = stringOf(asMap(body['data'])[name]);
  const text = plain ?? (coded === undefined ? undefined : Buffer.from(coded, 'base64').toString('utf8'));
  const path = [plain === undefined ? 'data' : 'stringData', name];
  return text === undefined || isDataMap(parseJson(text))
    ? []
    : [{ path, fact: say('risks.noJson', { path: dotted(path) }) }];
}

const MOST_PRIORITY = 1_000_000_000;

/** What the API server refuses in a PriorityClass of somebody's own. */
export function priorityFaults(body: Body): Fault[] {
  const name = stringOf(valueAt(body, ['metadata', 'name'])) ?? '';
  const isOwn = !/^system-(?:cluster|node)-critical$/.test(name);
  const path = ['metadata', 'name'];
  return [
    ...(isOwn ? checked(body, { value: between(-2_147_483_648, MOST_PRIORITY) }) : []),
    ...(isOwn && name.startsWith('system-') ? [wrong(path, name, say('risks.ruleNotSystem'))] : []),
    ...checked(body, { preemptionPolicy: oneOf('Never', 'PreemptLowerPriority') }),
  ];
}

/** What the API server refuses in a ResourceQuota. */
export function quotaFaults(body: Body): Fault[] {
  return checked(body, { 'spec.hard{}': quantity });
}

const LIMITS: Checks = Object.fromEntries(
  ['min', 'max', 'default', 'defaultRequest'].map(name => [`${name}{}`, quantity]),
);
/** Each is at most what the next one is. */
const ORDER = ['min', 'defaultRequest', 'default', 'max'];

/** What the API server refuses in a LimitRange. */
export function limitFaults(body: Body): Fault[] {
  return entriesAt(body, ['spec', 'limits']).flatMap(({ value, path }) => [
    ...checked(value, LIMITS, path),
    ...ORDER.flatMap((low, index) =>
      ORDER.slice(index + 1).flatMap(high => unordered(value, [low, high], path)),
    ),
  ]);
}

function unordered(limits: Body, [low, high]: [string, string], path: readonly Step[]): Fault[] {
  const most = asMap(limits[high]);
  return Object.entries(asMap(limits[low])).flatMap(([name, value]) => {
    const [small, large] = [quantityOf(value), quantityOf(most[name])];
    const at = [...path, low, name];
    const args = { path: dotted(at), value: String(value), limit: String(most[name]) };
    return small !== undefined && large !== undefined && small > large
      ? [{ path: at, fact: say('risks.aboveLimit', args) }]
      : [];
  });
}

const LEVEL = oneOf('privileged', 'baseline', 'restricted');

/** What the API server refuses in a Namespace: words of its standards of pods that are none. */
export function namespaceFaults(body: Body): Fault[] {
  const labels = asMap(valueAt(body, ['metadata', 'labels']));
  return ['enforce', 'audit', 'warn'].flatMap(mode => {
    const key = `pod-security.kubernetes.io/${mode}`;
    return LEVEL(labels[key], ['metadata', 'labels', key]);
  });
}
