import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type Found, type Judge, kindOf } from './risk.ts';
import { podTemplateOf } from './values.ts';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'];

/** Pods that get hold of more of the node than they had: new ones too. */
export const judgePods: Judge = ({ before, after }) => {
  if (!after) return [];
  const had = new Set(before ? powersOf(before) : []);
  const loosened = before ? loosenedIn(before, after) : [];
  const powers = [...new Set([...powersOf(after), ...loosened])].filter(power => !had.has(power));
  if (powers.length === 0) return [];
  const fact = say('risks.podsMay', { powers: powers.join(', ') });
  return [{ id: 'host-access', level: 'high', fact, remedy: say('risks.trustTheImage') }];
};

/** Each power by the word that a person would look for: `hostNetwork`, `privileged`, `hostPath /var/run`. */
function powersOf(manifest: Manifest): string[] {
  const pod = podTemplateOf(manifest);
  if (!pod) return [];
  const spec = valueAt(pod.template, ['spec']);
  const host = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace'].filter(
    name => valueAt(spec, [name]) === true,
  );
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
    ...(valueAt(context, ['procMount']) === 'Unmasked' ? ['procMount Unmasked'] : []),
    ...(isUnconfined(context) || (isUnconfined(inherited) && !valueAt(context, ['seccompProfile']))
      ? ['seccompProfile Unconfined']
      : []),
    ...recordsAt(container, ['ports']).flatMap(({ hostPort }) =>
      typeof hostPort === 'number' && hostPort > 0 ? [`hostPort ${hostPort}`] : [],
    ),
    ...added,
  ];
}

function isUnconfined(context: unknown): boolean {
  return valueAt(context, ['seccompProfile', 'type']) === 'Unconfined';
}

/** What was held back and is not any more: the defaults allow it. */
function loosenedIn(before: Manifest, after: Manifest): string[] {
  const [old, fresh] = [before, after].map(manifest => valueAt(podTemplateOf(manifest)?.template, ['spec']));
  if (!old || !fresh) return [];
  const containers = LISTS.flatMap(list => recordsAt(fresh, [list]));
  const isHeld = (spec: unknown): boolean => valueAt(spec, ['automountServiceAccountToken']) === false;
  const may = (container: unknown): unknown =>
    valueAt(container, ['securityContext', 'allowPrivilegeEscalation']);
  const escalating = LISTS.flatMap(list => recordsAt(old, [list])).filter(container => {
    const same = containers.find(({ name }) => name === container['name']);
    return same && may(container) === false && may(same) !== false;
  });
  return [
    ...(isHeld(old) && !isHeld(fresh) ? ['automountServiceAccountToken'] : []),
    ...(escalating.length > 0 ? ['allowPrivilegeEscalation'] : []),
  ];
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const STANDARDS = ['privileged', 'baseline', 'restricted'];

/** Namespaces that admit pods which they refused. */
export const judgeNamespaces: Judge = ({ before, after }): Found[] => {
  if (!before || !after || kindOf(after) !== '/Namespace') return [];
  const level = ({ body }: Manifest): string =>
    stringOf(valueAt(body, ['metadata', 'labels', ENFORCE])) ?? 'privileged';
  const [old, fresh] = [level(before), level(after)];
  if (STANDARDS.indexOf(fresh) >= STANDARDS.indexOf(old)) return [];
  const fact = say('risks.podSecurityLower', { before: old, after: fresh });
  return [{ id: 'host-access', level: 'high', fact, remedy: say('risks.keepTheLabel') }];
};
