import path from 'node:path';
import type { Configuration } from '../configuration.ts';
import { type App, appManifests, namespaceOf, type Repository } from '../model.ts';
import {
  type FieldSpec,
  type ImageConventions,
  type ImagePrefix,
  learnImages,
  readPrefix,
} from './images.ts';
import { type ClusterFacts, learnKubernetes } from './kubernetes.ts';
import { insideFrom } from '../kustomization-paths.ts';
import type { RuleLevel } from '../rule-level.ts';
import { byDefault, configured, type Learned, rankByApps } from './learned.ts';
import { type Gateway, learnRoutes, type RouteSighting, type TlsGateway } from './routes.ts';
import { servedIn, servedVersionsOf } from '../served-versions.ts';
import { sightSecrets } from './secret-sightings.ts';
import { learnSecrets, type SecretConventions } from './secrets.ts';
import type { Habits } from './habits.ts';
import { habitsOfRepository } from './repository-habits.ts';
import { learnStyle, type KustomizationStyle } from './style.ts';
import { recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { memoized } from '../../data/memoized.ts';
import { say } from '../../locales/say.ts';

/** How this repository does things: what its configuration says, else what its apps show, else a default. */
export type Conventions = {
  environments: Learned<string[]>;
  domains: Learned<string[]> | undefined;
  /** `{app}.{domain}` unless configured, per environment. */
  hostPattern(environment: string): Learned<string>;
  gateway: Learned<Gateway> | undefined;
  /** Where TLSRoutes attach. */
  tlsGateway: Learned<TlsGateway> | undefined;
  /**
   * The API version to write a custom kind in: this one where the definitions in the repository's files serve it, or speak of
   * no such kind; else the newest that they serve.
   */
  servedVersion(api: { apiVersion: string; kind: string }): string;
  imagePrefix: Learned<ImagePrefix> | undefined;
  dockerHub: Learned<string>;
  storageClasses: Learned<string[]> | undefined;
  /** Days that a version must be old before it is chosen. */
  minimumAge: Learned<number>;
  /** What the repository makes of single rules of `check`. */
  rules: Learned<Record<string, RuleLevel>> | undefined;
  /** The cluster that charts are rendered for. */
  kubernetes: Learned<ClusterFacts>;
  /** How the Secrets of an app are made. */
  secrets: SecretConventions;
  /** What most apps do, and rules of `check` hold the others to. */
  habits: Habits;
  style: KustomizationStyle;
};

const DEFAULT_MINIMUM_AGE_DAYS = 7;

/** Learns the conventions of a repository; configuration overrides single ones. */
export function learnConventions(repository: Repository, configuration: Configuration): Conventions {
  const seen = memoized(() => routeSightings(repository));
  const routes = memoized(() => learnRoutes(seen()));
  const images = learnImages(
    repository.apps.map(({ path: app, kustomization: { transformers, images: entries } }) => ({
      app,
      transformers,
      images: entries,
    })),
    file => readPrefix(repository.text.get(file) ?? '', file),
  );
  const { gateway } = configuration;
  const prefixFile = images.prefix?.value.file;
  const later = learnLater(repository, configuration, { seen, routes, prefixFile });
  return {
    environments: { value: repository.environments, evidence: repository.environmentsEvidence },
    get domains() {
      return configuration.domains ? configured(configuration.domains) : routes().domains;
    },
    hostPattern: environment => {
      const pattern = configuration.hostPatterns?.[environment];
      return pattern ? configured(pattern) : byDefault('{app}.{domain}');
    },
    get gateway() {
      return gateway ? configuredGateway(gateway, routes().gateway) : routes().gateway;
    },
    get tlsGateway() {
      return gateway?.passthrough ? configuredGateway(gateway, routes().gateway) : routes().tlsGateway;
    },
    servedVersion: api => servedVersionIn(repository, api),
    imagePrefix: prefixOf(repository, configuration, images),
    dockerHub: configuration.dockerHub ? configured(configuration.dockerHub) : images.dockerHub,
    get storageClasses() {
      return later.storageClasses();
    },
    minimumAge:
      configuration.minimumAge === undefined
        ? { value: DEFAULT_MINIMUM_AGE_DAYS, evidence: say('repository.default') }
        : configured(configuration.minimumAge),
    rules: configuration.rules && configured(configuration.rules),
    kubernetes: learnKubernetes(repository.text, configuration),
    secrets: learnSecrets(repository, configuration, () => sightSecrets(repository)),
    get habits() {
      return later.habits();
    },
    get style() {
      return later.style();
    },
  };
}

type Known = {
  seen(): readonly RouteSighting[];
  routes(): Pick<Conventions, 'domains'>;
  prefixFile: string | undefined;
};

/** What few commands ask for, and takes a look at every app. */
function learnLater(
  repository: Repository,
  configuration: Configuration,
  { seen, routes, prefixFile }: Known,
): { [Name in 'storageClasses' | 'habits' | 'style']: () => Conventions[Name] } {
  const { apps } = repository;
  const hasApplicationSets = apps.some(({ deployed }) => deployed?.by.kind === 'ApplicationSet');
  return {
    storageClasses: memoized(() =>
      configuration.storageClasses
        ? configured(configuration.storageClasses)
        : learnStorageClasses(repository),
    ),
    habits: memoized(() => {
      const domains = configuration.domains ?? routes().domains?.value ?? [];
      const known = { seen: seen(), domains, prefixFile, hasApplicationSets };
      return habitsOfRepository(repository, known, configuration);
    }),
    style: memoized(() => learnStyle(repository)),
  };
}

/** The routes and Gateways of all apps, each where kustomize puts it. */
function routeSightings(repository: Repository): RouteSighting[] {
  return repository.apps.flatMap(app =>
    appManifests(repository, app, /HTTPRoute|GRPCRoute|TLSRoute|Gateway/).map(({ manifest }) => ({
      app: app.path,
      namespace: app.kustomization.namespace ?? manifest.namespace ?? namespaceOf(app),
      manifest,
    })),
  );
}

function servedVersionIn(repository: Repository, api: { apiVersion: string; kind: string }): string {
  const definitions = repository.apps.flatMap(app =>
    appManifests(repository, app, /CustomResourceDefinition/),
  );
  const versions = servedVersionsOf(servedIn(definitions.map(({ manifest }) => manifest)), api);
  return versions?.includes(api.apiVersion) ? api.apiVersion : (versions?.[0] ?? api.apiVersion);
}

function prefixOf(
  repository: Repository,
  { imagePrefix }: Configuration,
  { prefix }: ImageConventions,
): Learned<ImagePrefix> | undefined {
  if (!imagePrefix) return prefix;
  return configured({
    ...imagePrefix,
    fieldSpecs: fieldSpecs(repository, imagePrefix.file, prefix?.value.fieldSpecs ?? []),
  });
}

/** What the configured file reaches. It is named as an app names it, and apps lie two folders deep. */
function fieldSpecs(repository: Repository, file: string, learned: FieldSpec[]): FieldSpec[] {
  const [environment = 'production'] = repository.environments;
  const place = path.posix.join(environment, 'app', file);
  return readPrefix(repository.text.get(place) ?? '', place)?.fieldSpecs ?? learned;
}

function configuredGateway(
  gateway: NonNullable<Configuration['gateway']>,
  learned: Learned<Gateway> | undefined,
): Learned<Gateway> {
  return configured({
    name: gateway.name,
    namespace: gateway.namespace,
    sectionName: gateway.sectionName,
    passthrough: gateway.passthrough ?? learned?.value.passthrough,
    tlsRouteVersion: learned?.value.tlsRouteVersion ?? 'gateway.networking.k8s.io/v1',
  });
}

const CLASS_IN_VALUES = /^[ ]*storageClass(?:Name)?:[ ]*["']?([a-z0-9][a-z0-9.-]*)["']?[ ]*(?:#.*)?$/gm;
const NO_CLASS = new Set(['null', 'default', 'standard']);

/** The storage classes that claims and values files name, most used first. */
function learnStorageClasses(repository: Repository): Learned<string[]> | undefined {
  const sightings = repository.apps.flatMap(app =>
    [...claimClasses(repository, app), ...valuesClasses(repository, app)].map(value => ({
      app: app.path,
      value,
    })),
  );
  const ranked = rankByApps(sightings, repository.apps.length);
  if (ranked.length === 0) return undefined;
  return {
    value: ranked.map(({ value }) => value),
    evidence: say('repository.countsOfApps', {
      counts: ranked.map(({ value, apps }) => `${value}: ${apps}`).join(', '),
      of: repository.apps.length,
    }),
  };
}

function claimClasses(repository: Repository, app: App): string[] {
  return appManifests(repository, app, /PersistentVolumeClaim|StatefulSet/).flatMap(({ manifest }) => {
    const claims = [manifest.body, ...recordsAt(manifest.body, ['spec', 'volumeClaimTemplates'])];
    return claims.flatMap(claim => stringOf(valueAt(claim, ['spec', 'storageClassName'])) ?? []);
  });
}

function valuesClasses(repository: Repository, app: App): string[] {
  const files = app.kustomization.charts.flatMap(({ valuesFile }) =>
    valuesFile === undefined ? [] : (insideFrom(app.path, valuesFile) ?? []),
  );
  const text = files.map(file => repository.text.get(file) ?? '').join('\n');
  return [...text.matchAll(CLASS_IN_VALUES)].flatMap(([, name]) =>
    name && !NO_CLASS.has(name) ? [name] : [],
  );
}
