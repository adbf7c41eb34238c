import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseManifests } from '../../../src/repository/manifest.ts';
import { readDocuments } from '../../../src/yaml/read.ts';
import { openCapiJudge } from '../../support/crd-schemas.ts';
import { commitAll, makeFolder, makeRepository, readTree, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';

const FOLDER = 'production/cluster-prod-eu';
const judge = openCapiJudge();

function open(files: Record<string, string> = {}) {
  const root = demoRepository();
  const home = makeFolder();
  writeFiles(root, files);
  commitAll(root);
  const env = testEnv(home) as Record<string, string>;
  const run = (...args: string[]): Promise<Run> => slipway(args, { cwd: root, env });
  const add = (...args: string[]): Promise<Run> =>
    run('add', 'cluster', 'prod-eu', '--capi', '--env', 'production', ...args);
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  return { root, run, add, read, tree: () => textsOf(readTree(path.join(root, FOLDER))) };
}

/** Without the mode. */
function textsOf(tree: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).map(([file, text]) => [file, text.replace(/^\d+ /, '')]));
}

type Added = { changes: { path: string }[]; notes: string[]; next: string[]; command: string };

const SIZE = ['--kubernetes', 'v1.35.1', '--control-plane', '3'];

const CLASS = `apiVersion: cluster.x-k8s.io/v1beta2
kind: ClusterClass
metadata: {name: azure-small, namespace: classes}
spec:
  infrastructure: {templateRef: {kind: AzureClusterTemplate, name: x, apiVersion: infrastructure.cluster.x-k8s.io/v1beta1}}
  kubernetesVersions: [v1.34.2, v1.35.1]
  workers:
    machineDeployments: [{class: linux}, {class: gpu}]
  variables:
    - {name: location, required: true, schema: {openAPIV3Schema: {type: string}}}
    - {name: size, required: true, schema: {openAPIV3Schema: {type: string, default: small}}}
`;

/** A pinned chart in the repository, so that nothing is looked up. */
const CILIUM = {
  'production/cilium/kustomization.yaml':
    'namespace: cilium\nhelmCharts:\n- name: cilium\n  repo: https://helm.example.test\n  version: 1.18.2\n  releaseName: cilium\n  namespace: cilium\n',
};

function objectsIn(tree: Record<string, string>) {
  return Object.entries(tree)
    .filter(([file]) => file !== 'kustomization.yaml')
    .flatMap(([file, text]) => parseManifests(readDocuments(text, file)));
}

describe('of a class', () => {
  test('the tree: guarded, with a network, without a credential; it passes check', async () => {
    const it = open({ ...CILIUM, 'production/classes/class.yaml': CLASS });
    const azure = ['--var', 'AZURE_TENANT_ID=00000000-0000-4000-8000-000000000001'];
    const client = ['--var', 'AZURE_CLIENT_ID=00000000-0000-4000-8000-000000000002'];
    const result = await it.add(
      '--class',
      'azure-small',
      ...SIZE,
      '--workers',
      'md-0:linux=3',
      '--workers',
      'gpu-0:gpu=1',
      '--var',
      'location=westeurope',
      '--var',
      'zones=[1, 2]',
      ...azure,
      ...client,
      '--addons',
      'cilium',
      '--yes',
      '--json',
    );
    const added = readAs('add', result.stdout) as Added;
    expect(added.changes.map(change => path.posix.relative(FOLDER, change.path)).toSorted()).toEqual([
      'kustomization.yaml',
      'resources/addons.yaml',
      'resources/cluster.yaml',
      'resources/identity-sealedsecret.yaml',
      'resources/identity.yaml',
      'resources/namespace.yaml',
    ]);
    const tree = it.tree();
    const [cluster] = readDocuments(tree['resources/cluster.yaml'] ?? '', 'cluster.yaml');
    expect(cluster).toMatchObject({
      metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' } },
      spec: {
        topology: {
          classRef: { name: 'azure-small', namespace: 'classes' },
          version: 'v1.35.1',
          controlPlane: { replicas: 3 },
          workers: {
            machineDeployments: [
              { class: 'linux', name: 'md-0', replicas: 3 },
              { class: 'gpu', name: 'gpu-0', replicas: 1 },
            ],
          },
          variables: [
            { name: 'location', value: 'westeurope' },
            { name: 'zones', value: [1, 2] },
          ],
        },
      },
    });
    expect(tree['resources/addons.yaml']).toContain('version: 1.18.2');
    for (const file of ['namespace', 'identity', 'identity-sealedsecret'])
      expect(tree[`resources/${file}.yaml`]).toContain('sync-options: Prune=false,Delete=false');
    expect(objectsIn(tree).filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(JSON.stringify(tree)).not.toMatch(/stringData|^data:/m);
    const checked = readAs('check', (await it.run('check', FOLDER, '--json')).stdout) as {
      findings: { code: string }[];
    };
    expect(checked.findings.map(({ code }) => code)).toEqual(['sealed-secret-stub']);
    // The line that repeats the run is one that slipway reads.
    expect(added.command).toMatch(
      /^slipway add cluster prod-eu --capi .*--env production --class azure-small/,
    );
  });

  test.runIf(judge.can)(
    'of a class that lies elsewhere: valid by the definitions of Cluster API',
    async () => {
      const it = open();
      const result = await it.add(
        '--class',
        'quick-start',
        ...SIZE,
        '--workers',
        '3',
        '--addons',
        'none',
        '--yes',
      );
      expect(result.code).toBe(0);
      expect(judge.judge(Object.values(it.tree()))).toEqual({ valid: 1, wrong: [] });
      const checked = await it.run('check', FOLDER, '--json');
      expect((readAs('check', checked.stdout) as { findings: unknown[] }).findings).toEqual([]);
    },
  );

  test.each<[string, Record<string, string>, string]>([
    ['a version that the class lacks', { kubernetes: 'v1.33.1' }, 'E_VALUE'],
    ['a range', { kubernetes: 'v1.35.x' }, 'E_VALUE'],
    ['an even control plane', { 'control-plane': '2' }, 'E_VALUE'],
    ['a pool that the class lacks', { workers: 'md-0:arm=3' }, 'E_VALUE'],
    ['a variable that the class asks for', { var: 'size=large' }, 'E_MISSING'],
    ['a credential', { var: 'registryPassword=kqT7VnZ2pLw9' }, 'E_SECRET'],
    ['an add-on that nobody knows', { addons: 'weave' }, 'E_VALUE'],
    ['a class beside a template', { 'from-template': 'x.yaml' }, 'E_USAGE'],
  ])('%s is refused, and nothing written', async (_, other, code) => {
    const it = open({ 'production/classes/class.yaml': CLASS });
    const usual = { kubernetes: 'v1.35.1', 'control-plane': '3', workers: 'md-0:linux=3', addons: 'none' };
    const flags = { class: 'azure-small', ...usual, var: 'location=a', ...other };
    const words = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
    const azure = ['--var', 'AZURE_TENANT_ID=a', '--var', 'AZURE_CLIENT_ID=b'];
    const result = await it.add(...words, ...azure, '--yes', '--json');
    expect((readAs('error', result.stdout) as { error: { code: string } }).error.code).toBe(code);
    expect(existsSync(path.join(it.root, FOLDER))).toBe(false);
  });

  test.each([
    ['--workers', ['md-0=3', 'md-0:gpu=4']],
    ['--workers', ['3', 'md-0=4']],
    ['--var', ['a=1', 'a=2']],
  ])('%s %j is refused: one of both would be dropped', async (flag, values) => {
    const it = open();
    const rest = flag === '--workers' ? [] : ['--workers', '3'];
    const words = [...rest, ...values.flatMap(value => [flag, value])];
    const result = await it.add('--class', 'q', ...SIZE, ...words, '--addons', 'none', '--yes', '--json');
    expect(readAs('error', result.stdout)).toMatchObject({ error: { code: 'E_USAGE' } });
  });

  test('the same again changes nothing; another in its place is refused', async () => {
    const it = open();
    const words = ['--class', 'q', ...SIZE, '--workers', 'md-0=3', '--addons', 'none', '--yes', '--json'];
    const first = readAs('add', (await it.add(...words)).stdout) as Added;
    expect(first.notes.join('\n')).not.toContain('nothing syncs');
    const again = readAs('add', (await it.add(...words)).stdout) as Added;
    expect(again.changes).toEqual([]);
    expect(again.command).toBe(first.command);
    const other = await it.add(...words, '--workers', 'md-1=3');
    expect(readAs('error', other.stdout)).toMatchObject({ error: { code: 'E_APP_EXISTS' } });
  });

  test('without answers every flag is named; without --capi nothing is guessed', async () => {
    const it = open();
    const missing = readAs('error', (await it.add('--json')).stdout) as {
      error: { code: string; missing: { flag: string }[] };
    };
    expect(missing.error.code).toBe('E_MISSING');
    expect(missing.error.missing.map(({ flag }) => flag)).toEqual([
      'class',
      'kubernetes',
      'control-plane',
      'workers',
    ]);
    const plain = await it.run('add', 'cluster', 'prod-eu', '--json');
    expect(readAs('error', plain.stdout)).toMatchObject({ error: { code: 'E_MISSING' } });
  });
});

describe('what deploys it', () => {
  const app = 'namespace: wiki\nresources: [a.yaml]\n';
  const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
  const application = (name: string, folder: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\nspec:\n  project: default\n  source:\n    repoURL: https://git.example.test/own.git\n    path: ${folder}\n  destination:\n    namespace: ${name}\n`;
  const flux =
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {path: ./production, sourceRef: {kind: GitRepository, name: flux-system}}\n';
  const shared = { 'production/wiki/kustomization.yaml': app, 'production/wiki/a.yaml': object };

  test.each<[string, Record<string, string>, string[], boolean]>([
    [
      'an app of apps: an Application of its own, listed',
      {
        ...shared,
        'root/root.yaml': application('root', 'apps'),
        'apps/kustomization.yaml': 'resources:\n  - wiki.yaml\n',
        'apps/wiki.yaml': application('wiki', 'production/wiki'),
      },
      ['apps/cluster-prod-eu.yaml', 'apps/kustomization.yaml'],
      true,
    ],
    [
      'Flux: an entry in the list that it builds, the first too',
      { ...shared, 'clusters/a/apps.yaml': flux, 'production/kustomization.yaml': 'resources: []\n' },
      ['production/kustomization.yaml'],
      true,
    ],
    ['nothing: it is said', shared, [], false],
  ])('%s', async (_, files, expected, isSynced) => {
    const root = makeRepository(files);
    const words = ['--class', 'q', ...SIZE, '--workers', '3', '--addons', 'none', '--yes', '--json'];
    const result = await slipway(['add', 'cluster', 'prod-eu', '--capi', '--env', 'production', ...words], {
      cwd: root,
      env: testEnv(makeFolder()) as Record<string, string>,
    });
    const added = readAs('add', result.stdout) as Added;
    const outside = added.changes.map(change => change.path).filter(file => !file.startsWith(`${FOLDER}/`));
    expect(outside.toSorted()).toEqual(expected);
    const written = expected.map(file => readFileSync(path.join(root, file), 'utf8')).join('');
    expect(written.includes(path.basename(FOLDER))).toBe(isSynced);
    expect(added.notes.some(note => note.includes('add an Application'))).toBe(!isSynced);
  });
});

/** As the providers write theirs, of our own making: every kind of object that matters here. */
const TEMPLATE = `# A cluster in somebody's cloud
apiVersion: cluster.x-k8s.io/v1beta1
kind: Cluster
metadata:
  name: \${CLUSTER_NAME}
  namespace: \${NAMESPACE:=default}
spec:
  controlPlaneRef: {apiVersion: controlplane.cluster.x-k8s.io/v1beta1, kind: KubeadmControlPlane, name: "\${CLUSTER_NAME}-control-plane"}
  infrastructureRef: {apiVersion: infrastructure.cluster.x-k8s.io/v1beta1, kind: AzureCluster, name: "\${CLUSTER_NAME}"}
---
apiVersion: controlplane.cluster.x-k8s.io/v1beta1
kind: KubeadmControlPlane
metadata:
  name: \${CLUSTER_NAME}-control-plane
  namespace: \${NAMESPACE:=default}
spec:
  replicas: \${CONTROL_PLANE_MACHINE_COUNT:=1}
  version: \${KUBERNETES_VERSION}
  kubeadmConfigSpec:
    preKubeadmCommands:
      - echo "$\${HOSTNAME}"
    files:
      - path: /etc/kubernetes/azure.json
        contentFrom: {secret: {name: "\${CLUSTER_NAME}-azure-json", key: azure.json}}
  machineTemplate:
    infrastructureRef: {apiVersion: infrastructure.cluster.x-k8s.io/v1beta1, kind: AzureMachineTemplate, name: "\${CLUSTER_NAME}"}
---
apiVersion: cluster.x-k8s.io/v1beta1
kind: MachineDeployment
metadata:
  name: \${CLUSTER_NAME}-md-0
  namespace: \${NAMESPACE:=default}
spec:
  clusterName: \${CLUSTER_NAME}
  replicas: \${WORKER_MACHINE_COUNT:=2}
  selector: {matchLabels: {}}
  template:
    spec:
      clusterName: \${CLUSTER_NAME}
      version: \${KUBERNETES_VERSION}
      bootstrap: {configRef: {apiVersion: bootstrap.cluster.x-k8s.io/v1beta1, kind: KubeadmConfigTemplate, name: "\${CLUSTER_NAME}-md-0"}}
      infrastructureRef: {apiVersion: infrastructure.cluster.x-k8s.io/v1beta1, kind: AzureMachineTemplate, name: "\${CLUSTER_NAME}"}
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
kind: AzureClusterIdentity
metadata:
  name: \${CLUSTER_IDENTITY_NAME:=cluster-identity}
  namespace: \${NAMESPACE:=default}
spec:
  type: ServicePrincipal
  tenantID: \${AZURE_TENANT_ID}
  clientID: \${AZURE_CLIENT_ID}
  clientSecret: {name: cluster-identity-secret, namespace: "\${NAMESPACE:=default}"}
---
apiVersion: v1
kind: Secret
metadata:
  name: cluster-identity-secret
  namespace: \${NAMESPACE:=default}
  labels:
    clusterctl.cluster.x-k8s.io/move-hierarchy: "true"
type: Opaque
data:
  clientSecret: \${AZURE_CLIENT_SECRET_B64:=\${AZURE_CLIENT_SECRET}}
`;

describe('from a template', () => {
  const ids = ['--var', 'AZURE_TENANT_ID=t-1', '--var', 'AZURE_CLIENT_ID=c-1'];

  test.runIf(judge.can)(
    'every object is there, filled in, valid, guarded; of the Secret only a stub',
    async () => {
      const it = open({ 'template.yaml': TEMPLATE });
      const result = await it.add(
        '--from-template',
        'template.yaml',
        ...SIZE,
        '--workers',
        'md-0=4',
        ...ids,
        '--addons',
        'none',
        '--yes',
        '--json',
      );
      const added = readAs('add', result.stdout) as Added;
      expect(added.notes.some(note => note.includes('stops serving: cluster.x-k8s.io/v1beta1 Cluster'))).toBe(
        true,
      );
      expect(added.command.match(/--workers/g)).toHaveLength(1);
      const tree = it.tree();
      const objects = objectsIn(tree).map(({ kind, name }) => `${kind} ${name}`);
      expect(objects.toSorted()).toEqual([
        'AzureClusterIdentity cluster-identity',
        'Cluster prod-eu',
        'KubeadmControlPlane prod-eu-control-plane',
        'MachineDeployment prod-eu-md-0',
        'Namespace cluster-prod-eu',
        'SealedSecret cluster-identity-secret',
      ]);
      const cluster = tree['resources/cluster.yaml'] ?? '';
      expect(cluster).toMatch(/^# A cluster in somebody's cloud$/m);
      expect(cluster).toContain('echo "${HOSTNAME}"');
      expect(cluster).toMatch(/replicas: 3$[^]*version: v1\.35\.1$[^]*replicas: 4$/m);
      expect(cluster.match(/Prune=confirm,Delete=confirm/g)).toHaveLength(1);
      expect(tree['resources/identity.yaml']).toContain('Prune=false,Delete=false');
      const stub = tree['resources/cluster-identity-secret-sealedsecret.yaml'] ?? '';
      expect(stub).toContain('clientSecret: REPLACE_ME');
      expect(stub).toContain('clusterctl.cluster.x-k8s.io/move-hierarchy: "true"');
      expect(stub).toContain('Prune=false,Delete=false');
      expect(judge.judge([cluster])).toEqual({ valid: 3, wrong: [] });
    },
  );

  test('variables that are missing, that nobody knows, and credentials', async () => {
    const it = open({
      'template.yaml': TEMPLATE,
      'done.yaml': TEMPLATE.replaceAll(/\$\{[A-Z_]+[^{}]*\}/g, 'x'),
    });
    const codeOf = async (...args: string[]) =>
      (
        readAs('error', (await it.add(...args, '--addons', 'none', '--yes', '--json')).stdout) as {
          error: { code: string; missing?: { choices: string[] }[] };
        }
      ).error;
    const template = ['--from-template', 'template.yaml', ...SIZE, '--workers', '4'];
    expect(await codeOf(...template)).toMatchObject({
      code: 'E_MISSING',
      missing: [{ choices: ['AZURE_CLIENT_ID=…'] }, { choices: ['AZURE_TENANT_ID=…'] }],
    });
    expect((await codeOf(...template, ...ids, '--var', 'AZURE_LOCATON=a')).code).toBe('E_VALUE');
    expect((await codeOf(...template, ...ids, '--var', 'AZURE_CLIENT_SECRET=a')).code).toBe('E_SECRET');
    expect((await codeOf(...template, '--workers', '5', ...ids)).code).toBe('E_USAGE');
    // Filled in already: the flags would be dropped.
    expect((await codeOf('--from-template', 'done.yaml', ...SIZE)).code).toBe('E_VALUE');
    expect((await codeOf('--from-template', 'done.yaml')).code).toBe('E_VALUE');
    expect((await codeOf('--from-template', 'none.yaml')).code).toBe('E_VALUE');
    expect(existsSync(path.join(it.root, FOLDER))).toBe(false);
  });
});
