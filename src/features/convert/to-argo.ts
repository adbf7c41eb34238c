import { posix } from 'node:path';
import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { put } from '../../deliveries/siblings/edits.ts';
import type { Emission } from '../../deliveries/siblings/emission.ts';
import { replaceValuesAt } from '../../deliveries/values-at.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { Step } from '../../yaml/nodes.ts';
import type { YamlEdit } from '../../yaml/edit.ts';
import { addFile, draftData, documentOf, editIn, layerFile, draftText } from './draft.ts';
import type { DraftFiles, ReadApp, WrittenApp } from './model.ts';
import { valuesForManifest } from './read-layers.ts';
import { buildsNothing } from './to-kustomize.ts';

/**
 * Writes an app as an Application. What else the app has stays in its folder, which the Application takes as another source.
 * @throws UserError E_VALUE where that needs the address of this repository and nobody knows it
 */
export function toArgo(
  draft: DraftFiles,
  app: ReadApp,
  { emission, ownUrl }: { emission: Omit<Emission, 'notes'>; ownUrl: string | undefined },
): WrittenApp {
  const [manifest] = emission.files.filter(({ text }) => documentOf(text, 'Application') >= 0);
  const file = manifest?.path ?? posix.join(app.group, `${app.name}.yaml`);
  addFile(draft, file, manifest?.text ?? '');
  const place: Place = { file, document: documentOf(draftText(draft, file), 'Application') };
  const builds = keepsFolder(draft, app);
  const isFiled = ownUrl !== undefined && app.layers.some(layer => layer.file !== undefined);
  const files = isFiled ? filesOf(draft, app) : [];
  const beside = builds || files.length > 0;
  if (beside && ownUrl === undefined) throw noUrl(app);
  const own = {
    repoURL: ownUrl ?? '',
    targetRevision: 'HEAD',
    ...(builds ? { path: app.folder } : {}),
    ...(files.length > 0 ? { ref: 'values' } : {}),
  };
  const at = placeSources(draft, place, beside ? own : undefined);
  placeNames(draft, app, place, at);
  placeSettings(draft, app, place, at);
  placeValues(draft, app, { place, at, files });
  if (!beside) leaveFolder(draft, app);
  return {
    home: file,
    folder: builds ? app.folder : undefined,
    units: [{ kind: 'file', path: file }, ...(builds ? [{ kind: 'folder' as const, path: app.folder }] : [])],
    at: file,
    emitted: [file],
  };
}

type Place = { file: string; document: number };

function noUrl({ folder }: ReadApp): UserError {
  return new UserError('E_VALUE', say('convert.noOwnUrl', { folder }), {
    hint: say('convert.nameRemote'),
    subject: folder,
  });
}

/** A kustomization that builds nothing any more goes; whether one stays. */
function keepsFolder(draft: DraftFiles, { kustomization }: ReadApp): boolean {
  if (!kustomization || !draft.has(kustomization.file)) return false;
  if (!buildsNothing(draftData(draft, kustomization.file))) return true;
  draft.delete(kustomization.file);
  return false;
}

/** All but the uppermost layer, where that stands in no file. */
function filesOf(draft: DraftFiles, { layers, folder, chart }: ReadApp): string[] {
  const isInline = layers.at(-1)?.file === undefined;
  return (isInline ? layers.slice(0, -1) : layers).map(layer => layerFile(draft, folder, layer, chart.name));
}

/** The chart is the first of several sources where there are others; the way to it. */
function placeSources(draft: DraftFiles, { file, document }: Place, other: object | undefined): Step[] {
  const data = draftData(draft, file, document);
  const several = valueAt(data, ['spec', 'sources']);
  const source = Array.isArray(several)
    ? several.find(each => isRecord(each) && each['chart'] !== undefined)
    : valueAt(data, ['spec', 'source']);
  if (!other && !Array.isArray(several)) return ['spec', 'source'];
  // What is read has no prototype, and what is written is compared with it.
  const sources = [structuredClone(source), ...(other ? [other] : [])];
  const edits: YamlEdit[] = Array.isArray(several)
    ? [{ kind: 'set', document, path: ['spec', 'sources'], value: sources }]
    : [
        { kind: 'remove', document, path: ['spec', 'source'], withComments: true },
        {
          kind: 'add',
          document,
          path: ['spec', 'sources'],
          items: sources,
          list: { indent: 2, place: { order: ['project', 'sources', 'destination', 'syncPolicy'] } },
        },
      ];
  editIn(draft, file, edits);
  return ['spec', 'sources', 0];
}

function helmAt(data: Record<string, unknown>, at: readonly Step[]): Record<string, unknown> {
  const helm = [...at, 'helm'].reduce<unknown>(
    (inner, step) => (Array.isArray(inner) ? inner[Number(step)] : isRecord(inner) ? inner[step] : undefined),
    data,
  );
  return isRecord(helm) ? helm : {};
}

function placeNames(
  draft: DraftFiles,
  { release }: ReadApp,
  { file, document }: Place,
  at: readonly Step[],
): void {
  const data = draftData(draft, file, document);
  const edits = put(data, ['spec', 'destination', 'namespace'], release.namespace);
  editIn(
    draft,
    file,
    edits.map(edit => ({ ...edit, document })),
  );
  const name = stringOf(valueAt(data, ['metadata', 'name']));
  const said = stringOf(helmAt(data, at)['releaseName']);
  if ((said ?? name) !== release.name)
    editIn(draft, file, [
      { kind: 'put', document, path: [...at, 'helm', 'releaseName'], value: release.name },
    ]);
}

function placeSettings(
  draft: DraftFiles,
  { settings }: ReadApp,
  { file, document }: Place,
  at: readonly Step[],
): void {
  const helm = helmAt(draftData(draft, file, document), at);
  const wanted: [key: string, value: unknown][] = [
    ['skipCrds', settings.crds ? undefined : true],
    ['skipSchemaValidation', settings.skipsSchema ? true : undefined],
    ['kubeVersion', settings.kubeVersion],
    ['apiVersions', settings.apiVersions.length > 0 ? settings.apiVersions : undefined],
  ];
  const edits = wanted.flatMap(([key, value]): YamlEdit[] => {
    const path = [...at, 'helm', key];
    if (value !== undefined) return [{ kind: 'put', document, path, value }];
    return helm[key] === undefined ? [] : [{ kind: 'remove', document, path }];
  });
  editIn(draft, file, edits);
}

type Values = { place: Place; at: readonly Step[]; files: readonly string[] };

/** Files of this repository by their name; what stands in none as the text that it is, or as a map where siblings have one. */
function placeValues(draft: DraftFiles, app: ReadApp, { place, at, files }: Values): void {
  const { file, document } = place;
  const helm = helmAt(draftData(draft, file, document), at);
  const isMap = isRecord(helm['valuesObject']);
  const gone = ['valueFiles', 'values', 'valuesObject'].filter(key => helm[key] !== undefined);
  editIn(
    draft,
    file,
    gone.map(key => ({ kind: 'remove', document, path: [...at, 'helm', key], withComments: true })),
  );
  if (files.length > 0) {
    const value = files.map(each => `$values/${each}`);
    editIn(draft, file, [{ kind: 'put', document, path: [...at, 'helm', 'valueFiles'], value }]);
  }
  const rest = app.layers.slice(files.length);
  if (rest.length > 1) throw noUrl(app);
  const [last] = rest;
  if (last && /^[^\s#{]/m.test(last.text))
    inline(draft, place, { at, text: last.text, isMap: isMap && last.file === undefined });
}

function inline(
  draft: DraftFiles,
  { file, document }: Place,
  { at, text, isMap }: { at: readonly Step[]; text: string; isMap: boolean },
): void {
  const path = [...at, 'helm', isMap ? 'valuesObject' : 'values'];
  editIn(draft, file, [{ kind: 'put', document, path, value: isMap ? { placeholder: true } : text }]);
  if (isMap)
    draft.set(
      file,
      replaceValuesAt(
        draftText(draft, file),
        { kind: 'map', at: { file, document, path } },
        valuesForManifest(text, file),
      ),
    );
}

/** The folder of which nothing is taken any more goes, with the values that stand in the Application now. */
function leaveFolder(draft: DraftFiles, { folder, layers, kustomization }: ReadApp): void {
  for (const { file } of layers) if (file?.startsWith(`${folder}/`)) draft.delete(file);
  if (kustomization) draft.delete(posix.join(folder, '.gitignore'));
}
