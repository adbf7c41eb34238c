import { expect, test } from 'vitest';
import {
  parseHelmRepositories,
  parseRegistryConfig,
  registryCredentials,
  repositoryAt,
  repositoryCredential,
  type HelmRepository,
} from '../../src/charts/credentials.ts';

const FILE = 'repositories.yaml';

/** As `helm repo add` writes it. */
const HELM = `apiVersion: ""
generated: "0001-01-01T00:00:00Z"
repositories:
- caFile: /pki/ca.pem
  certFile: /pki/cert.pem
  insecure_skip_tls_verify: true
  keyFile: /pki/key.pem
  name: private
  pass_credentials_all: false
  password: "0123"
  url: https://charts.example.test/team
  username: alice
- name: everywhere
  pass_credentials_all: true
  password: s3cret
  url: https://other.example.test
  username: bob
- name: nameless-user
  password: s3cret
  url: https://half.example.test
- name: broken
  url: ":no url"
- null
`;

function repositories(): HelmRepository[] {
  return parseHelmRepositories({ file: FILE, text: HELM });
}

test('repositories.yaml', () => {
  expect(repositories().map(({ name }) => name)).toEqual(['private', 'everywhere', 'nameless-user']);
  expect(repositories()[0]).toEqual({
    name: 'private',
    url: 'https://charts.example.test/team',
    username: 'alice',
    password: '0123',
    caFile: '/pki/ca.pem',
    certFile: '/pki/cert.pem',
    keyFile: '/pki/key.pem',
    insecure: true,
    passCredentialsAll: false,
    file: 'repositories.yaml',
  });
});

test.each(['', 'null', 'repositories: null', 'repositories: {}', '[]'])(
  'repositories.yaml holding %j',
  text => {
    expect(parseHelmRepositories({ file: FILE, text })).toEqual([]);
  },
);

test.each([
  ['https://charts.example.test/team', 'private'],
  ['https://charts.example.test:443/team/', 'private'],
  ['https://charts.example.test/team/sub', 'private'],
  ['https://charts.example.test/team2', undefined],
  ['https://charts.example.test/', undefined],
  ['http://charts.example.test/team', undefined],
  ['https://charts.example.test:8443/team', undefined],
  ['https://other.example.test/any', 'everywhere'],
])('the entry for %s', (url, name) => {
  expect(repositoryAt(repositories(), url)?.name).toBe(name);
});

test('the entry with the longest path wins', () => {
  const [entry] = repositories();
  const inner = { ...entry, name: 'inner', url: 'https://charts.example.test/team/inner' } as HelmRepository;
  expect(repositoryAt([...repositories(), inner], `${inner.url}/x`)?.name).toBe('inner');
});

test.each([
  ['R03', 'https://charts.example.test:443/x.tgz', 'alice'],
  ['R03', 'https://charts.example.test/other/x.tgz', 'alice'],
  ['R04', 'http://charts.example.test/x.tgz', undefined],
  ['R04', 'https://charts.example.test:8443/x.tgz', undefined],
  ['R05', 'https://cdn.example.test/x.tgz', undefined],
  ['R05', 'https://charts.example.test.evil.test/x.tgz', undefined],
])('%s a chart at %s', (_, url, username) => {
  const [repository] = repositories();
  const credential = repositoryCredential(repository as HelmRepository, url);
  expect(credential).toEqual(username && { kind: 'password', username, password: '0123' });
});

test('pass_credentials_all sends everywhere; half a credential is none', () => {
  const [, everywhere, half] = repositories() as [HelmRepository, HelmRepository, HelmRepository];
  expect(repositoryCredential(everywhere, 'https://cdn.test/x.tgz')).toMatchObject({ username: 'bob' });
  expect(repositoryCredential(half, 'https://half.example.test/x.tgz')).toBeUndefined();
});

const DOCKER = JSON.stringify({
  auths: {
    'ghcr.io': { auth: btoa('alice:pa:ss') },
    'https://quay.io/v2/': { auth: btoa('quinn:pass') },
    'https://index.docker.io/v1/': { auth: btoa('dora:pass') },
    'harbor.test:8443': { username: 'henry', password: 'pass' },
    'token.test': { auth: btoa('x:y'), identitytoken: 'refresh' },
    'empty.test': {},
    'half.test': { auth: btoa('only-a-name:') },
    'paths.test/team': { auth: btoa('p:p') },
  },
  credHelpers: { 'ecr.test': 'ecr-login' },
});

test.each([
  ['ghcr.io', { kind: 'password', username: 'alice', password: 'pa:ss' }],
  ['quay.io', { kind: 'password', username: 'quinn', password: 'pass' }],
  ['registry-1.docker.io', { kind: 'password', username: 'dora', password: 'pass' }],
  ['harbor.test:8443', { kind: 'password', username: 'henry', password: 'pass' }],
  ['token.test', { kind: 'identity-token', token: 'refresh' }],
])('config.json holds the credential of %s', (host, credential) => {
  const config = parseRegistryConfig({ file: 'config.json', text: DOCKER });
  expect(registryCredentials(config, host)).toEqual([{ from: 'file', file: 'config.json', credential }]);
});

test.each(['empty.test', 'half.test', 'paths.test', 'harbor.test', 'ghcr.io.evil.test', 'unknown.test'])(
  'config.json holds no credential of %s',
  host => {
    const config = parseRegistryConfig({ file: 'config.json', text: DOCKER });
    expect(registryCredentials(config, host)).toEqual([]);
  },
);

test('the own helper of a registry comes before the general store, both before the file', () => {
  const text = JSON.stringify({ ...JSON.parse(DOCKER), credsStore: 'desktop' });
  const config = parseRegistryConfig({ file: 'config.json', text });
  expect(registryCredentials(config, 'ecr.test')).toEqual([
    { from: 'helper', helper: 'ecr-login', server: 'ecr.test' },
  ]);
  expect(registryCredentials(config, 'ghcr.io')).toMatchObject([
    { from: 'helper', helper: 'desktop', server: 'ghcr.io' },
    { from: 'file' },
  ]);
  expect(registryCredentials(config, 'registry-1.docker.io')[0]).toEqual({
    from: 'helper',
    helper: 'desktop',
    server: 'https://index.docker.io/v1/',
  });
});

test.each(['', '  ', '{}', '[]', 'null', '{"auths":null}', '{"auths":{"h":null}}'])(
  'config.json holding %j',
  text => {
    const config = parseRegistryConfig({ file: 'config.json', text });
    expect(registryCredentials(config, 'h')).toEqual([]);
  },
);

test.each([
  ['repositories.yaml', 'repositories:\n- password: "canary\n  url: x\n\tname'],
  ['repositories.yaml', 'password: *canary'],
  ['repositories.yaml', 'password: !canary x'],
  ['config.json', '{"auths": {"h": {"auth": "canary"'],
])('S21 a broken %s is named, its content is not', (file, text) => {
  const parse = file === 'config.json' ? parseRegistryConfig : parseHelmRepositories;
  const failure = failureOf(() => parse({ file, text }));
  expect(failure).toMatchObject({ code: 'E_CREDENTIALS', exit: 4, subject: file });
  expect(String(failure) + String((failure as Error).cause)).not.toContain('canary');
});

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
