import { type AppFacts, isYaml } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { lineColumn, type LocatedYaml, readLocated, type ScalarPair } from '../../../yaml/located-yaml.ts';
import { isSuspect, judgePair, scanText, type SecretKind } from '../facts/secret-shapes.ts';
import type { Text } from '../../../text/language.ts';

const KINDS = {
  'private-key': { en: 'a private key', 'zh-CN': '私钥' },
  token: { en: 'an access token', 'zh-CN': '访问令牌' },
  'url-password': { en: 'a password in an URL', 'zh-CN': 'URL 中的密码' },
  'password-hash': { en: 'the hash of a password', 'zh-CN': '密码哈希' },
  password: { en: 'a password or key', 'zh-CN': '密码或密钥' },
} as const satisfies Record<SecretKind, Text>;

const HINT = {
  en: 'move it into a SealedSecret and refer to that; then change it: history keeps the old one',
  'zh-CN': '放入 SealedSecret 并引用；然后更换：git 历史会保留旧值',
};

/** Values, ConfigMaps and environment variables are no place for secrets. The value itself is never shown. */
export const secretValue: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'no secrets among plain settings', 'zh-CN': '普通配置中没有机密' },
  check: facts => facts.files.flatMap(file => checkFile(facts, file)),
};

type Spotted = { offset: number; kind: SecretKind; key: string };

function checkFile(facts: AppFacts, file: string): Remark[] {
  const text = facts.text(file);
  if (text === undefined) return [];
  const yaml = isYaml(file) ? facts.yaml(file) : undefined;
  const shaped = scanText(text).map(({ offset, kind }) => ({ offset, kind, key: '' }));
  const named = yaml ? namedSecrets(facts, file, yaml) : [];
  const lines = new Map<number, Remark>();
  for (const spotted of [...named, ...shaped]) {
    const place = lineColumn(text, spotted.offset);
    if (!lines.has(place.line)) lines.set(place.line, remark(file, place, spotted));
  }
  return [...lines.values()];
}

function remark(file: string, place: { line: number; column: number }, { kind, key }: Spotted): Remark {
  const where = key === '' ? '' : ` (${key})`;
  return {
    file,
    ...place,
    message: {
      en: `${KINDS[kind].en} in plain text${where}`,
      'zh-CN': `明文的${KINDS[kind]['zh-CN']}${where}`,
    },
    hint: HINT,
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
  const isValues = facts.valuesFiles.has(file);
  const defaults = isValues ? defaultPairs(facts, file) : undefined;
  const spotted: Spotted[] = [];
  yaml.visitPairs(pair => {
    const kind = judgePair(pair, isValues && !defaults ? 'random' : 'any');
    if (kind === undefined || defaults?.has(pairKey(pair))) return;
    spotted.push({ offset: pair.offset, kind, key: pair.name ?? pair.key });
  }, isSuspect);
  return spotted;
}

function defaultPairs(facts: AppFacts, file: string): ReadonlySet<string> | undefined {
  const owner = facts.charts.find(
    ({ chart, kustomization }) => `${kustomization.folder}/${chart.valuesFile}` === file,
  );
  const defaults = owner ? facts.defaults(owner.chart) : undefined;
  if (defaults?.status !== 'known') return undefined;
  const result = readLocated(defaults.text);
  if (result.status === 'unreadable') return undefined;
  const pairs = new Set<string>();
  result.yaml.visitPairs(pair => {
    if (judgePair(pair, 'any') !== undefined) pairs.add(pairKey(pair));
  }, isSuspect);
  return pairs;
}

function pairKey({ trail, key, read }: ScalarPair): string {
  return JSON.stringify([...trail, key, read()]);
}
