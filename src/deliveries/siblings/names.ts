import { posix } from 'node:path';

/** What an app's own paths and names are made of: the folder of its kind, and its name. */
export type Names = { group: string; name: string };

// No text that YAML takes holds them unescaped.
const GROUP_PATH = '\u0001';
const NAME = '\u0002';
const GROUP = '\u0003';

/** A text with marks in place of an app's own names: what two siblings have in common reads the same then. */
export function abstracted(text: string, { group, name }: Names): string {
  const inGroup = group === '.' ? text : replaceWord(text, group, GROUP_PATH, PATH_EDGE);
  const named = replaceWord(inGroup, name, NAME, WORD_EDGE);
  return group === '.' ? named : replaceWord(named, posix.basename(group), GROUP, WORD_EDGE);
}

/** The same text for another app. */
export function concrete(text: string, { group, name }: Names): string {
  return text
    .replaceAll(GROUP_PATH, () => group)
    .replaceAll(NAME, () => name)
    .replaceAll(GROUP, () => posix.basename(group));
}

/** Whether a text that was made abstract speaks of the app. */
export function namesApp(text: string): boolean {
  return text.includes(NAME);
}

/** Whether it speaks of the app or of the folder of its kind. */
export function isAfterNames(text: string): boolean {
  return [GROUP_PATH, NAME, GROUP].some(mark => text.includes(mark));
}

const WORD_EDGE = 'A-Za-z0-9';
const PATH_EDGE = 'A-Za-z0-9_-';

function replaceWord(text: string, word: string, mark: string, edge: string): string {
  if (word === '' || !text.includes(word)) return text;
  const literal = word.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  return text.replaceAll(new RegExp(`(?<![${edge}])${literal}(?![${edge}])`, 'g'), () => mark);
}

/** Names of folders that say what is in them rather than whose it is. */
const PARTS = /^(?:app|base|release|helm|manifests|deploy|install|overlays)$/;

/** Where an app stands: its names, and the folder or the one file that is its own. */
export type Standing = Names & { home: string };

/**
 * Where what a file delivers stands among its siblings: in the folder of its name; in a file of its own, beside those of others;
 * else in the nearest folder that is not named after what is in it.
 * @param isCrowded whether the file's folder holds others of its kind
 */
export function standingOf(file: string, name: string, isCrowded: boolean): Standing {
  const folders = posix.dirname(file).split('/');
  const at = folders.lastIndexOf(name);
  if (at >= 0 && !isCrowded) return folderOf(folders.slice(0, at + 1));
  const stem = posix.basename(file).replace(/\.ya?ml$/, '');
  if (stem === name || isCrowded) {
    const isNamed = namesApp(replaceWord(stem, name, NAME, WORD_EDGE));
    return { group: posix.dirname(file), name: isNamed ? name : stem, home: file };
  }
  let end = folders.length;
  while (end > 1 && PARTS.test(folders[end - 1] ?? '')) end--;
  return folderOf(folders.slice(0, end));
}

function folderOf(parts: readonly string[]): Standing {
  const home = parts.join('/');
  return { group: posix.dirname(home), name: posix.basename(home), home };
}

/** Whether a path is an app's own: its file, its folder, or something inside of that. */
export function isWithin(home: string, path: string): boolean {
  return path === home || path.startsWith(`${home}/`);
}

/** The folders that hold several of some files. */
export function crowdedFolders(files: Iterable<string>): ReadonlySet<string> {
  const seen = new Set<string>();
  const crowded = new Set<string>();
  for (const file of new Set(files)) {
    const folder = posix.dirname(file);
    if (seen.has(folder)) crowded.add(folder);
    seen.add(folder);
  }
  return crowded;
}
