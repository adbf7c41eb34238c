import { posix } from 'node:path';
import { asList, isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { pathFrom } from '../../repository/kustomization-paths.ts';
import type { YamlEdit } from '../../yaml/edit.ts';
import { without } from '../../deliveries/siblings/edits.ts';
import { draftData, editIn, draftText } from './draft.ts';
import type { DraftFiles, ReadApp } from './model.ts';

/** Takes out of a draft what delivers an app by now; the files that hold its values, and all else of it, stay. */
export function withoutDelivery(draft: DraftFiles, app: ReadApp): void {
  for (const file of app.gone) draft.delete(file);
  const { kustomization, use } = app;
  if (!kustomization || !draft.has(kustomization.file)) return;
  const { file, folder } = kustomization;
  const data = draftData(draft, file);
  if (use.delivery === 'kustomize') editIn(draft, file, withoutEntry(data, use.at.path[1]));
  if (use.delivery !== 'flux') return;
  const configurations = strippedConfigurations(draft, app, data);
  const isGone = (entry: unknown): boolean =>
    typeof entry === 'string' && [...app.gone, ...configurations].includes(pathFrom(folder, entry) ?? '');
  const isOther = (entry: unknown): boolean => !isGone(entry);
  editIn(draft, file, [
    ...emptied(without(data, ['resources'], isOther)),
    ...emptied(without(data, ['configurations'], isOther)),
    ...emptied(without(data, ['configMapGenerator'], generator => !isOfValues(app, generator))),
  ]);
  for (const each of configurations) draft.delete(each);
}

/** A list of which nothing is left goes with its key. */
function emptied(edits: readonly YamlEdit[]): YamlEdit[] {
  return edits.map(edit =>
    edit.kind === 'set' ? { kind: 'remove', path: edit.path, withComments: true } : edit,
  );
}

function withoutEntry(data: Record<string, unknown>, index: unknown): YamlEdit[] {
  const isAlone = asList(data['helmCharts']).length === 1;
  if (!isAlone) return [{ kind: 'remove', path: ['helmCharts', Number(index)], withComments: true }];
  const globals = data['helmGlobals'] === undefined ? [] : ['helmGlobals'];
  return ['helmCharts', ...globals].map(key => ({ kind: 'remove', path: [key], withComments: true }));
}

/** What makes a ConfigMap of the values of the release, and of nothing else. */
function isOfValues({ object }: ReadApp, generator: unknown): boolean {
  const names = recordsAt(object?.body, ['spec', 'valuesFrom']).flatMap(({ name }) => stringOf(name) ?? []);
  return isRecord(generator) && names.includes(stringOf(generator['name']) ?? '');
}

/** What tells kustomize that releases name ConfigMaps, where the release was the only one. */
function strippedConfigurations(
  draft: DraftFiles,
  { gone, kustomization }: ReadApp,
  data: unknown,
): string[] {
  const folder = kustomization?.folder ?? '.';
  const others = [...draft].some(
    ([file, content]) =>
      !gone.includes(file) &&
      posix.dirname(file).startsWith(folder) &&
      content.toString().includes('kind: HelmRelease') &&
      !content.toString().includes('nameReference'),
  );
  const listed = asList(valueAt(data, ['configurations'])).flatMap(entry =>
    typeof entry === 'string' ? (pathFrom(folder, entry) ?? []) : [],
  );
  return others
    ? []
    : listed.filter(file => file.startsWith(`${folder}/`) && /valuesFrom/.test(draftText(draft, file)));
}
