import { posix } from 'node:path';
import { isRecord, stringOf, valueAt } from '../../../data/fields.ts';
import type { ListedApplication } from '../../../repository/applications.ts';
import { folderAt } from '../../../repository/deployments.ts';
import { isRetired } from '../../../repository/retired.ts';
import { deployedSources } from '../../../repository/sets/made.ts';
import type { Sets } from '../../../repository/sets/set-repository.ts';
import { parentOf } from './convention-summary.ts';
import type { FolderSummary, ObjectSummary } from './folder-summary.ts';
import type { MissedChild, Unseen } from './repository-facts.ts';

type Root = { name: string; file: string; folder: string; isRecursive: boolean };

type Seen = {
  summaries: ReadonlyMap<string, FolderSummary>;
  /** All of the repository. */
  files: ReadonlySet<string>;
  applications: readonly ListedApplication[];
  sets: Sets;
};

/** What roots miss; folders that are retired, and what something else lists or deploys, are left out on purpose. */
export function missedChildren({ summaries, files, applications, sets }: Seen): {
  missed: MissedChild[];
  unseen: Unseen[];
} {
  const deploying = [...summaries.values()].flatMap(summary => summary.deploying);
  const roots = deploying.flatMap(object => rootOf(object, { files, sets }));
  const children = deploying.filter(({ kind, file }) => kind !== 'Kustomization' && !isRetired(file));
  const listed = new Set([...summaries.values()].flatMap(summary => summary.listed.paths));
  const flux = deploying.filter(({ kind }) => kind === 'Kustomization');
  const deployed = new Set([
    ...applications.flatMap(({ path = '' }) => folderAt(path) ?? []),
    ...flux.flatMap(({ body }) => folderAt(stringOf(valueAt(body, ['spec', 'path']))) ?? []),
  ]);
  const isElsewhere = (root: Root, { file }: ObjectSummary): boolean =>
    wayDown(root.folder, file).some(folder => listed.has(folder) || deployed.has(folder)) || listed.has(file);
  const unseen: Unseen[] = [];
  const missed = roots.flatMap(root => {
    const below = children.filter(({ file }) => file !== root.file && file.startsWith(`${root.folder}/`));
    const isDeeper = !summaries.has(root.folder);
    const hidden = below.filter(child => !isSeen(root, child, { summaries, listed }));
    if (hidden.length > 0)
      unseen.push({ root: root.name, file: root.file, children: hidden.map(({ file }) => file) });
    // Where it sees none of them but other things, it is no root, or another program makes what it sees.
    if (hidden.length === below.length && !isBlind(root, { summaries, files })) return [];
    return hidden
      .filter(child => !isElsewhere(root, child) && isNear(root, child, summaries))
      .filter(({ file }) => !summaries.get(root.folder)?.commented.includes(posix.basename(file)))
      .map(({ file, document, kind, name }) => ({
        file,
        document,
        kind,
        name,
        root: root.name,
        folder: root.folder,
        isDeeper,
      }));
  });
  return { missed, unseen };
}

/** Whether a root deploys nothing but itself: its kustomization lists nothing, or no file stands right in its folder. */
function isBlind(
  { folder, file: own }: Root,
  { summaries, files }: Pick<Seen, 'summaries' | 'files'>,
): boolean {
  const summary = summaries.get(folder);
  if (!summary)
    return ![...files].some(
      file => parentOf(file) === folder && file !== own && !/\.(?:md|txt)$/i.test(file),
    );
  const { charts, listed, transformers } = summary;
  return charts.length + listed.paths.length + transformers.length === 0;
}

/** An Application that deploys a folder of manifests of this repository. */
function rootOf(
  { kind, name, file, body }: ObjectSummary,
  { files, sets }: Pick<Seen, 'files' | 'sets'>,
): Root[] {
  if (kind !== 'Application') return [];
  return deployedSources(body).flatMap(({ source }) => {
    if (!isRecord(source) || !sets.isOwn(stringOf(source['repoURL']) ?? '')) return [];
    const folder = folderAt(stringOf(source['path']));
    const isOther = ['chart', 'helm', 'plugin'].some(key => key in source);
    if (folder === undefined || folder === '.' || isOther || files.has(`${folder}/Chart.yaml`)) return [];
    const told = valueAt(source, ['directory']);
    const isChosen = ['include', 'exclude', 'jsonnet'].some(key => valueAt(told, [key]) !== undefined);
    return isChosen ? [] : [{ name, file, folder, isRecursive: valueAt(told, ['recurse']) === true }];
  });
}

function isSeen(
  { folder, isRecursive }: Root,
  { file }: ObjectSummary,
  { summaries, listed }: Pick<Seen, 'summaries'> & { listed: ReadonlySet<string> },
): boolean {
  if (!summaries.has(folder)) return isRecursive || parentOf(file) === folder;
  return listed.has(file) || wayDown(folder, file).some(each => listed.has(each));
}

/** No kustomization stands between, which would be built by somebody else. */
function isNear({ folder }: Root, { file }: ObjectSummary, summaries: Seen['summaries']): boolean {
  return wayDown(folder, file).every(each => !summaries.has(each));
}

/** The folders between a folder and a file below it. */
function wayDown(folder: string, file: string): string[] {
  const between: string[] = [];
  for (let each = parentOf(file); each.length > folder.length; each = parentOf(each)) between.push(each);
  return between;
}
