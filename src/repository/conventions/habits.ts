import path from 'node:path';
import type { Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import type { Configuration } from '../configuration.ts';
import type { Kustomization } from '../kustomization.ts';
import { isSamePath } from '../kustomization-paths.ts';

/** What teams do or leave, each with the rules of check that hold an app to it. */
export const HABITS = {
  namespaceIsFolder: ['app-namespace'],
  includeCrds: ['chart-include-crds'],
  versionedValues: ['values-file-name'],
  fullCopies: ['values-full-copy'],
  pulledChartsIgnored: ['gitignore-charts'],
  imagePrefix: ['image-prefix-missing', 'image-past-mirror'],
  everyDomain: ['route-domains'],
  folderNamesApp: ['twin-app'],
  oneLevelBases: ['base-has-base'],
  ownReleaseNames: ['chart-release-name'],
} as const satisfies Record<string, readonly string[]>;

export type HabitName = keyof typeof HABITS;

/** What kustomize pulls lies that deep in `charts/`. */
export const PULLED = 'any-1.0.0/any/Chart.yaml';

/** Whether the repository does something, and what shows it. */
export type Habit = {
  holds: boolean;
  evidence: Text;
  /** Whether nothing here could show it. */
  isUnseen?: boolean;
};
export type Habits = Readonly<Record<HabitName, Habit>>;

/** What habits look at in an entry of `helmCharts`. */
export type ListedChart = {
  name: string;
  repo: string | undefined;
  version: string | undefined;
  valuesFile: string | undefined;
  includesCrds: boolean;
  releaseName: string | undefined;
};

/** The charts of a kustomization, as habits look at them; none of none. */
export function listedCharts(kustomization: Pick<Kustomization, 'charts'> | undefined): ListedChart[] {
  return (kustomization?.charts ?? []).map(({ name = '', repo, version, valuesFile, releaseName, data }) => ({
    name,
    repo,
    version,
    valuesFile,
    includesCrds: data['includeCRDs'] === true,
    releaseName,
  }));
}

/** What habits are read from: an app with its kustomization. */
export type HabitApp = {
  folder: string;
  name: string;
  /** Its namespace where that is called after it. */
  after: string;
  namespace: string | undefined;
  charts: readonly ListedChart[];
  /** Whether git leaves out what kustomize pulls into `charts/`. */
  ignoresCharts: boolean;
  transformers: readonly string[];
  hosts: readonly string[];
  /** Whether the folders that it is built on are built on further ones; undefined where it is built on none. */
  hasDeepBase: boolean | undefined;
};

export type HabitSight = {
  apps: readonly HabitApp[];
  domains: readonly string[];
  /** The file of the image-prefix transformer, as apps name it. */
  prefixFile: string | undefined;
  /** Whether ApplicationSets of the repository make Applications of folders. */
  hasApplicationSets: boolean;
};

/** A habit is what most of those do that could; what the configuration says needs no majority. */
export function learnHabits(sight: HabitSight, configuration: Configuration): Habits {
  const { apps, domains, prefixFile } = sight;
  const charts = apps.flatMap(app => app.charts);
  const named = charts.filter(({ name }) => name !== '');
  const withValues = named.filter(({ valuesFile }) => valuesFile !== undefined);
  const charting = apps.filter(app => app.charts.length > 0);
  const routed = apps.filter(({ hosts }) => hosts.some(host => domainOf(host, domains) !== undefined));
  const based = apps.filter(({ hasDeepBase }) => hasDeepBase !== undefined);
  const learned: Habits = {
    namespaceIsFolder: most(apps, isCalledAfter, 'repository.someApps'),
    includeCrds: most(charts, ({ includesCrds }) => includesCrds, 'repository.someCharts'),
    versionedValues: most(named, hasVersionedValues, 'repository.someCharts'),
    // Who names a copy after its version copies; whose defaults it has is judged file by file.
    fullCopies: most(withValues, hasVersionedValues, 'repository.someValuesFiles'),
    pulledChartsIgnored: half(charting, ({ ignoresCharts }) => ignoresCharts),
    imagePrefix: configuration.imagePrefix
      ? CONFIGURED
      : half(apps, ({ transformers }) =>
          transformers.some(entry => prefixFile !== undefined && isSamePath(entry, prefixFile)),
        ),
    everyDomain: configuration.domains
      ? CONFIGURED
      : most(routed, ({ hosts }) => isUnderAll(hosts, domains), 'repository.someRoutedApps'),
    ownReleaseNames: unlessShared(apps.filter(app => app.charts.length > 1)),
    oneLevelBases: most(based, ({ hasDeepBase }) => hasDeepBase === false, 'repository.someApps'),
    folderNamesApp:
      configuration.environments && !sight.hasApplicationSets
        ? CONFIGURED
        : {
            holds: sight.hasApplicationSets,
            evidence: sight.hasApplicationSets
              ? say('repository.byApplicationSets')
              : say('repository.noApplicationSet'),
          },
  };
  return asConfigured(learned, configuration);
}

/** The names of all habits. */
export const HABIT_NAMES = Object.keys(HABITS) as HabitName[];

const CONFIGURED: Habit = { holds: true, evidence: say('repository.configured') };

/** Who gives a rule a severity wants it. */
function asConfigured(habits: Habits, { rules = {} }: Configuration): Habits {
  const wanted = (code: string): boolean => rules[code] !== undefined && rules[code] !== 'off';
  const entries = HABIT_NAMES.map(name => [name, HABITS[name].some(wanted) ? CONFIGURED : habits[name]]);
  return Object.fromEntries(entries) as Habits;
}

const FEW = 2;

/** Most do it, and those that do not are few: a third that does otherwise does so on purpose. */
function most<Item>(items: readonly Item[], does: (item: Item) => boolean, what: Counted): Habit {
  const count = items.filter(does).length;
  const others = items.length - count;
  return {
    holds: count > others && others <= Math.max(FEW, items.length / 4),
    isUnseen: items.length === 0,
    evidence: evidenceOf(count, items.length, what),
  };
}

/** An overlay may share the namespace of its app, on a cluster of its own. */
function isCalledAfter({ name, after, namespace }: HabitApp): boolean {
  return namespace === after || namespace === name;
}

/** Two charts of one app by one release name are a slip, unless some apps are built so. */
function unlessShared(apps: readonly HabitApp[]): Habit {
  const own = apps.filter(({ charts }) => !sharesRelease(charts)).length;
  const others = apps.length - own;
  return {
    holds: others < FEW || others * 3 < apps.length,
    isUnseen: apps.length === 0,
    evidence: evidenceOf(own, apps.length, 'repository.someApps'),
  };
}

function sharesRelease(charts: readonly ListedChart[]): boolean {
  const named = charts.flatMap(({ releaseName }) => releaseName ?? []);
  return new Set(named).size < named.length;
}

/** What is wanted for all apps, also while half of them have still to follow. */
function half(apps: readonly HabitApp[], does: (app: HabitApp) => boolean): Habit {
  const count = apps.filter(does).length;
  return {
    holds: apps.length > 1 && count * 2 >= apps.length && count > 0,
    isUnseen: apps.length === 0,
    evidence: evidenceOf(count, apps.length, 'repository.someApps'),
  };
}

/** What is counted, in the form that its number has. */
type Counted = `repository.some${'Apps' | 'Charts' | 'RoutedApps' | 'ValuesFiles'}`;

function evidenceOf(count: number, of: number, what: Counted): Text {
  return say('repository.someOfWhat', { count, of, what: say(what, { of }) });
}

/** `values/grafana-9.4.4.yaml` of grafana 9.4.4; a chart of the repository itself has no version to name. */
function hasVersionedValues({ name, version, valuesFile }: ListedChart): boolean {
  if (valuesFile === undefined) return false;
  const file = path.posix.normalize(valuesFile);
  if (!file.startsWith('values/')) return false;
  const base = path.posix.basename(file);
  return version === undefined ? base.startsWith(name) : base.includes(`-${version}`);
}

function domainOf(host: string, domains: readonly string[]): string | undefined {
  return domains.find(domain => host === domain || host.endsWith(`.${domain}`));
}

function isUnderAll(hosts: readonly string[], domains: readonly string[]): boolean {
  const found = new Set(hosts.map(host => domainOf(host, domains)));
  return domains.every(domain => found.has(domain));
}
