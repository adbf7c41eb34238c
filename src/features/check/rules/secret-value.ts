import { posix } from 'node:path';
import { insideFrom } from '../../../repository/kustomization-paths.ts';
import { type AppFacts, isYaml } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { lineColumn, type LocatedYaml, readLocated, type ScalarPair } from '../../../yaml/read.ts';
import {
  evaluatePair,
  isAllowed,
  isSuspect,
  nameOfPair,
  scanText,
  type SecretKind,
} from '../../../repository/secret-shapes.ts';
import type { SecretMechanism } from '../../../repository/secret-mechanism.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { Text } from '../../../text/language.ts';
import { say } from '../../../locales/say.ts';

const KINDS = {
  'private-key': say('rules.privateKey'),
  token: say('rules.accessToken'),
  'url-password': say('rules.passwordUrl'),
  'password-hash': say('rules.hashPassword'),
  password: say('rules.passwordKey'),
} as const satisfies Record<SecretKind, Text>;

/** As the repository itself keeps its secrets. */
const HINTS = {
  sealed: say('rules.moveIntoSealedsecretReferThen'),
  external: say('rules.putIntoStoreExternalSecret'),
  sops: say('rules.moveIntoEncryptedSecret'),
} as const satisfies Record<SecretMechanism, Text>;

/** Values, ConfigMaps and environment variables are no place for secrets. The value itself is never shown. */
export const secretValue: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.noSecretsAmongPlainSettings'),
  check: facts => facts.files.flatMap(file => checkFile(facts, file)),
};

type Spotted = { offset: number; kind: SecretKind; key: string };

function checkFile(facts: AppFacts, file: string): Diagnostic[] {
  const text = facts.text(file);
  if (text === undefined) return [];
  const yaml = isYaml(file) ? facts.yaml(file) : undefined;
  const shaped = scanText(text).map(({ offset, kind }) => ({ offset, kind, key: '' }));
  const named = yaml ? namedSecrets(facts, file, yaml) : [];
  const lines = new Map<number, Diagnostic>();
  for (const spotted of [...named, ...shaped]) {
    if (isAllowed(text, spotted.offset)) continue;
    const place = lineColumn(text, spotted.offset);
    if (!lines.has(place.line)) lines.set(place.line, diagnostic(facts, { file, ...place }, spotted));
  }
  return [...lines.values()];
}

function diagnostic({ conventions }: AppFacts, place: SourceLocation, { kind, key }: Spotted): Diagnostic {
  const where = key === '' ? '' : ` (${key})`;
  return {
    ...place,
    message: say('rules.plainText', { kinds: KINDS[kind], where }),
    hint: HINTS[conventions.secrets ?? 'sealed'],
  };
}

/**
 * Judged by the name of the key. In values files what stands in the chart's defaults too is no secret of this team;
 * where the defaults are not known, only what looks random counts.
 */
function namedSecrets(facts: AppFacts, file: string, yaml: LocatedYaml): Spotted[] {
  const skipped = new Set(facts.objects.filter(object => object.file === file).map(({ kind }) => kind));
  if (skipped.has('SealedSecret') || skipped.has('Secret') || skipped.has('CustomResourceDefinition'))
    return [];
  const isValues = facts.valuesFiles.has(file) || isOfChart(facts, file);
  const defaults = isValues ? defaultPairs(facts, file) : undefined;
  const spotted: Spotted[] = [];
  yaml.visitPairs(pair => {
    const kind = evaluatePair(pair, isValues && !defaults ? 'random' : 'any');
    if (kind === undefined || defaults?.has(pairKey(pair))) return;
    spotted.push({ offset: pair.offset, kind, key: nameOfPair(pair.key, pair.name) });
  }, isSuspect);
  return spotted;
}

/** Values beside a Chart.yaml, and those to try it with: the defaults of the chart stand among them. */
function isOfChart(facts: AppFacts, file: string): boolean {
  const folder = posix.dirname(file);
  return [folder, ...(posix.basename(folder) === 'ci' ? [posix.dirname(folder)] : [])].some(
    each => facts.kindOf(`${each}/Chart.yaml`) === 'file',
  );
}

function defaultPairs(facts: AppFacts, file: string): ReadonlySet<string> | undefined {
  const owner = facts.charts.find(
    ({ chart, kustomization }) => insideFrom(kustomization.folder, chart.valuesFile ?? '') === file,
  );
  const defaults = owner ? facts.defaults(owner.chart) : undefined;
  if (defaults?.status !== 'known') return undefined;
  const result = readLocated(defaults.text);
  if (result.status === 'unreadable') return undefined;
  const pairs = new Set<string>();
  result.yaml.visitPairs(pair => {
    if (evaluatePair(pair, 'any') !== undefined) pairs.add(pairKey(pair));
  }, isSuspect);
  return pairs;
}

function pairKey({ trail, key, read }: ScalarPair): string {
  return JSON.stringify([...trail, key, read()]);
}
