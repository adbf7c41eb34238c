import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RepositoryFiles } from './files.ts';

/** Where a template may be overridden in a repository. */
const TEMPLATE_OVERRIDES = '.slipway/templates';

/**
 * The templates of a folder of this package, by the path each makes; a file of the same name under
 * `.slipway/templates/` in the repository wins.
 */
export async function readTemplates<Name extends string>(
  files: RepositoryFiles,
  folder: string,
  names: readonly Name[],
): Promise<Record<Name, { name: string; text: string }>> {
  const overrides = await files.readMany(names.map(name => `${TEMPLATE_OVERRIDES}/${folder}/${name}.hbs`));
  const entries = await Promise.all(
    names.map(async name => {
      const own = overrides.get(`${TEMPLATE_OVERRIDES}/${folder}/${name}.hbs`);
      const text =
        own?.toString('utf8') ?? (await readFile(packagePath(`templates/${folder}/${name}.hbs`), 'utf8'));
      return [name, { name: `${folder}/${name}`, text }] as const;
    }),
  );
  return Object.fromEntries(entries) as Record<Name, { name: string; text: string }>;
}

/** Every text of a folder of this package, by its path there, in the order of the paths. */
export async function readPackageFolder(relative: string): Promise<Map<string, string>> {
  const folder = packagePath(relative);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
  const texts = new Map<string, string>();
  for (const file of files.toSorted())
    texts.set(path.relative(folder, file).split(path.sep).join('/'), await readFile(file, 'utf8'));
  return texts;
}

/** A file or folder that ships with slipway. The code runs from dist/, in tests from this folder. */
export function packagePath(relative: string): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const root = here.split(path.sep).includes('dist')
    ? here.slice(0, here.lastIndexOf(`${path.sep}dist`))
    : path.join(here, '..', '..', '..');
  return path.join(root, relative);
}
