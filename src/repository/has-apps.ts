import { KUSTOMIZATION_FILES } from './kustomization.ts';
import type { RepositoryFiles } from '../system/files/files.ts';

/** Whether a folder itself holds apps: `<environment>/<app>/kustomization.yaml`. Those of a clone inside are the clone's. */
export async function hasApps(files: RepositoryFiles): Promise<boolean> {
  for (const environment of await folders(files, '')) {
    const apps = (await isClone(files, environment)) ? [] : await folders(files, environment);
    for (const app of apps)
      if ((await hasKustomization(files, app)) && !(await isClone(files, app))) return true;
  }
  return false;
}

async function isClone(files: RepositoryFiles, folder: string): Promise<boolean> {
  return ((await files.list(folder)) ?? []).some(({ name }) => name === '.git');
}

/** Whether there is one, not whether it can be read: that is for those who read it. */
async function hasKustomization(files: RepositoryFiles, app: string): Promise<boolean> {
  const { entries } = await files.walkEach(app, () => false);
  return entries.some(
    ({ path, kind }) => kind !== 'folder' && KUSTOMIZATION_FILES.some(name => path === `${app}/${name}`),
  );
}

async function folders(files: RepositoryFiles, folder: string): Promise<string[]> {
  const entries = (await files.list(folder)) ?? [];
  const visible = entries.filter(
    ({ name, kind }) => kind === 'folder' && !name.startsWith('.') && name !== 'node_modules',
  );
  return visible.map(({ name }) => (folder ? `${folder}/${name}` : name));
}
