import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import { RULE_LEVELS, type RuleLevel } from './rule-level.ts';
import { LANGUAGES, type Language, parseLanguage } from '../text/language.ts';
import { isRecord } from '../data/fields.ts';
import { SECRET_MECHANISMS, type SecretMechanism } from './secret-mechanism.ts';
import { repositoryUrlProblem } from './repository-url.ts';
import { parseKubernetesVersion } from './kubernetes-version.ts';
import { requireYaml } from '../yaml/read.ts';
import { say } from '../locales/say.ts';
import type { DecisionAnswer } from '../values/plan.ts';

/** Where a repository's own settings stand. Everything is optional: what is not set is learned from the apps. */
export const CONFIGURATION_FILE = '.slipway/config.yaml';

/** A chart repository that the team adds to those its apps use. */
export type NamedRepository = { name: string; url: string };

export type Configuration = {
  environments?: string[];
  domains?: string[];
  /** Host name pattern per environment, with `{app}` and `{domain}`. */
  hostPatterns?: Record<string, string>;
  gateway?: { name: string; namespace: string; sectionName?: string; passthrough?: string };
  imagePrefix?: { file: string; mirror: string };
  /** The registry that short image names are completed with. */
  dockerHub?: string;
  storageClasses?: string[];
  sealing?: { certificate?: string; fingerprint?: string };
  /** How Secrets are kept, and how their files are written. */
  secrets?: {
    mechanism?: SecretMechanism;
    /** In an app's folder, with `{name}` for the Secret's and `{app}` for the app's name. */
    file?: string;
    store?: { name: string; kind?: string };
    refreshInterval?: string;
    apiVersion?: string;
  };
  /** Days that a version must be old before it is chosen. */
  minimumAge?: number;
  repositories?: NamedRepository[];
  /** False keeps `new-app` from searching Artifact Hub. */
  artifactHub?: boolean;
  language?: Language;
  /** What renders: slipway's own renderer or the tools of PATH. Unset: the renderer where there is one. */
  renderer?: 'inside' | 'tools';
  /** Names on PATH, of another Helm or Kustomize. Where they are is for the machine to say. */
  helmCommand?: string;
  kustomizeCommand?: string;
  /** The cluster that charts are rendered for. */
  kubernetes?: { version?: string; apiVersions?: string[] };
  /** What `promote` leaves to each environment, by patterns of paths. */
  promotion?: { keep?: string[] };
  /** What `check` makes of single rules, by code. */
  rules?: Record<string, RuleLevel>;
  /** Answers to the decisions of upgrades, by id or by pattern, and `accept` for risks. */
  answers?: Record<string, StandingAnswer>;
};

type StandingAnswer = DecisionAnswer | 'accept';

type Reader<Value> = (value: unknown, where: string) => Value;

/** One reader per key: `satisfies` makes a forgotten key a compile error. */
const READERS = {
  environments: strings,
  domains: strings,
  hostPatterns: record(text),
  gateway: object({ name: text, namespace: text }, { sectionName: text, passthrough: text }),
  imagePrefix: object({ file: text, mirror: text }, {}),
  dockerHub: text,
  storageClasses: strings,
  sealing: object({}, { certificate: text, fingerprint: text }),
  secrets: object(
    {},
    {
      mechanism: oneOf(SECRET_MECHANISMS),
      file: secretFile,
      store: object({ name: text }, { kind: text }),
      refreshInterval: text,
      apiVersion: text,
    },
  ),
  minimumAge: days,
  repositories: list(object({ name: text, url: repositoryUrl }, {})),
  artifactHub: flag,
  language,
  renderer: oneOf(['inside', 'tools']),
  helmCommand: program('helm'),
  kustomizeCommand: program('kustomize'),
  kubernetes: object({}, { version: kubernetesVersion, apiVersions: strings }),
  promotion: object({}, { keep: strings }),
  rules: record(oneOf(RULE_LEVELS)),
  answers: record(standingAnswer),
} satisfies { [Key in keyof Required<Configuration>]: Reader<Required<Configuration>[Key]> };

/**
 * Reads `.slipway/config.yaml`. Settings of the machine (cache, proxy, certificates of hosts) are no keys here: a
 * repository must not choose them for the person who clones it.
 * @throws UserError E_CONFIG with the key's path; E_YAML_* for broken YAML.
 */
export function parseConfiguration(file: string): Configuration {
  const data = requireYaml(file, CONFIGURATION_FILE).documents[0];
  if (data === null || data === undefined) return {};
  const readKeys = object({}, READERS);
  return readKeys(data, '');
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw wrong(where, 'a text');
  return value;
}

/** It becomes a path in an app's folder. */
function secretFile(value: unknown, where: string): string {
  const pattern = text(value, where);
  const parts = pattern.split('/');
  if (!pattern.endsWith('.yaml') || parts.some(part => !/^[\w{}-][\w{}.-]*$/.test(part)))
    throw wrong(where, 'a path in an app that ends in .yaml, such as resources/{name}.sops.yaml');
  return pattern;
}

function repositoryUrl(value: unknown, where: string): string {
  const url = text(value, where);
  const problem = repositoryUrlProblem(url);
  if (problem) throw wrong(where, `the address of a repository, and ${problem.en}`);
  return url;
}

/** A repository may choose among the person's Helms; a path, or another program, it may not. */
function program(kind: string): Reader<string> {
  const pattern = new RegExp(`^${kind}[A-Za-z0-9._-]*$`);
  return (value, where) => {
    const name = text(value, where);
    if (!pattern.test(name)) throw wrong(where, `the name of a program on PATH that begins with ${kind}`);
    return name;
  };
}

function kubernetesVersion(value: unknown, where: string): string {
  const version = parseKubernetesVersion(value);
  if (version === undefined) throw wrong(where, 'a version of Kubernetes, such as "1.34" or "1.34.2"');
  return version;
}

function flag(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw wrong(where, 'true or false');
  return value;
}

function days(value: unknown, where: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 365))
    throw wrong(where, 'a number of days from 0 to 365');
  return value;
}

function standingAnswer(value: unknown, where: string): StandingAnswer {
  if (isRecord(value) && Object.keys(value).join() === 'value') return { value: value['value'] };
  const word = (['ours', 'theirs', 'merged', 'accept'] as const).find(each => each === value);
  if (word === undefined) throw wrong(where, 'ours, theirs, merged, { value: … }, or accept for a risk');
  return word;
}

function language(value: unknown, where: string): Language {
  const known = typeof value === 'string' ? parseLanguage(value) : undefined;
  if (known === undefined) throw wrong(where, `one of ${LANGUAGES.join(', ')}`);
  return known;
}

function oneOf<Word extends string>(words: readonly Word[]): Reader<Word> {
  return (value, where) => {
    const known = words.find(word => word === value);
    if (known === undefined) throw wrong(where, `one of ${words.join(', ')}`);
    return known;
  };
}

function strings(value: unknown, where: string): string[] {
  return list(text)(value, where);
}

function list<Item>(read: Reader<Item>): Reader<Item[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw wrong(where, 'a list');
    return value.map((item, index) => read(item, `${where}[${index}]`));
  };
}

function record<Item>(read: Reader<Item>): Reader<Record<string, Item>> {
  return (value, where) => {
    if (!isRecord(value)) throw wrong(where, 'a map');
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, read(item, `${where}.${key}`)]),
    );
  };
}

type Read<Readers> = { [Key in keyof Readers]: Readers[Key] extends Reader<infer Value> ? Value : never };

function object<
  Needed extends Record<string, Reader<unknown>>,
  Optional extends Record<string, Reader<unknown>>,
>(needed: Needed, optional: Optional): Reader<Read<Needed> & Partial<Read<Optional>>> {
  const readers: Record<string, Reader<unknown>> = { ...needed, ...optional };
  return (value, where) => {
    if (!isRecord(value)) throw wrong(where || CONFIGURATION_FILE, 'a map');
    for (const key of Object.keys(needed)) if (!(key in value)) throw wrong(join(where, key), 'there');
    const entries = Object.entries(value).map(([key, item]) => {
      const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (!read) throw unknownKey(join(where, key), key, Object.keys(readers));
      return [key, read(item, join(where, key))];
    });
    return Object.fromEntries(entries) as Read<Needed> & Partial<Read<Optional>>;
  };
}

function join(where: string, key: string): string {
  return where ? `${where}.${key}` : key;
}

function wrong(where: string, expected: string): UserError {
  return new UserError(
    'E_CONFIG',
    say('repository.must', { configuration_file: CONFIGURATION_FILE, where: display(where), expected }),
    {
      subject: where,
    },
  );
}

function unknownKey(where: string, key: string, known: string[]): UserError {
  const near = nearest(key, known);
  return new UserError(
    'E_CONFIG',
    say('repository.noSettingRepository', { configuration_file: CONFIGURATION_FILE, where: display(where) }),
    {
      hint: near
        ? say('repository.didYouMean', { near })
        : say('repository.knownHere', { known: known.join(', ') }),
      subject: where,
    },
  );
}
