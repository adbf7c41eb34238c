import { Buffer } from 'node:buffer';
import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { parseJson } from '../data/json.ts';
import type { ConfigFile, Credential } from '../system/tools/credentials.ts';
import { readRemoteYaml } from '../yaml/remote-yaml.ts';
import { say } from '../locales/say.ts';

/** An entry of Helm's repositories.yaml. */
export type HelmRepository = {
  /** That it stands in. */
  file: string;
  name: string;
  url: string;
  username: string;
  password: string;
  certFile: string;
  keyFile: string;
  caFile: string;
  /** `insecure_skip_tls_verify`: reported, never obeyed by itself. */
  insecure: boolean;
  passCredentialsAll: boolean;
};

type Fields = Record<string, unknown>;

/** Reads Helm's repositories.yaml. Entries without a name or with an unusable URL are left out. */
export function parseHelmRepositories({ file, text }: ConfigFile): HelmRepository[] {
  const entries = asFields(parseSecretYaml(text, file))?.['repositories'];
  if (!Array.isArray(entries)) return [];
  return entries
    .map(entry => ({ ...parseRepository(entry), file }))
    .filter(({ name, url }) => name !== '' && URL.canParse(url));
}

/** A parser's error may quote the line it stumbled over, and here any line may be a password. */
function parseSecretYaml(text: string, file: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return readRemoteYaml(text, file);
  } catch (error) {
    if (error instanceof UserError) throw unreadable(file);
    throw error;
  }
}

function unreadable(file: string): UserError {
  return new UserError('E_CREDENTIALS', say('charts.cannotReadWhatShould', { file: display(file) }), {
    hint: say('charts.mendFileMoveAwayLog'),
    subject: file,
  });
}

function parseRepository(entry: unknown): Omit<HelmRepository, 'file'> {
  const fields = asFields(entry) ?? {};
  return {
    name: asText(fields['name']),
    url: asText(fields['url']),
    username: asText(fields['username']),
    password: asText(fields['password']),
    certFile: asText(fields['certFile']),
    keyFile: asText(fields['keyFile']),
    caFile: asText(fields['caFile']),
    insecure: fields['insecure_skip_tls_verify'] === true,
    passCredentialsAll: fields['pass_credentials_all'] === true,
  };
}

/** The entry for a repository URL: the same URL, else the one with the longest path that leads to it. */
export function repositoryAt(
  repositories: readonly HelmRepository[],
  url: string,
): HelmRepository | undefined {
  const leading = repositories.filter(entry => leadsTo(entry.url, url));
  return leading.toSorted((a, b) => b.url.length - a.url.length)[0];
}

function leadsTo(base: string, url: string): boolean {
  if (!sameOrigin(base, url)) return false;
  const folder = new URL(base).pathname.replace(/(?<!\/)\/*$/, '/');
  return `${new URL(url).pathname}/`.startsWith(folder);
}

/**
 * The credential that a request to `url` may carry. Helm's rule: scheme, host and port are those of the
 * repository (CVE-2021-32690), unless `pass_credentials_all`; without a name or a password there is none.
 */
export function repositoryCredential(repository: HelmRepository, url: string): Credential | undefined {
  const { username, password, passCredentialsAll } = repository;
  if (username === '' || password === '') return undefined;
  if (!passCredentialsAll && !sameOrigin(repository.url, url)) return undefined;
  return { kind: 'password', username, password };
}

/** Whether two URLs agree in scheme, host and port, default ports spelled out or not. */
export function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

/** Docker's config.json, which Helm's registry configuration shares. */
export type RegistryConfig = {
  file: string;
  auths: ReadonlyMap<string, Credential>;
  credentialsStore: string | undefined;
  credentialHelpers: ReadonlyMap<string, string>;
};

/** Reads Docker's config.json; entries without a credential (their helper has it) are left out. */
export function parseRegistryConfig({ file, text }: ConfigFile): RegistryConfig {
  const json = text.trim() === '' ? {} : parseJson(text);
  if (json === undefined) throw unreadable(file);
  const fields = asFields(json) ?? {};
  const auths = Object.entries(asFields(fields['auths']) ?? {});
  const helpers = Object.entries(asFields(fields['credHelpers']) ?? {});
  return {
    file,
    auths: new Map(
      auths.flatMap(([key, value]) => {
        const credential = parseAuth(asFields(value) ?? {});
        return credential ? [[key, credential]] : [];
      }),
    ),
    credentialsStore: asText(fields['credsStore']) || undefined,
    credentialHelpers: new Map(helpers.map(([key, value]) => [key, asText(value)])),
  };
}

function parseAuth(fields: Fields): Credential | undefined {
  const token = asText(fields['identitytoken']);
  if (token !== '') return { kind: 'identity-token', token };
  const decoded = Buffer.from(asText(fields['auth']), 'base64')
    .toString()
    .replace(/(?<!\0)\0+$/, '');
  const colon = decoded.indexOf(':');
  const username = colon > 0 ? decoded.slice(0, colon) : asText(fields['username']);
  const password = colon > 0 ? decoded.slice(colon + 1) : asText(fields['password']);
  return username === '' || password === '' ? undefined : { kind: 'password', username, password };
}

/** Where the credential of a registry is: in the file, or with a helper that has to be asked. */
export type RegistryCredential =
  { from: 'file'; file: string; credential: Credential } | { from: 'helper'; helper: string; server: string };

const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';
const DOCKER_HUB_HOSTS = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

/** Where to look, in Docker's order: the registry's own helper or the general store, then the file itself. */
export function registryCredentials(config: RegistryConfig, host: string): RegistryCredential[] {
  const isHub = DOCKER_HUB_HOSTS.includes(host);
  const keys = isHub ? [DOCKER_HUB_KEY, ...DOCKER_HUB_HOSTS] : [host];
  const server = isHub ? DOCKER_HUB_KEY : host;
  const helper = firstOf(config.credentialHelpers, keys) ?? config.credentialsStore;
  const inFile = [...config.auths].find(([key]) => keys.includes(key) || keys.includes(hostOfKey(key)));
  return [
    ...(helper ? [{ from: 'helper' as const, helper, server }] : []),
    ...(inFile ? [{ from: 'file' as const, file: config.file, credential: inFile[1] }] : []),
  ];
}

function firstOf(map: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  return keys.map(key => map.get(key)).find(value => value !== undefined && value !== '');
}

/** Old keys are URLs of the API: `https://ghcr.io/v2/`. A key with another path is for that path only. */
function hostOfKey(key: string): string {
  return /^(?:https?:\/\/)?([^/]+)(?:\/(?:v[12]\/?)?)?$/.exec(key)?.[1] ?? '';
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function asText(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}
