import { display } from '../../text/display.ts';
import { field, isDataMap, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import type { Manifest } from '../../repository/manifest.ts';

/** Whether two values are the same data, whatever the order of their keys. */
export function isSame(before: unknown, after: unknown): boolean {
  return canonical(before) === canonical(after);
}

/** JSON with its keys in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isDataMap(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

const MAX_VALUE = 100;

/** A value in a sentence, cut where it is long; `∅` where it is absent. */
export function shown(value: unknown): string {
  if (value === undefined) return '∅';
  const text = display(typeof value === 'string' ? value : canonical(value));
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

/** The pod template of a workload and where it stands; undefined for everything else. */
export function podTemplateOf({ kind, body }: Manifest): { path: string; template: unknown } | undefined {
  if (kind === 'Pod') return { path: '', template: body };
  const path = kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
  const template = valueAt(body, path);
  const isPod = isRecord(template) && isRecord(valueAt(template, ['spec'])) && isWorkload(kind);
  return isPod ? { path: `${path.join('.')}.`, template } : undefined;
}

function isWorkload(kind: string): boolean {
  return /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob)$/.test(kind);
}

/** An annotation of an object. */
function annotationOf({ body }: Manifest, name: string): string | undefined {
  const annotations = valueAt(body, ['metadata', 'annotations']);
  return isDataMap(annotations) ? stringOf(field(annotations, name)) : undefined;
}

/** Whether an Argo CD sync option such as `Prune=false` stands at the object. */
export function hasSyncOption(manifest: Manifest, option: string): boolean {
  const options = annotationOf(manifest, 'argocd.argoproj.io/sync-options') ?? '';
  return options.split(',').some(one => one.trim() === option);
}

/** The events at which Helm or Argo CD runs the object as a hook; undefined where it is none. */
export function hookOf(manifest: Manifest): string | undefined {
  return annotationOf(manifest, 'helm.sh/hook') ?? annotationOf(manifest, 'argocd.argoproj.io/hook');
}

const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A Kubernetes quantity as a number (`10Gi`, `500M`, `1e3`); undefined where it is none. */
export function quantityOf(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : stringOf(value);
  const [, number = '', unit = ''] =
    /^(\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?)([KMGTP]i|[mkMGTP])?$/.exec(text ?? '') ?? [];
  const factor = UNITS[unit];
  return number === '' || factor === undefined ? undefined : Number(number) * factor;
}
