import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { asMap, valueAt } from '../../data/fields.ts';
import type { Manifest } from '../../repository/manifest.ts';
import type { ObjectPair } from '../object-pairs.ts';
import { type Found, type Judge, kindOf } from './risk.ts';
import { hasSyncOption, isSame, quantityOf, shown } from './values.ts';

/** Kinds whose removal takes data with it, and what goes. */
const HOLDERS: Readonly<Record<string, Text>> = {
  '/PersistentVolumeClaim': say('risks.claimGoes'),
  '/PersistentVolume': say('risks.volumeGoes'),
  '/Namespace': say('risks.namespaceGoes'),
  'apps/StatefulSet': say('risks.statefulSetGoes'),
  'apiextensions.k8s.io/CustomResourceDefinition': say('risks.crdGoes'),
};

/**
 * Objects that go and take data with them. Argo CD prunes what an Application no longer holds, unless Prune=false is said of it; with
 * the Application all goes that does not say Delete=false (https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/).
 */
export const judgeRemovedData = (
  { before, after }: ObjectPair,
  { isAllGone }: { isAllGone: boolean },
): Found[] => {
  if (!before || after) return [];
  const fact = HOLDERS[kindOf(before)];
  if (!fact) return [];
  const options = isAllGone ? ['Delete=false', 'Delete=confirm'] : ['Prune=false', 'Prune=confirm'];
  const kept = options.find(option => hasSyncOption(before, option));
  if (kept !== undefined) {
    const stays = say('risks.notPruned', { option: kept });
    return [{ id: 'data-removed', level: 'low', fact: stays, remedy: say('risks.ownedByNobody') }];
  }
  const option = isAllGone ? 'Prune=false,Delete=false' : 'Prune=false';
  return [{ id: 'data-removed', level: 'fatal', fact, remedy: say('risks.keepTheObject', { option }) }];
};

/** Claims that a StatefulSet begins to delete with its pods or with itself. */
export const judgeRetention: Judge = ({ before, after }) => {
  if (!before || !after || kindOf(after) !== 'apps/StatefulSet') return [];
  const path = ['spec', 'persistentVolumeClaimRetentionPolicy'];
  return ['whenDeleted', 'whenScaled'].flatMap(when => {
    const [old, fresh] = [before, after].map(({ body }) => valueAt(body, [...path, when]));
    if (fresh !== 'Delete' || old === 'Delete') return [];
    const fact = say('risks.claimsDeleted', { field: when, before: shown(old) });
    return [{ id: 'volume-changed', level: 'high', fact, remedy: say('risks.setRetain') }];
  });
};

/** What of a PersistentVolumeClaim or PersistentVolume may change: everything else is refused. */
export const judgeVolumes: Judge = ({ before, after }) => {
  if (!before || !after) return [];
  if (kindOf(after) === '/PersistentVolumeClaim') return claimRisks(before, after);
  if (kindOf(after) === '/PersistentVolume') return volumeRisks(before, after);
  return [];
};

const STORAGE = ['spec', 'resources', 'requests', 'storage'];

function claimRisks(before: Manifest, after: Manifest): Found[] {
  const spec = (manifest: Manifest, path: string): unknown => valueAt(manifest.body, ['spec', path]);
  const fixed = ['storageClassName', 'accessModes', 'volumeMode', 'selector', 'dataSource', 'dataSourceRef'];
  const preset = (path: string): unknown => (path === 'volumeMode' ? 'Filesystem' : undefined);
  const changed = fixed.filter(
    path => !isSame(spec(before, path) ?? preset(path), spec(after, path) ?? preset(path)),
  );
  // A name that is written later is that of the volume that is bound already.
  if (
    spec(before, 'volumeName') !== undefined &&
    !isSame(spec(before, 'volumeName'), spec(after, 'volumeName'))
  )
    changed.push('volumeName');
  const risks = changed.map(path => {
    const sides = { before: shown(spec(before, path)), after: shown(spec(after, path)) };
    const fact = say('risks.fieldImmutable', { path: `spec.${path}`, ...sides });
    return { id: 'immutable-field', level: 'fatal', fact, remedy: say('risks.moveTheData') } as const;
  });
  return [...risks, ...sizeRisks(before, after)];
}

function sizeRisks(before: Manifest, after: Manifest): Found[] {
  const [old, fresh] = [valueAt(before.body, STORAGE), valueAt(after.body, STORAGE)];
  const [was, is] = [quantityOf(old), quantityOf(fresh)];
  if (was === undefined || is === undefined || was === is) return [];
  const sides = { before: shown(old), after: shown(fresh) };
  return is < was
    ? [
        {
          id: 'volume-changed',
          level: 'fatal',
          fact: say('risks.volumeShrinks', sides),
          remedy: say('risks.moveTheData'),
        },
      ]
    : [
        {
          id: 'volume-changed',
          level: 'low',
          fact: say('risks.volumeGrows', sides),
          remedy: say('risks.classMustExpand'),
        },
      ];
}

const VOLUME_FREE = new Set([
  'capacity',
  'accessModes',
  'persistentVolumeReclaimPolicy',
  'mountOptions',
  'nodeAffinity',
  'claimRef',
  'storageClassName',
  'volumeAttributesClassName',
]);

function volumeRisks(before: Manifest, after: Manifest): Found[] {
  const source = ({ body }: Manifest): unknown =>
    Object.fromEntries(Object.entries(asMap(body['spec'])).filter(([key]) => !VOLUME_FREE.has(key)));
  if (isSame(source(before), source(after))) return [];
  const sides = { before: shown(source(before)), after: shown(source(after)) };
  const fact = say('risks.fieldImmutable', { path: 'spec', ...sides });
  return [{ id: 'immutable-field', level: 'fatal', fact, remedy: say('risks.moveTheData') }];
}
