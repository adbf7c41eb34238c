import { isRecord, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Step } from '../../yaml/nodes.ts';
import { quantityOf } from '../risks/values.ts';
import { absolutePath, checked, type Checks, dnsName, filled, needs, noneOf, oneOf } from './checks.ts';
import {
  absent,
  type Body,
  entriesAt,
  exclusive,
  type Fault,
  isNegative,
  quantityFaults,
  wrong,
} from './fault.ts';

const MODES = oneOf('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod');

const CLAIM: Checks = {
  '': needs('accessModes'),
  'accessModes[]': MODES,
  volumeMode: oneOf('Filesystem', 'Block'),
  storageClassName: (value, path) => (value === '' ? [] : dnsName(value, path)),
};

/** What the API server refuses in a claim, or in a template of one. @param from the way to it */
export function claimFaults(claim: Body, from: readonly Step[] = []): Fault[] {
  const { spec } = claim;
  const path = [...from, 'spec'];
  const size = valueAt(spec, ['resources', 'requests', 'storage']);
  const at = [...path, 'resources', 'requests', 'storage'];
  return [
    ...checked(spec, CLAIM, path),
    ...mixedModes(spec, path),
    ...(size === undefined || size === null ? [absent(at)] : quantityFaults(size, at)),
    ...(quantityOf(size) === 0 || isNegative(size) ? [wrong(at, size, say('risks.ruleAboveZero'))] : []),
  ];
}

/** What it refuses in the claims of a StatefulSet. */
export function claimTemplateFaults(body: Body): Fault[] {
  return entriesAt(body, ['spec', 'volumeClaimTemplates']).flatMap(({ value, path }) =>
    claimFaults(value, path),
  );
}

function mixedModes(spec: unknown, path: readonly Step[]): Fault[] {
  const modes = valueAt(spec, ['accessModes']);
  const isMixed = Array.isArray(modes) && modes.length > 1 && modes.includes('ReadWriteOncePod');
  return isMixed ? [exclusive([...path, 'accessModes'], modes.map(String))] : [];
}

/** Everything of a volume that is no source. */
const OF_VOLUMES = new Set([
  'capacity',
  'accessModes',
  'claimRef',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'mountOptions',
  'volumeMode',
  'nodeAffinity',
  'volumeAttributesClassName',
]);

const VOLUME: Checks = {
  '': needs('accessModes', 'capacity'),
  capacity: needs('storage'),
  'accessModes[]': MODES,
  persistentVolumeReclaimPolicy: oneOf('Retain', 'Delete', 'Recycle'),
  volumeMode: oneOf('Filesystem', 'Block'),
  nfs: filled('server', 'path'),
  'nfs.path': absolutePath,
  csi: filled('driver', 'volumeHandle'),
};

/** What the API server refuses in a PersistentVolume. */
export function volumeFaults({ spec }: Body): Fault[] {
  if (!isRecord(spec)) return [];
  const sources = Object.keys(spec).filter(key => !OF_VOLUMES.has(key) && isRecord(spec[key]));
  const isLost = sources.includes('local') && !isRecord(spec['nodeAffinity']);
  return [
    ...checked(spec, VOLUME, ['spec']),
    ...mixedModes(spec, ['spec']),
    ...(sources.length > 1 ? [exclusive(['spec'], sources)] : []),
    ...(sources.length === 0 ? [noneOf(['spec'], ['csi', 'nfs', 'hostPath', 'local', '…'])] : []),
    ...(isLost ? [absent(['spec', 'nodeAffinity'])] : []),
  ];
}

/** What the API server refuses in a StorageClass. */
export function classFaults(body: Body): Fault[] {
  const checks: Checks = {
    '': filled('provisioner'),
    reclaimPolicy: oneOf('Retain', 'Delete'),
    volumeBindingMode: oneOf('Immediate', 'WaitForFirstConsumer'),
  };
  return checked(body, checks);
}
