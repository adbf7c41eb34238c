import { isDataMap, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type Fault, type Form, held, isKey, label, labelFaults, subdomain, wrong } from './fault.ts';

const FORMS: Readonly<Record<string, Form>> = {
  Service: label(63),
  Namespace: label(63),
  CronJob: subdomain(52),
  Job: subdomain(63),
};

/** Kinds of these groups may bear other names, such as `system:node`. */
const FREE =
  /^(?:rbac\.authorization\.k8s\.io|apiregistration\.k8s\.io|networking\.k8s\.io\/v1\w* IPAddress)/;
/** What becomes a part of an address. */
const SEGMENT = { pattern: /^(?!\.\.?$)[^/%]+$/, most: 253, rule: say('risks.ruleSegment') };

/** A name, a label or an annotation that the API server does not take. */
export function nameFaults({ apiVersion, kind, body }: Manifest): Fault[] {
  const name = valueAt(body, ['metadata', 'name']);
  const form = FREE.test(`${apiVersion} ${kind}`) ? SEGMENT : (FORMS[kind] ?? subdomain());
  return [
    ...held(['metadata', 'name'], name, form),
    ...held(['metadata', 'namespace'], valueAt(body, ['metadata', 'namespace']), label(63)),
    ...METADATA.flatMap(path => metadataFaults(valueAt(body, path), path)),
  ];
}

const METADATA = [
  ['metadata'],
  ['spec', 'template', 'metadata'],
  ['spec', 'jobTemplate', 'metadata'],
  ['spec', 'jobTemplate', 'spec', 'template', 'metadata'],
];

function metadataFaults(metadata: unknown, path: readonly string[]): Fault[] {
  return [
    ...labelFaults(valueAt(metadata, ['labels']), [...path, 'labels']),
    ...annotationFaults(valueAt(metadata, ['annotations']), [...path, 'annotations']),
    ...stringsAt(metadata, ['finalizers'])
      .filter(name => !isKey(name))
      .map(name => wrong([...path, 'finalizers'], name, say('risks.ruleLabelKey'))),
  ];
}

const MOST_ANNOTATIONS = 262_144;

function annotationFaults(annotations: unknown, path: readonly string[]): Fault[] {
  if (!isDataMap(annotations)) return [];
  const entries = Object.entries(annotations);
  const odd = entries.filter(([key]) => !isKey(key.toLowerCase()));
  const count = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(stringOf(value) ?? ''),
    0,
  );
  const tooLong = { path: path.join('.'), count, most: MOST_ANNOTATIONS };
  return [
    ...odd.map(([key]) => wrong([...path, key], key, say('risks.ruleLabelKey'))),
    ...(count > MOST_ANNOTATIONS ? [{ path, fact: say('risks.tooLong', tooLong) }] : []),
  ];
}
