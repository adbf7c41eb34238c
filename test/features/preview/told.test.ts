import { expect, test } from 'vitest';
import { branchedRepository, change, claim, deployment, plainApp } from '../../support/preview-fixture.ts';
import { makeFolder } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const home = makeFolder();
const preview = (root: string, ...args: string[]): Promise<Run> =>
  slipway(['preview', ...args], { cwd: root, env: testEnv(home) as Record<string, string> });

type App = { app: string; pile: string; cautions: { id: string; level: string; remedy?: string }[] };

const apps = async (root: string): Promise<App[]> =>
  (readAs('preview', (await preview(root, '--json')).stdout) as { apps: App[] }).apps;

const withOption = (option: string): string =>
  claim('store').replace(
    '{name: store}',
    `{name: store, annotations: {argocd.argoproj.io/sync-options: '${option}'}}`,
  );

test.each([
  ['Prune=false', 'fatal'],
  ['Delete=false', 'low'],
  ['Prune=false,Delete=false', 'low'],
])('a claim that says %s, when its whole app goes: %s', async (option, level) => {
  const root = branchedRepository({
    ...plainApp('production/store', { 'claim.yaml': withOption(option) }),
    ...plainApp('production/other', { 'a.yaml': deployment('other') }),
  });
  change(root, {
    'production/store/kustomization.yaml': undefined,
    'production/store/claim.yaml': undefined,
  });
  const [store] = await apps(root);
  const data = store?.cautions.find(({ id }) => id === 'data-removed');
  expect([store?.app, data?.level]).toEqual(['production/store', level]);
  expect(data?.remedy?.includes('Prune=false,Delete=false')).toBe(level === 'fatal');
});

test.each(['Prune=false', 'Delete=false'])('a claim that says %s, when its app stays', async option => {
  const root = branchedRepository(
    plainApp('production/store', { 'a.yaml': deployment('store'), 'claim.yaml': withOption(option) }),
  );
  change(root, plainApp('production/store', { 'a.yaml': deployment('store') }));
  const [store] = await apps(root);
  const expected = option === 'Prune=false' ? 'low' : 'fatal';
  expect(store?.cautions.find(({ id }) => id === 'data-removed')?.level).toBe(expected);
});

test('a second run says the same, and names what differs alone', async () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n';
  const root = branchedRepository(
    plainApp('production/web', { 'a.yaml': deployment('web'), 'service.yaml': service }),
  );
  change(root, { 'production/web/a.yaml': deployment('web', { replicas: 2 }) });
  // The base is known from here on, what is in the work tree is not.
  await preview(root);
  change(root, { 'production/web/a.yaml': deployment('web', { replicas: 3 }) });
  const [first, second] = [await preview(root, '--markdown', '-'), await preview(root, '--markdown', '-')];
  expect(first.stdout).toBe(second.stdout);
  expect(first.stdout).toContain('# Deployment web/web');
  expect(first.stdout).not.toContain('# Service');
});

test('a login in an address is masked, and a Secret that changes is said to', async () => {
  const config = (password: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {db: 'postgres://app:${password}@db/app?x=1'}\n`;
  const secret = (value: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: ${value}}\n`;
  const files = (value: string): Record<string, string> =>
    plainApp('production/web', { 'c.yaml': config(value), 's.yaml': secret(value) });
  const root = branchedRepository(files('hunter22'));
  change(root, files('correct-horse'));
  const [markdown, terminal] = [await preview(root, '--markdown', '-'), await preview(root)];
  for (const { stdout } of [markdown, terminal]) {
    expect(stdout).not.toMatch(/hunter22|correct-horse/);
    expect(stdout).toContain('postgres://app:•••');
    expect(stdout).toMatch(/! .*•••.*changed/);
  }
});

test('pulled charts that another branch left are no app', async () => {
  const root = branchedRepository({
    ...plainApp('production/web', { 'a.yaml': deployment('web') }),
    'production/argo-cd/kustomization.yaml': 'namespace: argo-cd\nresources: [set.yaml]\n',
    'production/argo-cd/set.yaml':
      "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\nspec:\n  generators: [{git: {repoURL: https://git.example/r.git, revision: HEAD, directories: [{path: production/*}]}}]\n  template:\n    metadata: {name: '{{path.basename}}'}\n    spec: {project: default, source: {repoURL: https://git.example/r.git, path: '{{path}}'}, destination: {server: https://kubernetes.default.svc, namespace: '{{path.basename}}'}}\n",
    '.gitignore': 'charts/\n',
  });
  const chart = 'production/shop/charts/ledger-2.1.0/ledger';
  change(root, {
    [`${chart}/Chart.yaml`]: 'apiVersion: v2\nname: ledger\nversion: 2.1.0\n',
    [`${chart}/templates/a.yaml`]: deployment('{{ .Release.Name }}'),
    'production/web/a.yaml': deployment('web', { replicas: 2 }),
  });
  expect((await apps(root)).map(({ app }) => app)).toEqual(['production/web']);
});
