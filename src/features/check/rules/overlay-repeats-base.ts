import { isSameData, isRecord, stringOf } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';
import { namedBases } from '../../../repository/bases.ts';
import type { Kustomization } from '../../../repository/kustomization.ts';
import { parseManifests, type Manifest } from '../../../repository/manifest.ts';
import type { Text } from '../../../text/language.ts';
import { readLocated } from '../../../yaml/read.ts';
import type { Step } from '../../../yaml/nodes.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import type { AppRule } from '../rule.ts';

/** What an overlay says again stays behind when the base moves on. */
export const overlayRepeatsBase: AppRule = {
  scope: 'app',
  severity: 'note',
  title: say('rules.overlayRepeatsBase'),
  check: facts => {
    const { root } = facts;
    const [only, ...others] = root && !facts.isPart ? namedBases(root, facts.text) : [];
    const base = others.length === 0 ? only?.base : undefined;
    if (!root || !base) return [];
    return [...repeatedEntries(root, base), ...repeatedPatches(facts, root, base)].map(({ steps, what }) => ({
      ...root.at(...steps),
      message: say('rules.sayOverlayRepeatsBase', { what, base: base.folder }),
      hint: say('rules.hintOverlayRepeatsBase'),
    }));
  },
};

type Repeated = { steps: Step[]; what: Text | string };

/** Entries of `images` and `replicas` that the base has as they are. */
function repeatedEntries(root: Kustomization, base: Kustomization): Repeated[] {
  return (['images', 'replicas'] as const).flatMap(key =>
    listOf(root.data[key]).flatMap((entry, index) => {
      const isThere = listOf(base.data[key]).some(other => isSameData(entry, other));
      const name = isRecord(entry) ? stringOf(entry['name']) : undefined;
      return isThere && name !== undefined ? [{ steps: [key, index], what: `${key}: ${name}` }] : [];
    }),
  );
}

/** Patches that set nothing but what the base's own object has, where nothing between them changes it. */
function repeatedPatches(facts: AppFacts, root: Kustomization, base: Kustomization): Repeated[] {
  if (CHANGING.some(key => key in base.data)) return [];
  const objects = objectsOf(base, facts);
  const patches = listOf(root.data['patches']);
  return patches.flatMap((entry, index) => {
    const patch = patchIn(facts, root.folder, entry);
    if (!patch) return [];
    const target = objects.filter(each => each.kind === patch.kind && each.name === patch.name);
    // What several patches do together, one alone does not tell.
    const isAlone = patches.every(
      (other, at) => at === index || nameOf(patchIn(facts, root.folder, other)) !== nameOf(patch),
    );
    const [object] = target;
    if (target.length !== 1 || !object || !isAlone || !isWithin(patch.body, object.body)) return [];
    return [{ steps: ['patches', index], what: nameOf(patch) }];
  });
}

/** What of a base changes its objects: they are not what their files say then. */
const CHANGING = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replicas',
  'images',
  'transformers',
  'components',
  'replacements',
  'namePrefix',
  'nameSuffix',
];

function nameOf(manifest: Pick<Manifest, 'kind' | 'name'> | undefined): string {
  return manifest ? `${manifest.kind} ${manifest.name}` : '';
}

/** A strategic merge patch for one object by its name; undefined for others, which may be meant for many. */
function patchIn(facts: AppFacts, folder: string, entry: unknown): Manifest | undefined {
  if (!isRecord(entry) || 'target' in entry) return undefined;
  const written = stringOf(entry['patch']) ?? facts.text(`${folder}/${stringOf(entry['path']) ?? ''}`);
  const [only, ...others] = manifestsIn(written);
  return others.length === 0 ? only : undefined;
}

function objectsOf(base: Kustomization, facts: AppFacts): Manifest[] {
  return base.references.flatMap(({ steps, path }) =>
    steps[0] === 'resources' && path !== undefined ? manifestsIn(facts.text(path)) : [],
  );
}

function manifestsIn(text: string | undefined): Manifest[] {
  const result = text === undefined ? undefined : readLocated(text);
  return result?.status === 'read' ? parseManifests(result.yaml.documents) : [];
}

/** Whether all that a patch says stands in an object; items of lists by their names, as the API server merges those. */
function isWithin(patch: unknown, object: unknown): boolean {
  if (isRecord(patch))
    return (
      isRecord(object) &&
      Object.entries(patch).every(([key, value]) => !key.startsWith('$') && isWithin(value, object[key]))
    );
  if (!Array.isArray(patch)) return isSameData(patch, object);
  if (isSameData(patch, object)) return true;
  return (
    Array.isArray(object) &&
    patch.every(item => {
      const name = isRecord(item) ? stringOf(item['name']) : undefined;
      const twin = object.find(each => isRecord(each) && each['name'] === name);
      return name !== undefined && twin !== undefined && isWithin(item, twin);
    })
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
