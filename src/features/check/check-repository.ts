import { createHash } from 'node:crypto';
import { type Across, compareFindings, type Finding, toFinding } from './finding.ts';
import type { SourceLocation } from '../../repository/source-location.ts';
import type { GeneratorProblem, RepositoryDiagnostic, RepositoryFacts } from './facts/repository-facts.ts';
import { applySettings, isOff, type RuleSettings } from './rule-settings.ts';
import type { HabitName } from '../../repository/conventions/habits.ts';
import type { Rule } from './rule.ts';
import { suppress, type Suppression } from './suppression.ts';
import { saysOfAll, type Shard } from '../../cli/shard.ts';
import type { Configuration } from '../../repository/configuration.ts';
import { appAround } from '../../repository/model.ts';
import { KUSTOMIZATION_FILES } from '../../repository/kustomization.ts';
import { lineColumn, readLocated } from '../../yaml/read.ts';
import { archivesIn, type CheckSources, isAnsweredTheSame } from './incremental/recorded-inputs.ts';
import { findCapiChange } from './incremental/capi-change.ts';
import { findRemovedApps } from './incremental/committed.ts';
import { findFights } from './facts/fights.ts';
import { findGoneApplications } from './incremental/gone-applications.ts';
import { type News, gatherApp } from './facts/gather-app.ts';
import type { AppPlace } from './facts/app-place.ts';
import { GENERATORS_FOLDER } from '../../repository/generators/definition.ts';
import type { CheckCache, AppResult, Remembered } from './incremental/open-check-cache.ts';
import type { Rendered } from './render/render-apps.ts';
import type { RepositorySummary, RepositorySummaryResult } from './facts/repository-summary.ts';
import { idOf } from './incremental/id-of.ts';
import type { ServedVersions } from '../../repository/served-versions.ts';
import { digestOfServed, servedHere } from './facts/served-here.ts';
import { evaluateApp, evaluateComments, evaluateRepository, notLookedAt } from './evaluate-app.ts';

export type CheckContext = {
  sources: CheckSources;
  summarized: RepositorySummaryResult;
  configuration: Configuration;
  memory: CheckCache;
  signal: AbortSignal;
  rendered: Rendered;
  tools: RepositoryFacts['tools'];
  news: News | undefined;
  /** Undefined where no cluster was asked. */
  cluster?: object | undefined;
  deliveries?: CheckCache['deliveries'];
  generators?: readonly GeneratorProblem[];
  /** Whether all of the repository is asked for. */
  isWhole?: boolean;
  /** The folders of all apps that the run is about, those of other shards included. */
  scope: readonly string[];
  shard?: Shard | undefined;
  /** What is about several apps, where a plan says it; else it is looked for. */
  across?: readonly Across[] | undefined;
};

export type CheckResult = Settled & {
  /** What it was settled from. */
  found: Unsettled;
  unknownDefaults: number;
} & Pick<CheckedApps, 'remembered' | 'fresh' | 'archives' | 'isComplete'>;

/** What rules found before comments silence any of it: a comment of one app may speak of what another one's check finds. */
export type Unsettled = {
  /** As severe as the repository says. */
  findings: readonly Finding[];
  suppressions: readonly Suppression[];
  rules: RuleSettings;
  habits: Readonly<Record<HabitName, boolean>>;
  /** What rules had at hand. */
  available: Readonly<Record<NonNullable<Rule['needs']>, boolean>>;
};

export type Settled = {
  findings: Finding[];
  /** Silenced by comments with a reason. */
  suppressed: number;
};

/** Takes out what comments silence, and says what the comments are worth. */
export function settle({ findings: all, suppressions, rules, habits, available }: Unsettled): Settled {
  const { findings, suppressed, used } = suppress(all, suppressions);
  const mayFind = ({ needs, habit }: Rule, code: string): boolean =>
    !isOff(rules, code) &&
    (habit === undefined || habits[habit]) &&
    (needs === undefined || available[needs]);
  const comments = evaluateComments(suppressions, used, mayFind);
  return {
    findings: [...findings, ...applySettings(comments, rules)].toSorted(compareFindings),
    suppressed,
  };
}

/** Runs every rule over these apps. */
export async function checkRepository(
  context: CheckContext,
  apps: readonly AppPlace[],
): Promise<CheckResult> {
  const { summary } = context.summarized;
  const served = servedHere(summary, context.rendered);
  const { results, ...checked } = await checkApps({ ...context, summary, served }, apps);
  const across = await acrossOf(context, apps);
  const own = [...results.values()];
  const rules = context.configuration.rules ?? {};
  const found: Unsettled = {
    // Results are remembered as the rules gave them, so that a setting holds at once.
    findings: applySettings([...own.flatMap(result => result.findings), ...across], rules),
    suppressions: own.flatMap(result => result.suppressions),
    rules,
    habits: summary.conventionsOf(undefined).habits,
    available: {
      rendering: context.rendered.size > 0,
      network: context.news !== undefined,
      cluster: context.cluster !== undefined,
    },
  };
  const unknownDefaults = own.reduce((sum, result) => sum + result.unknownDefaults, 0);
  return { ...settle(found), found, unknownDefaults, ...checked };
}

/** What is about apps of one another, as far as it is of these. */
async function acrossOf(context: CheckContext, apps: readonly AppPlace[]): Promise<Finding[]> {
  const { shard } = context;
  const own = new Set(apps.map(({ folder }) => folder));
  const isOwn = (folder: string): boolean => (folder === '' ? saysOfAll(shard) : !shard || own.has(folder));
  const found = context.across ?? (await findAcross(context, isOwn));
  return found.filter(({ folder }) => isOwn(folder)).map(({ finding }) => finding);
}

/**
 * What rules about several apps find. What is about an app that was not asked for is left out, but for what is gone: nobody can
 * ask for that.
 */
export async function findAcross(
  context: CheckContext,
  isOwn: (folder: string) => boolean,
): Promise<Across[]> {
  const { scope } = context;
  const { summary } = context.summarized;
  const checked = new Set(scope);
  const facts = await factsAcross(context, checked);
  const folders = new Set(facts.removed.map(({ folder }) => folder));
  const places = [...summary.apps.map(({ folder }) => folder), ...scope].map(path => ({ path }));
  const isOfAll = ({ file, isOfNoApp, isOfChange }: RepositoryDiagnostic): boolean =>
    file === '.' ||
    isOfChange === true ||
    folders.has(file) ||
    file.startsWith(`${GENERATORS_FOLDER}/`) ||
    (isOfNoApp === true && context.isWhole === true);
  const folderOf = (diagnostic: RepositoryDiagnostic): string | undefined => {
    const around = appAround(places, diagnostic.file)?.path ?? '';
    if (checked.has(around)) return around;
    return isOfAll(diagnostic) ? '' : undefined;
  };
  const found: Across[] = [];
  for (const { diagnostic, found: finding } of evaluateRepository(facts)) {
    const folder = folderOf(diagnostic);
    if (folder !== undefined && isOwn(folder))
      found.push({ folder, finding: finding(await placeOf(context, diagnostic)) });
  }
  return found;
}

async function factsAcross(context: CheckContext, checked: ReadonlySet<string>): Promise<RepositoryFacts> {
  const { sources, summarized, tools } = context;
  const { summary } = summarized;
  const { snapshot, committed } = sources;
  const rendered: Parameters<typeof findFights>[0]['rendered'] = folder =>
    context.rendered.get(folder)?.state;
  const { applicationSets, emptySets, declared, missed, unseen, clusters, renaming } = summary;
  const known = { applicationSets, emptySets, declared, missed, unseen, clusters, renaming };
  const seen = { ...known, ...summary.expanded };
  return {
    ...seen,
    apps: checkedLast(summary, checked),
    gone: committed ? await findGoneApplications({ committed, summary, snapshot }) : [],
    removed: committed ? await findRemovedApps(committed, summary, snapshot) : [],
    fights: await findFights({ summary, snapshot, rendered }),
    habits: summary.conventionsOf(undefined).habits,
    deliveries: context.deliveries?.facts.problems ?? [],
    capi: await findCapiChange(committed, summary, snapshot),
    generators: context.generators ?? [],
    tools,
  };
}

/** Of two apps in each other's way, the one that is being checked hears of it. */
function checkedLast({ apps }: RepositorySummary, checked: ReadonlySet<string>): RepositoryFacts['apps'] {
  return [
    ...apps.filter(({ folder }) => !checked.has(folder)),
    ...apps.filter(({ folder }) => checked.has(folder)),
  ];
}

/** A folder stands for its kustomization, while it has one. */
async function placeOf({ sources }: CheckContext, diagnostic: RepositoryDiagnostic): Promise<SourceLocation> {
  const { file, document = 0, steps = [] } = diagnostic;
  const { snapshot } = sources;
  const own = KUSTOMIZATION_FILES.map(name => `${file}/${name}`).find(each => snapshot.files.has(each));
  const top = { file: own ?? file, line: 1, column: 1 };
  if (steps.length === 0) return top;
  const content = (await snapshot.read([file])).get(file);
  const result = content ? readLocated(content.toString('utf8')) : undefined;
  const offset = result?.status === 'read' ? result.yaml.offsetOf(document, steps) : undefined;
  return offset === undefined || result?.status !== 'read'
    ? top
    : { file, ...lineColumn(result.yaml.text, offset) };
}

type CheckAppsContext = {
  sources: CheckSources;
  summary: RepositorySummary;
  served: ServedVersions;
  memory: CheckCache;
  signal: AbortSignal;
  /** The state of each app that was to be rendered, with a key of all that it rests on. */
  rendered: Rendered;
  /** Undefined where nobody asked the network; its answers are not remembered. */
  news: News | undefined;
};

type CheckedApps = {
  results: Map<string, AppResult>;
  remembered: CheckCache['results'];
  /** How many apps were looked at anew. */
  fresh: number;
  /** The digests of the archives that results rest on. */
  archives: ReadonlySet<string>;
  /** Whether every app could be looked at. */
  isComplete: boolean;
};

const NO_NEWS: News = { newer: [], published: [] };

/** Checks each app, unless nothing that its result rests on has changed since the last run. */
async function checkApps(context: CheckAppsContext, apps: readonly AppPlace[]): Promise<CheckedApps> {
  const { memory, signal, news } = context;
  // Printed at once: what rules leave behind takes several times as much.
  const changed = new Map<string, string>();
  const results = new Map<string, AppResult>();
  const archives = new Set<string>();
  let isComplete = true;
  for (const app of apps) {
    signal.throwIfAborted();
    const key = await keyOf(context, app);
    const known = memory.results.once(app.folder);
    const isUsable = !news && known?.key === key && (await isAnsweredTheSame(context.sources, known.asked));
    const found = isUsable
      ? known
      : await checkApp(context, app, key).catch((error: unknown) => unchecked(app, error));
    context.sources.snapshot.release(app.files);
    results.set(app.folder, found.result);
    for (const digest of archivesIn(found)) archives.add(digest);
    isComplete &&= found.key !== '';
    if (!isUsable && !news) changed.set(app.folder, JSON.stringify(found));
  }
  const remembered = memory.results.with(changed);
  return { results, remembered, fresh: changed.size, archives, isComplete };
}

async function checkApp(context: CheckAppsContext, app: AppPlace, key: string): Promise<Remembered> {
  const { facts, asked, unknownDefaults } = await gatherApp(
    {
      ...context,
      rendered: context.rendered.get(app.folder)?.state,
      news: context.news ?? NO_NEWS,
    },
    app,
  );
  return { key, asked, result: { ...evaluateApp(facts), unknownDefaults } };
}

/** Nothing is remembered of an app that could not be looked at: its key is none. */
function unchecked({ folder, files }: AppPlace, error: unknown): Remembered {
  const file = KUSTOMIZATION_FILES.map(name => `${folder}/${name}`).find(each => files.includes(each));
  const diagnostic = notLookedAt(file ?? files[0] ?? folder, folder, error);
  const findings = [toFinding('odd-file', 'error', diagnostic)];
  return { key: '', asked: {}, result: { findings, suppressions: [], unknownDefaults: 0 } };
}

/** The app's own files and all that holds for the whole repository. */
async function keyOf(
  { sources, summary, served, rendered }: CheckAppsContext,
  app: AppPlace,
): Promise<string> {
  const ids = await sources.snapshot.idsOf(app.files);
  const around = JSON.stringify([
    app.name,
    app.environment,
    app.deployedTo ?? '',
    app.applying ?? '',
    app.isPart,
    summary.rulesOf(app.environment),
    digestOfServed(served),
    summary.unreadIn(app.folder),
    rendered.get(app.folder)?.key ?? '',
  ]);
  return createHash('sha256').update(idOf(app.files, ids)).update(around).digest('hex');
}
