import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { append } from '../../../data/append.ts';
import {
  isKustomization,
  KUSTOMIZATION_FILES,
  readKustomization,
} from '../../../repository/kustomization.ts';
import { readLocated } from '../../../yaml/read.ts';
import { capiIn, type PlacedCapi } from '../facts/folder-summary.ts';
import type { CapiChange } from '../facts/repository-facts.ts';
import type { RepositorySummary } from '../facts/repository-summary.ts';
import type { Committed } from './committed.ts';
import type { Snapshot } from './snapshot.ts';

/** Which files a kustomization builds: undefined for all of a folder. */
type Lists = readonly string[] | undefined;

/**
 * What the clusters of a repository consist of, and what the commit has of them in another way. Git is asked only where
 * there is such a cluster: most repositories have none.
 */
export async function findCapiChange(
  committed: Committed | undefined,
  summary: RepositorySummary,
  snapshot: Snapshot,
): Promise<CapiChange> {
  const all = [...summary.summaries.values()].flatMap(({ capi }) => capi);
  const isBuilt = builtBy(folder => listsNow(summary, folder));
  const now = all.filter(({ file }) => isBuilt(file));
  if (all.length === 0 || !committed) return { now, before: [] };
  const changed = await changedTexts(committed, snapshot);
  const wasBuilt = builtBy(folder => listsThen(changed, committed, folder) ?? listsNow(summary, folder));
  const unlisted = all.filter(({ file }) => !changed.has(file) && !isBuilt(file));
  const before = [...[...changed].flatMap(([file, text]) => capiIn(file, text)), ...unlisted];
  return { now, before: before.filter(({ file }) => wasBuilt(file)).map(each => placed(each, summary)) };
}

function placed(each: PlacedCapi, { summaries }: RepositorySummary): CapiChange['before'][number] {
  const folder = foldersAround(each.file).find(around => around !== '' && summaries.has(around));
  return { ...each, folder };
}

/** From the nearest to the outermost, which is ''. */
function foldersAround(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''];
}

/** What is in no folder with a kustomization is deployed as it is. */
function builtBy(listsOf: (folder: string) => Lists | 'none'): (file: string) => boolean {
  return file => {
    for (const folder of foldersAround(file)) {
      const lists = listsOf(folder);
      if (lists !== 'none') return lists === undefined || lists.includes(file);
    }
    return true;
  };
}

function listsNow({ summaries }: RepositorySummary, folder: string): Lists | 'none' {
  const own = folder === '' ? undefined : summaries.get(folder);
  return own ? (own.isEmpty ? undefined : own.listed.paths) : 'none';
}

/** As the commit has it; undefined for what is now as it was then. */
function listsThen(
  changed: ReadonlyMap<string, string>,
  { paths }: Committed,
  folder: string,
): Lists | 'none' | undefined {
  const names = KUSTOMIZATION_FILES.map(name => path.posix.join(folder, name));
  const file = names.find(each => Object.hasOwn(paths.kustomizations, each));
  if (file === undefined) return 'none';
  const text = changed.get(file);
  if (text === undefined) return undefined;
  const result = readLocated(text);
  if (result.status === 'unreadable') return [];
  return readKustomization(file, result.yaml).references.flatMap(({ path: target }) => target ?? []);
}

/** Files read at once. */
const AT_ONCE = 64;

/** The YAML files of the commit that are not as they were or not there any more, as they were. */
async function changedTexts(committed: Committed, snapshot: Snapshot): Promise<Map<string, string>> {
  const { entries } = await committed.tree();
  const files = [...entries.keys()].filter(
    file => (/\.ya?ml$/.test(file) || isKustomization(file)) && !/\/(?:values|charts)\//.test(file),
  );
  const now = await snapshot.idsOf(files);
  const changed = files.filter(file => now.get(file) !== entries.get(file)?.id);
  const texts: [string, string][] = [];
  for (let at = 0; at < changed.length; at += AT_ONCE) {
    const contents = await committed.read(changed.slice(at, at + AT_ONCE));
    append(
      texts,
      [...contents].flatMap(([file, content]): [string, string][] => {
        const text = isUtf8(content) ? content.toString('utf8') : '';
        return isKustomization(file) || text.includes('cluster.x-k8s.io/') ? [[file, text]] : [];
      }),
    );
  }
  return new Map(texts);
}
