import { isRecord } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Step } from '../../yaml/nodes.ts';
import { quantityOf, shown } from '../risks/values.ts';
import { absent, dotted, type Fault, isNegative, quantityFaults, wrong } from './fault.ts';

/** What a container asks for and may have: amounts of what there is, and none asked for above its limit. */
export function amountFaults(resources: unknown, from: readonly Step[]): Fault[] {
  if (!isRecord(resources)) return [];
  const [asked = {}, most = {}] = [resources['requests'], resources['limits']].map(each =>
    isRecord(each) ? each : {},
  );
  return [
    ...Object.entries({ requests: asked, limits: most }).flatMap(([list, amounts]) =>
      Object.entries(amounts).flatMap(([name, value]) => oneAmount(name, value, [...from, list, name])),
    ),
    ...Object.entries(asked).flatMap(([name, value]) =>
      isDevice(name) ? unequal(name, value, most[name], from) : aboveLimit(name, value, most[name], from),
    ),
  ];
}

const NAMES = /^(?:cpu|memory|ephemeral-storage|hugepages-.{1,20})$/;

/** What is no resource of Kubernetes itself: a device. */
function isDevice(name: string): boolean {
  return name.includes('/') && !/^(?:.{1,200}\.)?kubernetes\.io\//.test(name);
}

function oneAmount(name: string, value: unknown, path: readonly Step[]): Fault[] {
  if (value === null) return [];
  const amount = quantityOf(value);
  return [
    ...quantityFaults(value, path),
    ...(isNegative(value) ? [wrong(path, value, say('risks.ruleLeast', { least: 0 }))] : []),
    ...(NAMES.test(name) || name.includes('/') ? [] : [wrong(path, name, say('risks.ruleResource'))]),
    ...(isDevice(name) && amount !== undefined && !Number.isInteger(amount)
      ? [wrong(path, value, say('risks.ruleWhole'))]
      : []),
  ];
}

/** Devices are not shared out: the limit is what is asked for. */
function unequal(name: string, value: unknown, limit: unknown, from: readonly Step[]): Fault[] {
  if (limit === undefined || limit === null) return [absent([...from, 'limits', name])];
  const [want, have] = [quantityOf(value), quantityOf(limit)];
  return want === undefined || have === undefined || want === have
    ? []
    : [wrong([...from, 'requests', name], value, say('risks.ruleOneOf', { choices: shown(limit) }))];
}

function aboveLimit(name: string, value: unknown, limit: unknown, from: readonly Step[]): Fault[] {
  const [want, have] = [quantityOf(value), quantityOf(limit)];
  if (want === undefined || have === undefined || want <= have) return [];
  const path = [...from, 'requests', name];
  return [
    { path, fact: say('risks.aboveLimit', { path: dotted(path), value: shown(value), limit: shown(limit) }) },
  ];
}
