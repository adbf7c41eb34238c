import { type Decisions, decisionsIn } from '../../output/risks.ts';
import { isPlanDigest, isPlanText, oddPlan, parsePlanJson, planInputs } from '../../cli/saved-plan.ts';
import { sha256Of } from '../../data/digest.ts';
import { asMap, field } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import { planPromotion } from './plan-promotion.ts';
import type { PromotionLookup } from './open-requests.ts';
import { PROMOTED_PARTS, type PromotedPart } from './environment-owned.ts';

/** An app of a plan: its folders, how it is called in both, and the digest of what its promotion came to without an answer. */
export type PlannedApp = { app: string; from: string; name: string; outcome: string };

/** What of a plan counts; the rest is for people, and is worked out again. */
export type SavedPromotions = {
  from: string;
  to: string;
  only: ReadonlySet<PromotedPart>;
  apps: PlannedApp[];
  inputs: Record<string, string>;
} & Decisions;

const MAX_APPS = 20_000;

/**
 * Reads a plan that `promote --plan` wrote. Of its form only: whether it still holds is told by its digests.
 * @throws UserError E_VALUE for anything else
 */
export function parsePromotionPlan(text: string, file: string): SavedPromotions {
  const data = parsePlanJson(text, file);
  const [from, to] = [field(data, 'from'), field(data, 'to')];
  if (field(data, 'schemaVersion') !== 1 || !isPlanText(from) || !isPlanText(to))
    throw oddPlan(file, say('promote.noPromotionPlan'));
  const written = field(data, 'apps');
  if (!Array.isArray(written) || written.length > MAX_APPS)
    throw oddPlan(file, say('promote.appsNotList', { most: MAX_APPS }));
  const apps = written.map(item => appOf(item, file));
  if (new Set(apps.map(({ app }) => app)).size < apps.length) throw oddPlan(file, say('promote.appTwice'));
  const answered = Object.entries(asMap(field(data, 'answers'))).filter(([, answer]) => answer !== null);
  return {
    from,
    to,
    only: partsIn(field(data, 'only'), file),
    apps,
    inputs: planInputs(field(data, 'inputs'), file),
    ...decisionsIn(Object.fromEntries(answered), file),
  };
}

function appOf(item: unknown, file: string): PlannedApp {
  const data = asMap(item);
  const [app, from, name, outcome] = ['app', 'from', 'name', 'outcome'].map(key => field(data, key));
  if (isPlanText(app) && isPlanText(from) && isPlanText(name) && isPlanDigest(outcome))
    return { app, from, name, outcome };
  throw oddPlan(file, say('promote.appNotComplete'));
}

function partsIn(value: unknown, file: string): ReadonlySet<PromotedPart> {
  const parts = PROMOTED_PARTS.filter(part => Array.isArray(value) && value.includes(part));
  if (Array.isArray(value) && parts.length === value.length && parts.length > 0) return new Set(parts);
  throw oddPlan(file, say('promote.partsNotList', { parts: PROMOTED_PARTS.join(', ') }));
}

/** The digests of every file that decides what the promotions come to. */
export function inputsOf(requests: readonly PromotionLookup[]): Record<string, string> {
  const files = requests.flatMap(({ request: { source, target }, record: { file, before } }) => [
    ...[...source.files.values(), ...target.files.values()].map(each => [each.file, each.text] as const),
    ...(before === undefined ? [] : [[file, before] as const]),
  ]);
  const digests = files.map(([file, text]) => [file, sha256Of(text)] as const);
  return Object.fromEntries(digests.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a promotion comes to without answers, as a digest: the base that was found and what is kept are part of it. */
export function outcomeOf({ request }: PromotionLookup): string {
  const { changes, decisions, failure } = planPromotion({ ...request, given: [], accepted: [] });
  const written = changes.changes.map(change => [
    change.path,
    change.action,
    change.kind === 'file' && change.action !== 'delete' ? sha256Of(change.content) : '',
  ]);
  const open = decisions.map(({ id, file }) => [id, file]);
  return sha256Of(JSON.stringify([[...request.only], written, open, failure?.code ?? '']));
}
