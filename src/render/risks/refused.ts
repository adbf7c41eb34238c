import { field, isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type Found, type Judge, kindOf, type RiskLevel } from './risk.ts';
import { podTemplateOf, shown } from './values.ts';

/** What the API server refuses in an object by itself, where the old version of it was sound: a chart that broke. */
export const judgeRefused: Judge = ({ before, after }, { serverSide }) => {
  if (!after) return [];
  const had = new Set(before ? [...faultsOf(before), ...doublesOf(before)].map(({ en }) => en) : []);
  const found = (level: RiskLevel, faults: readonly Text[]): Found[] =>
    faults
      .filter(({ en }) => !had.has(en))
      .map(fact => ({ id: 'refused', level, fact, remedy: say('risks.mendValues') }));
  return [...found('fatal', faultsOf(after)), ...found(serverSide ? 'fatal' : 'high', doublesOf(after))];
};

function faultsOf(manifest: Manifest): Text[] {
  return [...podFaults(manifest), ...(FAULTS[kindOf(manifest)]?.(manifest.body) ?? [])];
}

type Body = Record<string, unknown>;

const FAULTS: Readonly<Record<string, (body: Body) => Text[]>> = {
  'apps/Deployment': selectorFaults,
  'apps/StatefulSet': selectorFaults,
  'apps/DaemonSet': selectorFaults,
  'apps/ReplicaSet': selectorFaults,
  '/Service': serviceFaults,
  'autoscaling/HorizontalPodAutoscaler': scalerFaults,
  'batch/CronJob': scheduleFaults,
  'apiextensions.k8s.io/CustomResourceDefinition': crdFaults,
};

function selectorFaults(body: Body): Text[] {
  const labels = valueAt(body, ['spec', 'template', 'metadata', 'labels']);
  const wanted = valueAt(body, ['spec', 'selector', 'matchLabels']);
  if (!isRecord(wanted)) return [];
  const missing = Object.keys(wanted).filter(
    key => !isRecord(labels) || field(labels, key) !== field(wanted, key),
  );
  return missing.length > 0 ? [say('risks.selectorUnmatched', { labels: missing.join(', ') })] : [];
}

function serviceFaults(body: Body): Text[] {
  const ports = recordsAt(body, ['spec', 'ports']);
  const unnamed = ports.length > 1 && ports.some(({ name }) => typeof name !== 'string' || name === '');
  return unnamed ? [say('risks.portsUnnamed')] : [];
}

function protocolOf(port: Record<string, unknown>): string {
  return stringOf(port['protocol']) ?? 'TCP';
}

function scalerFaults(body: Body): Text[] {
  const [least, most] = ['minReplicas', 'maxReplicas'].map(name => valueAt(body, ['spec', name]));
  const isOff = typeof least === 'number' && typeof most === 'number' && least > most;
  return isOff ? [say('risks.moreThanMost', { least, most })] : [];
}

function scheduleFaults(body: Body): Text[] {
  const schedule = stringOf(valueAt(body, ['spec', 'schedule'])) ?? '';
  return /^\s*(?:CRON_)?TZ=/.test(schedule)
    ? [say('risks.zoneInSchedule', { schedule: shown(schedule) })]
    : [];
}

function crdFaults(body: Body): Text[] {
  const versions = recordsAt(body, ['spec', 'versions']);
  const stored = versions.filter(({ storage }) => storage === true);
  const bare = versions.filter(version => !isRecord(valueAt(version, ['schema', 'openAPIV3Schema'])));
  const isWebhook = valueAt(body, ['spec', 'conversion', 'strategy']) === 'Webhook';
  const hasClient = isRecord(valueAt(body, ['spec', 'conversion', 'webhook', 'clientConfig']));
  return [
    ...(stored.length > 1 ? [say('risks.twoStored', { names: namesOf(stored) })] : []),
    ...(bare.length > 0 ? [say('risks.noSchema', { names: namesOf(bare) })] : []),
    ...(isWebhook && !hasClient ? [say('risks.noConversion')] : []),
  ];
}

function namesOf(records: readonly Record<string, unknown>[]): string {
  return records.map(({ name }) => stringOf(name) ?? '?').join(', ');
}

const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;

function podFaults(manifest: Manifest): Text[] {
  const pod = podTemplateOf(manifest);
  if (!pod) return [];
  const lists = ['initContainers', 'containers'].flatMap(list => recordsAt(pod.template, ['spec', list]));
  return lists.flatMap(container => {
    const names = recordsAt(container, ['ports']).map(({ name }) => name);
    const odd = names.filter(text => typeof text === 'string' && !PORT_NAME.test(text));
    const faults = odd.length > 0 ? [say('risks.portName', { names: odd.join(', ') })] : [];
    return [...faults, ...unmounted(pod.template, container, manifest)];
  });
}

/** Lists that server-side apply keys by a field do not take the same key twice. */
function doublesOf(manifest: Manifest): Text[] {
  const pod = podTemplateOf(manifest);
  const ports = kindOf(manifest) === '/Service' ? recordsAt(manifest.body, ['spec', 'ports']) : [];
  const lists = ['initContainers', 'containers'].flatMap(list => recordsAt(pod?.template, ['spec', list]));
  return [
    ...twice(ports, port => `${String(port['port'])}/${protocolOf(port)}`, 'spec.ports'),
    ...lists.flatMap(containerDoubles),
  ];
}

function containerDoubles(container: Record<string, unknown>): Text[] {
  const name = stringOf(container['name']) ?? '';
  const items = (list: string): Record<string, unknown>[] => recordsAt(container, [list]);
  return [
    ...twice(items('env'), entry => String(entry['name']), `${name} env`),
    ...twice(items('ports'), port => `${String(port['containerPort'])}/${protocolOf(port)}`, `${name} ports`),
    ...twice(items('volumeMounts'), mount => String(mount['mountPath']), `${name} volumeMounts`),
  ];
}

function twice<Item>(items: readonly Item[], keyOf: (item: Item) => string, place: string): Text[] {
  const keys = items.map(keyOf);
  const doubles = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
  return doubles.length > 0 ? [say('risks.sameTwice', { place, keys: doubles.join(', ') })] : [];
}

function unmounted(template: unknown, container: Record<string, unknown>, { body }: Manifest): Text[] {
  const claims = recordsAt(body, ['spec', 'volumeClaimTemplates']).map(claim =>
    valueAt(claim, ['metadata', 'name']),
  );
  const volumes = new Set([...recordsAt(template, ['spec', 'volumes']).map(({ name }) => name), ...claims]);
  const lost = recordsAt(container, ['volumeMounts'])
    .map(({ name }) => name)
    .filter(name => typeof name === 'string' && !volumes.has(name));
  return lost.length > 0 ? [say('risks.noVolume', { names: [...new Set(lost)].join(', ') })] : [];
}
