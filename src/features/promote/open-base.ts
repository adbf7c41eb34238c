import { createHash } from 'node:crypto';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import { say } from '../../locales/say.ts';
import type { PromotionRecord } from '../../repository/promotion-record.ts';
import { lockPath } from '../../repository/lock-entry.ts';
import type { GitHistory, GitTree } from '../../system/git/git-tree.ts';
import { type AppFiles, filesOfApp } from './app-files.ts';
import { differences, type LearnedPaths, ownership } from './environment-owned.ts';
import type { PromotionBase } from './promotion.ts';

/** Both sides of an app at one moment. */
type State = { source: AppFiles; target: AppFiles; commit: string | undefined };

export type BaseRequest = {
  source: UsingApp;
  target: UsingApp;
  now: { source: AppFiles; target: AppFiles };
  record: PromotionRecord | undefined;
  keep: readonly string[];
};

/** States that are looked back at; what agreed longer ago has to be remembered. */
const MOST_COMMITS = 30;

/** Finds bases in the history of a repository; trees are read once for all apps. */
export function openBases(
  history: GitHistory | undefined,
): (request: BaseRequest) => Promise<PromotionBase | undefined> {
  const trees = new Map<string, Promise<GitTree>>();
  const treeOf = (commit: string): Promise<GitTree> => {
    const known = trees.get(commit) ?? (history as GitHistory).tree(commit);
    trees.set(commit, known);
    return known;
  };
  return async request => {
    if (!history) return undefined;
    const remembered = request.record && (await baseOfRecord(history, request, request.record));
    return remembered ?? baseOfHistory(await statesOf(history, treeOf, request), request);
  };
}

/** Undefined where git no longer has what was promoted. */
async function baseOfRecord(
  history: GitHistory,
  { source, target }: BaseRequest,
  record: PromotionRecord,
): Promise<PromotionBase | undefined> {
  const ids = [...new Set([...Object.values(record.source), ...Object.values(record.target)])];
  const contents = await history.contents(ids);
  const textOf = (files: Readonly<Record<string, string>>): Map<string, string> | undefined => {
    const found = Object.entries(files).map(
      ([file, id]) => [file, contents.get(id)?.toString('utf8')] as const,
    );
    return found.some(([, text]) => text === undefined) ? undefined : new Map(found as [string, string][]);
  };
  const [sourceText, targetText] = [textOf(record.source), textOf(record.target)];
  if (!sourceText) return undefined;
  const then = filesOfApp(sourceText, source);
  const evidence = say('promote.sinceRecord');
  const learned = targetText && {
    paths: new Set(
      [...differences(then, filesOfApp(targetText, target)).keys()].filter(
        key => !record.ahead.includes(key),
      ),
    ),
    evidence: say('promote.learnedFromRecord'),
  };
  return { source: then, learned, evidence };
}

async function statesOf(
  history: GitHistory,
  treeOf: (commit: string) => Promise<GitTree>,
  { source, target, now }: BaseRequest,
): Promise<State[]> {
  const commits = await history.commits([source.path, target.path], MOST_COMMITS);
  const states: State[] = [{ ...now, commit: undefined }];
  for (const commit of commits) {
    const tree = await treeOf(commit);
    const side = async (app: UsingApp): Promise<AppFiles> => {
      const lock = lockPath(app.path);
      const own = [...tree.entries.keys()].filter(
        file => file === lock || (file.startsWith(`${app.path}/`) && /\.ya?ml$|\/Kustomization$/.test(file)),
      );
      const read = await tree.read(own);
      return filesOfApp(new Map([...read].map(([file, bytes]) => [file, bytes.toString('utf8')])), app);
    };
    const state = { source: await side(source), target: await side(target), commit };
    if (state.source.size > 0 && state.target.size > 0) states.push(state);
  }
  return distinct(states);
}

/** One state for what several commits left as it was: the oldest of them tells since when. */
function distinct(states: readonly State[]): State[] {
  const byContent = new Map<string, State>();
  for (const state of states) {
    const hash = createHash('sha256');
    for (const files of [state.source, state.target])
      for (const { file, text } of files.values()) hash.update(`${file}\0${text}\0`);
    byContent.set(hash.digest('hex'), state);
  }
  return [...byContent.values()];
}

/** The newest state in which the sides differed in nothing but what is each environment's own. */
function baseOfHistory(states: readonly State[], { keep }: BaseRequest): PromotionBase | undefined {
  // One state alone shows nobody what has always been so.
  if (states.length < 2) return undefined;
  const different = states.map(({ source, target }) => differences(source, target));
  const [first, ...rest] = different;
  const always = [...(first?.keys() ?? [])].filter(path => rest.every(other => other.has(path)));
  const learned: LearnedPaths = {
    paths: new Set(always),
    evidence: say('promote.learnedFromHistory', { count: states.length }),
  };
  const owned = ownership(keep, learned);
  const at = different.findIndex(paths =>
    [...paths.values()].every(({ key, path }) => owned(key, path) !== undefined),
  );
  const state = states[at];
  if (!state) return undefined;
  const commit = state.commit?.slice(0, 10);
  const evidence = commit === undefined ? say('promote.agreeNow') : say('promote.agreedAt', { commit });
  return { source: state.source, learned, evidence };
}
