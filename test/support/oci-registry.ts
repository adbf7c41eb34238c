// The real registry (CNCF distribution) on a free port, with a token server in this process.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { serveHttp, type FixtureServer, type Received, type Reply } from './http-server.ts';
import { findTool } from './tools.js';

export type RegistryOptions = {
  /** `none` lets everybody do everything. */
  auth?: 'token' | 'none';
  /** User → password. With `token`, nobody pulls without a login unless `anonymousPull`. */
  users?: Readonly<Record<string, string>>;
  anonymousPull?: boolean;
  /** Identity tokens that the token server accepts. */
  identityTokens?: readonly string[];
};

type PushedChart = {
  /** `team/demo`: the repository within the registry, chart name included. */
  repository: string;
  version: string;
  archive: Buffer;
  /** Chart.yaml as an object. */
  chart?: Record<string, unknown>;
  /** RFC 3339; absent on purpose if undefined. */
  created?: string;
  annotations?: Readonly<Record<string, string>>;
};

export type FixtureRegistry = {
  /** `127.0.0.1:port` */
  host: string;
  /** The token server; its requests show who was asked for what. */
  tokens: FixtureServer;
  /** Pushes as `helm push` does. Returns the manifest's digest. */
  pushChart(chart: PushedChart): Promise<string>;
  close(): Promise<void>;
};

const SERVICE = 'slipway-test-registry';
const ISSUER = 'slipway-test';

/** Undefined, with a word on stderr, where the registry's binary is missing. */
export async function startRegistry(options: RegistryOptions = {}): Promise<FixtureRegistry | undefined> {
  const program = findTool('registry');
  if (!program) {
    process.stderr.write('no registry binary: run node test/support/tools.js\n');
    return undefined;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-registry-'));
  const signer = makeSigner();
  const tokens = await serveHttp({ '/token': received => answerToken(received, options, signer) });
  await writeFile(path.join(folder, 'jwks.json'), JSON.stringify({ keys: [signer.jwk] }));
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(configuration(folder, tokens, options)));
  const child = spawn(program, ['serve', path.join(folder, 'config.json')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], OTEL_TRACES_EXPORTER: 'none' },
  });
  const host = await listening(child);
  return {
    host,
    tokens,
    pushChart: chart => pushChart(host, chart, signer.mint([`repository:${chart.repository}:pull,push`])),
    async close() {
      child.kill('SIGKILL');
      await tokens.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** JSON is YAML, so no YAML writer is needed. */
function configuration(folder: string, tokens: FixtureServer, { auth = 'token' }: RegistryOptions): unknown {
  const token = {
    realm: `${tokens.url}/token`,
    service: SERVICE,
    issuer: ISSUER,
    jwks: path.join(folder, 'jwks.json'),
    signingalgorithms: ['ES256'],
  };
  return {
    version: 0.1,
    log: { level: 'info', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: path.join(folder, 'data') } },
    http: { addr: '127.0.0.1:0', secret: 'test' },
    ...(auth === 'token' ? { auth: { token } } : {}),
  };
}

async function listening(child: ChildProcess): Promise<string> {
  const { stderr } = child;
  if (!stderr) throw new Error('the registry has no stderr');
  const lines: string[] = [];
  try {
    for await (const line of createInterface({ input: stderr })) {
      const found = /listening on (127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (found) return found;
      lines.push(line);
    }
  } finally {
    // Left unread, a full pipe would stop the registry.
    stderr.resume();
  }
  throw new Error(`the registry ended:\n${lines.join('\n')}`);
}

type Signer = { jwk: object; mint(scopes: readonly string[], subject?: string): string };

function makeSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomUUID();
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' },
    mint(scopes, subject = '') {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: ISSUER, sub: subject, aud: SERVICE, nbf: now - 10, iat: now, exp: now + 300 };
      const parts = [
        { typ: 'JWT', alg: 'ES256', kid },
        { ...claims, jti: randomUUID(), access: scopes.map(parseScope) },
      ];
      const text = parts.map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${text}.${signature.toString('base64url')}`;
    },
  };
}

function parseScope(scope: string): { type: string; name: string; actions: string[] } {
  const [type = '', name = '', actions = ''] = scope.split(':');
  return { type, name, actions: actions.split(',') };
}

/** https://distribution.github.io/distribution/spec/auth/token/ and …/auth/oauth/ */
function answerToken(received: Received, options: RegistryOptions, signer: Signer): Reply {
  const { users = {}, anonymousPull = false, identityTokens = [] } = options;
  const query = new URL(received.path, 'http://localhost').searchParams;
  const form = received.method === 'POST' ? new URLSearchParams(received.body) : query;
  const [user = '', password = ''] = Buffer.from(received.headers.authorization?.slice(6) ?? '', 'base64')
    .toString()
    .split(':');
  const isUser = user !== '' && users[user] === password;
  const isKnown = isUser || identityTokens.includes(form.get('refresh_token') ?? '');
  const isRefused = received.method === 'POST' ? !isKnown : user !== '' && !isUser;
  if (isRefused || form.get('service') !== SERVICE) return { status: 401, body: 'refused' };
  // helm push asks for "pull,push"; nobody but users gets it.
  const scopes = isKnown || anonymousPull ? form.getAll('scope').flatMap(scope => scope.split(' ')) : [];
  const granted = isKnown ? scopes : scopes.map(scope => scope.replace(/:[^:]*$/, ':pull'));
  const token = signer.mint(granted, user);
  return {
    body: JSON.stringify(received.method === 'POST' ? { access_token: token } : { token, expires_in: 300 }),
  };
}

async function pushChart(host: string, pushed: PushedChart, token: string): Promise<string> {
  const { repository, version, archive, created, annotations = {} } = pushed;
  const name = repository.split('/').at(-1) ?? '';
  const metadata = { apiVersion: 'v2', name, version, ...pushed.chart };
  const config = Buffer.from(JSON.stringify(metadata));
  const base = `http://${host}/v2/${repository}`;
  const headers = { authorization: `Bearer ${token}` };
  for (const blob of [config, archive]) {
    const started = await fetch(`${base}/blobs/uploads/`, { method: 'POST', headers });
    const location = new URL(started.headers.get('location') ?? '', base);
    location.searchParams.set('digest', digestOf(blob));
    await requireCreated(await fetch(location, { method: 'PUT', headers, body: new Uint8Array(blob) }));
  }
  const manifest = JSON.stringify({
    schemaVersion: 2,
    config: descriptor('application/vnd.cncf.helm.config.v1+json', config),
    layers: [descriptor('application/vnd.cncf.helm.chart.content.v1.tar+gzip', archive)],
    annotations: {
      ...annotations,
      'org.opencontainers.image.title': name,
      'org.opencontainers.image.version': version,
      ...(created ? { 'org.opencontainers.image.created': created } : {}),
    },
  });
  const type = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' };
  await requireCreated(
    await fetch(`${base}/manifests/${version.replaceAll('+', '_')}`, {
      method: 'PUT',
      headers: { ...headers, ...type },
      body: manifest,
    }),
  );
  return digestOf(Buffer.from(manifest));
}

async function requireCreated(response: Response): Promise<void> {
  if (response.status !== 201) throw new Error(`push: ${response.status} ${await response.text()}`);
}

function descriptor(mediaType: string, bytes: Buffer) {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
