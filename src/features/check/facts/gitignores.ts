import { type Gitignore, ignoredBy, type IgnorePattern } from '../../../repository/gitignore.ts';
import type { AppSurroundings } from './app-facts.ts';

/** The line that makes git leave a file out, of every .gitignore from the root down to an app's folder. */
export function gitignoreOf({
  folder,
  text,
}: Pick<AppSurroundings, 'folder' | 'text'>): (file: string) => IgnorePattern | undefined {
  const names = folder.split('/');
  const folders = ['', ...names.map((_, index) => names.slice(0, index + 1).join('/'))];
  return ignoredBy(folders.map((each): Gitignore => ({ folder: each, text: text(gitignoreIn(each)) ?? '' })));
}

/** The path of a folder's .gitignore. */
export function gitignoreIn(folder: string): string {
  return folder === '' ? '.gitignore' : `${folder}/.gitignore`;
}
