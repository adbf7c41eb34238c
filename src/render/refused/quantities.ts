import { isRecord, stringOf } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Step } from '../../yaml/nodes.ts';
import { quantityOf, shown } from '../risks/values.ts';
import { dotted, type Fault, wrong } from './fault.ts';

const FORM = /^[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,3})?$/;

/** An amount that is none, such as `1GB` or `10 Gi`. */
export function quantityFaults(value: unknown, path: readonly Step[]): Fault[] {
  const text = stringOf(value);
  return text === undefined || FORM.test(text) ? [] : [wrong(path, text, say('risks.ruleQuantity'))];
}

/** What a container asks for and may have: amounts, and none asked for above its limit. */
export function amountFaults(resources: unknown, from: readonly Step[]): Fault[] {
  if (!isRecord(resources)) return [];
  const [asked, most] = [resources['requests'], resources['limits']].map(each =>
    isRecord(each) ? each : {},
  );
  const forms = Object.entries({ requests: asked ?? {}, limits: most ?? {} }).flatMap(([list, amounts]) =>
    Object.entries(amounts).flatMap(([name, value]) => quantityFaults(value, [...from, list, name])),
  );
  return [
    ...forms,
    ...Object.entries(asked ?? {}).flatMap(([name, value]) => aboveLimit(name, value, most?.[name], from)),
  ];
}

function aboveLimit(name: string, value: unknown, limit: unknown, from: readonly Step[]): Fault[] {
  const [want, have] = [quantityOf(value), quantityOf(limit)];
  if (want === undefined || have === undefined || want <= have) return [];
  const path = [...from, 'requests', name];
  return [
    { path, fact: say('risks.aboveLimit', { path: dotted(path), value: shown(value), limit: shown(limit) }) },
  ];
}
