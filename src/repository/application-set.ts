import { isRecord } from '../data/fields.ts';

/** The `directories` of one git generator. */
export type DirectoryGenerator = { include: readonly string[]; exclude: readonly string[] };

/** The git directory generators of an ApplicationSet, however deep they are nested in matrix or merge. */
export function directoryGenerators(value: unknown): DirectoryGenerator[] {
  if (Array.isArray(value)) return value.flatMap(directoryGenerators);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== 'directories' || !Array.isArray(inner)) return directoryGenerators(inner);
    const entries = inner.filter(isRecord);
    const paths = (excluded: boolean): string[] =>
      entries.flatMap(({ path, exclude }) =>
        typeof path === 'string' && (exclude === true) === excluded ? [path] : [],
      );
    return [{ include: paths(false), exclude: paths(true) }];
  });
}

/** Whether generators take a folder. An exclude wins over every include of its own generator, whatever the order. */
export function isSynced(generators: readonly DirectoryGenerator[], folder: string): boolean {
  return takerOf(generators)(folder);
}

/** The same for many folders: each pattern is read once. */
export function takerOf(generators: readonly DirectoryGenerator[]): (folder: string) => boolean {
  const own = generators.map(({ include, exclude }) => ({
    include: include.map(pathMatcher),
    exclude: exclude.map(pathMatcher),
  }));
  return folder =>
    own.some(
      ({ include, exclude }) =>
        include.some(matches => matches(folder)) && !exclude.some(matches => matches(folder)),
    );
}

/** The pattern that keeps out a folder which would be taken otherwise; undefined where none does. */
export function excludedBy(generators: readonly DirectoryGenerator[], folder: string): string | undefined {
  if (isSynced(generators, folder)) return undefined;
  const own = generators.find(({ include }) => include.some(pattern => matchesPath(pattern, folder)));
  return own?.exclude.find(pattern => matchesPath(pattern, folder));
}

/**
 * Go's `path.Match`, which Argo CD uses: `*` and `?` stay within a segment, `**` is no more than `*`, and the whole path
 * has to match. Hidden folders are never looked at.
 */
export function matchesPath(pattern: string, folder: string): boolean {
  return pathMatcher(pattern)(folder);
}

function pathMatcher(pattern: string): (folder: string) => boolean {
  const open = pattern.search(/[*?[\\]/);
  const start = open < 0 ? pattern : pattern.slice(0, open);
  let wanted: (Piece[] | undefined)[] | undefined;
  return folder => {
    // Most patterns mean other folders, as their beginning says.
    if (!folder.startsWith(start) || /(?:^|\/)\./.test(folder)) return false;
    wanted ??= pattern.split('/').map(piecesOf);
    const parts = folder.split('/');
    return (
      wanted.length === parts.length &&
      wanted.every((pieces, index) => matchesSegment(pieces, parts[index] ?? ''))
    );
  };
}

/** Git's patterns of files: `*` and `?` cross slashes as well, and a folder stands for all that it holds. */
export function matchesAnywhere(pattern: string): (file: string) => boolean {
  const pieces = piecesOf(pattern);
  const folder = pattern.replace(/(?<!\/)\/+$/, '');
  return file =>
    pattern === '.' ||
    file === folder ||
    file.startsWith(`${folder}/`) ||
    (pieces !== undefined && matchesSegment(pieces, file));
}

/** One character of a pattern, or `*`. */
type Piece = 'any number' | ((char: string) => boolean);

/** Goes back to the last `*` only, so that many of them take no longer than one. */
function matchesSegment(pieces: readonly Piece[] | undefined, text: string): boolean {
  if (pieces === undefined) return false;
  const chars = [...text];
  let [piece, char] = [0, 0];
  let star: { piece: number; char: number } | undefined;
  while (char < chars.length) {
    const wanted = pieces[piece];
    if (wanted === 'any number') star = { piece: ++piece, char };
    else if (wanted?.(chars[char] ?? '')) [piece, char] = [piece + 1, char + 1];
    else if (star) [piece, char] = [star.piece, ++star.char];
    else return false;
  }
  return pieces.slice(piece).every(rest => rest === 'any number');
}

const PIECE = /\\(.)|\*+|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|([^\\*?[])/gsuy;

/** Undefined for a pattern that Go calls malformed. */
function piecesOf(pattern: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of pattern.matchAll(PIECE)) {
    const [piece, escaped, negated = '', set, plain] = match;
    end = match.index + piece.length;
    const own = set === undefined ? undefined : setOf(negated, set);
    if (set !== undefined && own === undefined) return undefined;
    if (own) pieces.push(own);
    else if (piece.startsWith('*')) pieces.push('any number');
    else if (piece === '?') pieces.push(() => true);
    else pieces.push(char => char === (escaped ?? plain));
  }
  return end === pattern.length ? pieces : undefined;
}

function setOf(negated: string, set: string): ((char: string) => boolean) | undefined {
  try {
    const regex = new RegExp(`^[${negated}${set.replaceAll(/[[&~^]/g, String.raw`\$&`)}]$`, 's');
    return char => regex.test(char);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The folders of apps that a pattern leads to: the part before the last segment, where that one is open. */
export function parentsOf(pattern: string, folders: readonly string[]): string[] {
  const slash = pattern.lastIndexOf('/');
  const [parent, last] = [pattern.slice(0, Math.max(0, slash)), pattern.slice(slash + 1)];
  if (slash < 0 || !/[*?[]/.test(last)) return [];
  if (!/[*?[\\]/.test(parent)) return [parent];
  const found = folders.filter(folder => matchesPath(pattern, folder));
  return [...new Set(found.map(folder => folder.slice(0, folder.lastIndexOf('/'))))];
}

/** The included `directories[].path` of every git generator, however deep it is nested in matrix or merge. */
export function directoryPatterns(value: unknown): string[] {
  return directoryGenerators(value).flatMap(({ include }) => include);
}
