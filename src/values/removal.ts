import type { YamlNode } from '../yaml/syntax-tree.ts';
import type { Removal } from './customisations.ts';
import { stepText, pathOf } from './path.ts';
import type { MergeNode } from './merge-nodes.ts';

/** Tells whether a template of the new chart still reads a value. */
export type StillRead = (path: string) => boolean;

type Addition = { readonly entry: YamlNode; readonly path: string };

// Names that say nothing without the key above them.
const VAGUE =
  /^(?:enabled?|disabled|name|namespace|type|kind|path|port|image|tag|repository|annotations|labels|config)$/;

/**
 * Says what became of a customised key that the new defaults lack: where it may have moved to, else whether templates
 * still read it, where that is known.
 */
export function describeRemovals(documents: readonly MergeNode[], stillRead: StillRead | undefined): Removal {
  let additions: readonly Addition[] | undefined;
  return slot => {
    additions ??= documents.flatMap(document => additionsIn(document));
    const [to, ...others] = additions.filter(addition => mayHoldNow(slot, addition));
    if (to && others.length === 0) return { outcome: 'moved?', to: to.path };
    if (!stillRead) return { outcome: 'removed-kept' };
    return { outcome: stillRead(pathOf(slot)) ? 'removed-but-still-read' : 'removed-and-dead' };
  };
}

/** The keys that the new defaults add. */
function additionsIn(slot: MergeNode): Addition[] {
  if (slot.theirs && !slot.base && !slot.ours) return entriesIn(slot.theirs, pathOf(slot));
  return slot.children.flatMap(additionsIn);
}

function entriesIn(entry: YamlNode, path: string): Addition[] {
  const inside = entry.value.kind === 'map' ? entry.value.entries : [];
  return [{ entry, path }, ...inside.flatMap(child => entriesIn(child, path + stepText(child.key)))];
}

/** The same name under the same parent's name, the same telling name and default, or a new name beside the old one for the same telling default. */
function mayHoldNow({ base, parent, key }: MergeNode, { entry }: Addition): boolean {
  if (!base || base.value.kind !== entry.value.kind) return false;
  const samePlace = parent?.theirs !== undefined && entry.parent === parent.theirs;
  const sameDefault = base.value.meaning === entry.value.meaning;
  if (entry.key !== key) return samePlace && sameDefault && isTelling(base);
  if (entry.parent?.key === parent?.key) return true;
  return sameDefault && !VAGUE.test(String(key));
}

/** Not a default such as `{}`, `""`, `true` or `1`, which many keys share. */
function isTelling({ value }: YamlNode): boolean {
  if (value.kind === 'scalar') return typeof value.scalar === 'string' && value.scalar.length > 3;
  return value.entries.length > 0;
}
