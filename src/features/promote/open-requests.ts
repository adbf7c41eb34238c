import { isDeepStrictEqual } from 'node:util';
import { type ChangeSet, createFile, joinAll, textsAfter, updateFile } from '../../change-set.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import { say } from '../../locales/say.ts';
import { parseRecord, recordPath, renderRecord } from '../../repository/promotion-record.ts';
import { openRepositoryRoot } from '../../system/files/find-repository.ts';
import { contentId } from '../../system/git/blob-id.ts';
import { openHistory } from '../../system/git/git-tree.ts';
import type { GivenAnswers } from '../../values/merge-answered.ts';
import { type AppFiles, filesOfApp } from './app-files.ts';
import { PROMOTED_PARTS, type PromotedPart } from './environment-owned.ts';
import { openBases } from './open-base.ts';
import type { Pair } from './pair-apps.ts';
import { planPromotion } from './plan-promotion.ts';
import type { Promotion, PromotionRequest } from './promotion.ts';
import type { Promoted } from './view.ts';

/** What is known of an app before anything is decided, and where its promotion is remembered. */
export type PromotionLookup = {
  pair: Pair;
  request: Omit<PromotionRequest, 'given' | 'accepted'>;
  record: { file: string; before: string | undefined; format: 'sha1' | 'sha256' };
};

/** What a run is about to do: apps with what is planned for them, and the answers that count. */
export type PlannedRun = { planned: Promoted[]; requests: PromotionLookup[] } & PersonAnswers;

/** What a person has answered: decisions, and the risks that are taken. */
export type PersonAnswers = { given: readonly GivenAnswers[]; accepted: readonly string[] };

/** Looks up what the promotions of some apps start from: their files, and the state in which both agreed. */
export async function openRequests(
  { repository, gitops, files, session }: CommandContext,
  pairs: readonly Pair[],
  only: ReadonlySet<PromotedPart>,
): Promise<PromotionLookup[]> {
  const root = await openRepositoryRoot(files.root);
  const history = openHistory(root, { signal: session.signal, indexFile: undefined });
  const head = await history?.resolve('HEAD');
  const baseOf = openBases(head === undefined ? undefined : history);
  const keep = gitops.configuration.promotion?.keep ?? [];
  const requests: PromotionLookup[] = [];
  for (const pair of pairs) {
    const sideOf = ({ path, name, kustomization }: Pair['source']): PromotionRequest['source'] => ({
      path,
      namespace: kustomization?.namespace ?? name,
      files: filesOfApp(repository.text, { path }),
    });
    const [source, target] = [sideOf(pair.source), sideOf(pair.target)];
    const file = recordPath(pair.to, pair.app);
    const before = repository.text.get(file);
    const now = { source: source.files, target: target.files };
    const base = await baseOf({ ...pair, now, record: parseRecord(before), keep });
    const why = session.t(say('promote.why', { from: pair.from, to: pair.to }));
    requests.push({
      pair,
      request: { app: pair.target.path, source, target, base, keep, only, why },
      record: { file, before, format: head?.length === 64 ? 'sha256' : 'sha1' },
    });
  }
  return requests;
}

/** Plans the promotion of an app with the answers that are given; what is promoted as a whole is remembered with it. */
export function promotionOf(
  { repository: { text }, today }: Pick<CommandContext, 'repository' | 'today'>,
  { pair, request, record }: PromotionLookup,
  answered: PersonAnswers,
): Promoted {
  const promotion = planPromotion({ ...request, ...answered });
  const { changes } = promotion;
  if (!isRemembered(promotion, request.only)) return { pair, promotion };
  const gone = new Set(changes.changes.flatMap(change => (change.action === 'delete' ? [change.path] : [])));
  const after = new Map([...textsAfter(text, changes)].filter(([each]) => !gone.has(each)));
  const change = recordChange({
    ...record,
    from: pair.from,
    source: request.source.files,
    target: filesOfApp(after, pair.target),
    ahead: promotion.aheadKeys,
    today,
    idOf: content => contentId(content, record.format),
    why: request.why,
  });
  return { pair, promotion: { ...promotion, changes: joinAll([changes, change]) } };
}

function isRemembered(
  { changes, decisions, usedAnswers, failure }: Promotion,
  only: ReadonlySet<PromotedPart>,
): boolean {
  const isWhole = only.size === PROMOTED_PARTS.length && decisions.length === 0 && !failure;
  return isWhole && changes.changes.length + usedAnswers.length > 0;
}

type Recording = {
  file: string;
  before: string | undefined;
  from: string;
  source: AppFiles;
  target: AppFiles;
  ahead: readonly string[];
  today: Date;
  /** The id that git gives to a content. */
  idOf(content: Uint8Array): string;
  why: string;
};

/** The change that remembers a promotion; none where the same is remembered, whenever that was. */
export function recordChange(recording: Recording): ChangeSet {
  const { file, before, from, source, target, ahead, today, idOf, why } = recording;
  const ids = (files: AppFiles): Record<string, string> =>
    Object.fromEntries([...files.values()].map(each => [each.file, idOf(Buffer.from(each.text))]));
  const known = parseRecord(before);
  const own = { source: ids(source), target: ids(target) };
  const isKnown =
    known?.from === from &&
    isDeepStrictEqual(
      [{ ...known.source }, { ...known.target }, known.ahead],
      [own.source, own.target, ahead],
    );
  if (isKnown) return { changes: [] };
  const content = renderRecord({ from, date: today.toISOString().slice(0, 10), ...own, ahead });
  return before === undefined
    ? createFile({ path: file, content, why })
    : updateFile({ path: file, content, before, why, leftover: true });
}
