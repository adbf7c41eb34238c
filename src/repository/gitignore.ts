import { posix } from 'node:path';
import ignore from 'ignore';
import { keepRecent } from '../data/recent.ts';

/** A line of a .gitignore that ignores a file. https://git-scm.com/docs/gitignore */
export type IgnorePattern = {
  /** The folder of its file, '' for the repository's root. */
  folder: string;
  /** From 1. */
  line: number;
};

/** A .gitignore by the folder that it lies in. */
export type Gitignore = { folder: string; text: string };

/**
 * What decides whether git ignores a file: takes the .gitignore files that matter, outer folders first, gives for a path
 * from the root the line that ignores it, or undefined. The last line that matches wins, but nothing inside of an ignored
 * folder can come back.
 */
export function ignoredBy(files: readonly Gitignore[]): (file: string) => IgnorePattern | undefined {
  const lines = files.flatMap(linesOf);
  const matcher = ignore({ ignorecase: false }).add(
    lines.map(({ pattern }, index) => ({ pattern, mark: String(index) })),
  );
  return file => {
    const { ignored, rule } = matcher.test(file);
    return ignored ? lines[Number(rule?.mark)] : undefined;
  };
}

/** Most folders have the same ones around them, and patterns are slow to read. */
const recent = keepRecent<ReturnType<typeof ignoredBy>>(8);

/** The same by every .gitignore from the root down to a folder, the texts of which `text` gives. */
export function ignoredAround(
  folder: string,
  text: (file: string) => string | undefined,
): ReturnType<typeof ignoredBy> {
  const parts = folder.split('/');
  const folders = ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
  const files = folders.flatMap((each): Gitignore[] => {
    const own = text(gitignoreIn(each)) ?? '';
    return own === '' ? [] : [{ folder: each, text: own }];
  });
  return recent(JSON.stringify(files), () => ignoredBy(files));
}

/** The path of a folder's .gitignore. */
export function gitignoreIn(folder: string): string {
  return folder === '' ? '.gitignore' : `${folder}/.gitignore`;
}

/** Whether git leaves a path out, by every .gitignore among the files of a repository. */
export function ignoredIn(text: Iterable<readonly [string, string]>): (file: string) => boolean {
  const files = [...text]
    .filter(([file]) => posix.basename(file) === '.gitignore')
    .map(([file, content]) => ({ folder: posix.dirname(file).replace(/^\.$/, ''), text: content }))
    .toSorted((a, b) => a.folder.length - b.folder.length);
  const ignored = ignoredBy(files);
  return file => ignored(file) !== undefined;
}

type Line = IgnorePattern & { pattern: string };

function linesOf({ folder, text }: Gitignore): Line[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      const pattern = fromRoot(folder, line);
      return pattern === undefined ? [] : [{ folder, line: index + 1, pattern }];
    });
}

/** A pattern of a folder as one of the root. A slash at the start or in the middle ties it to its folder. */
function fromRoot(folder: string, line: string): string | undefined {
  if (line.startsWith('#') || line.trim() === '') return undefined;
  if (folder === '') return line;
  const [, not = '', body = ''] = /^(!?)(.*)$/.exec(line) ?? [];
  const isTied = body
    .replace(/(?<![\\ \t])[ \t]+$/, '')
    .replace(/\/$/, '')
    .includes('/');
  const escaped = folder.replaceAll(/[\\*?[\]! #]/g, String.raw`\$&`);
  return `${not}/${escaped}/${isTied ? '' : '**/'}${body.replace(/^\//, '')}`;
}
