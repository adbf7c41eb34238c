import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type Judge } from './risk.ts';
import { podTemplateOf } from './values.ts';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'];

/** Pods that get hold of more of the node than they had: new ones too. */
export const judgePods: Judge = ({ before, after }) => {
  if (!after) return [];
  const had = new Set(before ? powersOf(before) : []);
  const powers = [...new Set(powersOf(after))].filter(power => !had.has(power));
  if (powers.length === 0) return [];
  const fact = say('risks.podsMay', { powers: powers.join(', ') });
  return [{ id: 'host-access', level: 'high', fact, remedy: say('risks.trustTheImage') }];
};

/** Each power by the word that a person would look for: `hostNetwork`, `privileged`, `hostPath /var/run`. */
function powersOf(manifest: Manifest): string[] {
  const pod = podTemplateOf(manifest);
  if (!pod) return [];
  const spec = valueAt(pod.template, ['spec']);
  const host = ['hostNetwork', 'hostPID', 'hostIPC'].filter(name => valueAt(spec, [name]) === true);
  const paths = recordsAt(spec, ['volumes']).flatMap(volume => {
    const path = stringOf(valueAt(volume, ['hostPath', 'path']));
    return path === undefined ? [] : [`hostPath ${path}`];
  });
  const containers = LISTS.flatMap(list => recordsAt(spec, [list]));
  const inherited = valueAt(spec, ['securityContext']);
  return [...host, ...paths, ...containers.flatMap(container => containerPowers(container, inherited))];
}

function containerPowers(container: Record<string, unknown>, inherited: unknown): string[] {
  const context = valueAt(container, ['securityContext']);
  const isRoot = (value: unknown): boolean => isRecord(value) && value['runAsUser'] === 0;
  const added = stringsAt(context, ['capabilities', 'add']).map(name => `capability ${name}`);
  return [
    ...(valueAt(context, ['privileged']) === true ? ['privileged'] : []),
    ...(isRoot(context) || (isRoot(inherited) && valueAt(context, ['runAsUser']) === undefined)
      ? ['runAsUser 0']
      : []),
    ...added,
  ];
}
