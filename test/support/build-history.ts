import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { renderedImages, renderOffline } from './kustomize.ts';
import { git, makeFolder } from './repository.ts';
import type { Manifest } from '../../src/repository/manifest.ts';

/** What one commit changes of what an app renders: how many objects, and which images come and go. */
export type AppCounts = {
  app: string;
  added: number;
  removed: number;
  changed: number;
  images: { gone: string[]; come: string[] };
};

/** The folders of apps at a commit, each built by real kustomize and helm; one that does not build is left out. */
function buildsAt(root: string, commit: string): Map<string, Manifest[]> {
  const tree = makeFolder();
  cpSync(path.join(root, '.git'), path.join(tree, '.git'), { recursive: true });
  git(tree, 'checkout', '--quiet', '--force', commit);
  const apps = readdirSync(path.join(tree, 'production')).map(name => `production/${name}`);
  return new Map(apps.map(app => [app, renderOffline(tree, app)]));
}

/** Kind, namespace and name alone: what a version or a label changes is the same object still. */
function byName(manifests: readonly Manifest[]): Map<string, Manifest> {
  return new Map(
    manifests.map(manifest => [`${manifest.kind} ${manifest.namespace ?? ''}/${manifest.name}`, manifest]),
  );
}

function countsOf(app: string, old: readonly Manifest[], now: readonly Manifest[]): AppCounts {
  const [before, after] = [byName(old), byName(now)];
  const [gone, come] = [new Set(renderedImages(old)), new Set(renderedImages(now))];
  return {
    app,
    added: [...after.keys()].filter(key => !before.has(key)).length,
    removed: [...before.keys()].filter(key => !after.has(key)).length,
    changed: [...after].filter(
      ([key, manifest]) => before.has(key) && !isDeepStrictEqual(before.get(key), manifest),
    ).length,
    images: {
      gone: [...gone].filter(image => !come.has(image)).toSorted(),
      come: [...come].filter(image => !gone.has(image)).toSorted(),
    },
  };
}

/** What each commit changes, told by building every app on both sides and comparing; apps that render as before are left out. */
export function changesByBuilding(root: string, commits: readonly string[]): AppCounts[][] {
  const builds = commits.map(commit => buildsAt(root, commit));
  return builds.slice(1).map((after, index) => {
    const before = builds[index] ?? new Map<string, Manifest[]>();
    const apps = [...new Set([...before.keys(), ...after.keys()])].toSorted();
    return apps
      .map(app => countsOf(app, before.get(app) ?? [], after.get(app) ?? []))
      .filter(({ added, removed, changed }) => added + removed + changed > 0);
  });
}
