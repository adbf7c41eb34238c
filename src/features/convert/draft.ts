import { posix } from 'node:path';
import { type ChangeSet, createFile, deleteFile, joinAll, updateFile } from '../../change-set.ts';
import { isRecord } from '../../data/fields.ts';
import type { Kustomizations } from '../../deliveries/kustomizations.ts';
import { listEntries } from '../../deliveries/siblings/list-entry.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { isKustomization } from '../../repository/kustomization.ts';
import { pathFrom } from '../../repository/kustomization-paths.ts';
import type { Text } from '../../text/language.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import { listIndent } from '../../yaml/layout.ts';
import { readLocated, requireYaml } from '../../yaml/read.ts';
import type { DraftFiles, LayerText } from './model.ts';

/** The text of a file of a draft. */
export function draftText(draft: DraftFiles, file: string): string {
  return draft.get(file)?.toString() ?? '';
}

/** Edits a file of a draft. @throws UserError E_YAML_* */
export function editIn(draft: DraftFiles, file: string, edits: readonly YamlEdit[]): void {
  if (edits.length > 0) draft.set(file, editYaml(draftText(draft, file), file, edits));
}

/** The first document of a file of a draft. @throws UserError E_YAML_* */
export function draftData(draft: DraftFiles, file: string, document = 0): Record<string, unknown> {
  const data = requireYaml(draftText(draft, file), file).documents[document];
  return isRecord(data) ? data : {};
}

/** The number of the document that is an object of a kind; -1 for none. */
export function documentOf(text: string, kind: string): number {
  const result = readLocated(text);
  const documents = result.status === 'read' ? result.yaml.documents : [];
  return documents.findIndex(data => isRecord(data) && data['kind'] === kind);
}

/** Adds a file that is none yet. @throws UserError E_APP_EXISTS */
export function addFile(draft: DraftFiles, file: string, content: string | Buffer): void {
  if (draft.has(file))
    throw new UserError('E_APP_EXISTS', say('convert.thereAlready', { file }), {
      hint: say('convert.moveAside'),
      subject: file,
    });
  draft.set(file, content);
}

/** Where a layer of values stands as a file: where it does already, or in a new one of the folder. */
export function layerFile(draft: DraftFiles, folder: string, layer: LayerText, chart: string): string {
  if (layer.file !== undefined && draft.has(layer.file)) return layer.file;
  const base = posix.join(folder, 'values', chart);
  let file = `${base}.yaml`;
  for (let count = 2; draft.has(file); count++) file = `${base}-${count}.yaml`;
  draft.set(file, layer.text);
  return file;
}

/** Whoever lists some of the paths lists another one in their place; nothing in it where there is none. */
export function relist(
  draft: DraftFiles,
  kustomizations: Pick<Kustomizations, 'listers'>,
  { gone, next, except }: { gone: readonly string[]; next: string | undefined; except: string | undefined },
): void {
  const listers = gone.flatMap(path => kustomizations.listers(path));
  for (const file of new Set(listers.map(by => by.file))) {
    if (file === except || !draft.has(file)) continue;
    const folder = posix.dirname(file);
    const entries = resourcesIn(draft, file).flatMap((entry, index) =>
      gone.includes(pathFrom(folder, entry) ?? '') ? [index] : [],
    );
    editIn(
      draft,
      file,
      entries.toReversed().map(index => ({ kind: 'remove', path: ['resources', index], withComments: true })),
    );
    if (next !== undefined)
      editIn(draft, file, listEntries(draftData(draft, file), [posix.relative(folder, next)]));
  }
}

/** The usual order of what a conversion writes into a kustomization. */
const ORDER = [
  'apiVersion',
  'kind',
  'metadata',
  'namespace',
  'resources',
  'configMapGenerator',
  'configurations',
];

/** How a new list of a kustomization looks: like its resources, and behind the keys that come before it. */
export function newList(
  draft: DraftFiles,
  file: string,
  { indent = 2, order = ORDER }: { indent?: number; order?: readonly string[] } = {},
) {
  const own = listIndent(requireYaml(draftText(draft, file), file), 'resources');
  return { indent: own ?? indent, place: { order } };
}

/** A kustomization that names no namespace names the one that its app lands in: nobody else says it any more. */
export function placeNamespace(draft: DraftFiles, file: string, namespace: string): void {
  if (draftData(draft, file)['namespace'] !== undefined) return;
  const place = { order: ['apiVersion', 'kind', 'metadata', 'namespace'] };
  editIn(draft, file, [{ kind: 'put', path: ['namespace'], value: namespace, place }]);
}

/** Manifests right in a folder, which is deployed as it is while it has no kustomization. */
export function manifestsBeside(draft: DraftFiles, folder: string): string[] {
  return [...draft.keys()].filter(
    file =>
      posix.dirname(file) === folder &&
      /\.ya?ml$/.test(file) &&
      !isKustomization(file) &&
      isManifestText(draftText(draft, file)),
  );
}

/** Whether a text holds objects. */
export function isManifestText(text: string): boolean {
  return /^kind:/m.test(text) && !/^nameReference:/m.test(text);
}

/** The entries of `resources`, as they are written. */
export function resourcesIn(draft: DraftFiles, file: string): string[] {
  const list = draftData(draft, file)['resources'];
  return Array.isArray(list) ? list.map(entry => (typeof entry === 'string' ? entry : '')) : [];
}

/** What makes one state of the files of another, with why. */
export function changesBetween(
  before: DraftFiles,
  after: DraftFiles,
  { t, why }: { t(text: Text): string; why: Text },
): ChangeSet {
  const gone = t(say('convert.oldPlace'));
  const deleted = [...before].flatMap(([path, content]) =>
    after.has(path) ? [] : [deleteFile({ path, before: content, why: gone })],
  );
  const written = [...after].flatMap(([path, content]) => {
    const old = before.get(path);
    if (old === undefined) return [createFile({ path, content, why: t(why) })];
    return old === content ? [] : [updateFile({ path, content, before: old, why: t(why) })];
  });
  return joinAll([...written, ...deleted]);
}
