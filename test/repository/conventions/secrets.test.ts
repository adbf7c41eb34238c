import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../src/repository/configuration.ts';
import { learnConventions } from '../../../src/repository/conventions/conventions.ts';
import { parseRepository } from '../../../src/repository/parse-repository.ts';
import { placeSecrets } from '../../../src/scaffold/place-secret.ts';
import { repositoryText } from '../../support/repository-text.ts';

const ENC = 'ENC[AES256_GCM,data:Zm9v,iv:YWJj,tag:ZGVm,type:str]';

function app(name: string, ...resources: string[]): string {
  return `namespace: ${name}\nresources: [${resources.join(', ')}]\n`;
}

function external(name: string, store = 'vault', key = `apps/${name}`): string {
  return `
    apiVersion: external-secrets.io/v1beta1
    kind: ExternalSecret
    metadata: {name: ${name}}
    spec:
      refreshInterval: 15m
      secretStoreRef: {kind: ClusterSecretStore, name: ${store}}
      target: {name: ${name}, creationPolicy: Owner}
      data:
        - {secretKey: token, remoteRef: {key: ${key}, property: token}}
  `;
}

function sops(name: string): string {
  return `
    apiVersion: v1
    kind: Secret
    metadata: {name: ${name}}
    stringData: {token: "${ENC}"}
    sops: {mac: "${ENC}", encrypted_regex: ^(data|stringData)$}
  `;
}

function sealed(name: string): string {
  return `
    apiVersion: bitnami.com/v1alpha1
    kind: SealedSecret
    metadata: {name: ${name}}
    spec: {encryptedData: {token: AgBy}}
  `;
}

function learn(files: Record<string, string>, config = '') {
  const configuration = parseConfiguration(config);
  const repository = parseRepository(repositoryText(files), configuration.environments);
  const conventions = learnConventions(repository, configuration);
  const secret = { name: 'db', namespace: 'new', keys: ['password'] };
  const place = (folder: string) => placeSecrets({ repository, conventions }, folder, [secret])[0];
  return { ...conventions, place };
}

const EXTERNAL = {
  'live/a/kustomization.yaml': app('a', 'externalsecret.yaml'),
  'live/a/externalsecret.yaml': external('a'),
  'live/b/kustomization.yaml': app('b', 'externalsecret.yaml'),
  'live/b/externalsecret.yaml': external('b'),
  'live/c/kustomization.yaml': app('c', 'resources/c-sealed.yaml'),
  'live/c/resources/c-sealed.yaml': sealed('c'),
};

describe('ExternalSecrets', () => {
  test('store, interval, apiVersion, key and file as most apps with secrets write them', () => {
    const { secrets, place } = learn(EXTERNAL);
    expect(secrets('live/new')).toEqual({
      value: {
        mechanism: 'external',
        file: 'externalsecret.yaml',
        listed: true,
        external: {
          apiVersion: 'external-secrets.io/v1beta1',
          store: { kind: 'ClusterSecretStore', name: 'vault' },
          refreshInterval: '15m',
          creationPolicy: 'Owner',
          remote: { key: 'apps/{name}', property: '{key}' },
        },
      },
      evidence: expect.objectContaining({ en: '2 of 3 apps with secrets' }),
    });
    expect(place('live/new')).toMatchObject({
      path: 'live/new/externalsecret.yaml',
      listed: true,
      notes: [],
    });
  });

  test('the app itself comes before its environment, and that before the repository', () => {
    const files = {
      ...EXTERNAL,
      'dev/a/kustomization.yaml': app('a', 'es.yaml'),
      'dev/a/es.yaml': external('a', 'vault-dev'),
    };
    const { secrets } = learn(files);
    const storeOf = (at: string) => secrets(at)?.value.external.store?.name;
    expect([storeOf('dev/new'), storeOf('live/new'), storeOf('stage/new')]).toEqual([
      'vault-dev',
      'vault',
      'vault',
    ]);
    expect(secrets('live/c')?.value.mechanism).toBe('sealed');
  });

  test('a file that is taken by another Secret gets the name in front', () => {
    const { place } = learn(EXTERNAL);
    expect(place('live/a')?.path).toBe('live/a/db-externalsecret.yaml');
  });

  test('a sibling further down in an app shows how its own folder looks, not where that lies', () => {
    const { place } = learn({
      'live/a/kustomization.yaml': 'resources: [deep/app]\n',
      'live/a/deep/app/kustomization.yaml': app('a', 'externalsecret.yaml'),
      'live/a/deep/app/externalsecret.yaml': external('a'),
    });
    expect(place('live/new')?.path).toBe('live/new/externalsecret.yaml');
    expect(place('live/a')?.path).toBe('live/a/externalsecret.yaml');
  });

  test('a key that shows no rule is a placeholder, and said', () => {
    const { place } = learn({
      'live/a/kustomization.yaml': app('a', 'es.yaml'),
      'live/a/es.yaml': external('a', 'vault', '0a1b2c'),
    });
    expect(place('live/new')).toMatchObject({
      listed: false,
      notes: [{ en: expect.stringContaining('REPLACE_ME') }],
    });
  });

  test('where only the controller is installed, the store is open and said', () => {
    const { place, secrets } = learn({
      'live/eso/kustomization.yaml':
        'helmCharts: [{name: external-secrets, repo: https://charts.external-secrets.io, version: 1.0.0}]\n',
    });
    expect(secrets('live/new')?.evidence.en).toBe('live/eso installs external-secrets');
    expect(
      place('live/new')
        ?.notes.map(({ en }) => en)
        .join(),
    ).toContain('which store');
  });
});

describe('SOPS', () => {
  const APPS = {
    'live/a/kustomization.yaml': app('a', 'secrets/a.sops.yaml'),
    'live/a/secrets/a.sops.yaml': sops('a'),
  };
  const RULES =
    'creation_rules: [{path_regex: "\\\\.sops\\\\.yaml$", encrypted_regex: ^(data|stringData)$, age: age1x}]';

  test('a file as the siblings name theirs, and the line that encrypts it', () => {
    const { place } = learn({ ...APPS, '.sops.yaml': RULES });
    expect(place('live/new')).toMatchObject({
      path: 'live/new/secrets/db.sops.yaml',
      listed: true,
      notes: [],
      next: ['sops --encrypt --in-place live/new/secrets/db.sops.yaml', 'sops live/new/secrets/db.sops.yaml'],
    });
  });

  test.each([
    [RULES, 'resources/db.sops.yaml'],
    [
      'creation_rules: [{path_regex: "secret.*\\\\.enc\\\\.yaml$"}, {path_regex: "-secret\\\\.yaml$"}]',
      'resources/db-secret.yaml',
    ],
    ['creation_rules: [{path_regex: ^live/.*/secrets/}]', 'resources/secrets/db.yaml'],
    ['creation_rules: [{age: age1x}]', 'resources/db.sops.yaml'],
  ])('without a sibling, a name that %s takes', (rules, file) => {
    const { place } = learn({ 'live/a/kustomization.yaml': app('a'), '.sops.yaml': rules });
    expect(place('live/new')).toMatchObject({ mechanism: 'sops', path: `live/new/${file}`, notes: [] });
  });

  test('a rule that does not say which keys leaves that to the line; one further down is named', () => {
    const { place } = learn({
      'live/a/kustomization.yaml': app('a'),
      'live/.sops.yaml': 'creation_rules: [{path_regex: .*, age: age1x}]',
    });
    expect(place('live/new')?.next[0]).toBe(
      "sops --config live/.sops.yaml --encrypt --encrypted-regex '^(data|stringData)$' --in-place live/new/resources/db.sops.yaml",
    );
  });

  test('no rule for the file, or none at all, is said', () => {
    const other = 'creation_rules: [{path_regex: ^elsewhere/}]';
    expect(learn({ ...APPS, '.sops.yaml': other }).place('live/new')?.notes[0]?.en).toContain(
      'no rule of .sops.yaml',
    );
    expect(learn(APPS).place('live/new')?.notes[0]?.en).toContain('no .sops.yaml applies');
  });

  test('siblings that nobody lists are opened by something else', () => {
    const { place } = learn({ ...APPS, '.sops.yaml': RULES, 'live/a/kustomization.yaml': app('a') });
    expect(place('live/new')).toMatchObject({
      listed: false,
      notes: [{ en: expect.stringContaining('KSOPS') }],
    });
  });
});

describe('nothing to go by, and the configuration', () => {
  const BARE = { 'live/a/kustomization.yaml': app('a') };

  test('a SealedSecret, and a word that nothing was learned', () => {
    const { secrets, place } = learn(BARE);
    expect(secrets('live/new')).toBeUndefined();
    expect(place('live/new')).toMatchObject({
      mechanism: 'sealed',
      path: 'live/new/resources/db-sealedsecret.yaml',
      unsealed: ['live/new/resources/db-sealedsecret.yaml'],
      next: [],
      notes: [{ en: expect.stringContaining('nothing here shows') }],
    });
  });

  test('the configuration overrides single parts of what is learned', () => {
    const config = 'secrets: {store: {name: other, kind: SecretStore}, refreshInterval: 1h}\n';
    expect(learn(EXTERNAL, config).secrets('live/new')?.value.external).toMatchObject({
      store: { kind: 'SecretStore', name: 'other' },
      refreshInterval: '1h',
      apiVersion: 'external-secrets.io/v1beta1',
    });
    const sealing = learn(EXTERNAL, 'secrets: {mechanism: sops, file: "secrets/{name}.enc.yaml"}\n');
    expect(sealing.place('live/new')).toMatchObject({
      mechanism: 'sops',
      path: 'live/new/secrets/db.enc.yaml',
    });
  });

  test.each(['../{name}.yaml', '/etc/{name}.yaml', '{name}', 'a/./{name}.yaml'])(
    'a file %s is refused',
    file => {
      expect(() => parseConfiguration(`secrets: {file: "${file}"}\n`)).toThrow(/secrets\.file/);
    },
  );
});
