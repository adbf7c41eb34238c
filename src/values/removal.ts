import { largest } from '../data/append.ts';
import type { SyntaxTree, YamlNode } from '../yaml/syntax-tree.ts';
import type { Removal } from './plan-removed.ts';
import { type AddedEntry, type CommentRemark, remarksIn, toldIn } from './remarks.ts';
import { stepText, pathOf } from './path.ts';
import { isEmpty, isFilledMap, same } from './node-facts.ts';
import type { MergeNode } from './merge-nodes.ts';

/** Tells whether a template of a chart reads a value. */
type StillRead = (path: string) => boolean;

/** What templates of the new chart read, and those of the old; undefined where nobody looked. */
export type Readers = {
  readonly stillRead?: StillRead;
  readonly wasRead?: StillRead;
  /** What templates of the new chart read in the same breath as a value: `.Values.old | default .Values.new`. */
  readonly readBeside?: (path: string) => readonly string[];
};

// Names that say nothing without the key above them.
const VAGUE =
  /^(?:enabled?|disabled?|names?|namespace|type|kind|path|ports?|image|tag|repository|annotations|labels|config|hosts?|url|value|key|size|version|level|class|mode|user|resources|replicas|args|command|env|create|default|data|spec)$/;

/**
 * Says what became of a customised key that the new defaults lack: where it may have moved to, else whether templates
 * still read it, where that is known; and whether a person has to be asked, since it had an effect and has none now.
 */
export function describeRemovals(
  documents: readonly MergeNode[],
  theirs: SyntaxTree,
  { stillRead, wasRead, readBeside }: Readers,
): Removal {
  let additions: readonly AddedEntry[] | undefined;
  let remarks: readonly CommentRemark[] | undefined;
  return node => {
    additions ??= documents.flatMap(document => additionsIn(document));
    remarks ??= remarksIn(theirs, additions);
    const path = pathOf(node);
    const isRead = stillRead?.(path);
    const names = VAGUE.test(String(node.key)) ? [path] : [path, String(node.key)];
    const to =
      toldIn(remarks, names) ?? readTogether(path, additions, readBeside) ?? likeliest(node, additions);
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

/** A template reads the old place, or else the new one. */
function readTogether(
  path: string,
  additions: readonly AddedEntry[],
  readBeside: Readers['readBeside'],
): AddedEntry | undefined {
  const beside = new Set(readBeside?.(path));
  return beside.size > 0 ? onlyOne(additions.filter(addition => beside.has(addition.path))) : undefined;
}

/** By the surest of the signs that fit any; of several sections the one that has most in common. */
function likeliest(node: MergeNode, additions: readonly AddedEntry[]): AddedEntry | undefined {
  for (const sign of SIGNS) {
    const found = additions.filter(addition => sign(node, addition));
    if (found.length > 0) return onlyOne(found) ?? mostAlike(node, found);
  }
  return undefined;
}

function mostAlike({ base }: MergeNode, found: readonly AddedEntry[]): AddedEntry | undefined {
  if (!isFilledMap(base)) return undefined;
  const counts = found.map(({ entry }) => equalFields(base, entry).length);
  const most = largest(counts);
  return onlyOne(found.filter((_, index) => counts[index] === most));
}

/** The keys that the new defaults add. */
function additionsIn(node: MergeNode): AddedEntry[] {
  const { base, ours, theirs } = node;
  if (theirs && !base && !ours) return entriesIn(theirs, pathOf(node));
  // A map in the place of a single value brings all that is in it.
  if (isFilledMap(theirs) && base?.value.kind === 'scalar' && ours?.value.kind !== 'map')
    return entriesIn(theirs, pathOf(node)).slice(1);
  return node.children.flatMap(additionsIn);
}

function entriesIn(entry: YamlNode, path: string): AddedEntry[] {
  const inside = entry.value.kind === 'map' ? entry.value.entries : [];
  return [{ entry, path }, ...inside.flatMap(child => entriesIn(child, path + stepText(child.key)))];
}

type Sign = (node: MergeNode, addition: AddedEntry) => boolean;

/** What speaks for it that a key is elsewhere now, the surest first. */
const SIGNS: readonly Sign[] = [
  // The same words, with a default of the same type or none.
  ({ base, ...node }, { entry, path }) =>
    base !== undefined &&
    wordsOf(pathOf({ base, ...node })) === wordsOf(path) &&
    (base.value.type === entry.value.type || isEmpty(base) || isEmpty(entry)),
  // The same name under the same parent's name; or the same telling name and default, or fields.
  ({ base, parent, key }, { entry }) =>
    base?.value.kind === entry.value.kind &&
    entry.key === key &&
    (entry.parent?.key === parent?.key ||
      ((same(base, entry) || hasSameFields(base, entry)) && !VAGUE.test(String(key)))),
  // Another name for the same telling default, beside where it was; or for a section of the same fields and defaults.
  ({ base, parent, key }, { entry }) =>
    base !== undefined &&
    entry.key !== key &&
    ((parent?.theirs !== undefined &&
      entry.parent === parent.theirs &&
      same(base, entry) &&
      isTelling(base)) ||
      isSectionRenamed(base, entry)),
  // The same telling name, and the same type.
  ({ base, key }, { entry }) =>
    base?.value.type === entry.value.type && entry.key === key && !VAGUE.test(String(key)),
];

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

/** Nearly the same fields, and mostly the same defaults, one of them a telling one. */
function isSectionRenamed(base: YamlNode, entry: YamlNode): boolean {
  if (!isFilledMap(base) || !isFilledMap(entry)) return false;
  const [old, now] = [base.value.entries, entry.value.entries];
  const names = new Set(now.map(({ key }) => key));
  const shared = old.filter(({ key }) => names.has(key)).length;
  const equal = equalFields(base, entry);
  const isAlike = shared * 4 >= Math.max(old.length, now.length) * 3 && equal.length * 2 > old.length;
  return shared > 1 && isAlike && equal.some(isTelling);
}

/** The fields of a section that another one has with the same default. */
function equalFields({ value }: YamlNode, entry: YamlNode): YamlNode[] {
  const now = new Map(entry.value.entries.map(field => [field.key, field]));
  return value.entries.filter(field => same(field, now.get(field.key)));
}

/** `imageTag` and `image.tag`, `replicaCount` and `replicas` are the same words. */
function wordsOf(path: string): string {
  const words = path
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const telling = words.filter((word, index) => index === 0 || !/^(?:count|number|num)$/.test(word));
  return telling.map(word => word.replace(/(?<=[^s])s$/, '').replace(/^(en|dis)abled$/, '$1able')).join(' ');
}
