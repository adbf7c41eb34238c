import { ignoredBy, type IgnorePattern, parseGitignore } from '../gitignore.ts';
import type { AppSurroundings } from './app-facts.ts';

/** The patterns of every .gitignore from the root down to an app's folder. */
export function patternsOf({ folder, text }: Pick<AppSurroundings, 'folder' | 'text'>): IgnorePattern[] {
  const names = folder.split('/');
  const folders = ['', ...names.map((_, index) => names.slice(0, index + 1).join('/'))];
  return folders.flatMap(each => parseGitignore(text(gitignoreIn(each)) ?? '', each));
}

export function gitignoreIn(folder: string): string {
  return folder === '' ? '.gitignore' : `${folder}/.gitignore`;
}

/** Whether git would leave a file out. */
export function gitignoreOf(around: Pick<AppSurroundings, 'folder' | 'text'>): (file: string) => boolean {
  const patterns = patternsOf(around);
  return file => ignoredBy(file, patterns) !== undefined;
}
