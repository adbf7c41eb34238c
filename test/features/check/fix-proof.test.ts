import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareBuilds } from '../../../src/features/check/render/compare-builds.ts';
import { check, checkHome, read } from '../../support/check-repository.ts';
import { canRender, renderOffline } from '../../support/kustomize.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';

const APP = 'production/shop';
const FILE = `${APP}/kustomization.yaml`;
const CHART = `${APP}/charts/shop`;
const PREFIX = `apiVersion: builtin
kind: PrefixTransformer
metadata: {name: image-prefix}
prefix: mirror.example.test/
fieldSpecs:
  - path: spec/template/spec/containers/image
    kind: Deployment
`;
const HEAD = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "busybox:1.37"}]}
`;
const entry = (namespace: string, more = ''): string =>
  `helmCharts:\n  - name: shop\n    releaseName: shop\n    namespace: ${namespace}\n${more}    valuesFile: values/shop.yaml\n`;

/** An app with a local chart, beside one that goes through the mirror. */
function repository(kustomization: string, files: Record<string, string> = {}): string {
  const other = `${HEAD}namespace: other\nresources: [deployment.yaml]\nimages: [{name: busybox, newName: docker.io/library/busybox}]\ntransformers: [../../image-prefix.yaml]\n`;
  return makeRepository({
    // Two apps show no habit: the repository says that it wants these.
    '.slipway/config.yaml': 'rules: { app-namespace: error, chart-include-crds: error }\n',
    'image-prefix.yaml': PREFIX,
    'production/other/kustomization.yaml': other,
    'production/other/deployment.yaml': DEPLOYMENT,
    [FILE]: `${HEAD}${kustomization}transformers:\n  - ../../image-prefix.yaml\n`,
    [`${APP}/.gitignore`]: 'charts/*\n!charts/shop\n',
    [`${APP}/values/shop.yaml`]: 'a: 1\n',
    [`${CHART}/Chart.yaml`]: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    [`${CHART}/values.yaml`]: 'a: 1\n',
    [`${CHART}/templates/all.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: {{ .Release.Namespace }}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: made-up, namespace: {{ .Release.Namespace }}}\nstringData: {password: {{ randAlphaNum 20 }}}\n`,
    ...files,
  });
}

function identities(root: string): string[] {
  return renderOffline(root, APP).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
}

const THING =
  'apiVersion: example.test/v1\nkind: Thing\nmetadata: {name: thing}\nspec: {containers: [{image: {tag: 1}}]}\n';
const CRD = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.test}\nspec: {group: example.test, scope: Cluster, names: {kind: Thing, plural: things}, versions: []}\n`;

/** What would change more than it should: the app, and what is said of the fix that is not made. */
const OFFERED: [what: string, kustomization: string, files: Record<string, string>, reason: RegExp][] = [
  [
    'a namespace over what a chart puts elsewhere',
    `resources: [deployment.yaml]\nimages: [{name: busybox, newName: docker.io/library/busybox}]\n${entry('elsewhere', '    includeCRDs: true\n')}`,
    { [`${APP}/deployment.yaml`]: DEPLOYMENT },
    /^$/,
  ],
  [
    'a namespace for what has none',
    'resources: [deployment.yaml]\nimages: [{name: busybox, newName: docker.io/library/busybox}]\n',
    { [`${APP}/deployment.yaml`]: DEPLOYMENT },
    /app-namespace\): the build would no longer have Deployment shop/,
  ],
  [
    'the definitions that a chart brings',
    `namespace: shop\n${entry('shop')}`,
    { [`${CHART}/crds/thing.yaml`]: CRD },
    /chart-include-crds\): the build would get CustomResourceDefinition things\.example\.test/,
  ],
  [
    'a release name that is another one',
    `namespace: shop\nhelmCharts:\n  - {name: shop, namespace: shop, includeCRDs: true, valuesFile: values/shop.yaml}\n`,
    {
      [`${CHART}/templates/all.yaml`]:
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}"}\n',
    },
    /chart-release-name\): the build would no longer have ConfigMap/,
  ],
  [
    'images: beside an object of a chart that it breaks',
    `namespace: shop\nresources: [deployment.yaml]\n${entry('shop', '    includeCRDs: true\n')}`,
    { [`${APP}/deployment.yaml`]: DEPLOYMENT, [`${CHART}/templates/thing.yaml`]: THING },
    /image-name-short\): the app would not build with it/,
  ],
];

describe.runIf(canRender)('a fix is made if a build proves it', () => {
  test.each(OFFERED)('%s is offered, not made', async (_, kustomization, files, reason) => {
    const root = repository(kustomization, files);
    const before = identities(root);
    const text = read(root, FILE);
    const run = await check(root, [APP, '--fix']);
    expect(read(root, FILE)).toBe(text);
    expect(run.left.map(each => each.reason).join('\n')).toMatch(reason);
    expect(identities(root)).toEqual(before);
  });

  test('what changes image names only is made, though a chart makes up a password in each build', async () => {
    const root = repository(
      `namespace: shop\nresources: [deployment.yaml]\n${entry('shop', '    includeCRDs: true\n')}`,
      { [`${APP}/deployment.yaml`]: DEPLOYMENT },
    );
    const before = identities(root);
    const run = await check(root, [APP, '--fix']);
    expect(run.left).toEqual([]);
    expect(read(root, FILE)).toContain('newName: docker.io/library/busybox');
    expect(identities(root)).toEqual(before);
  });

  test('one fix that cannot be proved does not keep another from being made', async () => {
    const root = repository(`namespace: shop\nresources: [deployment.yaml]\n${entry('shop')}`, {
      [`${APP}/deployment.yaml`]: DEPLOYMENT,
      [`${CHART}/crds/thing.yaml`]: CRD,
    });
    const run = await check(root, [APP, '--fix']);
    expect(run.left.map(({ reason }) => /^\(([\w-]+)\)/.exec(reason)?.[1])).toEqual(['chart-include-crds']);
    expect(read(root, FILE)).toContain('newName: docker.io/library/busybox');
    expect(read(root, FILE)).not.toContain('includeCRDs');
  });
});

test('without renderers only what cannot change an object is made', async () => {
  const root = repository('namespace: shop\nbases: [deployment.yaml]\n', {
    [`${APP}/deployment.yaml`]: DEPLOYMENT,
  });
  const bin = makeFolder();
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  symlinkSync(git, path.join(bin, 'git'));
  const env = { ...checkHome(), PATH: bin };
  const run = await check(root, [APP, '--fix'], env);
  expect(read(root, FILE)).toContain('resources: [deployment.yaml]');
  expect(read(root, FILE)).not.toContain('images');
  expect(run.left.map(({ reason }) => reason)).toEqual([expect.stringContaining('image-name-short')]);
});

test.each([
  ['nginx:1', 'mirror.test/docker.io/library/nginx:1', undefined],
  ['mirror.test/nginx:1', 'mirror.test/docker.io/library/nginx:1', undefined],
  ['mirror.test/nginx:1', 'mirror.test/docker.io/library/nginx:2', 'spec.image'],
  ['mirror.test/nginx:1', 'mirror.test/mirror.test/nginx:1', 'spec.image'],
  ['mirror.test/nginx:1', 'docker.io/library/nginx:1', 'spec.image'],
  ['mirror.test/a/b:1', 'mirror.test/docker.io/a/c:1', 'spec.image'],
])('%s may become %s: not %s', (before, after, field) => {
  const build = (image: string) => new Map([['Pod a (v1)', { spec: { image } }]]);
  const intent = { mirror: 'mirror.test/', dockerHub: 'docker.io', hosts: false };
  const difference = compareBuilds(build(before), build(after), intent);
  expect(difference?.en.includes(field ?? 'nothing') ?? field === undefined).toBe(true);
});
