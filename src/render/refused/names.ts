import { isDataMap, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import type { Step } from '../../yaml/nodes.ts';
import { type Fault, held, wrong } from './fault.ts';

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const label = (most: number) => ({ pattern: LABEL, most, rule: say('risks.ruleLabel', { most }) });

/** A DNS subdomain, what names of most objects are. */
export const subdomain = (most = 253) => ({
  pattern: SUBDOMAIN,
  most,
  rule: say('risks.ruleSubdomain', { most }),
});

const FORMS: Readonly<Record<string, ReturnType<typeof subdomain>>> = {
  Service: label(63),
  Namespace: label(63),
  CronJob: subdomain(52),
  Job: subdomain(63),
};

/** Kinds of these groups may bear other names, such as `system:node`. */
const FREE =
  /^(?:rbac\.authorization\.k8s\.io|apiregistration\.k8s\.io|networking\.k8s\.io\/v1\w* IPAddress)/;

/** A name or a label that the API server does not take. */
export function nameFaults({ apiVersion, kind, body }: Manifest): Fault[] {
  const name = valueAt(body, ['metadata', 'name']);
  const form = FREE.test(`${apiVersion} ${kind}`) ? undefined : (FORMS[kind] ?? subdomain());
  return [
    ...(form ? held(['metadata', 'name'], name, form) : []),
    ...labelFaults(body, ['metadata', 'labels']),
    ...labelFaults(body, ['spec', 'template', 'metadata', 'labels']),
  ];
}

function labelFaults(body: unknown, path: readonly string[]): Fault[] {
  const labels = valueAt(body, path);
  if (!isDataMap(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) => [
    ...(isKey(key) ? [] : [wrong([...path, key], key, say('risks.ruleLabelKey'))]),
    ...held([...path, key], value, { pattern: LABEL_VALUE, most: 63, rule: say('risks.ruleLabelValue') }),
  ]);
}

function isKey(key: string): boolean {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const prefix = parts.length > 1 ? parts.slice(0, -1).join('/') : undefined;
  const isPrefixed = prefix === undefined || (prefix.length <= 253 && SUBDOMAIN.test(prefix));
  return isPrefixed && name.length <= 63 && QUALIFIED.test(name);
}

/** The key of a ConfigMap or a Secret. */
export function dataKeyFaults(body: unknown, fields: readonly string[]): Fault[] {
  return fields.flatMap(field => {
    const data = valueAt(body, [field]);
    const keys = isDataMap(data) ? Object.keys(data) : [];
    const odd = keys.filter(key => key.length > 253 || !/^[-._a-zA-Z0-9]+$/.test(key) || /^\.\.?$/.test(key));
    return odd.map(key => wrong([field, key] satisfies Step[], key, say('risks.ruleDataKey')));
  });
}
