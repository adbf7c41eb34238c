import { CONFIGURATION_FILE, type Configuration, parseConfiguration } from '../domain/configuration.ts';
import { type Conventions, learnConventions } from '../domain/conventions/conventions.ts';
import { KUSTOMIZATION_FILES } from '../domain/kustomization.ts';
import { parseRepository, type Repository } from '../domain/repository.ts';
import type { RepositoryFiles } from '../io/files.ts';

/** A GitOps repository as slipway sees it. */
export type GitopsRepository = {
  files: RepositoryFiles;
  repository: Repository;
  configuration: Configuration;
  conventions: Conventions;
};

const READ = new Set<string>(['.gitignore', ...KUSTOMIZATION_FILES]);

/** Reads all YAML of a repository but pulled charts, and learns its conventions. */
export async function readRepository(files: RepositoryFiles): Promise<GitopsRepository> {
  const entries = await files.walk('', isWorthEntering);
  const wanted = entries
    .filter(({ path, kind }) => kind === 'file' && isWorthReading(path))
    .map(({ path }) => path);
  const bytes = await files.readMany(wanted);
  const text = new Map([...bytes].map(([path, content]) => [path, content.toString('utf8')]));
  const configuration = parseConfiguration(text.get(CONFIGURATION_FILE) ?? '');
  const repository = parseRepository(text, configuration.environments);
  return { files, repository, configuration, conventions: learnConventions(repository, configuration) };
}

function isWorthEntering(folder: string): boolean {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  return name !== 'charts' && name !== 'node_modules' && (!name.startsWith('.') || folder === '.slipway');
}

function isWorthReading(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return READ.has(name) || name.endsWith('.yaml') || name.endsWith('.yml');
}

/** Whether a folder itself holds apps: `<environment>/<app>/kustomization.yaml`. */
export async function hasApps(files: RepositoryFiles): Promise<boolean> {
  for (const environment of await folders(files, '')) {
    const apps = await folders(files, environment);
    const marks = apps.flatMap(app => KUSTOMIZATION_FILES.map(name => `${app}/${name}`));
    if ((await files.readMany(marks)).size > 0) return true;
  }
  return false;
}

async function folders(files: RepositoryFiles, folder: string): Promise<string[]> {
  const entries = (await files.list(folder)) ?? [];
  const visible = entries.filter(
    ({ name, kind }) => kind === 'folder' && !name.startsWith('.') && name !== 'node_modules',
  );
  return visible.map(({ name }) => (folder ? `${folder}/${name}` : name));
}
