import path from 'node:path';
import { isRecord, recordsAt, valueAt } from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import type { SecretConvention } from '../repository/conventions/secrets.ts';
import { parseManifests } from '../repository/manifest.ts';
import type { GitopsRepository } from '../repository/read-repository.ts';
import type { SecretMechanism } from '../repository/secret-mechanism.ts';
import { isSopsEncrypted, SOPS_CONFIGURATION, sopsRuleFor } from '../repository/sops.ts';
import { openKeys, parseSealedSecrets } from '../sealing/sealed-secret.ts';
import { shellQuote } from '../text/shell-quote.ts';
import { type Text, untranslated } from '../text/language.ts';
import { readDocuments } from '../yaml/read.ts';

/** A Secret that an app needs. */
export type WantedSecret = { name: string; namespace: string; keys: readonly string[] };

/** Where a Secret goes, and as what. */
export type PlacedSecret = {
  secret: WantedSecret;
  /** The app's folder. */
  app: string;
  mechanism: SecretMechanism;
  convention: SecretConvention | undefined;
  /** From the repository's root. */
  path: string;
  /** Whether kustomize builds it from now on. */
  listed: boolean;
  why: Text;
  /** What a person should know. */
  notes: Text[];
  /** The file, where it is a stub that waits for its sealed values. */
  unsealed: string[];
  /** Lines for a shell that follow. */
  next: string[];
  /** The text of the same Secret where it stands there already, which is what this one became. */
  existing: string | undefined;
};

type Gitops = Pick<GitopsRepository, 'repository' | 'conventions'>;
type Order = { gitops: Gitops; app: string; secret: WantedSecret; taken: ReadonlySet<string> };

/** Places the Secrets of an app's folder as the repository keeps its secrets: as SealedSecrets where nothing shows another way. */
export function placeSecrets(gitops: Gitops, app: string, secrets: readonly WantedSecret[]): PlacedSecret[] {
  const taken = new Set<string>();
  return secrets.map(secret => {
    const placed = placeSecret({ gitops, app, secret, taken });
    taken.add(placed.path);
    return placed;
  });
}

function placeSecret(order: Order): PlacedSecret {
  const learned = order.gitops.conventions.secrets(order.app);
  const evidence = learned?.evidence ?? untranslated('');
  const mechanism = learned?.value.mechanism ?? 'sealed';
  const base = { secret: order.secret, app: order.app, mechanism, convention: learned?.value };
  switch (mechanism) {
    case 'sealed':
      return { ...base, ...placeSealed(order), notes: learned ? [] : [say('scaffold.noSecretsSeen')] };
    case 'sops':
      return { ...base, ...placeForSops(order, learned?.value), why: say('scaffold.forSops', { evidence }) };
    case 'external':
      return {
        ...base,
        ...placeExternal(order, learned?.value),
        why: say('scaffold.fromStore', { evidence }),
      };
  }
}

type Placed = Omit<PlacedSecret, 'secret' | 'app' | 'mechanism' | 'convention' | 'why'>;

function placeSealed(order: Order): Omit<Placed, 'notes'> & { why: Text } {
  const file = inResources(order, '{name}-sealedsecret.yaml');
  const { path: at, existing } = firstFree(order, 'sealed', candidatesOf(order, [file]));
  const unsealed = isSealed(existing, at, order.secret.name) ? [] : [at];
  return {
    path: at,
    existing,
    listed: false,
    unsealed,
    next: [],
    why: say('scaffold.stubListedUnderResourcesOnce'),
  };
}

function isSealed(text: string | undefined, file: string, name: string): boolean {
  const sealed = text === undefined ? [] : parseSealedSecrets(text, file);
  return sealed.some(secret => secret.name === name && openKeys(secret).length === 0);
}

/** How people name what SOPS encrypts, for a `.sops.yaml` that no file shows the use of. */
const SOPS_NAMES = [
  '{name}.sops.yaml',
  '{name}-secret.sops.yaml',
  'secret.sops.yaml',
  '{name}.enc.yaml',
  '{name}.encrypted.yaml',
  '{name}-secret.yaml',
  'secrets/{name}.yaml',
];

/** What SOPS is to encrypt of a Secret: kustomize reads the rest. */
const SECRET_FIELDS = '^(data|stringData)$';

function placeForSops(order: Order, convention: SecretConvention | undefined): Placed {
  const { text } = order.gitops.repository;
  const read = (file: string): string | undefined => text.get(file);
  const files = convention?.file ? [convention.file] : SOPS_NAMES.map(name => inResources(order, name));
  const candidates = candidatesOf(order, files);
  const covered = candidates.filter(file => sopsRuleFor(read, file)?.covers !== 'none');
  const { path: at, existing } = firstFree(order, 'sops', covered.length > 0 ? covered : candidates);
  const rule = sopsRuleFor(read, at);
  const config = rule && rule.config !== SOPS_CONFIGURATION ? ['--config', rule.config] : [];
  const choice = rule?.choosesKeys ? [] : ['--encrypted-regex', SECRET_FIELDS];
  const encrypt = ['sops', ...config, '--encrypt', ...choice, '--in-place', at].map(shellQuote).join(' ');
  const listed = convention?.listed ?? true;
  return {
    path: at,
    existing,
    listed,
    notes: [
      ...(rule === undefined ? [say('scaffold.noSopsConfiguration', { path: at })] : []),
      ...(rule?.covers === 'none' ? [say('scaffold.noSopsRule', { config: rule.config, path: at })] : []),
      ...(listed ? [] : [say('scaffold.listAsSiblings', { path: at })]),
    ],
    unsealed: [],
    next: existing !== undefined && isSopsEncrypted(existing) ? [] : [encrypt, `sops ${shellQuote(at)}`],
  };
}

function placeExternal(order: Order, convention: SecretConvention | undefined): Placed {
  const file = convention?.file ?? inResources(order, '{name}-externalsecret.yaml');
  const { path: at, existing } = firstFree(order, 'external', candidatesOf(order, [file]));
  const { store, remote } = convention?.external ?? {};
  const isWhole = store !== undefined && remote !== undefined;
  const notes = [
    ...(store === undefined ? [say('scaffold.storeUnknown', { path: at })] : []),
    ...(remote === undefined ? [say('scaffold.storeKeyUnknown', { path: at })] : []),
  ];
  const done = existing !== undefined && !existing.includes('REPLACE_ME');
  const listed = isWhole && (convention?.listed ?? true);
  return { path: at, existing, listed, notes: done ? [] : notes, unsealed: [], next: [] };
}

function inResources({ gitops }: Order, name: string): string {
  return path.posix.join(gitops.conventions.style.resourcesFolder.value, name);
}

/** Paths that a pattern comes to: as it says, and, where it leaves the name out, with the name before the file's. */
function candidatesOf({ app, secret }: Order, patterns: readonly string[]): string[] {
  const fill = (pattern: string): string =>
    path.posix.join(
      app,
      pattern.replaceAll('{name}', secret.name).replaceAll('{app}', path.posix.basename(app)),
    );
  const named = patterns
    .filter(pattern => !pattern.includes('{name}'))
    .map(pattern => path.posix.join(path.posix.dirname(pattern), `{name}-${path.posix.basename(pattern)}`));
  return [...patterns, ...named].map(fill);
}

/** The first path at which nothing stands, or the very same Secret; the first of all where each is taken. */
function firstFree(
  order: Order,
  mechanism: SecretMechanism,
  candidates: readonly string[],
): { path: string; existing: string | undefined } {
  const { text } = order.gitops.repository;
  const places = candidates.filter(file => !order.taken.has(file));
  const same = places.find(file => holdsSecret(text.get(file), file, mechanism, order.secret));
  const free = same ?? places.find(file => !text.has(file)) ?? places[0] ?? '';
  return { path: free, existing: same === undefined ? undefined : text.get(same) };
}

const KINDS = { sealed: 'SealedSecret', external: 'ExternalSecret', sops: 'Secret' } as const;

/** Whether a file holds this Secret with all of its keys. */
function holdsSecret(
  text: string | undefined,
  file: string,
  mechanism: SecretMechanism,
  { name, keys }: WantedSecret,
): boolean {
  if (text === undefined) return false;
  return manifestsIn(text, file).some(manifest => {
    const held = keysOf(manifest.body);
    return (
      manifest.kind === KINDS[mechanism] && manifest.name === name && keys.every(key => held.includes(key))
    );
  });
}

function keysOf(body: Record<string, unknown>): string[] {
  const maps = [['spec', 'encryptedData'], ['data'], ['stringData']].map(steps => valueAt(body, steps));
  const entries = recordsAt(body, ['spec', 'data']).map(({ secretKey }) => String(secretKey));
  return [...maps.flatMap(map => (isRecord(map) ? Object.keys(map) : [])), ...entries];
}

function manifestsIn(text: string, file: string): ReturnType<typeof parseManifests> {
  try {
    return parseManifests(readDocuments(text, file));
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
