import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { canRender, renderOffline } from '../../support/kustomize.ts';
import { deployment, plainApp } from '../../support/preview-fixture.ts';
import { changedLines, commitAll, git, makeRepository } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { slipwayIn } from '../../support/slipway.ts';

type Document = {
  app: string;
  committed: boolean;
  images: {
    name: string;
    from: object;
    to: object;
    status: string;
    places: { file: string; where: string; added: boolean }[];
    proof: { status: string; changed: { kind: string; field: object }[] };
  }[];
  changes: { path: string }[];
};

const OLD = `sha256:${'a'.repeat(64)}`;
const NEW = `sha256:${'b'.repeat(64)}`;

async function bump(root: string, ...args: string[]): Promise<Document> {
  const run = await slipwayIn(root, 'bump', ...args, '--json', '--no-input');
  expect([run.code, run.code === 0 ? '' : run.stdout]).toEqual([0, '']);
  return readAs('bump', run.stdout) as Document;
}

type Refusal = { code: string; exit: number; message: string; hint: string };

async function refused(root: string, ...args: string[]): Promise<Refusal> {
  const run = await slipwayIn(root, 'bump', ...args, '--json', '--no-input');
  const { error } = readAs('error', run.stdout) as { error: Refusal };
  expect(run.code).toBe(error.exit);
  expect(changedLines(root)).toEqual([]);
  return error;
}

function imagesOf(root: string, folder: string): string[] {
  return renderOffline(root, folder).flatMap(({ body }) =>
    [...JSON.stringify(body).matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image ?? ''),
  );
}

const ODD = `# Who reads this file: the people of the shop.
namespace: shop # one per team
resources:   # in order
    - d.yaml   # the shop
    # - later.yaml
images: # CI writes below
    # the shop itself
    - name: docker.io/acme/shop   # as in d.yaml
      # never latest
      newTag:   1.0.0   # {"keep": "me"}

    - {name: docker.io/acme/side, newTag: '2'} # behind
# the end`;

function odd(): string {
  return makeRepository({
    'production/shop/kustomization.yaml': ODD,
    'production/shop/d.yaml': deployment('shop', { image: 'docker.io/acme/shop:0.1.0' }),
  });
}

test('1: of a file with comments in every odd place only the tag differs', async () => {
  const root = odd();
  const { images, changes } = await bump(root, 'shop', '--image', 'shop=docker.io/acme/shop:1.1.0');
  const text = readFileSync(path.join(root, 'production/shop/kustomization.yaml'), 'utf8');
  expect(text).toBe(ODD.replace('1.0.0', '1.1.0'));
  expect(changes.map(change => change.path)).toEqual(['production/shop/kustomization.yaml']);
  expect(images).toMatchObject([
    {
      name: 'docker.io/acme/shop',
      from: { tag: '1.0.0' },
      to: { tag: '1.1.0' },
      status: 'bumped',
      places: [{ where: 'images', added: false }],
      proof: { status: 'rendered', changed: [{ kind: 'Deployment', name: 'shop' }] },
    },
  ]);
});

test('2: a typo is 2 with the names that exist, and so is an entry that nothing runs; no file is touched', async () => {
  const root = odd();
  const typo = await refused(root, 'shop', '--image', 'shpo=docker.io/acme/shpo:1.1.0');
  expect(typo).toMatchObject({
    code: 'E_VALUE',
    exit: 2,
    hint: expect.stringContaining('docker.io/acme/shop') as string,
  });
  const unused = await refused(root, 'shop', '--image', 'side=:3');
  expect(unused).toMatchObject({
    code: 'E_VALUE',
    message: expect.stringContaining('changes nothing that is rendered') as string,
  });
  const other = await refused(root, 'shop', '--image', 'shop=ghcr.io/else/store:1');
  expect(other.message).toContain('docker.io/acme/shop');
  expect((await refused(root, 'shop', '--image', 'shop=acme/shop')).message).toContain(
    'no tag and no digest',
  );
});

test('the same tag again writes nothing and ends with 0; --require-change says so with 1', async () => {
  const root = odd();
  const { images, changes } = await bump(root, 'shop', '--image', 'shop=:1.0.0');
  expect([images[0]?.status, changes]).toEqual(['same', []]);
  const run = await slipwayIn(root, 'bump', 'shop', '--image', 'shop=:1.0.0', '--require-change');
  expect([run.code, run.stdout, changedLines(root)]).toEqual([
    1,
    expect.stringContaining('nothing to do'),
    [],
  ]);
});

test('4: tags that YAML reads as numbers stay texts, for kustomize too', async () => {
  const root = odd();
  for (const tag of ['706798e8', '0e12', '1.10', '07', 'null', 'true', '1_0', '12']) {
    await bump(root, 'shop', '--image', `shop=:${tag}`);
    const text = readFileSync(path.join(root, 'production/shop/kustomization.yaml'), 'utf8');
    const { images } = parse(text, { version: '1.1' }) as { images: { newTag: unknown }[] };
    expect(images[0]?.newTag).toBe(tag);
    commitAll(root);
    const built = [`docker.io/acme/shop:${tag}`];
    expect(canRender ? imagesOf(root, 'production/shop') : built).toEqual(built);
  }
});

test('a number that somebody wrote as a tag becomes the text of the same look', async () => {
  const root = makeRepository({
    ...plainApp(
      'dev/shop',
      { 'd.yaml': deployment('shop') },
      'images:\n- name: docker.io/acme/shop\n  newTag: 1.10\n',
    ),
  });
  await bump(root, 'shop', '--image', 'shop=:1.10');
  expect(changedLines(root)).toEqual(['-  newTag: 1.10', '+  newTag: "1.10"']);
});

const OVERLAYS = {
  'apps/shop/base/kustomization.yaml':
    'resources: [d.yaml]\nimages:\n- name: docker.io/acme/shop\n  newTag: 1.0.0\n',
  'apps/shop/base/d.yaml': deployment('shop'),
  'apps/shop/overlays/dev/kustomization.yaml': 'namespace: shop-dev\nresources: [../../base]\n',
  'apps/shop/overlays/production/kustomization.yaml': 'namespace: shop\nresources:\n- ../../base\n',
};

test('5: the overlay of --env is written, not the base that others run too', async () => {
  const root = makeRepository(OVERLAYS);
  const { app, images } = await bump(root, 'shop', '--env', 'production', '--image', 'shop=:1.2.0');
  expect([app, images[0]?.places]).toEqual([
    'apps/shop/overlays/production',
    [{ file: 'apps/shop/overlays/production/kustomization.yaml', where: 'images', added: true }],
  ]);
  expect(changedLines(root)).toEqual(['+images:', '+- name: docker.io/acme/shop', '+  newTag: 1.2.0']);
  commitAll(root);
  await bump(root, 'shop', '--env', 'production', '--image', 'shop=:1.3.0');
  expect(changedLines(root)).toEqual(['-  newTag: 1.2.0', '+  newTag: 1.3.0']);
  const built = ['docker.io/acme/shop:1.0.0', 'docker.io/acme/shop:1.3.0'];
  const folders = ['apps/shop/overlays/dev', 'apps/shop/overlays/production'];
  expect(canRender ? folders.flatMap(folder => imagesOf(root, folder)) : built).toEqual(built);
});

test('an app in another environment is refused with those that have it', async () => {
  const error = await refused(makeRepository(OVERLAYS), 'shop', '--env', 'staging', '--image', 'shop=:1');
  expect(error).toMatchObject({ code: 'E_VALUE', hint: 'It is in dev, production.' });
});

test('of several overlays none is chosen without --env, and a mistyped name gets the one that was meant', async () => {
  const root = makeRepository(OVERLAYS);
  const several = await refused(root, 'shop', '--image', 'shop=:2');
  expect(several.message).toBe(
    'several apps are named shop: apps/shop/overlays/dev, apps/shop/overlays/production',
  );
  for (const args of [['shpo'], ['shpo', '--env', 'dev']])
    expect(await refused(root, ...args, '--image', 'shop=:2')).toMatchObject({
      hint: expect.stringContaining('Did you mean') as string,
    });
});

test('--where manifest writes no entry of images:', async () => {
  const root = makeRepository(OVERLAYS);
  const places = ['--where', 'manifest', '--env', 'dev'];
  const error = await refused(root, 'shop', ...places, '--image', 'shop=:2');
  expect(error.code).toBe('E_SHARED_SOURCE');
});

test('a version that is none is refused in the words that were given; an image without a tag comes with no chart', async () => {
  const root = makeRepository({
    ...plainApp('dev/shop', { 'd.yaml': deployment('shop', { image: 'busybox' }) }),
  });
  expect((await refused(root, 'shop', '--image', 'web=@sha256:abc')).message).toBe(
    '"web=@sha256:abc" is not a container image',
  );
  expect((await refused(root, 'shop', '--image', 'busybox=:1')).message).toContain('without a tag');
});

test('--commit outside git is refused before a file is written', async () => {
  const root = odd();
  rmSync(path.join(root, '.git'), { recursive: true });
  const run = await slipwayIn(root, 'bump', 'shop', '--image', 'shop=:1.1.0', '--commit', '--no-input');
  expect([run.code === 0, run.stderr]).toEqual([false, expect.stringContaining('not in a git repository')]);
  expect(readFileSync(path.join(root, 'production/shop/kustomization.yaml'), 'utf8')).toBe(ODD);
});

const CHART = {
  'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'values.yaml': 'image: {registry: docker.io, repository: acme/web, tag: 1.0.0, digest: ""}\n',
  'templates/d.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}, labels: {version: {{ .Values.image.tag | quote }}}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.registry }}/{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ with .Values.image.digest }}@{{ . }}{{ end }}"
`,
};

function inChart(folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(CHART).map(([file, text]) => [`${folder}/${file}`, text]));
}

const inflated = (values: string): Record<string, string> => ({
  ...inChart('production/web/charts/web'),
  'production/web/kustomization.yaml':
    'namespace: web\nhelmCharts:\n- name: web\n  releaseName: web\n  valuesFile: values.yaml\n',
  'production/web/values.yaml': values,
});

test('values of a chart: a full copy, and an override that names no repository', async () => {
  const full = makeRepository(
    inflated('image:\n  registry: docker.io\n  repository: acme/web\n  tag: 1.0.0 # ours\n'),
  );
  const first = await bump(full, 'web', '--image', 'web=docker.io/acme/web:1.1.0');
  expect(changedLines(full)).toEqual(['-  tag: 1.0.0 # ours', '+  tag: 1.1.0 # ours']);
  expect(first.images[0]?.proof).toMatchObject({ status: 'rendered', changed: [{}, {}] });
  const override = makeRepository(inflated('image:\n  tag: 1.0.5\n'));
  await bump(override, 'web', '--image', 'acme/web=:1.1.0');
  expect(changedLines(override)).toEqual(['-  tag: 1.0.5', '+  tag: 1.1.0']);
});

test('values that overlays share stay: the file of the overlay says the version', async () => {
  const overlay = (env: string): Record<string, string> => ({
    ...inChart(`apps/web/overlays/${env}/charts/web`),
    [`apps/web/overlays/${env}/kustomization.yaml`]:
      'namespace: web\nhelmCharts:\n- name: web\n  releaseName: web\n  valuesFile: ../../base/values.yaml\n  additionalValuesFiles: [values.yaml]\n',
    [`apps/web/overlays/${env}/values.yaml`]: 'replicas: 2 # here\n',
  });
  const root = makeRepository({
    'apps/web/base/values.yaml': 'image:\n  registry: docker.io\n  repository: acme/web\n  tag: 1.0.0\n',
    ...overlay('dev'),
    ...overlay('production'),
  });
  const { images } = await bump(root, 'web', '--env', 'dev', '--image', 'web=:1.10');
  expect(images[0]?.places).toEqual([
    { file: 'apps/web/overlays/dev/values.yaml', where: 'values', added: true },
  ]);
  expect(changedLines(root)).toEqual(['+image:', '+  tag: "1.10"']);
  expect((await bump(root, 'web', '--env', 'dev', '--image', 'web=:1.10')).images[0]?.status).toBe('same');
});

test('6: values of a HelmRelease, its post-renderers, and values of an Application', async () => {
  const release = (more: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: web}
spec:
  chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: x}}}
${more}---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: x, namespace: web}
spec: {url: https://charts.example.test}
`;
  const flux = makeRepository({
    'apps/web/kustomization.yaml': 'resources: [release.yaml]\n',
    'apps/web/release.yaml': release(
      '  values:\n    image:\n      registry: docker.io\n      repository: acme/web\n      tag: 1.0.0\n',
    ),
  });
  const one = await bump(flux, 'web', '--offline', '--image', 'web=:1.1.0');
  expect(one.images[0]?.places).toEqual([{ file: 'apps/web/release.yaml', where: 'values', added: false }]);
  expect(changedLines(flux)).toEqual(['-      tag: 1.0.0', '+      tag: 1.1.0']);
  const post = makeRepository({
    'apps/web/kustomization.yaml': 'resources: [release.yaml]\n',
    'apps/web/release.yaml': release(
      '  postRenderers:\n    - kustomize:\n        images:\n          - name: docker.io/acme/web\n            newTag: 1.0.0\n',
    ),
  });
  const two = await bump(post, 'web', '--offline', '--image', 'web=:1.1.0');
  expect(two.images[0]?.places).toMatchObject([{ where: 'postRenderers' }]);
  const argo = makeRepository({
    'argo/web.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web}
spec:
  source:
    repoURL: https://charts.example.test
    chart: web
    targetRevision: 1.0.0
    helm:
      values: |
        # ours
        image:
          registry: docker.io
          repository: acme/web
          tag: 1.0.0
`,
  });
  const three = await bump(argo, 'web', '--offline', '--image', 'web=:1.1.0');
  expect(three.images[0]?.places).toEqual([{ file: 'argo/web.yaml', where: 'values', added: false }]);
  expect(changedLines(argo)).toEqual(['-          tag: 1.0.0', '+          tag: 1.1.0']);
});

test('7: a digest is kept, or replaced together with the tag', async () => {
  const entry = (digest: string): string =>
    `images:\n- name: docker.io/acme/shop\n  newTag: 1.0.0\n  digest: ${digest}\n`;
  const root = makeRepository(plainApp('dev/shop', { 'd.yaml': deployment('shop') }, entry(OLD)));
  const half = await refused(root, 'shop', '--image', 'shop=:1.1.0');
  expect(half).toMatchObject({
    code: 'E_VALUE',
    message: expect.stringContaining('pins a digest') as string,
  });
  expect((await refused(root, 'shop', '--image', `shop=@${NEW}`)).message).toContain('has a tag');
  expect((await bump(root, 'shop', '--image', 'shop=:1.0.0')).images[0]?.status).toBe('same');
  await bump(root, 'shop', '--image', `shop=:1.1.0@${NEW}`);
  expect(changedLines(root)).toEqual([
    '-  newTag: 1.0.0',
    `-  digest: ${OLD}`,
    '+  newTag: 1.1.0',
    `+  digest: ${NEW}`,
  ]);
  commitAll(root);
  await bump(root, 'shop', '--force', '--image', 'shop=:1.2.0');
  expect(changedLines(root)).toEqual(['-  newTag: 1.1.0', `-  digest: ${NEW}`, '+  newTag: 1.2.0']);
});

test('manifests: every container that runs it, in files, patches and references with a digest', async () => {
  const root = makeRepository({
    'dev/shop/kustomization.yaml':
      'resources: [a.yaml, b.yaml]\npatches:\n- target: {kind: Deployment, name: b}\n  patch: |-\n    - op: replace\n      path: /spec/template/spec/containers/0/image\n      value: docker.io/acme/shop:1.0.0\n',
    'dev/shop/a.yaml': deployment('a', { image: `docker.io/acme/shop:1.0.0@${OLD} # pinned` }),
    'dev/shop/b.yaml': deployment('b', { image: 'docker.io/acme/other:1.0.0' }),
  });
  await bump(root, 'shop', '--image', `docker.io/acme/shop:2.0.0@${NEW}`);
  expect(changedLines(root)).toEqual([
    `-          image: docker.io/acme/shop:1.0.0@${OLD} # pinned`,
    `+          image: docker.io/acme/shop:2.0.0@${NEW} # pinned`,
    '-      value: docker.io/acme/shop:1.0.0',
    `+      value: docker.io/acme/shop:2.0.0@${NEW}`,
  ]);
});

test('a line that an automation owns is left to it, unless it is forced', async () => {
  const root = makeRepository(
    plainApp('dev/shop', {
      'd.yaml': deployment('shop', {
        image: 'docker.io/acme/shop:1.0.0 # {"$imagepolicy": "flux-system:shop"}',
      }),
    }),
  );
  expect(await refused(root, 'shop', '--image', 'shop=:1.1.0')).toMatchObject({
    code: 'E_OWNED_LINE',
    exit: 3,
  });
  await bump(root, 'shop', '--force', '--image', 'shop=:1.1.0');
  expect(changedLines(root)[1]).toBe(
    '+          image: docker.io/acme/shop:1.1.0 # {"$imagepolicy": "flux-system:shop"}',
  );
});

/** An app whose kustomization says 1.0.0, and what Argo CD lays over it. */
const laid = (files: Record<string, string>): string =>
  makeRepository({
    ...plainApp(
      'dev/shop',
      { 'd.yaml': deployment('shop') },
      'images:\n- name: docker.io/acme/shop\n  newTag: 1.0.0\n',
    ),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`dev/shop/${name}`, text])),
  });

test.runIf(canRender)(
  'what Argo CD lays over the source wins, is rendered, and alone is changed',
  async () => {
    const root = laid({
      '.argocd-source-shop.yaml':
        '# written by the updater\nkustomize:\n  images:\n    - docker.io/acme/shop=ghcr.io/acme/shop:1.0.5 # ours\n',
    });
    const { images } = await bump(root, 'shop', '--image', 'shop=:1.1.0');
    expect(images[0]?.places).toEqual([
      { file: 'dev/shop/.argocd-source-shop.yaml', where: 'argocd', added: false },
    ]);
    expect(images[0]?.proof).toMatchObject({
      status: 'rendered',
      changed: [
        {
          kind: 'Deployment',
          field: { before: '"ghcr.io/acme/shop:1.0.5"', after: '"ghcr.io/acme/shop:1.1.0"' },
        },
      ],
    });
    expect(changedLines(root)).toEqual([
      '-    - docker.io/acme/shop=ghcr.io/acme/shop:1.0.5 # ours',
      '+    - docker.io/acme/shop=ghcr.io/acme/shop:1.1.0 # ours',
    ]);
    commitAll(root);
    expect((await bump(root, 'shop', '--image', 'shop=:1.1.0')).images[0]?.status).toBe('same');
  },
);

test.runIf(canRender)(
  'an image of Argo CD that nothing runs is no place, and of several Applications nothing is certain',
  async () => {
    const unused = laid({ '.argocd-source.yaml': 'kustomize: {images: ["docker.io/acme/other:1.0.0"]}\n' });
    await refused(unused, 'shop', '--image', 'other=docker.io/acme/other:2');
    const file = 'kustomize: {images: ["docker.io/acme/shop:1.0.0"]}\n';
    const several = laid({ '.argocd-source-a.yaml': file, '.argocd-source-b.yaml': file });
    const { images } = await bump(several, 'shop', '--image', 'shop=:1.1.0');
    expect(images[0]?.proof.status).toBe('not-rendered');
  },
);

test('--commit makes one commit of that file alone, a dry run nothing, and nothing is ever pushed', async () => {
  const root = odd();
  const dry = await slipwayIn(root, 'bump', 'shop', '--image', 'shop=:1.1.0', '--commit', '--dry-run');
  expect([dry.code, changedLines(root), git(root, 'log', '--oneline').split('\n').length]).toEqual([
    0,
    [],
    2,
  ]);
  git(root, 'config', 'user.name', 'ci');
  git(root, 'config', 'user.email', 'ci@example.test');
  const { committed } = await bump(root, 'shop', '--image', 'shop=:1.1.0', '--commit');
  expect([committed, git(root, 'status', '--porcelain')]).toEqual([true, '']);
  expect(git(root, 'log', '-1', '--format=%s %an')).toBe('chore(shop): image shop 1.1.0 in production ci\n');
});

test('behind the prefix of a mirror it is the same image, the second time too', async () => {
  const root = makeRepository({
    'prefix.yaml':
      'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: mirror}\nprefix: mirror.test/\nfieldSpecs:\n- path: spec/template/spec/containers/image\n',
    ...plainApp('dev/shop', { 'd.yaml': deployment('shop') }, 'transformers: [../../prefix.yaml]\n'),
  });
  await bump(root, 'shop', '--image', 'shop=docker.io/acme/shop:1.1.0');
  expect(changedLines(root)[1]).toBe('+          image: docker.io/acme/shop:1.1.0');
  commitAll(root);
  expect((await bump(root, 'shop', '--image', 'shop=:1.1.0')).images[0]?.status).toBe('same');
});
