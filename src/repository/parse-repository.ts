import path from 'node:path';
import { memoized } from '../data/memoized.ts';
import type { PlacedManifest } from './deployments.ts';
import { noRoom } from '../data/no-room.ts';
import type { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { MOST_KEPT } from '../yaml/node-limit.ts';
import { readDocuments } from '../yaml/read.ts';
import { type AppFolder, type Discovered, discoverApps } from './discover-apps.ts';
import { KUSTOMIZATION_FILES, parseKustomization } from './kustomization.ts';
import {
  type App,
  collecting,
  deployingIn,
  listedBy,
  readAppIn,
  type Repository,
  type RepositoryText,
} from './model.ts';
import { type Sets, setsOf } from './sets/set-repository.ts';
import { findTemplates } from './templates-left-out.ts';

/** Finds environments and apps in a repository's text. */
export function parseRepository(text: RepositoryText, configured?: readonly string[]): Repository {
  const isTemplate = findTemplates(text.keys(), file => text.get(file));
  const plain = [...text.keys()].filter(file => !isTemplate(file));
  const folders = kustomizedFolders(plain);
  // Parsed once, for whoever looks for charts too: they are kept by the whole text.
  const deploying = memoized(() => plain.flatMap(file => deployingIn(text, file)));
  const sets = setsIn(text, plain, deploying);
  const discovered = discover(text, { folders, sets, deploying, configured });
  const { apps: found, environments, evidence, isChosen } = discovered;
  const problems: UserError[] = [];
  const files = new Map(folders.map(folder => [folder.path, folder.file]));
  const apps = readApps(
    found.filter(({ isPart }) => !isPart).map(app => ({ app, file: files.get(app.folder) ?? '' })),
    { text, problems },
  );
  return {
    text,
    isTemplate,
    environments,
    environmentsEvidence: evidence,
    environmentsAreChosen: isChosen,
    apps,
    problems,
    sets,
  };
}

/** Apps in the order of their folders; of those that have no room together, the ones with the largest kustomizations are left out. */
function readApps(
  found: readonly { app: AppFolder; file: string }[],
  { text, problems }: { text: RepositoryText; problems: UserError[] },
): App[] {
  const lengthOf = (file: string): number => text.get(file)?.length ?? 0;
  let left = MOST_KEPT;
  const read = new Map<string, App>();
  for (const { app, file } of found.toSorted((a, b) => lengthOf(a.file) - lengthOf(b.file)))
    for (const own of collecting(problems, () => [readAppIn(text, app, file)])) {
      left -= own.kustomization.yaml.size;
      if (left >= 0) read.set(app.folder, own);
      else problems.push(noRoom(file, say('system.nodesTogether', { most: MOST_KEPT })));
    }
  return found.flatMap(({ app }) => read.get(app.folder) ?? []);
}

type Folder = { path: string; file: string };

function kustomizedFolders(files: readonly string[]): Folder[] {
  const found = files.filter(file => KUSTOMIZATION_FILES.some(name => path.posix.basename(file) === name));
  return found
    .map(file => ({ path: path.posix.dirname(file), file }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Expands the sets of a text; files that another program fills in are none. */
function setsIn(text: RepositoryText, plain: readonly string[], deploying: () => PlacedManifest[]): Sets {
  const own = new Map(plain.map(file => [file, text.get(file) ?? '']));
  return setsOf({
    text: own,
    deploying: () => deploying().map(({ manifest }) => manifest),
    documents: file => collecting([], () => [[...readDocuments(own.get(file) ?? '', file)]])[0],
  });
}

type Folders = {
  folders: readonly Folder[];
  sets: Sets;
  deploying(): PlacedManifest[];
  configured: readonly string[] | undefined;
};

function discover(text: RepositoryText, { folders, sets, deploying, configured = [] }: Folders): Discovered {
  const files = new Map(folders.map(folder => [folder.path, folder.file]));
  return discoverApps({
    configured,
    deploying: deploying(),
    sets,
    folders: folders.map(folder => folder.path),
    lists: folder => {
      const file = files.get(folder) ?? '';
      const [own] = collecting([], () => [parseKustomization(text.get(file) ?? '', file)]);
      return listedBy(own);
    },
  });
}
