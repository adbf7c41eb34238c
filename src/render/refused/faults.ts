import { field, isDataMap, isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import type { Step } from '../../yaml/nodes.ts';
import { kindOf } from '../risks/risk.ts';
import { quantityOf, shown } from '../risks/values.ts';
import {
  absent,
  type Body,
  dotted,
  doubles,
  entriesAt,
  type Entry,
  exclusive,
  type Fault,
  held,
  keyedBy,
  within,
  wrong,
} from './fault.ts';
import { gatewayFaults, routeFaults } from './gateways.ts';
import { dataKeyFaults, nameFaults, subdomain } from './names.ts';
import { podFaults } from './pods.ts';
import { quantityFaults } from './quantities.ts';
import { isSchedule } from './schedules.ts';

/**
 * What an API server refuses in an object by itself, whatever its schema says: names and labels, entries twice, ports,
 * selectors, amounts, schedules, and the rules that Gateway API's definitions state. Nothing where a value is of another type
 * than it should be: that is the schema's to say.
 */
export function faultsOf(manifest: Manifest): Fault[] {
  return [
    ...nameFaults(manifest),
    ...podFaults(manifest),
    ...(FAULTS[kindOf(manifest)]?.(manifest.body) ?? []),
  ];
}

const FAULTS: Readonly<Record<string, (body: Body) => Fault[]>> = {
  'apps/Deployment': body => [...workloadFaults(body), ...strategyFaults(body)],
  'apps/StatefulSet': body => [
    ...workloadFaults(body),
    ...entriesAt(body, ['spec', 'volumeClaimTemplates']).flatMap(({ value, path }) =>
      claimFaults(value, path),
    ),
  ],
  'apps/DaemonSet': workloadFaults,
  'apps/ReplicaSet': workloadFaults,
  '/Service': serviceFaults,
  '/PersistentVolumeClaim': body => claimFaults(body, []),
  '/ConfigMap': body => dataKeyFaults(body, ['data', 'binaryData']),
  '/Secret': body => dataKeyFaults(body, ['data', 'stringData']),
  'autoscaling/HorizontalPodAutoscaler': scalerFaults,
  'batch/CronJob': scheduleFaults,
  'policy/PodDisruptionBudget': budgetFaults,
  'rbac.authorization.k8s.io/ClusterRoleBinding': bindingFaults,
  'networking.k8s.io/Ingress': ingressFaults,
  'networking.k8s.io/NetworkPolicy': policyFaults,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionFaults,
  'gateway.networking.k8s.io/HTTPRoute': routeFaults,
  'gateway.networking.k8s.io/GRPCRoute': routeFaults,
  'gateway.networking.k8s.io/TLSRoute': routeFaults,
  'gateway.networking.k8s.io/Gateway': gatewayFaults,
  'cert-manager.io/Certificate': certificateFaults,
};

function workloadFaults(body: Body): Fault[] {
  return [
    ...selectorFaults(body),
    ...within(['spec', 'replicas'], valueAt(body, ['spec', 'replicas']), 0, Infinity),
  ];
}

function selectorFaults(body: Body): Fault[] {
  const labels = valueAt(body, ['spec', 'template', 'metadata', 'labels']);
  const wanted = valueAt(body, ['spec', 'selector', 'matchLabels']);
  if (!isRecord(wanted)) return [];
  const missing = Object.keys(wanted).filter(
    key => !isRecord(labels) || field(labels, key) !== field(wanted, key),
  );
  const path = ['spec', 'template', 'metadata', 'labels'];
  return missing.length > 0
    ? [{ path, fact: say('risks.selectorUnmatched', { labels: missing.join(', ') }) }]
    : [];
}

function strategyFaults(body: Body): Fault[] {
  const strategy = valueAt(body, ['spec', 'strategy']);
  const isBoth = isRecord(strategy) && strategy['type'] === 'Recreate' && isRecord(strategy['rollingUpdate']);
  return isBoth ? [exclusive(['spec', 'strategy'], ['type: Recreate', 'rollingUpdate'])] : [];
}

function serviceFaults(body: Body): Fault[] {
  const ports = entriesAt(body, ['spec', 'ports']);
  const unnamed =
    ports.length > 1
      ? ports.find(({ value: { name } }) => typeof name !== 'string' || name === '')
      : undefined;
  return [
    ...(unnamed ? [{ path: unnamed.path, fact: say('risks.portsUnnamed') }] : []),
    ...ports.flatMap(servicePortFaults),
    ...doubles(ports, keyedBy('port'), 'spec.ports'),
  ];
}

function servicePortFaults({ value, path }: Entry): Fault[] {
  const rule = say('risks.ruleLabel', { most: 63 });
  return [
    ...held([...path, 'name'], value['name'], {
      pattern: /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)?$/,
      most: 63,
      rule,
    }),
    ...within([...path, 'port'], value['port'], 1, 65_535),
    ...within([...path, 'targetPort'], value['targetPort'], 1, 65_535),
  ];
}

function claimFaults(claim: Body, from: readonly Step[]): Fault[] {
  const spec = claim['spec'];
  const modes = valueAt(spec, ['accessModes']);
  const isMixed = Array.isArray(modes) && modes.length > 1 && modes.includes('ReadWriteOncePod');
  const size = valueAt(spec, ['resources', 'requests', 'storage']);
  const at = [...from, 'spec', 'resources', 'requests', 'storage'];
  return [
    ...(isMixed ? [exclusive([...from, 'spec', 'accessModes'], modes.map(String))] : []),
    ...(size === undefined || size === null ? [absent(at)] : quantityFaults(size, at)),
    ...(quantityOf(size) === 0 ? [wrong(at, size, say('risks.ruleAboveZero'))] : []),
    ...(valueAt(spec, ['storageClassName']) === ''
      ? []
      : held([...from, 'spec', 'storageClassName'], valueAt(spec, ['storageClassName']), subdomain())),
  ];
}

function scalerFaults(body: Body): Fault[] {
  const [least, most] = ['minReplicas', 'maxReplicas'].map(name => valueAt(body, ['spec', name]));
  const isOff = typeof least === 'number' && typeof most === 'number' && least > most;
  return isOff ? [{ path: ['spec', 'maxReplicas'], fact: say('risks.moreThanMost', { least, most }) }] : [];
}

function scheduleFaults(body: Body): Fault[] {
  const path = ['spec', 'schedule'];
  const schedule = stringOf(valueAt(body, path));
  if (schedule === undefined) return [];
  if (/^\s*(?:CRON_)?TZ=/.test(schedule))
    return [{ path, fact: say('risks.zoneInSchedule', { schedule: shown(schedule) }) }];
  return isSchedule(schedule) ? [] : [wrong(path, schedule, say('risks.ruleSchedule'))];
}

function budgetFaults(body: Body): Fault[] {
  const both = ['minAvailable', 'maxUnavailable'].filter(name => valueAt(body, ['spec', name]) !== undefined);
  return both.length > 1 ? [exclusive(['spec'], both)] : [];
}

function bindingFaults(body: Body): Fault[] {
  const homeless = entriesAt(body, ['subjects']).filter(
    ({ value }) => value['kind'] === 'ServiceAccount' && (stringOf(value['namespace']) ?? '') === '',
  );
  return homeless.map(({ path }) => ({ ...absent([...path, 'namespace']), mayBeAdded: true }));
}

const CLASS = 'kubernetes.io/ingress.class';

function ingressFaults(body: Body): Fault[] {
  const rules = recordsAt(body, ['spec', 'rules']);
  const paths = entriesAt(body, ['spec', 'rules']).flatMap(({ value, path }) =>
    entriesAt(value, ['http', 'paths'], path),
  );
  const odd = paths.filter(
    ({ value: { path, pathType } }) =>
      typeof path === 'string' && !path.startsWith('/') && /^(?:Exact|Prefix)$/.test(String(pathType)),
  );
  const annotations = valueAt(body, ['metadata', 'annotations']);
  const [annotated, named] = [
    isDataMap(annotations) ? annotations[CLASS] : undefined,
    valueAt(body, ['spec', 'ingressClassName']),
  ];
  const differ = typeof annotated === 'string' && typeof named === 'string' && annotated !== named;
  return [
    ...(rules.length === 0 && !isRecord(valueAt(body, ['spec', 'defaultBackend']))
      ? [absent(['spec', 'rules'])]
      : []),
    ...odd.map(({ value, path }) => wrong([...path, 'path'], value['path'], say('risks.ruleAbsolute'))),
    ...(differ
      ? [exclusive(['spec', 'ingressClassName'], [`${CLASS}: ${annotated}`, `ingressClassName: ${named}`])]
      : []),
  ];
}

function policyFaults(body: Body): Fault[] {
  const ports = ['ingress', 'egress'].flatMap(way =>
    entriesAt(body, ['spec', way]).flatMap(({ value, path }) => entriesAt(value, ['ports'], path)),
  );
  return ports.flatMap(({ value: { port, endPort }, path }) =>
    typeof port === 'number' && typeof endPort === 'number' && endPort < port
      ? [wrong([...path, 'endPort'], endPort, say('risks.ruleLeast', { least: port }))]
      : [],
  );
}

/** X.509 has no room for more; cert-manager refuses it too. */
const MOST_COMMON_NAME = 64;

function certificateFaults(body: Body): Fault[] {
  const path = ['spec', 'commonName'];
  const name = stringOf(valueAt(body, path)) ?? '';
  return name.length > MOST_COMMON_NAME
    ? [
        {
          path,
          fact: say('risks.tooLong', { path: dotted(path), count: name.length, most: MOST_COMMON_NAME }),
        },
      ]
    : [];
}

function definitionFaults(body: Body): Fault[] {
  const versions = recordsAt(body, ['spec', 'versions']);
  const stored = versions.filter(({ storage }) => storage === true);
  const bare = versions.filter(version => !isRecord(valueAt(version, ['schema', 'openAPIV3Schema'])));
  const isWebhook = valueAt(body, ['spec', 'conversion', 'strategy']) === 'Webhook';
  const hasClient = isRecord(valueAt(body, ['spec', 'conversion', 'webhook', 'clientConfig']));
  const path = ['spec', 'versions'];
  return [
    ...(stored.length > 1 ? [{ path, fact: say('risks.twoStored', { names: namesOf(stored) }) }] : []),
    ...(bare.length > 0 ? [{ path, fact: say('risks.noSchema', { names: namesOf(bare) }) }] : []),
    ...(isWebhook && !hasClient ? [{ path: ['spec', 'conversion'], fact: say('risks.noConversion') }] : []),
  ];
}

function namesOf(records: readonly Record<string, unknown>[]): string {
  return records.map(({ name }) => stringOf(name) ?? '?').join(', ');
}
