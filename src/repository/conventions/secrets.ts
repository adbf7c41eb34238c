import path from 'node:path';
import { say } from '../../locales/say.ts';
import { type Text, untranslated } from '../../text/language.ts';
import { memoized } from '../../data/memoized.ts';
import { CONFIGURATION_FILE, type Configuration } from '../configuration.ts';
import type { Repository } from '../model.ts';
import { SECRET_MECHANISMS, type SecretMechanism } from '../secret-mechanism.ts';
import { sopsConfigurationIn } from '../sops.ts';
import { type ExternalStyle, firstKnown, mostSeen, styleOf } from './external-secrets.ts';
import { appPlacement } from '../overlays.ts';
import type { Learned } from './learned.ts';
import type { SecretSighting } from './secret-sightings.ts';

/** How an app's Secrets are made here. */
export type SecretConvention = {
  mechanism: SecretMechanism;
  /** Where its file lies in an app, `resources/{name}-externalsecret.yaml`; undefined where none is to be seen. */
  file: string | undefined;
  /** Whether kustomizations list such files; undefined where none is to be seen. */
  listed: boolean | undefined;
  external: ExternalStyle;
};

/** For an app, also one that is still to be made; undefined where nothing shows how secrets are kept. */
export type SecretConventions = (app: string) => Learned<SecretConvention> | undefined;

/**
 * Configured, else as the app itself keeps its secrets, else the apps of its environment, else the repository: stores differ
 * between environments. Where no secret is to be seen, what there is to open them decides: `.sops.yaml`, the charts.
 */
export function learnSecrets(
  repository: Repository,
  { secrets }: Pick<Configuration, 'secrets'>,
  sight: () => readonly SecretSighting[],
): SecretConventions {
  const sightings = memoizedOnce(sight);
  return memoized(app => {
    const scopes = scopesOf(repository, app).map(isInside =>
      sightings().filter(({ owner }) => isInside(owner)),
    );
    const own = scopes.find(scope => scope.length > 0);
    const learned = own ? mostUsed(own) : installedOpener(repository, app);
    const mechanism = secrets?.mechanism ?? learned?.mechanism;
    if (mechanism === undefined) return undefined;
    const evidence = secrets?.mechanism ? untranslated(CONFIGURATION_FILE) : learned?.evidence;
    return {
      value: override(conventionOf(mechanism, scopes), secrets),
      evidence: evidence ?? untranslated(''),
    };
  });
}

function memoizedOnce<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The app itself, its environment, everything. */
function scopesOf({ environments }: Repository, app: string): ((owner: string) => boolean)[] {
  const environment = environments.find(each => app.startsWith(`${each}/`)) ?? path.posix.dirname(app);
  const { environment: own } = appPlacement(app);
  const isOverlay = own !== path.posix.dirname(app);
  return [
    owner => owner === app || owner.startsWith(`${app}/`),
    owner => owner.startsWith(`${environment}/`) || (isOverlay && appPlacement(owner).environment === own),
    () => true,
  ];
}

type Mechanism = { mechanism: SecretMechanism; evidence: Text };

function mostUsed(sightings: readonly SecretSighting[]): Mechanism | undefined {
  const owners = (of: readonly SecretSighting[]): number => new Set(of.map(({ owner }) => owner)).size;
  const [first] = SECRET_MECHANISMS.map(mechanism => ({
    mechanism,
    seen: sightings.filter(each => each.mechanism === mechanism),
  })).toSorted((a, b) => owners(b.seen) - owners(a.seen) || b.seen.length - a.seen.length);
  if (!first) return undefined;
  const counts = { count: owners(first.seen), of: owners(sightings) };
  return { mechanism: first.mechanism, evidence: say('repository.someOfAppsWithSecrets', counts) };
}

/** Each part from the narrowest scope that shows it. */
function conventionOf(
  mechanism: SecretMechanism,
  scopes: readonly (readonly SecretSighting[])[],
): SecretConvention {
  const alike = scopes.map(scope => scope.filter(each => each.mechanism === mechanism));
  const own = alike.find(scope => scope.length > 0) ?? [];
  return {
    mechanism,
    file: mostSeen(own, ({ file }) => file),
    listed: own.length === 0 ? undefined : own.filter(({ listed }) => listed).length * 2 >= own.length,
    external: firstKnown(alike.map(styleOf)),
  };
}

function override(convention: SecretConvention, secrets: Configuration['secrets']): SecretConvention {
  const { file = convention.file, store, refreshInterval, apiVersion } = secrets ?? {};
  const external = {
    ...convention.external,
    ...(store === undefined ? {} : { store: { kind: store.kind ?? 'SecretStore', name: store.name } }),
    ...(refreshInterval === undefined ? {} : { refreshInterval }),
    ...(apiVersion === undefined ? {} : { apiVersion }),
  };
  return { ...convention, file, external };
}

/** What opens secrets in the cluster, by the chart that installs it. */
const OPENERS: Readonly<Record<string, SecretMechanism>> = {
  'sealed-secrets': 'sealed',
  'external-secrets': 'external',
};

function installedOpener(repository: Repository, app: string): Mechanism | undefined {
  const config = configurationAround(repository.text, app);
  if (config !== undefined) return { mechanism: 'sops', evidence: untranslated(config) };
  for (const { path: folder, kustomization } of repository.apps)
    for (const { name = '' } of kustomization.charts) {
      const mechanism = Object.hasOwn(OPENERS, name) ? OPENERS[name] : undefined;
      if (mechanism) return { mechanism, evidence: say('repository.installsChart', { folder, name }) };
    }
  return undefined;
}

function configurationAround(text: Repository['text'], folder: string): string | undefined {
  const file = sopsConfigurationIn(folder);
  if (text.has(file)) return file;
  return folder === '.' ? undefined : configurationAround(text, path.posix.dirname(folder));
}
