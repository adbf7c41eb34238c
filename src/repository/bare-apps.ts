import path from 'node:path';
import { type Deployment, findDeployments, type PlacedManifest } from './deployments.ts';
import type { AppFolder } from './discover-apps.ts';

/**
 * Apps without a kustomization: folders of manifests or charts that an Application, an ApplicationSet or a Flux Kustomization
 * deploys, and charts of the repository that stand in none. Folders around other apps only lead to them.
 * @param files every file that is looked into
 * @param known folders that are apps, or hold a kustomization
 */
export function findBareApps(
  files: Iterable<string>,
  deploying: readonly PlacedManifest[],
  known: ReadonlySet<string>,
): AppFolder[] {
  const charts = new Set<string>();
  const folders = new Set<string>();
  for (const file of files) {
    const folder = path.posix.dirname(file);
    if (path.posix.basename(file) === 'Chart.yaml') charts.add(folder);
    for (let each = folder; each !== '.' && !folders.has(each); each = path.posix.dirname(each))
      folders.add(each);
  }
  const deployed = new Map<string, Deployment>();
  for (const each of findDeployments(deploying, [...folders]))
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

function isWithin(folder: string, known: ReadonlySet<string>): boolean {
  for (let each = folder; each !== '.'; each = path.posix.dirname(each)) if (known.has(each)) return true;
  return false;
}
