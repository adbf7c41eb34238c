import type { SyntaxTree, YamlNode } from '../yaml/syntax-tree.ts';
import type { Removal } from './plan-removed.ts';
import { stepText, pathOf } from './path.ts';
import { isEmpty, isFilledMap } from './node-facts.ts';
import type { MergeNode } from './merge-nodes.ts';

/** Tells whether a template of a chart reads a value. */
type StillRead = (path: string) => boolean;

/** What templates of the new chart read, and those of the old; undefined where nobody looked. */
export type Readers = {
  readonly stillRead?: StillRead;
  readonly wasRead?: StillRead;
};

type Addition = { readonly entry: YamlNode; readonly path: string };

// Names that say nothing without the key above them.
const VAGUE =
  /^(?:enabled?|disabled|name|namespace|type|kind|path|port|image|tag|repository|annotations|labels|config)$/;

/**
 * Says what became of a customised key that the new defaults lack: where it may have moved to, else whether templates
 * still read it, where that is known; and whether a person has to be asked, since it had an effect and has none now.
 */
export function describeRemovals(
  documents: readonly MergeNode[],
  theirs: SyntaxTree,
  { stillRead, wasRead }: Readers,
): Removal {
  let additions: readonly Addition[] | undefined;
  let remarks: readonly Remark[] | undefined;
  return slot => {
    additions ??= documents.flatMap(document => additionsIn(document));
    remarks ??= remarksIn(theirs, additions);
    const path = pathOf(slot);
    const isRead = stillRead?.(path);
    const to =
      saidToBe(slot, path, remarks) ?? onlyOne(additions.filter(addition => mayHoldNow(slot, addition)));
    const isLost = isRead !== true && wasRead?.(path) !== false;
    if (to) return { outcome: 'moved?', to: to.path, target: isLost ? to.entry : undefined, isDead: false };
    if (isRead === undefined) return { outcome: 'removed-kept', isDead: false };
    if (isRead) return { outcome: 'removed-but-still-read', isDead: false };
    return { outcome: 'removed-and-dead', isDead: wasRead?.(path) === true };
  };
}

function onlyOne<T>([first, ...others]: readonly T[]): T | undefined {
  return others.length === 0 ? first : undefined;
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
function mayHoldNow(slot: MergeNode, { entry, path }: Addition): boolean {
  const { base, parent, key } = slot;
  if (!base) return false;
  const hasSameName = wordsOf(pathOf(slot)) === wordsOf(path);
  if (hasSameName && (base.value.type === entry.value.type || isEmpty(base) || isEmpty(entry))) return true;
  if (base.value.kind !== entry.value.kind) return false;
  const samePlace = parent?.theirs !== undefined && entry.parent === parent.theirs;
  const sameDefault = base.value.meaning === entry.value.meaning;
  if (entry.key !== key) return samePlace && sameDefault && isTelling(base);
  if (entry.parent?.key === parent?.key) return true;
  return (sameDefault || hasSameFields(base, entry)) && !VAGUE.test(String(key));
}

/** Not a default such as `{}`, `""`, `true` or `1`, which many keys share. */
function isTelling({ value }: YamlNode): boolean {
  if (value.kind === 'scalar') return typeof value.scalar === 'string' && value.scalar.length > 3;
  return value.entries.length > 0;
}

/** A section that went elsewhere keeps most of its keys. */
function hasSameFields(base: YamlNode, entry: YamlNode): boolean {
  if (!isFilledMap(base) || !isFilledMap(entry)) return false;
  const names = new Set(entry.value.entries.map(({ key }) => key));
  return base.value.entries.filter(({ key }) => names.has(key)).length * 2 > base.value.entries.length;
}

/** `imageTag` and `image.tag`, `replicaCount` and `replicas` are the same words. */
function wordsOf(path: string): string {
  const words = path
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const telling = words.filter((word, index) => index === 0 || !/^(?:count|number|num)$/.test(word));
  return telling.map(word => word.replace(/(?<=[^s])s$/, '')).join(' ');
}

/** A comment of the new defaults that speaks of a move: its words, and the new keys that it names or stands at. */
type Remark = { readonly words: ReadonlySet<string>; readonly named: readonly Addition[] };

const SPEAKS_OF_MOVE = /deprecat|\bmoved?\b|renam|replace|instead|formerly|previously/i;

function remarksIn({ documents, tail }: SyntaxTree, additions: readonly Addition[]): Remark[] {
  const byPath = new Map(additions.map(addition => [addition.path, addition]));
  const byEntry = new Map(additions.map(addition => [addition.entry, addition]));
  const remarkOf = (text: string, entry: YamlNode | undefined): Remark[] => {
    if (!SPEAKS_OF_MOVE.test(text)) return [];
    const words = new Set(text.match(/[\w-]+(?:\.[\w-]+)*/g));
    const named = [...words].flatMap(word => byPath.get(word) ?? []);
    const own = entry && byEntry.get(entry);
    return [{ words, named: named.length > 0 || !own ? named : [own] }];
  };
  const visit = (entry: YamlNode): Remark[] => {
    const text = [...entry.lead.comments.map(comment => comment.text), entry.note?.text ?? ''].join(' ');
    return [...remarkOf(text, entry), ...entry.value.entries.flatMap(visit)];
  };
  const behind = tail.comments.map(({ text }) => text).join(' ');
  return [...documents.flatMap(visit), ...remarkOf(behind, undefined)];
}

/** Where a comment says that it is now. */
function saidToBe({ key }: MergeNode, path: string, remarks: readonly Remark[]): Addition | undefined {
  const speaksOf = ({ words }: Remark): boolean =>
    words.has(path) || (words.has(String(key)) && !VAGUE.test(String(key)));
  const named = remarks.filter(speaksOf).flatMap(remark => remark.named.filter(to => to.path !== path));
  return onlyOne([...new Set(named)]);
}
