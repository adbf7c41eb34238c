import { stringOf, textMap, valueAt, isRecord, recordsAt } from '../../../data/fields.ts';
import { insideFrom } from '../../../repository/kustomization-paths.ts';
import type { Kustomization } from '../../../repository/kustomization.ts';
import { readLocated } from '../../../yaml/read.ts';
import type { AppFacts, ObjectFacts } from './app-facts.ts';

type Annotations = Readonly<Record<string, string>>;

/**
 * The annotations that an object comes out with: its own, and those that kustomizations around it add to all, or by a patch.
 * A patch whose target is a pattern counts as meant for the object: what may guard it is not called missing.
 */
export function annotationsOf(facts: AppFacts, object: ObjectFacts): Annotations {
  const around = facts.kustomizations.filter(({ folder }) => object.file.startsWith(`${folder}/`));
  return Object.assign(
    {},
    textMap(valueAt(object.body, ['metadata', 'annotations'])),
    ...around.flatMap(kustomization => [
      ...patched(facts, kustomization, object),
      textMap(kustomization.data['commonAnnotations']),
    ]),
  ) as Annotations;
}

/** The options of Argo CD's `sync-options` among annotations. */
export function syncOptionsIn(annotations: Annotations): ReadonlySet<string> {
  const written = annotations['argocd.argoproj.io/sync-options'] ?? '';
  return new Set(written.split(',').map(option => option.trim()));
}

function patched(facts: AppFacts, kustomization: Kustomization, object: ObjectFacts): Annotations[] {
  const { data, folder } = kustomization;
  const entries = ['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap(field => {
    const list = data[field];
    if (!Array.isArray(list)) return [];
    return list.map((each: unknown) => (typeof each === 'string' ? { path: each } : each)).filter(isRecord);
  });
  return entries.flatMap(entry => {
    const file = insideFrom(folder, stringOf(entry['path']) ?? '');
    const text = stringOf(entry['patch']) ?? (file === undefined ? undefined : facts.text(file));
    return text === undefined ? [] : annotationsIn(text, entry['target'], object);
  });
}

function annotationsIn(text: string, target: unknown, object: ObjectFacts): Annotations[] {
  const result = readLocated(text);
  if (result.status === 'unreadable') return [];
  return result.yaml.documents.flatMap(document => {
    if (Array.isArray(document)) return isMeant(target, object) ? operations(document) : [];
    const own = { kind: valueAt(document, ['kind']), name: valueAt(document, ['metadata', 'name']) };
    return isMeant(isRecord(target) ? target : own, object)
      ? [textMap(valueAt(document, ['metadata', 'annotations']))]
      : [];
  });
}

const PATTERN = /[.*+?^$()[\]|\\]/;

function isMeant(target: unknown, { kind, name }: ObjectFacts): boolean {
  const fits = (wanted: unknown, is: string): boolean =>
    typeof wanted !== 'string' || wanted === is || PATTERN.test(wanted);
  return isRecord(target) && fits(target['kind'], kind) && fits(target['name'], name);
}

const AT = '/metadata/annotations';

function operations(list: readonly unknown[]): Annotations[] {
  return recordsAt({ list }, ['list']).flatMap(({ op, path, value }) => {
    if (op === 'remove' || typeof path !== 'string') return [];
    if (path === AT) return [textMap(value)];
    const key = path.startsWith(`${AT}/`) ? path.slice(AT.length + 1) : undefined;
    return key === undefined ? [] : [textMap({ [key.replaceAll('~1', '/').replaceAll('~0', '~')]: value })];
  });
}
