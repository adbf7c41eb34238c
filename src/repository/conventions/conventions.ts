import path from 'node:path';
import type { Configuration } from '../configuration.ts';
import type { Repository } from '../model.ts';
import { type FieldSpec, type ImagePrefix, learnImages, readPrefix } from './images.ts';
import type { RuleLevel } from '../rule-level.ts';
import { byDefault, configured, type Learned } from './learned.ts';
import { type Gateway, learnRoutes } from './routes.ts';
import { learnStorageClasses } from './storage.ts';
import { learnStyle, type Style } from './style.ts';

/** How this repository does things: what its configuration says, else what its apps show, else a default. */
export type Conventions = {
  environments: Learned<string[]>;
  domains: Learned<string[]> | undefined;
  /** `{app}.{domain}` unless configured, per environment. */
  hostPattern(environment: string): Learned<string>;
  gateway: Learned<Gateway> | undefined;
  imagePrefix: Learned<ImagePrefix> | undefined;
  dockerHub: Learned<string>;
  storageClasses: Learned<string[]> | undefined;
  /** Days that a version must be old before it is chosen. */
  minimumAge: Learned<number>;
  /** What the repository makes of single rules of `check`. */
  rules: Learned<Record<string, RuleLevel>> | undefined;
  style: Style;
};

const DEFAULT_MINIMUM_AGE_DAYS = 7;

/** Learns the conventions of a repository; configuration overrides single ones. */
export function learnConventions(repository: Repository, configuration: Configuration): Conventions {
  const routes = learnRoutes(repository);
  const images = learnImages(repository);
  return {
    environments: { value: repository.environments, evidence: repository.environmentsEvidence },
    domains: configuration.domains ? configured(configuration.domains) : routes.domains,
    hostPattern: environment => {
      const pattern = configuration.hostPatterns?.[environment];
      return pattern ? configured(pattern) : byDefault('{app}.{domain}');
    },
    gateway: configuration.gateway
      ? configuredGateway(configuration.gateway, routes.gateway)
      : routes.gateway,
    imagePrefix: configuration.imagePrefix
      ? configured({
          ...configuration.imagePrefix,
          fieldSpecs: fieldSpecs(
            repository,
            configuration.imagePrefix.file,
            images.prefix?.value.fieldSpecs ?? [],
          ),
        })
      : images.prefix,
    dockerHub: configuration.dockerHub ? configured(configuration.dockerHub) : images.dockerHub,
    storageClasses: configuration.storageClasses
      ? configured(configuration.storageClasses)
      : learnStorageClasses(repository),
    minimumAge:
      configuration.minimumAge === undefined
        ? { value: DEFAULT_MINIMUM_AGE_DAYS, evidence: 'default' }
        : configured(configuration.minimumAge),
    rules: configuration.rules && configured(configuration.rules),
    style: learnStyle(repository),
  };
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
