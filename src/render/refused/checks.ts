import { isDataMap, isRecord, stringOf } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import type { Step } from '../../yaml/nodes.ts';
import {
  absent,
  type Body,
  dotted,
  exclusive,
  type Fault,
  type Form,
  held,
  label,
  labelFaults,
  quantityFaults,
  subdomain,
  within,
  wrong,
} from './fault.ts';

/** Judges one value of an object. */
type Check = (value: unknown, path: readonly Step[]) => Fault[];

/** Checks by where their values stand: `ports[].name`, `limits{}` for each value of a map. */
export type Checks = Readonly<Record<string, Check>>;

/** What the checks find below a value; what is absent or null is nobody's to judge. @param from the way to the value */
export function checked(value: unknown, checks: Checks, from: readonly Step[] = []): Fault[] {
  return Object.entries(checks).flatMap(([place, check]) =>
    valuesAt(value, place.split('.'), from).flatMap(found => check(found.value, found.path)),
  );
}

type Found = { value: unknown; path: readonly Step[] };

function valuesAt(value: unknown, [step, ...rest]: readonly string[], path: readonly Step[]): Found[] {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [{ value, path }];
  const name = step.replace(/(?:\[\]|\{\})$/, '');
  const inner = name === '' ? value : isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  const at = name === '' ? path : [...path, name];
  if (step === name) return valuesAt(inner, rest, at);
  const entries: [Step, unknown][] = step.endsWith('[]')
    ? Array.isArray(inner)
      ? [...(inner as unknown[]).entries()]
      : []
    : Object.entries(isDataMap(inner) ? inner : {});
  return entries.flatMap(([key, each]) => valuesAt(each, rest, [...at, key]));
}

/** One of these words; letters count. */
export const oneOf =
  (...choices: readonly string[]): Check =>
  (value, path) =>
    typeof value === 'string' && !choices.includes(value)
      ? [wrong(path, value, say('risks.ruleOneOf', { choices: choices.join(', ') }))]
      : [];

/** A number from one to another. */
export const between =
  (least: number, most = Infinity): Check =>
  (value, path) =>
    within(path, value, least, most);

/** Each of these fields has a value that is not empty. */
export const needs =
  (...names: readonly string[]): Check =>
  (value, path) =>
    isRecord(value) ? names.filter(name => isEmpty(value[name])).map(name => absent([...path, name])) : [];

/** Each of these fields, where it is there, is not empty: whether it may be absent, its schema says. */
export const filled =
  (...names: readonly string[]): Check =>
  (value, path) =>
    isRecord(value)
      ? names.filter(name => has(value, name) && isEmpty(value[name])).map(name => absent([...path, name]))
      : [];

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** Whether a field is there: null is none. */
export function has(value: Body, name: string): boolean {
  return value[name] !== undefined && value[name] !== null;
}

/** At most one of these fields stands here; at least one too, where `isNeeded`. */
export const single =
  (names: readonly string[], isNeeded = false): Check =>
  (value, path) => {
    if (!isRecord(value)) return [];
    const found = names.filter(name => has(value, name));
    if (found.length > 1) return [exclusive(path, found)];
    return isNeeded && found.length === 0 ? [noneOf(path, names)] : [];
  };

/** The field that goes with the `type` is there, if empty, and none of those that go with another. */
export const fieldOfType =
  (fields: Readonly<Record<string, string>>): Check =>
  (value, path) => {
    if (!isRecord(value)) return [];
    const type = stringOf(value['type']) ?? '';
    const own = fields[type];
    if (own === undefined) return oneOf(...Object.keys(fields))(type, [...path, 'type']);
    const others = Object.values(fields).filter(name => name !== own && has(value, name));
    const because = say('risks.besideType', { type });
    return [
      ...(has(value, own) ? [] : [absent([...path, own])]),
      ...others.map(name => forbidden([...path, name], because)),
    ];
  };

/** One of several fields would have to be there. */
export function noneOf(path: readonly Step[], names: readonly string[]): Fault {
  return { path, fact: say('risks.noneOfThese', { path: dotted(path), names: names.join(', ') }) };
}

/** Something that may not stand where it does, and why. */
export function forbidden(path: readonly Step[], because: Text): Fault {
  return { path, fact: say('risks.notHere', { path: dotted(path), because }) };
}

/** A text in a form. */
const formed =
  (form: Form): Check =>
  (value, path) =>
    held(path, value, form);

const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Whether a text may be the name of a port. */
export const isPortName = (name: string): boolean => name.length <= 15 && PORT_NAME.test(name);

/** A port's number or its name. */
export const portOrName: Check = (value, path) =>
  typeof value === 'string'
    ? isPortName(value)
      ? []
      : [wrong(path, value, say('risks.rulePort'))]
    : within(path, value, 1, 65_535);

/** A part of a DNS name. */
export const dnsLabel = formed(label());
/** A DNS name. */
export const dnsName = formed(subdomain());
/** A host of a route or an Ingress: a name, after `*.` if need be. */
export const hostName: Check = (value, path) => {
  if (typeof value !== 'string' || value === '') return [];
  return addressVersion(value) !== 0 || held(path, value.replace(/^\*\./, ''), subdomain()).length > 0
    ? [wrong(path, value, say('risks.ruleHost'))]
    : [];
};
/** A key of a ConfigMap or a Secret. */
export const dataKey = formed({
  pattern: /^(?!\.\.?$)[-._a-zA-Z0-9]+$/,
  most: 253,
  rule: say('risks.ruleDataKey'),
});
/** Labels, and what is matched with them. */
export const labels: Check = (value, path) => labelFaults(value, path);
/** An amount. */
export const quantity: Check = (value, path) => quantityFaults(value, path);

/** A number, or a part of a whole such as `25%`. */
export const share =
  (most = Infinity): Check =>
  (value, path) => {
    const rule = say('risks.ruleShare');
    if (typeof value === 'number') return value < 0 ? [wrong(path, value, rule)] : [];
    const part = typeof value === 'string' ? /^(\d{1,6})%$/.exec(value)?.[1] : '0';
    return part === undefined || Number(part) > most ? [wrong(path, value, rule)] : [];
  };

/** An address; `None` is one of a Service. */
export const address: Check = (value, path) =>
  typeof value === 'string' && value !== '' && value !== 'None' && addressVersion(value) === 0
    ? [wrong(path, value, say('risks.ruleAddress'))]
    : [];

/** A range of addresses as `10.0.0.0/8`. */
export const range: Check = (value, path) =>
  typeof value === 'string' && !isRange(value) ? [wrong(path, value, say('risks.ruleAddresses'))] : [];

function isRange(text: string): boolean {
  const [, start = '', bits = ''] = /^([^/]{1,50})\/(\d{1,3})$/.exec(text.trim()) ?? [];
  const version = addressVersion(start);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

/** A path from the root. */
export const absolutePath: Check = (value, path) =>
  typeof value === 'string' && !value.startsWith('/') ? [wrong(path, value, say('risks.ruleAbsolute'))] : [];

/** A path below a folder, without a way out of it. */
export const innerPath: Check = (value, path) => {
  const text = stringOf(value);
  const leaves = text !== undefined && (text.startsWith('/') || text.split('/').includes('..'));
  return leaves ? [wrong(path, text, say('risks.ruleInside'))] : [];
};

/** Bytes in base64. */
export const base64: Check = (value, path) => {
  const text = stringOf(value)?.replaceAll(/[\r\n]/g, '');
  const isOff = text !== undefined && (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text));
  return isOff ? [{ path, fact: say('risks.noBase64', { path: dotted(path) }) }] : [];
};

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** The expressions of a selector: `In` has values, `Exists` has none. @param more further operators, of one value each */
export const expressions =
  (...more: readonly string[]): Check =>
  (value, path) => {
    if (!isRecord(value)) return [];
    const operator = stringOf(value['operator']) ?? '';
    const count = Array.isArray(value['values']) ? value['values'].length : 0;
    if (![...OPERATORS, ...more].includes(operator))
      return oneOf(...OPERATORS, ...more)(operator, [...path, 'operator']);
    if (operator.endsWith('In') && count === 0) return [absent([...path, 'values'])];
    return /Exist/.test(operator) && count > 0
      ? [forbidden([...path, 'values'], say('risks.besideOperator', { operator }))]
      : [];
  };

/** What a selector may say. */
export const SELECTOR: Checks = { matchLabels: labels, 'matchExpressions[]': expressions() };

/** 4 or 6 for an IP address of that version; else 0. */
export function addressVersion(text: string): 0 | 4 | 6 {
  if (isFour(text)) return 4;
  const parts = text.length <= 45 ? text.split('::') : [];
  const [head = '', tail] = parts;
  const groups = [head, tail ?? ''].flatMap(part => (part === '' ? [] : part.split(':')));
  const last = groups.at(-1) ?? '';
  const count = groups.length + (isFour(last) ? 1 : 0);
  const isPlain = groups.every(
    (group, index) => /^[0-9a-fA-F]{1,4}$/.test(group) || (index === groups.length - 1 && isFour(group)),
  );
  return isPlain && parts.length <= 2 && (tail === undefined ? count === 8 : count < 8) ? 6 : 0;
}

function isFour(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** A profile of seccomp or AppArmor: that of the machine has a name, the others have none. */
export const profile: Check = (value, path) => {
  if (!isRecord(value)) return [];
  const isLocal = value['type'] === 'Localhost';
  const type = oneOf('Localhost', 'RuntimeDefault', 'Unconfined')(value['type'], [...path, 'type']);
  if (isLocal && !has(value, 'localhostProfile')) return [absent([...path, 'localhostProfile'])];
  return isLocal || !has(value, 'localhostProfile')
    ? type
    : [forbidden([...path, 'localhostProfile'], say('risks.besideType', { type: String(value['type']) }))];
};
