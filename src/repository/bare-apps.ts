import path from 'node:path';
import { type Deployment, findDeployments, type PlacedManifest } from './deployments.ts';
import type { AppFolder } from './discover-apps.ts';
import { KUSTOMIZATION_FILES } from './kustomization.ts';
import { deployingIn, type Repository } from './model.ts';
import type { Sets } from './sets/set-repository.ts';

/**
 * Apps without a kustomization: folders of manifests or charts that an Application, an ApplicationSet or a Flux Kustomization
 * deploys, and charts of the repository that stand in none. Folders around other apps only lead to them.
 * @param files every file that is looked into
 * @param known folders that are apps, or hold a kustomization
 * @param sets what generators of ApplicationSets look into
 */
export function findBareApps(
  files: Iterable<string>,
  deploying: readonly PlacedManifest[],
  known: ReadonlySet<string>,
  sets: Sets,
): AppFolder[] {
  const charts = new Set<string>();
  const folders = new Set<string>();
  for (const file of files) {
    if (isPulled(file)) continue;
    const folder = path.posix.dirname(file);
    if (path.posix.basename(file) === 'Chart.yaml') charts.add(folder);
    for (let each = folder; each !== '.' && !folders.has(each); each = path.posix.dirname(each))
      folders.add(each);
  }
  const deployed = new Map<string, Deployment>();
  for (const each of findDeployments(deploying, [...folders], sets))
    if (!deployed.has(each.folder)) deployed.set(each.folder, each);
  return [...new Set([...deployed.keys(), ...charts])]
    .filter(folder => folder !== '.' && !isWithin(folder, known) && !folder.startsWith('.'))
    .toSorted()
    .map(folder => ({
      folder,
      name: path.posix.basename(folder),
      environment: path.posix.dirname(folder),
      deployed: deployed.get(folder),
      isPart: false,
    }));
}

/**
 * What kustomize pulls, `charts/<name>-<version>/<name>/…`, is part of whoever asks for it. Where nobody does any more, as after a
 * change of branches, which leaves what git ignores, it is left over, and no app.
 */
function isPulled(file: string): boolean {
  const parts = file.split('/');
  return parts.some((part, index) => {
    const [pulled = '', name = ''] = parts.slice(index + 1);
    return (
      part === 'charts' &&
      name !== '' &&
      pulled.startsWith(`${name}-`) &&
      /^v?\d/.test(pulled.slice(name.length + 1))
    );
  });
}

/** Those of a repository that was read. */
export function bareAppsOf({ text, apps, isTemplate, sets }: Repository): AppFolder[] {
  const files = [...text.keys()].filter(file => !isTemplate(file));
  const kustomized = files.filter(file =>
    KUSTOMIZATION_FILES.some(name => name === path.posix.basename(file)),
  );
  const known = new Set([...apps.map(app => app.path), ...kustomized.map(file => path.posix.dirname(file))]);
  const deploying = files.flatMap(file => deployingIn(text, file));
  return findBareApps(files, deploying, known, sets);
}

function isWithin(folder: string, known: ReadonlySet<string>): boolean {
  for (let each = folder; each !== '.'; each = path.posix.dirname(each)) if (known.has(each)) return true;
  return false;
}
