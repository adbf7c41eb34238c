import { posix } from 'node:path';
import { asList, stringOf, valueAt } from '../../data/fields.ts';
import { listEntries } from '../../deliveries/siblings/list-entry.ts';
import { put, setUnless } from '../../deliveries/siblings/edits.ts';
import type { Emission, EmittedFile } from '../../deliveries/siblings/emission.ts';
import { replaceValuesAt } from '../../deliveries/values-at.ts';
import { isKustomization } from '../../repository/kustomization.ts';
import { printYaml } from '../../yaml/print.ts';
import type { YamlEdit } from '../../yaml/edit.ts';
import {
  addFile,
  draftData,
  documentOf,
  editIn,
  layerFile,
  manifestsBeside,
  newList,
  placeNamespace,
  resourcesIn,
  draftText,
} from './draft.ts';
import { valuesForManifest } from './read-layers.ts';
import type { DraftFiles, LayerText, ReadApp, WrittenApp } from './model.ts';

/** Writes an app as a HelmRelease with its source, into the kustomization that it has or into that of its siblings' form. */
export function toFlux(draft: DraftFiles, app: ReadApp, emission: Omit<Emission, 'notes'>): WrittenApp {
  const { folder } = app;
  const files = emission.files.filter(
    ({ text, what }) => what === 'manifest' && !/^kind: Namespace$/m.test(text),
  );
  const lists = files.filter(({ path }) => isKustomization(path));
  const others = files.filter(({ path, text }) => !isKustomization(path) && !/^nameReference:/m.test(text));
  for (const { path, text } of others) addFile(draft, path, text);
  const file = app.kustomization?.file ?? posix.join(folder, 'kustomization.yaml');
  const own = lists.find(({ path }) => posix.dirname(path) === folder);
  const emitted = others.map(({ path }) => path);
  const inside = emitted.filter(path => path.startsWith(`${folder}/`));
  const beside = draft.has(file) ? [] : manifestsBeside(draft, folder);
  if (!draft.has(file)) addFile(draft, file, emptyList(app, own));
  listFiles(draft, file, [...new Set([...beside, ...inside])]);
  const release = others.find(({ text }) => documentOf(text, 'HelmRelease') >= 0)?.path ?? '';
  const place: ReleasePlace = {
    file: release,
    document: documentOf(draftText(draft, release), 'HelmRelease'),
    list: file,
  };
  placeNames(draft, app, place);
  placeSettings(draft, app, place);
  placeValues(draft, app, place);
  const units = [{ kind: 'folder' as const, path: folder }];
  return { home: emission.home, folder, units, at: release, emitted };
}

type ReleasePlace = { file: string; document: number; /** The kustomization that lists it. */ list: string };

/** The kustomization of a sibling with nothing in it, in the namespace of the app. */
function emptyList({ release }: ReadApp, own: EmittedFile | undefined): string {
  const text =
    own?.text ??
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: ${printYaml(release.namespace)}\n`;
  const draft: DraftFiles = new Map([['own', text]]);
  const data = draftData(draft, 'own');
  const gone = ['resources', 'configMapGenerator', 'configurations'].filter(key => data[key] !== undefined);
  editIn(draft, 'own', [
    ...gone.map((key): YamlEdit => ({ kind: 'remove', path: [key], withComments: true })),
    ...setUnless(data, ['namespace'], release.namespace),
  ]);
  return draftText(draft, 'own');
}

function listFiles(draft: DraftFiles, file: string, paths: readonly string[]): void {
  const folder = posix.dirname(file);
  const known = new Set(resourcesIn(draft, file));
  const entries = paths.map(path => posix.relative(folder, path)).filter(entry => !known.has(entry));
  const data = draftData(draft, file);
  if (asList(data['resources']).length === 0)
    editIn(draft, file, [{ kind: 'put', path: ['resources'], value: entries }]);
  else
    editIn(
      draft,
      file,
      listEntries(data, entries, { isSibling: entry => !entry.replace(/^\.\//, '').includes('/') }),
    );
}

/** The namespace of the release is that of its kustomization, unless it says another one itself. */
function placeNames(
  draft: DraftFiles,
  { release }: ReadApp,
  { file, document, list: by }: ReleasePlace,
): void {
  placeNamespace(draft, by, release.namespace);
  const around = stringOf(draftData(draft, by)['namespace']);
  const data = draftData(draft, file, document);
  const name = stringOf(valueAt(data, ['metadata', 'name']));
  const isElsewhere = around !== release.namespace;
  const edits: YamlEdit[] = [
    ...(isElsewhere ? put(data, ['spec', 'targetNamespace'], release.namespace) : []),
    ...(isElsewhere || name !== release.name ? put(data, ['spec', 'releaseName'], release.name) : []),
  ];
  editIn(
    draft,
    file,
    edits.map(edit => ({ ...edit, document })),
  );
}

/** Without a policy for upgrades, Flux never upgrades what a chart defines. */
function placeSettings(draft: DraftFiles, { settings }: ReadApp, { file, document }: ReleasePlace): void {
  const crds = settings.crds ? 'CreateReplace' : 'Skip';
  const wanted: [path: string[], value: unknown][] = [
    [['install', 'crds'], crds],
    [['upgrade', 'crds'], crds],
    ...(settings.hooks ? [] : both('disableHooks')),
    ...(settings.skipsSchema ? both('disableSchemaValidation') : []),
    ...(settings.createsNamespace ? [[['install', 'createNamespace'], true] as [string[], unknown]] : []),
    ...(settings.tests ? [[['test', 'enable'], true] as [string[], unknown]] : []),
  ];
  for (const [path, value] of wanted) {
    const edits = put(draftData(draft, file, document), ['spec', ...path], value);
    editIn(
      draft,
      file,
      edits.map(edit => ({ ...edit, document })),
    );
  }
}

function both(field: string): [path: string[], value: unknown][] {
  return ['install', 'upgrade'].map(step => [[step, field], true]);
}

/** Values that stand in files stay there, and a ConfigMap is made of them; the uppermost stand in the release. */
function placeValues(draft: DraftFiles, app: ReadApp, place: ReleasePlace): void {
  const { file, document } = place;
  const data = draftData(draft, file, document);
  const present = ['values', 'valuesFrom'].filter(key => valueAt(data, ['spec', key]) !== undefined);
  editIn(
    draft,
    file,
    present.map(key => ({ kind: 'remove', document, path: ['spec', key], withComments: true })),
  );
  const last = app.layers.at(-1);
  const isInline = last !== undefined && last.file === undefined;
  const below = isInline ? app.layers.slice(0, -1) : app.layers;
  if (below.length > 0) placeFiles(draft, app, place, below);
  if (isInline && saysSomething(last.text)) inline(draft, place, last.text);
}

function saysSomething(text: string): boolean {
  return /^[^\s#{]/m.test(text);
}

function inline(draft: DraftFiles, { file, document }: ReleasePlace, text: string): void {
  editIn(draft, file, [{ kind: 'put', document, path: ['spec', 'values'], value: { placeholder: true } }]);
  const at = { file, document, path: ['spec', 'values'] };
  draft.set(
    file,
    replaceValuesAt(draftText(draft, file), { kind: 'map', at }, valuesForManifest(text, file)),
  );
}

const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

/** A copy of defaults holds `${…}` that is none of Flux's. */
function placeFiles(
  draft: DraftFiles,
  { folder, chart, name }: ReadApp,
  { file, document, list: by }: ReleasePlace,
  layers: readonly LayerText[],
): void {
  const map = `${name}-values`;
  const keys = layers.map((_, index) => (index === 0 ? 'values.yaml' : `values-${index + 1}.yaml`));
  const files = layers.map((layer, index) => {
    const path = posix.relative(folder, layerFile(draft, folder, layer, chart.name));
    return `${keys[index]}=${path}`;
  });
  const generator = { name: map, files, options: { annotations: { [SUBSTITUTE]: 'disabled' } } };
  const configuration = configurationFile(draft, folder);
  const list = newList(draft, by);
  editIn(draft, by, [
    { kind: 'add', path: ['configMapGenerator'], items: [generator], list },
    { kind: 'add', path: ['configurations'], items: [posix.relative(folder, configuration)], list },
  ]);
  const from = keys.map((key, index) => ({
    kind: 'ConfigMap',
    name: map,
    ...(index === 0 ? {} : { valuesKey: key }),
  }));
  editIn(draft, file, [{ kind: 'put', document, path: ['spec', 'valuesFrom'], value: from }]);
}

/** Tells kustomize where releases name ConfigMaps, so that a change of the values is one of the release. */
function configurationFile(draft: DraftFiles, folder: string): string {
  let file = posix.join(folder, 'kustomizeconfig.yaml');
  for (let count = 2; draft.has(file); count++) file = posix.join(folder, `kustomizeconfig-${count}.yaml`);
  draft.set(
    file,
    `${printYaml({
      nameReference: [
        {
          kind: 'ConfigMap',
          version: 'v1',
          fieldSpecs: [{ path: 'spec/valuesFrom/name', kind: 'HelmRelease' }],
        },
      ],
    })}\n`,
  );
  return file;
}
