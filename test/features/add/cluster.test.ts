import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { openArgoJudge, openFluxJudge } from '../../support/crd-schemas.ts';
import { commitAll, git, makeFolder, makeRepository, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const URL = 'https://git.example.org/team/cluster.git';
const CHART = `helmCharts:
  - name: argo-cd
    repo: https://argoproj.github.io/argo-helm
    version: 9.5.2
    releaseName: argo-cd
    namespace: argo-cd
    includeCRDs: true
    valuesFile: values/argo-cd-9.5.2.yaml
`;

const SEALED = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: login, namespace: argo-cd}
spec:
  encryptedData: {key: ${'AgBy3i4OJSWK'.repeat(60)}}
  template:
    metadata: {name: login, namespace: argo-cd}
`;

function run(root: string, ...args: string[]): Promise<Run> {
  return slipway([...args, '-C', root], { env: testEnv(makeFolder()) as Record<string, string> });
}

async function done(root: string, ...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await run(root, ...args);
  expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const namespaced = (name: string): Record<string, string> => ({
  [`platform/${name}/kustomization.yaml`]: `namespace: ${name}\nresources:\n  - namespace.yaml\n`,
  [`platform/${name}/namespace.yaml`]: `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`,
});

/** What `init` makes, with a chart of Argo CD, and two apps of every cluster. */
async function hub(...args: string[]): Promise<string> {
  const root = makeRepository();
  const words = ['init', '--no-charts', '--domains', 'a.example.org', '--repo-url', URL, '--ci', 'none'];
  await done(root, ...words, ...args, '--yes', '--json');
  const file = 'production/argo-cd/kustomization.yaml';
  if (!args.includes('flux'))
    writeFiles(root, {
      [file]:
        readFileSync(path.join(root, file), 'utf8').replace(
          /resources:\n( *)-/,
          'resources:\n$1- resources/login-sealedsecret.yaml\n$1-',
        ) + CHART,
      'production/argo-cd/resources/login-sealedsecret.yaml': SEALED,
      'production/argo-cd/values/argo-cd-9.5.2.yaml': 'global: {}\n',
      ...namespaced('monitoring'),
      ...namespaced('policies'),
    });
  commitAll(root);
  return root;
}

type Added = { changes: { path: string; action: string }[]; next: string[]; notes: string[] };

async function add(root: string, name: string, by: string, ...args: string[]): Promise<Added> {
  const made = await done(root, 'add', 'cluster', name, '--controlled-by', by, ...args, '--yes', '--json');
  return readAs('add', JSON.stringify(made)) as Added;
}

type Listed = { name: string; cluster: string; path: string; from: string };

async function appsOf(root: string): Promise<Listed[]> {
  return ((await done(root, 'apps', '--json')) as { applications: Listed[] }).applications;
}

/** Those that are not of the hub itself. */
async function others(root: string): Promise<string[]> {
  const all = await appsOf(root);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  return all
    .filter(({ name }) => !name.endsWith('-production'))
    .map(({ name, cluster }) => `${name} ${cluster}`)
    .toSorted();
}

async function findings(root: string): Promise<string[]> {
  const { stdout } = await run(root, 'check', '--json');
  const { findings: found } = JSON.parse(stdout) as {
    findings: { code: string; severity: string; message: string }[];
  };
  return [
    ...new Set(
      found.filter(({ severity }) => severity !== 'note').map(({ code, message }) => `${code} ${message}`),
    ),
  ];
}

const yamlIn = (root: string, ...folders: string[]): string[] =>
  folders.flatMap(folder =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.yaml') && !file.includes('values/'))
      .map(file => readFileSync(path.join(root, folder, file), 'utf8')),
  );

const argo = openArgoJudge();
const flux = openFluxJudge();

const PLATFORM = ['monitoring', 'policies'];

describe('clusters of Argo CD', () => {
  let root: string;
  const made = new Map<string, Added>();
  beforeAll(async () => {
    root = await hub();
    const cases: [string, string, string[]][] = [
      [
        'prod-eu',
        'hub',
        ['--server', 'https://10.0.0.1:6443', '--label', 'env=production', '--label', 'region=eu'],
      ],
      ['lab', 'self', ['--tenants', 'tenants/lab', '--group', 'labs']],
      ['edge', 'group:lab', []],
      ['far', 'agent:hub', []],
    ];
    for (const [name, by, args] of cases) {
      made.set(name, await add(root, name, by, ...args));
      commitAll(root);
    }
  });

  test('each kind makes Applications of names of their own, where its master deploys to', async () => {
    expect(await others(root)).toEqual(
      [
        'argo-cd-lab lab',
        'root-lab lab',
        ...['prod-eu', 'edge', 'far'].flatMap(name => PLATFORM.map(app => `${app}-${name} ${name}`)),
      ].toSorted(),
    );
  });

  test('facts hold no credential, stubs wait unlisted, and check finds nothing', async () => {
    const facts = readFileSync(path.join(root, 'clusters/prod-eu.yaml'), 'utf8');
    expect(parse(facts)).toEqual({
      name: 'prod-eu',
      labels: { env: 'production', region: 'eu' },
      controlledBy: 'hub',
      destination: { server: 'https://10.0.0.1:6443' },
    });
    const stub = 'production/argo-cd/resources/cluster-prod-eu-sealedsecret.yaml';
    expect(parse(readFileSync(path.join(root, stub), 'utf8'))).toMatchObject({
      spec: {
        encryptedData: { name: 'REPLACE_ME', server: 'REPLACE_ME', config: 'REPLACE_ME' },
        template: {
          metadata: {
            labels: { 'argocd.argoproj.io/secret-type': 'cluster', env: 'production', region: 'eu' },
          },
        },
      },
    });
    expect(readFileSync(path.join(root, 'production/argo-cd/kustomization.yaml'), 'utf8')).not.toContain(
      'cluster-prod-eu',
    );
    expect(await findings(root)).toEqual([]);
  });

  test('an Argo CD of its own takes over chart and values, and nothing that is sealed or of the hub', () => {
    const own = path.join(root, 'clusters/lab/argo-cd');
    expect(parse(readFileSync(path.join(own, 'kustomization.yaml'), 'utf8'))).toMatchObject({
      namespace: 'argo-cd',
      helmCharts: [{ name: 'argo-cd', version: '9.5.2', valuesFile: 'values/argo-cd-9.5.2.yaml' }],
    });
    expect(readdirSync(path.join(own, 'resources')).toSorted()).toEqual(
      [
        ...['platform', 'root', 'tenants'].map(name => `appproject-${name}.yaml`),
        'appproject.yaml',
        'cluster-edge-sealedsecret.yaml',
        'namespace.yaml',
        'plugin.yaml',
        'repository-sealedsecret.yaml',
      ].toSorted(),
    );
  });

  test('an agent gets its certificates by commands, and no key', () => {
    const { changes, next } = made.get('far') ?? { changes: [], next: [] };
    expect(changes.map(({ path: file }) => file).toSorted()).toEqual([
      '.slipway/config.yaml',
      'clusters/far.yaml',
    ]);
    expect(next.filter(line => line.startsWith('argocd-agentctl'))).toEqual(
      expect.arrayContaining([expect.stringContaining('pki issue agent far')]),
    );
  });

  test('one more cluster touches no file that is there, and its file alone makes its Applications', async () => {
    const { changes } = await add(root, 'prod-us', 'hub');
    expect(changes.filter(({ action }) => action !== 'create')).toEqual([]);
    rmSync(path.join(root, 'production/argo-cd/resources/cluster-prod-us-sealedsecret.yaml'));
    expect((await others(root)).filter(each => each.endsWith('prod-us'))).toEqual(
      PLATFORM.map(app => `${app}-prod-us prod-us`),
    );
    commitAll(root);
    rmSync(path.join(root, 'clusters/prod-us.yaml'));
    const { changes: gone } = (await done(root, 'apps', '--base', 'HEAD', '--json')) as {
      changes: { vanishes: { name: string; deletes: boolean }[] };
    };
    expect(gone.vanishes.map(({ name, deletes }) => [name, deletes])).toEqual(
      PLATFORM.map(app => [`${app}-prod-us`, false]),
    );
    git(root, 'checkout', '--quiet', '.');
  });

  test('the same again changes nothing; another cluster of a name, and a master that is not here, are refused', async () => {
    expect((await add(root, 'edge', 'group:lab')).changes).toEqual([]);
    const refused = async (...args: string[]): Promise<unknown> => {
      const { code, stdout } = await run(root, 'add', 'cluster', ...args, '--yes', '--json');
      return [code, (JSON.parse(stdout) as { error: { code: string } }).error.code];
    };
    expect(await refused('prod-eu', '--controlled-by', 'self')).toEqual([6, 'E_EXISTS']);
    expect(await refused('new', '--controlled-by', 'group:nobody')).toEqual([2, 'E_VALUE']);
    expect(await refused('new', '--controlled-by', 'agent:nobody')).toEqual([2, 'E_VALUE']);
    expect(await refused('new', '--controlled-by', 'hubs')).toEqual([2, 'E_VALUE']);
    expect(await refused('in-cluster', '--controlled-by', 'hub')).toEqual([2, 'E_NAME']);
    const ofHub = ['new', '--controlled-by', 'hub'];
    expect(await refused(...ofHub, '--server', 'https://10.0.0.1:6443/')).toEqual([6, 'E_EXISTS']);
    for (const server of ['https://kubernetes.default.svc', 'http://10.0.0.9', 'https://10.0.0.9/?token=x'])
      expect(await refused(...ofHub, '--server', server)).toEqual([2, 'E_VALUE']);
    expect(await refused(...ofHub, '--label', 'argocd.argoproj.io/secret-type=cluster')).toEqual([
      2,
      'E_VALUE',
    ]);
    const said = await run(root, 'add', 'cluster', 'New', '--controlled-by', 'huB', '--yes');
    expect(said.stdout + said.stderr).toContain('cannot be the name of a cluster');
    const master = await run(root, 'add', 'cluster', 'new', '--controlled-by', 'huB', '--yes');
    expect(master.stderr).toContain('--controlled-by: "huB" cannot be who deploys to a cluster');
    expect(master.stderr).not.toMatch(/controlledBy|A file of clusters/);
    expect(await refused('new', '--controlled-by', 'hub', '--server', 'https://me:secret@10.0.0.1')).toEqual([
      2,
      'E_VALUE',
    ]);
    expect(await refused('new', '--controlled-by', 'hub', '--label', 'env')).toEqual([2, 'E_VALUE']);
    const twice = ['--label', 'env=a', '--label', 'env=b'];
    expect(await refused('new', '--controlled-by', 'hub', ...twice)).toEqual([2, 'E_USAGE']);
    expect(await refused('new', '--controlled-by', 'agent:hub', '--tenants', 'tenants/new')).toEqual([
      2,
      'E_USAGE',
    ]);
    // What an environment or the platform deploys, or a folder in or around it, would have two Applications each.
    for (const folder of ['production', 'production/shop', 'platform', 'clusters', 'tenants'])
      expect([folder, await refused('new', '--controlled-by', 'hub', '--tenants', folder)]).toEqual([
        folder,
        [2, 'E_VALUE'],
      ]);
    // That of its own tenants is no such folder: the tree that stands there has got an entry since.
    const own = ['--controlled-by', 'self', '--tenants', 'tenants/lab', '--group', 'labs'];
    expect(await refused('lab', ...own)).toEqual([6, 'E_EXISTS']);
    writeFiles(root, { 'clusters/other.yaml': 'name: new\ncontrolledBy: hub\n' });
    expect(await refused('new', '--controlled-by', 'hub')).toEqual([6, 'E_EXISTS']);
    rmSync(path.join(root, 'clusters/other.yaml'));
  });

  test('both generators of the platform give .path: without a prefix that of the cluster’s file would be taken for the app’s', async () => {
    const file = 'production/argo-cd/resources/applicationset-fleet.yaml';
    const text = readFileSync(path.join(root, file), 'utf8');
    type Matrix = { spec: { generators: [{ matrix: { generators: object[] } }] } };
    const turned = parse(text) as Matrix;
    turned.spec.generators[0].matrix.generators.reverse();
    const namesOf = async (content: string): Promise<string[]> => {
      writeFiles(root, { [file]: content });
      const all = await appsOf(root);
      writeFiles(root, { [file]: text });
      return all
        .filter(({ from }) => from === file)
        .map(({ name }) => name)
        .toSorted();
    };
    expect(await namesOf(stringify(turned))).toEqual(await namesOf(text));
    const clashing = stringify(turned).replace(/.*pathParamPrefix.*\n/, '');
    expect(await namesOf(clashing)).not.toContain('monitoring-prod-eu');
  });

  test.runIf(argo.can)('all of it is valid by Argo CD’s own definitions', () => {
    const { wrong, valid } = argo.judge(yamlIn(root, 'clusters', 'production/argo-cd'));
    expect([wrong, valid > 12]).toEqual([[], true]);
  });
});

test('below a root the platform is one more file of its list', async () => {
  const root = await hub('--style', 'app-of-apps');
  const { changes } = await add(root, 'prod-eu', 'hub');
  expect(changes.map(({ path: file }) => file)).toEqual(
    expect.arrayContaining(['clusters/main/apps/fleet.yaml', 'clusters/main/apps/kustomization.yaml']),
  );
  expect((await others(root)).filter(each => each.endsWith(' prod-eu'))).toEqual(
    PLATFORM.map(app => `${app}-prod-eu prod-eu`),
  );
  expect(await findings(root)).toEqual([]);
});

describe('clusters of Flux', () => {
  let root: string;
  beforeAll(async () => (root = await hub('--gitops', 'flux')));

  test('a root of its own, or one that the Flux that is here reaches', async () => {
    const own = await add(root, 'prod-eu', 'flux');
    expect(own.changes.map(({ path: file }) => file)).toEqual(
      expect.arrayContaining([
        'clusters/prod-eu/apps.yaml',
        'clusters/prod-eu/infrastructure.yaml',
        'apps/prod-eu/kustomization.yaml',
      ]),
    );
    expect(own.next.join('\n')).toContain('flux bootstrap git --context prod-eu --path clusters/prod-eu');
    await add(root, 'edge', 'flux', '--server', 'https://10.0.0.2:6443');
    const spoke = readdirSync(path.join(root, 'clusters'), { recursive: true, encoding: 'utf8' }).find(file =>
      file.endsWith('edge/apps.yaml'),
    );
    expect(parse(readFileSync(path.join(root, 'clusters', spoke ?? ''), 'utf8'))).toMatchObject({
      metadata: { name: 'apps-edge' },
      spec: { path: './apps/edge', kubeConfig: { secretRef: { name: 'edge-kubeconfig' } } },
    });
    expect(await findings(root)).toEqual([]);
  });

  test('of several, the Flux of production reaches others, not the first by name, and the run says so', async () => {
    const several = await hub('--gitops', 'flux', '--environments', 'production,dev');
    const { changes, notes } = await add(several, 'eu', 'flux', '--server', 'https://10.0.0.3:6443');
    expect(changes.map(({ path: file }) => file)).toContain('clusters/production/eu/apps.yaml');
    expect(notes[0]).toContain('the Flux of production applies to eu');
    commitAll(several);
    git(several, 'mv', 'clusters/production/eu', 'clusters/dev/eu');
    const again = await add(several, 'eu', 'flux', '--server', 'https://10.0.0.3:6443');
    expect([again.changes, again.notes]).toEqual([[], []]);
  });

  test.runIf(flux.can)('by Flux’s own definitions', () => {
    const { wrong, valid } = flux.judge(yamlIn(root, 'clusters'));
    expect([wrong, valid > 5]).toEqual([[], true]);
  });
});

test('without an Argo CD nothing is guessed', async () => {
  const root = makeRepository({ 'production/wiki/kustomization.yaml': stringify({ namespace: 'wiki' }) });
  const { code, stdout } = await run(
    root,
    'add',
    'cluster',
    'a',
    '--controlled-by',
    'hub',
    '--yes',
    '--json',
  );
  expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'E_VALUE' } }]);
});
