import { isPlanText, oddPlan, parsePlanJson } from '../../../cli/saved-plan.ts';
import { asList, type DataMap, field, isDataMap } from '../../../data/fields.ts';
import { digestOfJson } from '../../../data/digest.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import type { ChartsRead } from '../../../repository/unread/charts-read.ts';
import { pathProblem } from '../../../text/file-name.ts';
import type { Across } from '../finding.ts';
import type { Overview } from '../facts/overview.ts';
import { overviewOf, type RepositorySummary } from '../facts/repository-summary.ts';

/** What shards have to know of each other's apps: with it, each reads the files of its own. */
export type CheckPlan = {
  schemaVersion: 1;
  /** The version of slipway: rules change with it. */
  slipway: string;
  inputs: { HEAD: string };
  apps: Overview['apps'];
  overview: Omit<Overview, 'apps'>;
  /** Files that had no room beside the others of the repository. */
  unread: readonly string[];
  /** What is wrong between apps: no shard sees both sides. */
  across: readonly Across[];
  charts: ChartsRead;
  templates: readonly string[];
};

/** The plan of a repository as it was opened. */
export function makeCheckPlan(
  summary: RepositorySummary,
  about: Pick<CheckPlan, 'slipway' | 'inputs' | 'across' | 'charts' | 'templates'>,
): CheckPlan {
  const { apps, ...whole } = overviewOf(summary);
  // What rules about several apps look at is looked at.
  const expanded = { applications: [], unknown: [], sets: [] };
  const looked = { applicationSets: [], expanded, emptySets: [] };
  const unread = [...summary.summaries.values()].flatMap(each => each.unread);
  const own = {
    ...about,
    apps: apps.map(app => ({ ...app, routes: [] })),
    overview: { ...whole, ...looked },
  };
  return { schemaVersion: 1, ...own, unread };
}

/** With a digest of itself: what was cut off or edited is refused before anybody goes by it. */
export function sealedPlan(plan: CheckPlan): object {
  return { ...plan, digest: digestOfJson(plan) };
}

const LISTS = ['apps', 'unread', 'across', 'templates'];
const OVERVIEW_LISTS = [
  'environments',
  'gateways',
  'grants',
  'namespaces',
  'clusters',
  'namedOutside',
  'rules',
];

/**
 * Reads what `check --plan` wrote. Of its form only: whether it is of this commit is for whoever goes by it to say.
 * @throws UserError E_VALUE for anything else, E_CHANGED for the plan of another slipway
 */
export function parseCheckPlan(text: string, file: string, version: string): CheckPlan {
  const { digest, ...data } = parsePlanJson(text, file);
  if (field(data, 'schemaVersion') !== 1 || !isDataMap(field(data, 'overview')))
    throw oddPlan(file, say('shard.noPart'));
  if (digest !== digestOfJson(data)) throw oddPlan(file, say('shard.damaged'));
  if (field(data, 'slipway') !== version)
    throw new UserError('E_CHANGED', say('shard.otherPlanVersion', { file }), {
      hint: say('shard.planAgain'),
    });
  if (!isWholePlan(data)) throw oddPlan(file, say('shard.noPart'));
  return data as unknown as CheckPlan;
}

function isWholePlan(data: DataMap): boolean {
  const [overview, inputs, charts] = ['overview', 'inputs', 'charts'].map(key => field(data, key));
  if (!isDataMap(overview) || !isDataMap(inputs) || !isDataMap(charts)) return false;
  const lists = [
    ...LISTS.map(key => field(data, key)),
    ...OVERVIEW_LISTS.map(key => field(overview, key)),
    field(charts, 'unread'),
  ];
  return (
    lists.every(list => Array.isArray(list)) &&
    isPlanText(field(inputs, 'HEAD')) &&
    asList(field(data, 'apps')).every(isAppPlace)
  );
}

/** Where a shard looks: nothing of it may lead out of the repository. */
function isAppPlace(app: unknown): boolean {
  if (!isDataMap(app)) return false;
  const [name, folder, environment] = ['name', 'folder', 'environment'].map(key => field(app, key));
  const texts = [name, folder].every(isPlanText) && typeof environment === 'string';
  return texts && pathProblem(folder as string) === undefined;
}
