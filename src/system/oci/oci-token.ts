import { display, displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { Credential, CredentialSource } from '../tools/credentials.ts';
import type { Http } from '../http/http.ts';
import type { HttpResponse } from '../http/http-types.ts';
import { statusFailure } from '../http/http-failure.ts';
import { basicAuthorization, parseHttpUrl } from '../http/http-url.ts';
import { isLoopback, type OciRepository } from './oci-reference.ts';
import { say } from '../../locales/say.ts';

const MAX_TOKEN_BYTES = 64 * 1024;
/** https://distribution.github.io/distribution/spec/auth/token/ */
const DEFAULT_LIFE_S = 60;
/** A token about to expire is not worth a request. */
const SAFETY_MS = 10_000;

/** Registries whose tokens come, by design, from another host. */
const TOKEN_HOSTS: Record<string, string> = {
  'registry-1.docker.io': 'auth.docker.io',
  'registry.gitlab.com': 'gitlab.com',
};

export type OciAuthOptions = {
  http: Pick<Http, 'get' | 'post'>;
  /** Where the credential for a registry's host is, if there is one. */
  credential: (host: string) => CredentialSource | undefined;
  /** More registries whose tokens come from another host: registry → host of the tokens. */
  tokenHosts?: Readonly<Record<string, string>>;
  now: () => number;
};

/** A request that may need an Authorization header, and the user whose answer it is. */
type Attempt = (login: { authorization?: string; account: string }) => Promise<HttpResponse>;

export type OciAuth = {
  /** Sends; logs in if the registry asks for it, and sends again. `attempt` must let 401 pass. */
  authorized(repository: OciRepository & { baseUrl: string }, attempt: Attempt): Promise<HttpResponse>;
};

type Repository = OciRepository & { baseUrl: string };
type Grant = { authorization: string; expiresAt: number };
type State = OciAuthOptions & { grants: Map<string, Grant>; underWay: Map<string, Promise<Grant>> };

/** Logs in to registries: one token for each repository, asked for once. */
export function openOciAuth(options: OciAuthOptions): OciAuth {
  const state: State = { ...options, grants: new Map(), underWay: new Map() };
  return { authorized: (repository, attempt) => authorized(state, repository, attempt) };
}

async function authorized(state: State, repository: Repository, attempt: Attempt): Promise<HttpResponse> {
  const source = state.credential(repository.host);
  const account = source?.account ?? '';
  const known = validGrant(state, repository);
  const answer = await attempt({ account, ...known });
  if (answer.status !== 401) return answer;
  // Another request may have logged in while this one was on its way.
  const meanwhile = validGrant(state, repository).authorization;
  const authorization =
    meanwhile !== undefined && meanwhile !== known.authorization
      ? meanwhile
      : (await login(state, { repository, source, answer })).authorization;
  const second = await attempt({ account, authorization });
  if (second.status !== 401) return second;
  state.grants.delete(grantName(repository));
  throw statusFailure({ status: 401, url: second.url, configured: undefined, loginFrom: source?.from });
}

function grantName({ host, path }: Repository): string {
  return `${host}/${path}`;
}

function validGrant({ grants, now }: State, repository: Repository): { authorization?: string } {
  const grant = grants.get(grantName(repository));
  return grant && now() < grant.expiresAt ? { authorization: grant.authorization } : {};
}

type Login = { repository: Repository; source: CredentialSource | undefined; answer: HttpResponse };

/** Many requests may be refused at once; one login serves them. */
async function login(state: State, request: Login): Promise<Grant> {
  const name = grantName(request.repository);
  const running = state.underWay.get(name);
  if (running) return running;
  const started = answerChallenge(state, request)
    .then(grant => {
      state.grants.set(name, grant);
      return grant;
    })
    .finally(() => state.underWay.delete(name));
  state.underWay.set(name, started);
  return started;
}

async function answerChallenge(state: State, { repository, source, answer }: Login): Promise<Grant> {
  const challenge = parseChallenge(answer.headers['www-authenticate'] ?? '');
  const credential = await source?.read();
  if (challenge?.scheme === 'bearer')
    return fetchToken(state, { challenge, repository, credential, from: source?.from ?? '' });
  if (challenge?.scheme === 'basic' && credential?.kind === 'password')
    return { authorization: basic(credential), expiresAt: Number.POSITIVE_INFINITY };
  throw statusFailure({ status: 401, url: answer.url, configured: undefined, loginFrom: source?.from });
}

function basic({ username, password }: { username: string; password: string }): string {
  return basicAuthorization(`${username}:${password}`);
}

type TokenRequest = {
  challenge: Extract<Challenge, { scheme: 'bearer' }>;
  repository: Repository;
  credential: Credential | undefined;
  /** Where it came from. */
  from: string;
};

async function fetchToken(state: State, request: TokenRequest): Promise<Grant> {
  const { challenge, repository, credential } = request;
  const realm = requireRealm(state, challenge.realm, repository);
  const parameters = new URLSearchParams(realm.search);
  if (challenge.service !== undefined) parameters.set('service', challenge.service);
  // Ours, not the challenge's: a token never opens more than this one repository.
  parameters.set('scope', `repository:${repository.path}:pull`);
  const common = { limit: MAX_TOKEN_BYTES, linkedFrom: repository.baseUrl, redirects: 0, account: '' };
  const asked = state.now();
  const answer =
    credential?.kind === 'identity-token'
      ? await state.http.post({ ...common, url: realm.href, ...refresh(parameters, credential.token) })
      : await state.http.get({
          ...common,
          url: withQuery(realm, parameters),
          ...(credential ? { authorization: basic(credential), loginFrom: request.from } : {}),
        });
  return parseToken(answer, asked);
}

function withQuery(url: URL, parameters: URLSearchParams): string {
  return `${url.origin}${url.pathname}?${parameters.toString()}`;
}

function refresh(parameters: URLSearchParams, token: string) {
  const body = new URLSearchParams(parameters);
  body.set('grant_type', 'refresh_token');
  body.set('client_id', 'slipway');
  body.set('refresh_token', token);
  return { body: body.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}

/** The credential goes to the realm, so the registry must not choose it freely (CVE-2026-48978 and its kind). */
function requireRealm({ tokenHosts }: State, text: string, { host, baseUrl }: Repository): URL {
  const registry = new URL(baseUrl);
  const { url: realm, userinfo } = parseHttpUrl(text, 'E_TOKEN_REALM');
  const expected = new Map(Object.entries({ ...TOKEN_HOSTS, ...tokenHosts })).get(host);
  // Two ports of this machine may be two people's.
  const bothHere = registry.protocol === 'http:' && isLoopback(registry.host) && isLoopback(realm.host);
  const isExpected = realm.host === expected && (realm.protocol === 'https:' || bothHere);
  if (userinfo === undefined && (realm.origin === registry.origin || isExpected)) return realm;
  throw new UserError('E_TOKEN_REALM', say('system.sendsLogins', { host, href: displayUrl(realm.href) }), {
    hint: say('system.ifLoginServerSetSlipway', { host: display(realm.host), host2: host }),
    subject: host,
  });
}

function parseToken({ body, url }: HttpResponse, asked: number): Grant {
  const answer = parseJson(body.toString());
  const token = answer['token'] || answer['access_token'];
  if (typeof token !== 'string' || !/^[\u0021-\u007e]+$/.test(token))
    throw new UserError('E_AUTH', say('system.answeredWithoutToken', { url: displayUrl(url) }));
  const life = Number(answer['expires_in'] ?? DEFAULT_LIFE_S);
  return {
    authorization: `Bearer ${token}`,
    expiresAt: asked + (life > 0 ? life : DEFAULT_LIFE_S) * 1000 - SAFETY_MS,
  };
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** What a registry asks for with `WWW-Authenticate`. */
type Challenge = { scheme: 'basic' } | { scheme: 'bearer'; realm: string; service: string | undefined };

/** A name or a scheme is a token of RFC 9110, section 5.6.2: `error_description`, `x-ms-1` and `X.509` are some. */
const TOKENS = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;

/** Reads the first challenge that we can answer (RFC 9110, section 11.6.1). */
export function parseChallenge(header: string): Challenge | undefined {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [, name = '', quoted, plain] of header.matchAll(TOKENS)) {
    const value = unquote(quoted) ?? plain;
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  for (const { scheme, parameters } of challenges) {
    const realm = parameters.get('realm');
    if (scheme === 'bearer' && realm) return { scheme, realm, service: parameters.get('service') };
    if (scheme === 'basic') return { scheme };
  }
  return undefined;
}

function unquote(quoted: string | undefined): string | undefined {
  return quoted?.replaceAll(/\\(.)/g, '$1');
}
