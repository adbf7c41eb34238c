import { type Gitignore, ignoredBy, type IgnorePattern } from '../../../repository/gitignore.ts';
import { keepRecent } from '../../../data/recent.ts';
import { wayTo } from '../incremental/snapshot.ts';
import type { AppSurroundings } from './app-facts.ts';

/** The line that makes git leave a file out, of every .gitignore from the root down to an app's folder. */
export function gitignoreOf({
  folder,
  text,
}: Pick<AppSurroundings, 'folder' | 'text'>): (file: string) => IgnorePattern | undefined {
  const files = ['', ...wayTo(folder)].flatMap((each): Gitignore[] => {
    const own = text(gitignoreIn(each)) ?? '';
    return own === '' ? [] : [{ folder: each, text: own }];
  });
  return recent(JSON.stringify(files), () => ignoredBy(files));
}

/** Most apps have the same ones around them, and patterns are slow to read. */
const recent = keepRecent<ReturnType<typeof ignoredBy>>(8);

/**
 * Whether git leaves a path out that lies below an app's folder, for many apps: those that have nothing but a .gitignore of their
 * own have mostly the same one, which means the same in each.
 */
export function openIgnoring(text: AppSurroundings['text'], below: string): (folder: string) => boolean {
  const answers = new Map<string, boolean>();
  const answerOf = (folder: string): boolean =>
    gitignoreOf({ folder, text })(`${folder}/${below}`) !== undefined;
  return folder => {
    const around = wayTo(folder).slice(0, -1);
    const isAlone = ['', ...around].every(each => (text(gitignoreIn(each)) ?? '') === '');
    if (!isAlone) return answerOf(folder);
    const own = text(gitignoreIn(folder)) ?? '';
    const known = answers.get(own) ?? answerOf(folder);
    answers.set(own, known);
    return known;
  };
}

/** The path of a folder's .gitignore. */
export function gitignoreIn(folder: string): string {
  return folder === '' ? '.gitignore' : `${folder}/.gitignore`;
}
