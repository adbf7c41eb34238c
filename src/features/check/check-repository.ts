import { createHash } from 'node:crypto';
import { compareFindings, type Finding, toFinding } from './finding.ts';
import type { SourceLocation } from '../../repository/source-location.ts';
import type { GeneratorProblem, RepositoryDiagnostic, RepositoryFacts } from './facts/repository-facts.ts';
import { applySettings, isOff } from './rule-settings.ts';
import type { Rule } from './rule.ts';
import { suppress, type Suppression } from './suppression.ts';
import type { Configuration } from '../../repository/configuration.ts';
import { appAround } from '../../repository/model.ts';
import { KUSTOMIZATION_FILES } from '../../repository/kustomization.ts';
import { lineColumn, readLocated } from '../../yaml/read.ts';
import { archivesIn, type CheckSources, isAnsweredTheSame } from './incremental/recorded-inputs.ts';
import { findCapiChange } from './incremental/capi-change.ts';
import { findRemovedApps } from './incremental/committed.ts';
import { findGoneApplications } from './incremental/gone-applications.ts';
import { type News, gatherApp } from './facts/gather-app.ts';
import type { AppPlace } from './facts/app-place.ts';
import { GENERATORS_FOLDER } from '../../repository/generators/definition.ts';
import type { CheckCache, AppResult, Remembered } from './incremental/open-check-cache.ts';
import type { Rendered } from './render/render-apps.ts';
import type { RepositorySummary, RepositorySummaryResult } from './facts/repository-summary.ts';
import { idOf } from './incremental/id-of.ts';
import type { ServedVersions } from '../../repository/served-versions.ts';
import { servedHere } from './facts/served-here.ts';
import { RULES } from './rules/rules.ts';
import { rulesOf, evaluateApp, notLookedAt } from './evaluate-app.ts';

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
};

export type CheckResult = {
  findings: Finding[];
  /** Silenced by comments with a reason. */
  suppressed: number;
  unknownDefaults: number;
} & Pick<CheckedApps, 'remembered' | 'fresh' | 'archives' | 'isComplete'>;

/** Runs every rule over these apps. */
export async function checkRepository(
  context: CheckContext,
  apps: readonly AppPlace[],
): Promise<CheckResult> {
  const { summary } = context.summarized;
  const served = servedHere(summary, context.rendered);
  const { results, ...checked } = await checkApps({ ...context, summary, served }, apps);
  const across = await checkAcross(context, apps);
  const own = [...results.values()];
  const suppressions = own.flatMap(result => result.suppressions);
  const settings = context.configuration.rules ?? {};
  // Results are remembered as the rules gave them, so that a setting holds at once.
  const all = applySettings([...own.flatMap(result => result.findings), ...across], settings);
  const { findings, suppressed, used } = suppress(all, suppressions);
  const comments = judgeComments(context, suppressions, used);
  return {
    findings: [...findings, ...applySettings(comments, settings)].toSorted(compareFindings),
    suppressed,
    unknownDefaults: own.reduce((sum, result) => sum + result.unknownDefaults, 0),
    ...checked,
  };
}

function judgeComments(
  { rendered, news, cluster, summarized, configuration: { rules = {} } }: CheckContext,
  suppressions: readonly Suppression[],
  used: ReadonlySet<Suppression>,
): Finding[] {
  const { habits } = summarized.summary.conventionsOf(undefined);
  const available = {
    rendering: rendered.size > 0,
    network: news !== undefined,
    cluster: cluster !== undefined,
  };
  const mayFind = ({ needs, habit }: Rule, code: string): boolean =>
    !isOff(rules, code) &&
    (habit === undefined || habits[habit]) &&
    (needs === undefined || available[needs]);
  return evaluateComments(suppressions, used, mayFind);
}

/** What is about an app that was not asked for is left out, but for what is gone: nobody can ask for that. */
async function checkAcross(context: CheckContext, apps: readonly AppPlace[]): Promise<Finding[]> {
  const { sources, summarized, tools } = context;
  const { summary } = summarized;
  const checked = new Set(apps.map(({ folder }) => folder));
  const removed = sources.committed
    ? await findRemovedApps(sources.committed, summary, sources.snapshot)
    : [];
  const gone = sources.committed
    ? await findGoneApplications({ committed: sources.committed, summary, snapshot: sources.snapshot })
    : [];
  const facts: RepositoryFacts = {
    apps: checkedLast(summary, checked),
    applicationSets: summary.applicationSets,
    applications: summary.expanded.applications,
    sets: summary.expanded.sets,
    emptySets: summary.emptySets,
    declared: summary.declared,
    gone,
    clusters: summary.clusters,
    habits: summary.conventionsOf(undefined).habits,
    deliveries: context.deliveries?.facts.problems ?? [],
    removed,
    capi: await findCapiChange(sources.committed, summary, sources.snapshot),
    generators: context.generators ?? [],
    tools,
  };
  const folders = new Set(removed.map(({ folder }) => folder));
  const places = [...summary.apps, ...apps].map(({ folder }) => ({ path: folder }));
  const isOfChecked = (file: string): boolean => checked.has(appAround(places, file)?.path ?? '');
  const isWanted = ({ file, isOfNoApp, isOfChange }: RepositoryDiagnostic): boolean =>
    file === '.' ||
    isOfChange === true ||
    folders.has(file) ||
    file.startsWith(`${GENERATORS_FOLDER}/`) ||
    isOfChecked(file) ||
    (isOfNoApp === true && context.isWhole === true);
  const findings: Finding[] = [];
  for (const { diagnostic, found } of evaluateRepository(facts))
    if (isWanted(diagnostic)) findings.push(found(await placeOf(context, diagnostic)));
  return findings;
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

/** A diagnostic that becomes a finding once somebody has found its place. */
type PlacelessFinding = { diagnostic: RepositoryDiagnostic; found(place: SourceLocation): Finding };

function evaluateRepository(facts: RepositoryFacts): PlacelessFinding[] {
  const wanted = rulesOf('repository').filter(([, { habit }]) => habit === undefined || facts.habits[habit]);
  return wanted.flatMap(([code, rule]) =>
    rule.check(facts).map(diagnostic => ({
      diagnostic,
      found: place => toFinding(code, rule.severity, { ...diagnostic, ...place }),
    })),
  );
}

/** What the comments that silence rules are worth, once all rules have run. */
function evaluateComments(
  suppressions: readonly Suppression[],
  used: ReadonlySet<Suppression>,
  mayFind: (rule: Rule, code: string) => boolean,
): Finding[] {
  const rules: Record<string, Rule> = RULES;
  const judged = suppressions.map(suppression => {
    const rule = Object.hasOwn(rules, suppression.code) ? rules[suppression.code] : undefined;
    return {
      ...suppression,
      isKnown: rule !== undefined,
      isUsed: used.has(suppression),
      mayBeUsed: rule === undefined || mayFind(rule, suppression.code),
    };
  });
  return rulesOf('comments').flatMap(([code, rule]) =>
    rule.check(judged).map(diagnostic => toFinding(code, rule.severity, diagnostic)),
  );
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

const digests = new WeakMap<ServedVersions, string>();

/** There may be many, and many apps that rest on them. */
function digestOfServed(served: ServedVersions): string {
  const known = digests.get(served) ?? createHash('sha256').update(JSON.stringify(served)).digest('hex');
  digests.set(served, known);
  return known;
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
