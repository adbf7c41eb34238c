import { posix } from 'node:path';
import type { App } from '../repository/model.ts';
import type { UsingApp } from './chart-use.ts';
import type { Kustomizations } from './kustomizations.ts';

/** Names of folders that say what is in them rather than whose it is. */
const PARTS = /^(?:app|apps?|base|release|helm|manifests|deploy|install)$/;

/** Finds the app that a file belongs to: the folder that is built with it, under the name of the app if it is none of a part. */
export function appsByFile(apps: readonly App[], kustomizations: Kustomizations): (file: string) => UsingApp {
  const known = new Map<string, UsingApp>(apps.map(app => [app.path, app]));
  return file => {
    const folder = kustomizations.around(file)?.folder ?? posix.dirname(file);
    const found = known.get(folder) ?? folderApp(folder);
    known.set(folder, found);
    return found;
  };
}

function folderApp(folder: string): UsingApp {
  const parent = posix.dirname(folder);
  const isPart = PARTS.test(posix.basename(folder)) && parent !== '.';
  return { name: posix.basename(isPart ? parent : folder), environment: parent, path: folder };
}
