import { isDataMap, isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import type { Step } from '../../yaml/nodes.ts';
import { podTemplateOf } from '../risks/values.ts';
import {
  absent,
  type Body,
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
import { subdomain } from './names.ts';
import { amountFaults } from './quantities.ts';

const LISTS = ['initContainers', 'containers'] as const;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;
const NOT_RESTARTED = new Set(['Job', 'CronJob']);

/** What the API server refuses in the pods of a workload; none for what runs none. */
export function podFaults(manifest: Manifest): Fault[] {
  const pod = podTemplateOf(manifest);
  if (!pod) return [];
  const from = pod.path.split('.').filter(step => step !== '');
  const containers = LISTS.flatMap(list => entriesAt(pod.template, ['spec', list], from));
  const volumes = entriesAt(pod.template, ['spec', 'volumes'], from);
  const claims = recordsAt(manifest.body, ['spec', 'volumeClaimTemplates']);
  const names = new Set([
    ...volumes.map(({ value }) => value['name']),
    ...claims.map(claim => valueAt(claim, ['metadata', 'name'])),
  ]);
  return [
    ...containers.flatMap(container => [...containerFaults(container), ...mountFaults(container, names)]),
    ...volumes.flatMap(volumeFaults),
    ...restartFaults(manifest.kind, valueAt(pod.template, ['spec', 'restartPolicy']), [...from, 'spec']),
    ...doubles(containers, ({ name }) => String(name), 'containers'),
    ...doubles(volumes, ({ name }) => String(name), 'volumes'),
  ];
}

function containerFaults({ value, path }: Entry): Fault[] {
  const name = stringOf(value['name']) ?? '';
  const ports = entriesAt(value, ['ports'], path);
  const image = stringOf(value['image']) ?? '';
  return [
    ...(image === '' ? [absent([...path, 'image'])] : []),
    ...ports.flatMap(portFaults),
    ...portNameFaults(ports),
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(probe => probeFaults(value, path, probe)),
    ...entriesAt(value, ['envFrom'], path).flatMap(sourceFaults),
    ...amountFaults(value['resources'], [...path, 'resources']),
    ...doubles(entriesAt(value, ['env'], path), entry => String(entry['name']), `${name} env`),
    ...doubles(ports, keyedBy('containerPort'), `${name} ports`),
    ...doubles(
      entriesAt(value, ['volumeMounts'], path),
      mount => String(mount['mountPath']),
      `${name} volumeMounts`,
    ),
  ];
}

function portFaults({ value, path }: Entry): Fault[] {
  return [
    ...within([...path, 'containerPort'], value['containerPort'], 1, 65_535),
    ...within([...path, 'hostPort'], value['hostPort'], 0, 65_535),
  ];
}

function portNameFaults(ports: readonly Entry[]): Fault[] {
  const odd = ports.filter(({ value: { name } }) => typeof name === 'string' && !isPortName(name));
  const [first] = odd;
  const names = odd.map(({ value }) => String(value['name'])).join(', ');
  return first ? [{ path: [...first.path, 'name'], fact: say('risks.portName', { names }) }] : [];
}

function isPortName(name: string): boolean {
  return name.length <= 15 && PORT_NAME.test(name);
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

function probeFaults(container: Body, from: readonly Step[], name: string): Fault[] {
  const probe = container[name];
  if (!isRecord(probe)) return [];
  const path = [...from, name];
  const handlers = HANDLERS.filter(handler => isRecord(probe[handler]));
  const needed = probe['successThreshold'];
  const isOnce = name === 'readinessProbe' || typeof needed !== 'number' || needed <= 1;
  return [
    ...(handlers.length > 1 ? [exclusive(path, handlers)] : []),
    ...(isOnce ? [] : [wrong([...path, 'successThreshold'], needed, say('risks.ruleOne'))]),
  ];
}

function sourceFaults({ value, path }: Entry): Fault[] {
  return ['secretRef', 'configMapRef'].flatMap(source =>
    held([...path, source, 'name'], valueAt(value, [source, 'name']), subdomain()),
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

function volumeFaults({ value, path }: Entry): Fault[] {
  const types = Object.keys(value).filter(key => key !== 'name' && isDataMap(value[key]));
  return types.length > 1 ? [exclusive(path, types)] : [];
}

function restartFaults(kind: string, policy: unknown, from: readonly Step[]): Fault[] {
  const path = [...from, 'restartPolicy'];
  const oneOf = (choices: string): Fault[] => [wrong(path, policy, say('risks.ruleOneOf', { choices }))];
  if (kind === 'Pod') return [];
  if (NOT_RESTARTED.has(kind)) {
    if (policy === undefined) return [absent(path)];
    return policy === 'Always' ? oneOf('OnFailure, Never') : [];
  }
  return policy === 'Never' || policy === 'OnFailure' ? oneOf('Always') : [];
}
