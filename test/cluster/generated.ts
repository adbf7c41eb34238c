import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { findTool } from '../support/tools.js';
import type { KubeObject } from './api.ts';

export type Built = { app: string; namespace: string; objects: KubeObject[] };

/** What the kustomizations of a repository build to, and the objects of files that none of them builds: stubs, clusters, Applications. */
export function buildFolders(root: string): Built[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(isOurs).toSorted();
  const homes = files
    .filter(file => path.basename(file) === 'kustomization.yaml')
    .map(file => path.dirname(file));
  const apps = homes.map(app => ({
    app,
    namespace: namespaceOf(root, app),
    objects: built(root, app),
  }));
  const known = new Set(apps.flatMap(({ objects }) => objects.map(idOf)));
  const rest = files.flatMap(file => {
    const home = homes.findLast(each => file.startsWith(`${each}/`));
    const objects = objectsIn(readFileSync(path.join(root, file), 'utf8')).filter(
      object => isObject(object) && !known.has(idOf(object)),
    );
    const namespace = home === undefined ? 'default' : namespaceOf(root, home);
    return objects.length === 0 ? [] : [{ app: file, namespace, objects }];
  });
  return [...apps, ...rest];
}

/** Not what charts bring, nor what slipway keeps for itself. */
function isOurs(file: string): boolean {
  return (
    file.endsWith('.yaml') && !/(?:^|\/)(?:charts|values|\.slipway|\.git|\.github)\/|^\.pre-commit/.test(file)
  );
}

/** What an API server has: patches, and the files of kustomize, helm and Argo CD's plugins are none of its. */
function isObject(object: KubeObject): boolean {
  const { apiVersion, kind, metadata } = object;
  return (
    typeof apiVersion === 'string' &&
    !/^builtin$|^kustomize\.config\.k8s\.io\//.test(apiVersion) &&
    kind !== 'ConfigManagementPlugin' &&
    !('$patch' in object) &&
    typeof metadata?.name === 'string'
  );
}

function idOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.name}`;
}

/** The demo's own apps come without their charts: of those the files are what slipway wrote. */
function built(root: string, app: string): KubeObject[] {
  const text = readFileSync(path.join(root, app, 'kustomization.yaml'), 'utf8');
  if (text.includes('helmCharts:') && !existsSync(path.join(root, app, 'charts'))) return [];
  const helm = ['--enable-helm', '--helm-command', findTool('helm') ?? 'helm'];
  const args = ['build', ...helm, '--load-restrictor', 'LoadRestrictionsNone', app];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  return objectsIn(execFileSync(findTool('kustomize') ?? 'kustomize', args, options));
}

function namespaceOf(root: string, app: string): string {
  const text = readFileSync(path.join(root, app, 'kustomization.yaml'), 'utf8');
  return /^namespace: *(\S+)/m.exec(text)?.[1] ?? path.basename(app);
}

/** The objects of a text, as Go reads it. */
export function objectsIn(text: string): KubeObject[] {
  const documents = parseAllDocuments(text, { version: '1.1', schema: 'core' });
  return [documents].flat().flatMap(document => {
    const value = document.toJS() as KubeObject | null;
    return value && typeof value === 'object' ? [value] : [];
  });
}
