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
import { openIgnoring } from './gitignores.ts';
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
    return [{ folder, name, namespace, charts, ignoresCharts, transformers, hosts }];
  });
  return learnHabits({ apps: seen, domains, prefixFile, hasApplicationSets }, configuration);
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
