/** A pattern of a .gitignore. https://git-scm.com/docs/gitignore */
export type IgnorePattern = {
  /** The folder of its file, '' for the repository's root. */
  folder: string;
  /** From 1. */
  line: number;
  negated: boolean;
  foldersOnly: boolean;
  /** Matches a path from the folder, without a slash at its end. */
  regex: RegExp;
};

/** The patterns of one file, in order. */
export function parseGitignore(text: string, folder: string): IgnorePattern[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => parseLine(line, folder, index + 1));
}

/**
 * The pattern that decides whether a file is ignored, if it is. Patterns of outer folders come first; the last that
 * matches wins, but nothing inside of an ignored folder can come back.
 */
export function ignoredBy(file: string, patterns: readonly IgnorePattern[]): IgnorePattern | undefined {
  const names = file.split('/');
  for (let depth = 1; depth <= names.length; depth++) {
    const path = names.slice(0, depth).join('/');
    const isFolder = depth < names.length;
    const last = patterns.findLast(pattern => matches(pattern, path, isFolder));
    if (last && !last.negated) return last;
  }
  return undefined;
}

function matches({ folder, foldersOnly, regex }: IgnorePattern, path: string, isFolder: boolean): boolean {
  if (foldersOnly && !isFolder) return false;
  if (folder === '') return regex.test(path);
  return path.startsWith(`${folder}/`) && regex.test(path.slice(folder.length + 1));
}

function parseLine(line: string, folder: string, number: number): IgnorePattern[] {
  const text = line.replace(/(?<!\\)[ \t]+$/, '');
  if (text === '' || text.startsWith('#')) return [];
  const negated = text.startsWith('!');
  const body = negated ? text.slice(1) : text;
  const foldersOnly = body.endsWith('/');
  const glob = foldersOnly ? body.slice(0, -1) : body;
  if (glob === '') return [];
  return [{ folder, line: number, negated, foldersOnly, regex: toRegex(glob) }];
}

/** A slash at the start or in the middle ties a pattern to its folder; others match a name at any depth. */
function toRegex(glob: string): RegExp {
  const isTied = glob.includes('/');
  const body = glob.replace(/^\//, '');
  return new RegExp(`^${isTied ? '' : '(?:.*/)?'}${translate(body)}$`);
}

const PIECES = /^(?:(\*\*\/)|(\/\*\*$)|(\*+)|(\?)|\[([!^]?)(\]?[^\]]*)\]|\\(.)|([^]))/;

function translate(glob: string): string {
  let rest = glob;
  let regex = '';
  while (rest !== '') {
    const [piece, folders, inside, star, any, not, set, escaped, plain] = PIECES.exec(rest) ?? [];
    if (piece === undefined) return regex;
    if (folders !== undefined) regex += '(?:.*/)?';
    else if (inside !== undefined) regex += '/.*';
    else if (star !== undefined) regex += '[^/]*';
    else if (any !== undefined) regex += '[^/]';
    else if (set !== undefined)
      regex += `(?!/)[${not ? '^' : ''}${set.replaceAll(/[\\[\]]/g, String.raw`\$&`)}]`;
    else regex += (escaped ?? plain ?? '').replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
    rest = rest.slice(piece.length);
  }
  return regex;
}
