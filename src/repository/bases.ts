import type { Step } from '../yaml/nodes.ts';
import { readLocated } from '../yaml/read.ts';
import { KUSTOMIZATION_FILES, type Kustomization, readKustomization } from './kustomization.ts';

type TextOf = (file: string) => string | undefined;

/** A folder that a kustomization is built on, and the place that names it. */
type BaseReference = { base: Kustomization; steps: Step[] };

/**
 * What a kustomization is built on: kustomizations outside of its own folder under `resources`, or under `bases` of old. Components
 * are none, and what cannot be read is none.
 */
export function namedBases(
  { folder, references }: Pick<Kustomization, 'folder' | 'references'>,
  textOf: TextOf,
): BaseReference[] {
  return references.flatMap(({ steps, path }) => {
    const isListed = steps[0] === 'resources' || steps[0] === 'bases';
    if (!isListed || path === undefined || path.startsWith('..') || path.startsWith(`${folder}/`)) return [];
    const base = kustomizationIn(path, textOf);
    return base ? [{ base, steps }] : [];
  });
}

/** Whether what a kustomization is built on is built on something further; undefined where it is built on nothing. */
export function hasDeepBase(
  kustomization: Pick<Kustomization, 'folder' | 'references'>,
  textOf: TextOf,
): boolean | undefined {
  const bases = namedBases(kustomization, textOf);
  return bases.length === 0 ? undefined : bases.some(({ base }) => namedBases(base, textOf).length > 0);
}

function kustomizationIn(folder: string, textOf: TextOf): Kustomization | undefined {
  for (const name of KUSTOMIZATION_FILES) {
    const file = `${folder}/${name}`;
    const text = textOf(file);
    const result = text === undefined ? undefined : readLocated(text);
    if (result?.status === 'read') return readKustomization(file, result.yaml);
  }
  return undefined;
}
