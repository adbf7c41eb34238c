import { isRecord, recordsAt, stringOf, valueAt } from '../../src/data/fields.ts';

/** What an ApplicationSet makes of one folder. */
export type Application = { name: string; path: string; namespace: string };

/**
 * The Applications that Argo CD generates from an ApplicationSet with a git directory generator: paths are matched like
 * Go's path.Match (`*` never crosses a slash), folders that begin with a dot are left out, an exclude beats every
 * include. Of Go's templates only what such sets use: a variable, and the error for one that does not exist
 * (missingkey=error). (argo-cd docs/operator-manual/applicationset/Generators-Git.md)
 */
export function applicationsOf(set: unknown, folders: readonly string[]): Application[] {
  const directories = recordsAt(set, ['spec', 'generators']).flatMap(generator =>
    recordsAt(generator, ['git', 'directories']),
  );
  const included = folders.filter(
    folder =>
      !folder.split('/').some(part => part.startsWith('.')) &&
      directories.some(({ path, exclude }) => exclude !== true && matches(path, folder)) &&
      !directories.some(({ path, exclude }) => exclude === true && matches(path, folder)),
  );
  const template = valueAt(set, ['spec', 'template']);
  return included.map(folder => {
    const parameters = { path: { path: folder, basename: folder.slice(folder.lastIndexOf('/') + 1) } };
    const at = (...path: string[]): string => render(stringOf(valueAt(template, path)) ?? '', parameters);
    return {
      name: at('metadata', 'name'),
      path: at('spec', 'source', 'path'),
      namespace: at('spec', 'destination', 'namespace'),
    };
  });
}

function matches(pattern: unknown, folder: string): boolean {
  const escaped = String(pattern).replaceAll(/[.+^${}()|\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`).test(folder);
}

function render(text: string, parameters: Record<string, unknown>): string {
  return text.replaceAll(/\{\{\s*\.([\w.]+)\s*\}\}/g, (_, name: string) => {
    const value = name
      .split('.')
      .reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), parameters);
    if (typeof value !== 'string') throw new Error(`map has no entry for key ${name}`);
    return value;
  });
}
