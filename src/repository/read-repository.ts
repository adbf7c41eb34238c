import { posix } from 'node:path';
import { CONFIGURATION_FILE, type Configuration, parseConfiguration } from './configuration.ts';
import { type Conventions, learnConventions } from './conventions/conventions.ts';
import { KUSTOMIZATION_FILES } from './kustomization.ts';
import { isLookedInto } from './looked-into.ts';
import { parseRepository, type Repository } from './model.ts';
import type { FolderEntry, RepositoryFiles } from '../system/files/files.ts';

/** A GitOps repository as slipway sees it. */
export type GitopsRepository = {
  files: RepositoryFiles;
  repository: Repository;
  configuration: Configuration;
  conventions: Conventions;
};

const READ = new Set<string>(['.gitignore', ...KUSTOMIZATION_FILES]);

/**
 * Reads all YAML of a repository but pulled charts, and learns its conventions. A file that cannot be read is one of the
 * repository's problems; only its configuration is everybody's.
 * @throws UserError E_CONFIG, E_YAML_* and what reading the configuration ends with
 */
export async function readRepository(files: RepositoryFiles): Promise<GitopsRepository> {
  const entries = await files.walk('', isLookedInto);
  const wanted = entries
    .filter(entry => isWorthReading(entry) || isNeeded(entry.path))
    .map(({ path }) => path);
  const { contents, problems } = await files.readEach(wanted);
  const unread = problems.get(CONFIGURATION_FILE);
  if (unread) throw unread;
  const text = new Map([...contents].map(([path, content]) => [path, content.toString('utf8')]));
  const configuration = parseConfiguration(text.get(CONFIGURATION_FILE) ?? '');
  const parsed = parseRepository(text, configuration.environments);
  const repository = { ...parsed, problems: [...problems.values(), ...parsed.problems] };
  return { files, repository, configuration, conventions: learnConventions(repository, configuration) };
}

function isWorthReading({ path, kind }: { path: string; kind: FolderEntry['kind'] }): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return kind === 'file' && (READ.has(name) || name.endsWith('.yaml') || name.endsWith('.yml'));
}

/** What must not silently count as absent, whatever stands there. */
function isNeeded(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return file === CONFIGURATION_FILE || KUSTOMIZATION_FILES.some(each => each === name);
}

/** Whether a folder itself holds apps: `<environment>/<app>/kustomization.yaml`. */
export async function hasApps(files: RepositoryFiles): Promise<boolean> {
  for (const environment of await folders(files, '')) {
    const apps = await folders(files, environment);
    for (const app of apps) if (await hasKustomization(files, app)) return true;
  }
  return false;
}

/** Whether there is one, not whether it can be read: that is for those who read it. */
async function hasKustomization(files: RepositoryFiles, app: string): Promise<boolean> {
  const entries = (await files.list(app)) ?? [];
  return entries.some(
    ({ name, kind }) => kind !== 'folder' && KUSTOMIZATION_FILES.some(each => each === name),
  );
}

async function folders(files: RepositoryFiles, folder: string): Promise<string[]> {
  const entries = (await files.list(folder)) ?? [];
  const inside = entries.filter(({ kind }) => kind === 'folder').map(({ name }) => posix.join(folder, name));
  return inside.filter(isLookedInto);
}
