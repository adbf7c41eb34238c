import { asList, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import { pathFrom } from '../../repository/kustomization-paths.ts';
import { readLocated } from '../../yaml/read.ts';
import { inside, type ValuesPlace } from '../chart-use.ts';
import type { LocatedObject } from '../located-object.ts';
import { addedValuesFrom, type Patch } from './patches.ts';

type Context = {
  release: LocatedObject;
  /** The kustomizations that build the release, and those around its file. */
  builds: readonly Kustomization[];
  patches: readonly Patch[];
  configMaps: readonly LocatedObject[];
};

/** Where the values of a release stand: `valuesFrom` in its order, then `values`, each with what patches add. */
export function releaseValues({ release, patches, ...context }: Context): ValuesPlace[] {
  const own = asList(valueAt(release.body, ['spec', 'valuesFrom']));
  const added = patches.flatMap(patch => patchedValuesFrom(patch));
  const from = [...own, ...added].flatMap(entry => placesFrom({ release, patches, ...context }, entry));
  const objects = [release, ...patches.flatMap(patch => (patch.kind === 'object' ? [patch.object] : []))];
  const maps: ValuesPlace[] = objects.flatMap(object =>
    isRecord(valueAt(object.body, ['spec', 'values']))
      ? [{ kind: 'map', at: inside(object.at, 'spec', 'values') }]
      : [],
  );
  const texts: ValuesPlace[] = patches.flatMap(patch =>
    patch.kind === 'text' && /\/spec\/values\b|\bvalues:/.test(patch.text)
      ? [{ kind: 'opaque', what: `a patch in ${patch.file}` }]
      : [],
  );
  return [...from, ...maps, ...texts];
}

function patchedValuesFrom(patch: Patch): unknown[] {
  if (patch.kind === 'object') return [...asList(valueAt(patch.object.body, ['spec', 'valuesFrom']))];
  const result = readLocated(patch.text);
  return result.status === 'read' ? addedValuesFrom(result.yaml.documents[0]) : [];
}

function placesFrom(context: Context, entry: unknown): ValuesPlace[] {
  const [kind, name, key = 'values.yaml', target] = ['kind', 'name', 'valuesKey', 'targetPath'].map(field =>
    stringOf(valueAt(entry, [field])),
  );
  if (name === undefined) return [];
  const opaque: ValuesPlace = { kind: 'opaque', what: `${kind ?? 'ConfigMap'} ${name}` };
  if (kind !== 'ConfigMap' || target !== undefined) return [opaque];
  const files = context.builds.flatMap(build => generatedFrom(build, name, key));
  if (files.length > 0) return files;
  const map = context.configMaps.find(
    object => object.name === name && typeof valueAt(object.body, ['data', key]) === 'string',
  );
  return map ? [{ kind: 'text', at: inside(map.at, 'data', key) }] : [opaque];
}

/** `files: [values.yaml=values/x.yaml]`, or a file whose own name is the key. */
function generatedFrom({ data, file, folder }: Kustomization, name: string, key: string): ValuesPlace[] {
  return asList(data['configMapGenerator']).flatMap((generator, index) => {
    if (!isRecord(generator) || generator['name'] !== name) return [];
    return asList(generator['files']).flatMap((entry, position): ValuesPlace[] => {
      const written = typeof entry === 'string' ? fileOf(entry, key) : undefined;
      if (written === undefined || typeof entry !== 'string') return [];
      const at = { file, document: 0, path: ['configMapGenerator', index, 'files', position] };
      const prefix = entry.slice(0, entry.length - written.length);
      const path = pathFrom(folder, written) ?? written;
      return [{ kind: 'file', path, reference: { at, prefix, folder, written }, via: 'configMap' }];
    });
  });
}

function fileOf(entry: string, key: string): string | undefined {
  const at = entry.indexOf('=');
  if (at >= 0) return entry.slice(0, at) === key ? entry.slice(at + 1) : undefined;
  return entry.slice(entry.lastIndexOf('/') + 1) === key ? entry : undefined;
}
