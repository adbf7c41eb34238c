import { posix } from 'node:path';
import { append } from '../../data/append.ts';
import { createFile, deleteFile, joinAll, updateFile } from '../../change-set.ts';
import { withAcceptance } from '../../output/risks.ts';
import { ownFailure } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { pinReason } from '../../repository/pin.ts';
import { parseKustomization } from '../../repository/kustomization.ts';
import { scopesOf } from '../../values/answer-keys.ts';
import { mergeAnswered } from '../../values/merge-answered.ts';
import { isSealed, isValuesKey, sealedNames, type PromotedFile } from './app-files.ts';
import { type DataChange, changePath } from '../../values/data-changes.ts';
import { ownership, promotedPartOf, pathKey } from './environment-owned.ts';
import { dataGoneWith } from './gone-data.ts';
import { type MergedFile, mergeManifest, type MergeRules } from '../../values/merge-manifest.ts';
import { mergeValuesFile } from './merge-file.ts';
import {
  BEHIND_KINDS,
  type Behind,
  type PromotionPlan,
  type Promotion,
  type PromotionRequest,
  type PromotionStatus,
} from './promotion.ts';
import { planNew, planRemoved } from './whole-files.ts';

/** Plans the promotion of one app: a three-way merge of each file. Never throws for what stands in a file. */
export function planPromotion(request: PromotionRequest): Promotion {
  const evidence = request.base?.evidence ?? say('promote.baseLost');
  const plan: PromotionPlan = {
    app: request.app,
    behind: [],
    ahead: [],
    aheadKeys: [],
    kept: [],
    held: heldCharts(request),
    decisions: [],
    usedAnswers: [],
    reseal: [],
    sealNames: new Map(),
    deletes: [],
    changes: [],
  };
  try {
    const keys = [...new Set([...request.source.files.keys(), ...(request.base?.source.keys() ?? [])])];
    for (const key of keys) planFile(request, plan, key);
    const status = statusOf(plan);
    // Without a base, what does not differ agrees all the same.
    const isAgreed = !request.base && status === 'in-step';
    const changes = joinAll(plan.changes);
    const risks = withAcceptance(request.app, dataGoneWith(request.target, changes), request.accepted);
    return {
      ...plan,
      status,
      changes,
      risks,
      evidence: isAgreed ? say('promote.agreeNow') : evidence,
      failure: undefined,
    };
  } catch (error) {
    const failure = ownFailure(error);
    return { ...plan, status: 'diverged', risks: [], changes: { changes: [] }, evidence, failure };
  }
}

function statusOf({ behind, ahead, decisions, reseal }: PromotionPlan): PromotionStatus {
  const isBehind = behind.length + reseal.length > 0;
  if (decisions.length > 0 || (isBehind && ahead.length > 0)) return 'diverged';
  if (isBehind) return 'behind';
  return ahead.length > 0 ? 'ahead' : 'in-step';
}

/** Charts that a comment holds in the target. */
function heldCharts({ source, target }: PromotionRequest): Promotion['held'] {
  return [...target.files].flatMap(([key, { file, text }]) => {
    if (!/(?:^|\/)[kK]ustomization(?:\.ya?ml)?$/.test(key)) return [];
    const theirs = source.files.get(key);
    const fresh = theirs ? parseKustomization(theirs.text, theirs.file).charts : [];
    return parseKustomization(text, file).charts.flatMap(
      ({ name = '', releaseName = name, version, versionComment }) => {
        const why = pinReason(versionComment);
        const next = fresh.find(each => (each.releaseName ?? each.name) === releaseName);
        return why === undefined || next?.version === version
          ? []
          : [{ chart: releaseName, locked: name, why }];
      },
    );
  });
}

function planFile(request: PromotionRequest, plan: PromotionPlan, key: string): void {
  const [source, target, base] = [request.source.files, request.target.files, request.base?.source].map(
    files => files?.get(key),
  );
  if ([source, target].some(each => each && isSealed(each.text)))
    return planSealed(request, plan, { source, base, key });
  if (source && target) return planMerge(request, plan, { key, source, target, base });
  const part = promotedPartOf(key, []);
  if (!request.only.has(part)) return;
  if (source && !target) return planNew(request, plan, { key, source, base });
  if (target && base) planRemoved(request, plan, { target, base });
}

type Sealed = { key: string; source: PromotedFile | undefined; base: PromotedFile | undefined };

/** What is sealed for one place is listed where it changed, and never copied. */
function planSealed(
  { target, only, base: known }: PromotionRequest,
  plan: PromotionPlan,
  { key, source, base }: Sealed,
): void {
  if (!source || !only.has('resources') || !known || source.text === base?.text) return;
  const there = target.files.get(key);
  const file = there?.file ?? `${target.path}/${key}`;
  plan.reseal.push(file);
  if (!there) plan.sealNames.set(file, sealedNames(source.text));
}

type Both = { key: string; source: PromotedFile; target: PromotedFile; base: PromotedFile | undefined };

function planMerge(
  request: PromotionRequest,
  plan: PromotionPlan,
  { key, source, target, base }: Both,
): void {
  const isValues = isValuesKey(key);
  const release = plan.held.find(({ chart }) => isValues && key.startsWith(`values of ${chart} `));
  if (release) return;
  const rules = rulesOf(request, plan, key);
  if (isValues && !rules.isWanted([])) return;
  // A file that is new on both sides has no common state.
  const sides = { name: target.file, base: base?.text, ours: target.text, theirs: source.text };
  const { merged, used } = mergeAnswered(
    request.given,
    scopesOf({ app: request.app, names: [target.file] }),
    answers =>
      isValues ? mergeValuesFile(sides, { ...rules, answers }) : mergeManifest(sides, { ...rules, answers }),
  );
  append(
    plan.usedAnswers,
    used.map(answer => answer.key),
  );
  record(plan, key, target.file, merged);
  if (isValues && base && merged.decisions.length === 0) {
    const renamed = renamedTo(request, { source, target, base });
    if (renamed !== undefined) {
      plan.changes.push(deleteFile({ path: target.file, before: target.text, why: request.why }));
      plan.changes.push(
        createFile({
          path: renamed,
          content: merged.text,
          why: request.why,
          madeFrom: { name: target.file, content: Buffer.from(target.text) },
        }),
      );
      return;
    }
  }
  plan.changes.push(
    updateFile({ path: target.file, content: merged.text, before: target.text, why: request.why }),
  );
}

/** Values whose name bears a version go along with it, where the target had the source's name. */
function renamedTo(
  { source: from, target: to, only }: PromotionRequest,
  { source, target, base }: Required<Omit<Both, 'key' | 'base'>> & { base: PromotedFile },
): string | undefined {
  const inside = (file: string): string => posix.basename(file);
  if (
    !only.has('charts') ||
    inside(base.file) !== inside(target.file) ||
    inside(source.file) === inside(target.file)
  )
    return undefined;
  return `${to.path}${source.file.slice(from.path.length)}`;
}

function rulesOf(
  request: PromotionRequest,
  { held }: PromotionPlan,
  key: string,
): Omit<MergeRules, 'answers'> {
  const owned = ownership(request.keep, request.base?.learned);
  const { source, target } = request;
  return {
    isWanted: path =>
      request.only.has(promotedPartOf(key, path)) || (isValuesKey(key) && request.only.has('charts')),
    ownedBy: path => {
      const pin = pinOf(held, key, path);
      if (pin) return say('promote.heldBy', { why: pin.why });
      const listed = path[0] === 'resources' ? path[1]?.slice(1, -1) : undefined;
      const file = listed === undefined ? undefined : source.files.get(listed);
      if (file && isSealed(file.text) && !target.files.has(listed ?? '')) return say('promote.sealFirst');
      return owned(key, path);
    },
  };
}

/** What holds a place: an entry of `helmCharts`, and what the lock says of that chart; in a list of two versions all of it. */
function pinOf(
  held: Promotion['held'],
  key: string,
  [first, second]: readonly string[],
): Promotion['held'][number] | undefined {
  const item = second?.slice(1, -1);
  if (key === 'lock' && first === 'charts')
    return held.find(({ locked }) => item === undefined || locked === item);
  return first === 'helmCharts' ? held.find(({ chart }) => chart === item) : undefined;
}

function record(plan: PromotionPlan, key: string, file: string, merged: MergedFile): void {
  append(
    plan.behind,
    merged.taken.map(change => behindOf(key, file, change)),
  );
  append(
    plan.ahead,
    merged.ahead.map(({ path }) => `${file}: ${changePath(path)}`),
  );
  append(
    plan.aheadKeys,
    merged.ahead.map(({ path }) => pathKey(key, path)),
  );
  append(
    plan.kept,
    merged.kept.map(({ change, why }) => ({ what: `${file}: ${changePath(change.path)}`, why })),
  );
  append(
    plan.decisions,
    merged.decisions.map(decision => ({ ...decision, file })),
  );
}

function behindOf(key: string, file: string, { path, before, after }: DataChange): Behind {
  const [from, to] = [before, after].map(value =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : undefined,
  );
  const what = `${file}: ${changePath(path)}`;
  return {
    kind: BEHIND_KINDS[promotedPartOf(key, path)],
    what,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}
