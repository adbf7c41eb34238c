import path from 'node:path';
import { pathProblem } from '../text/file-name.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';

declare const brand: unique symbol;

/** A plain posix path inside the repository, from its root. Only `resolveInside` makes one. */
export type RepositoryPath = string & { readonly [brand]: 'repository path' };

/** Where a path of the repository's files leads, or why it may not be followed. */
export type Resolved = { path: RepositoryPath; problem?: undefined } | { path?: undefined; problem: Text };

const OUTSIDE: Text = say('repository.leadsOutRepository');
const ABSOLUTE: Text = say('repository.absolutePath');
const UNUSUAL: Text = say('repository.holdsCharactersNoPathShould');
const NO_FILE: Text = say('repository.noPathFileRepository');

/**
 * The one door for a path that a file of the repository names: `reference` as written, `folder` where it is
 * written. Links are not followed here: whoever reads does not follow any.
 */
export function resolveInside(folder: string, reference: string): Resolved {
  if (/^(?:\/|\\|[a-z]:[\\/])/i.test(reference)) return { problem: ABSOLUTE };
  // What a terminal, a shell or Windows would read in another way.
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029\\]/.test(reference)) return { problem: UNUSUAL };
  const target = path.posix.join(folder, reference).replace(/\/$/, '');
  if (target === '..' || target.startsWith('../') || target.startsWith('/')) return { problem: OUTSIDE };
  return pathProblem(target) === undefined ? { path: target as RepositoryPath } : { problem: NO_FILE };
}

const URL_LIKE = /^[a-z][a-z0-9+.-]*:(?!\s)/i;

/** Whether kustomize would fetch this instead of reading a file: an URL. */
export function isFetchedFile(value: string): boolean {
  return URL_LIKE.test(value);
}

/** The same for what may be a folder too: also the forms of git addresses that need no scheme. */
export function isFetchedFolder(value: string): boolean {
  const [first = '', ...rest] = value.split('/');
  return (
    /[:?]|_git\/|\.git(?:\/|$)/.test(value) ||
    /^github\.com$/i.test(first) ||
    (rest.length > 0 && first.includes('@'))
  );
}
