import type { Configuration } from '../../../repository/configuration.ts';
import {
  HABIT_NAMES,
  type HabitApp,
  type HabitName,
  type Habits,
  learnHabits,
  PULLED,
} from '../../../repository/conventions/habits.ts';
import { learnImages } from '../../../repository/conventions/images.ts';
import { parseKubernetesVersion } from '../../../repository/kubernetes-version.ts';
import { learnRoutes } from '../../../repository/conventions/routes.ts';
import { stringsAt } from '../../../data/fields.ts';
import type { CheckConventions } from './app-facts.ts';
import { namespaceAfter } from '../../../repository/overlays.ts';
import { gitignoreIn, ignoredAround } from '../../../repository/gitignore.ts';
import { wayTo } from '../incremental/snapshot.ts';
import type { AppSummary } from './repository-facts.ts';
import type { SecretMechanism } from '../../../repository/secret-mechanism.ts';
import type { FolderSummary, ObjectSummary } from './folder-summary.ts';

type Sight = {
  summaries: ReadonlyMap<string, FolderSummary>;
  apps: readonly AppSummary[];
  /** The text of every .gitignore, by path. */
  gitignores: ReadonlyMap<string, string>;
  domains: readonly string[];
  prefixFile: string | undefined;
  hasApplicationSets: boolean;
};

/** What the repository's apps do, as far as a summary shows it. */
function habitsOf(sight: Sight, configuration: Configuration): Habits {
  const { summaries, apps, gitignores, domains, prefixFile, hasApplicationSets } = sight;
  const ignored = openIgnoring(file => gitignores.get(file), `charts/${PULLED}`);
  const seen = apps.flatMap((app): HabitApp[] => {
    const summary = summaries.get(app.folder);
    if (summary === undefined || summary.isEmpty || app.isPart) return [];
    const { folder, name, routes } = app;
    const { namespace, charts, transformers } = summary;
    const ignoresCharts = ignored(folder);
    const hosts = routes.flatMap(({ body }) => stringsAt(body, ['spec', 'hostnames']));
    const basesOf = (own: FolderSummary): FolderSummary[] =>
      own.outside.flatMap(each => summaries.get(each) ?? []);
    const bases = basesOf(summary);
    const hasDeepBase = bases.length > 0 ? bases.some(base => basesOf(base).length > 0) : undefined;
    const after = namespaceAfter({ ...app, path: folder });
    return [{ folder, name, after, namespace, charts, ignoresCharts, transformers, hosts, hasDeepBase }];
  });
  return learnHabits({ apps: seen, domains, prefixFile, hasApplicationSets }, configuration);
}

/**
 * Whether git leaves a path out that lies below an app's folder, for many apps: those that have nothing but a .gitignore of their
 * own have mostly the same one, which means the same in each.
 */
function openIgnoring(
  text: (file: string) => string | undefined,
  below: string,
): (folder: string) => boolean {
  const answers = new Map<string, boolean>();
  const answerOf = (folder: string): boolean =>
    ignoredAround(folder, text)(`${folder}/${below}`) !== undefined;
  return folder => {
    const around = wayTo(folder).slice(0, -1);
    const isAlone = ['', ...around].every(each => (text(gitignoreIn(each)) ?? '') === '');
    if (!isAlone) return answerOf(folder);
    const own = text(gitignoreIn(folder)) ?? '';
    const known = answers.get(own) ?? answerOf(folder);
    answers.set(own, known);
    return known;
  };
}

/** What the repository does, for the apps of each environment. A convention of a few apps is none. */
export function conventionsFor(
  seenFrom: Omit<Sight, 'domains' | 'prefixFile'>,
  configuration: Configuration,
): (environment: string | undefined) => CheckConventions {
  const { summaries, apps } = seenFrom;
  const own = apps.flatMap(({ folder }) => summaries.get(folder) ?? []);
  const prefixes = new Map(
    [...summaries.values()].flatMap(({ prefixes: found }) =>
      found.map(({ file, ...prefix }) => [file, prefix] as const),
    ),
  );
  const images = learnImages(
    own.map(({ folder, transformers, images: entries }) => ({
      app: folder,
      transformers,
      images: [...entries],
    })),
    file => prefixes.get(file),
  );
  const file = images.prefix?.value.file;
  const configured = configuration.imagePrefix;
  const fieldSpecs = images.prefix?.value.fieldSpecs ?? [];
  const seen = own.flatMap(({ folder, routes, gateways }) =>
    [...routes, ...gateways].map(manifest => ({
      app: folder,
      namespace: outermostNamespace(folder, summaries) ?? manifest.namespace ?? '',
      manifest,
    })),
  );
  const domains = configuration.domains ?? learnRoutes(seen.map(toSighting)).domains?.value ?? [];
  const habits = habitsOf({ ...seenFrom, domains, prefixFile: file }, configuration);
  const secrets = configuration.secrets?.mechanism ?? mostUsed([...summaries.values()]);
  return environment => ({
    domains,
    kubernetes: parseKubernetesVersion(configuration.kubernetes?.version),
    hostPattern: (environment && configuration.hostPatterns?.[environment]) || '{app}.{domain}',
    imagePrefix: configured
      ? { ...configured, fieldSpecs }
      : habits.imagePrefix.holds
        ? images.prefix?.value
        : undefined,
    dockerHub: configuration.dockerHub ?? images.dockerHub.value,
    secrets,
    habits: holding(habits),
  });
}

function holding(habits: Habits): Record<HabitName, boolean> {
  const entries = HABIT_NAMES.map(name => [name, habits[name].holds]);
  return Object.fromEntries(entries) as Record<HabitName, boolean>;
}

function mostUsed(summaries: readonly FolderSummary[]): SecretMechanism | undefined {
  const all = summaries.flatMap(summary => summary.secrets);
  const count = (kind: SecretMechanism): number => all.filter(each => each === kind).length;
  return [...new Set(all)].toSorted((a, b) => count(b) - count(a))[0];
}

type Sighted = { app: string; namespace: string; manifest: ObjectSummary };

function toSighting({ manifest, ...place }: Sighted) {
  return { ...place, manifest: { ...manifest, body: { ...manifest.body } } };
}

/** The namespace that the kustomizations around a folder give, the outermost first. */
export function outermostNamespace(
  folder: string,
  summaries: ReadonlyMap<string, FolderSummary>,
): string | undefined {
  let namespace: string | undefined;
  for (let each = folder; each !== ''; each = parentOf(each))
    namespace = summaries.get(each)?.namespace ?? namespace;
  return namespace;
}

/** The folder that a file or a folder stands in; empty for the repository's own. */
export function parentOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}
