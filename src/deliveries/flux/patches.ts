import { asList, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import { insideFrom } from '../../repository/kustomization-paths.ts';
import type { RepositoryText } from '../../repository/model.ts';
import type { LocatedObject } from '../located-object.ts';
import { selects } from './selector.ts';

/** What a kustomization lays over an object. */
export type Patch =
  /** Another object, in a file of its own. */
  | { kind: 'object'; by: Kustomization; object: LocatedObject }
  /** Operations of RFC 6902, or anything written right in the kustomization: read, but not edited. */
  | { kind: 'text'; by: Kustomization; file: string; text: string };

type Sources = { text: RepositoryText; byFile: ReadonlyMap<string, readonly LocatedObject[]> };

/** The patches of a kustomization that meet an object. */
export function patchesOn(object: LocatedObject, by: Kustomization, sources: Sources): Patch[] {
  const named = asList(by.data['patches']).flatMap(entry => readEntry(entry, object, by, sources));
  const strategic = asList(by.data['patchesStrategicMerge']).flatMap(entry =>
    typeof entry === 'string' ? readPatch(entry, undefined, object, by, sources) : [],
  );
  return [...named, ...strategic];
}

function readEntry(entry: unknown, object: LocatedObject, by: Kustomization, sources: Sources): Patch[] {
  if (!isRecord(entry)) return [];
  const target = isRecord(entry['target']) ? entry['target'] : undefined;
  if (target && !selects(target, object)) return [];
  const { path, patch } = entry;
  return [path, patch].flatMap(source =>
    typeof source === 'string' ? readPatch(source, target, object, by, sources) : [],
  );
}

function readPatch(
  source: string,
  target: Record<string, unknown> | undefined,
  object: LocatedObject,
  by: Kustomization,
  { text, byFile }: Sources,
): Patch[] {
  const isInline = /\n|^\s*[{[]/.test(source);
  const file = isInline ? undefined : insideFrom(by.folder, source);
  if (isInline)
    return meets(source, target, object) ? [{ kind: 'text', by, file: by.file, text: source }] : [];
  if (file === undefined) return [];
  const objects = (byFile.get(file) ?? []).filter(
    own => own.kind === object.kind && (target !== undefined || own.name === object.name),
  );
  if (objects.length > 0) return objects.map(own => ({ kind: 'object', by, object: own }));
  const content = text.get(file) ?? '';
  return meets(content, target, object) ? [{ kind: 'text', by, file, text: content }] : [];
}

/** Whether a text is for this object: by its target, or by what it names itself. */
function meets(text: string, target: unknown, { kind, name }: LocatedObject): boolean {
  if (target !== undefined) return text !== '';
  return text.includes(`kind: ${kind}`) && text.includes(name);
}

/** The entries that operations append to `spec.valuesFrom`, as data. */
export function addedValuesFrom(operations: unknown): unknown[] {
  return asList(operations).flatMap(operation =>
    /^\/spec\/valuesFrom(?:\/(?:-|\d+))?$/.test(stringOf(valueAt(operation, ['path'])) ?? '')
      ? [valueAt(operation, ['value'])].flat()
      : [],
  );
}
