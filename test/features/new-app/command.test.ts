import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  type TestRepository,
  archiveOf,
  deployment,
  service,
  serveCharts,
} from '../../support/chart-repository.ts';
import { type FixtureServer, serveHttp } from '../../support/http-server.ts';
import { canRender, renderedImages, renderOffline } from '../../support/kustomize.ts';
import { type FixtureRegistry, startRegistry } from '../../support/oci-registry.ts';
import { commitAll, git, makeFolder, readLeftovers, readTree } from '../../support/repository.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';

const MIRROR = 'mirror.campus.example/';
const HTTP_ROUTE = `{{- if .Values.httpRoute.enabled }}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: kiosk, namespace: {{ .Release.Namespace }}}
spec:
  parentRefs: {{ toJson .Values.httpRoute.parentRefs }}
  hostnames: {{ toJson .Values.httpRoute.hostnames }}
  rules: [{backendRefs: [{name: kiosk, port: 80}]}]
{{- end }}
`;

const CHARTS = [
  {
    name: 'single',
    version: '1.0.0',
    files: {
      'values.yaml': 'a: 1\n',
      'templates/all.yaml': `${deployment('single', 'nginx:1.27')}---\n${service('single', { http: 80 })}`,
    },
  },
  { name: 'single', version: '1.1.0-rc.1', files: { 'values.yaml': 'a: 2\n' } },
  {
    name: 'single',
    version: '0.9.0',
    files: { 'values.yaml': 'a: 0\n', 'templates/s.yaml': service('single', { http: 80 }) },
  },
  {
    name: 'several',
    version: '2.3.4',
    files: {
      'values.yaml': 'replicas: 1\n',
      'templates/all.yaml': [
        deployment(
          'several',
          'grafana/several:9',
          '          env:\n            - {name: P, valueFrom: {secretKeyRef: {name: several-db, key: password}}}\n',
        ),
        service('several-metrics', { metrics: 9090 }),
        service('several', { grpc: 9095, http: 3100 }),
        service('several-gossip', { gossip: 7946 }),
      ].join('---\n'),
    },
  },
  {
    name: 'kiosk',
    version: '0.5.0',
    files: {
      'values.yaml':
        '# Kiosk\nhttpRoute:\n  enabled: false # renders a route\n  parentRefs: []\n  hostnames: []\nother: true\n',
      'templates/all.yaml': `${deployment('kiosk', 'quay.io/x/kiosk:1')}---\n${service('kiosk', { http: 80 })}---\n${HTTP_ROUTE}`,
    },
  },
  {
    name: 'opaque',
    version: '1.0.0',
    files: { 'values.yaml': 'service: {port: 8081}\n', 'templates/bad.yaml': '{{ fail "needs an answer" }}' },
  },
];

let charts: TestRepository;
let registry: FixtureRegistry | undefined;
let releases: FixtureServer;

beforeAll(async () => {
  charts = await serveCharts(CHARTS);
  registry = await startRegistry({ auth: 'token', users: { robot: 's3cret-canary' } });
  await registry?.pushChart({
    repository: 'team/shelf',
    version: '3.2.1',
    archive: archiveOf({
      name: 'shelf',
      version: '3.2.1',
      files: {
        'values.yaml': 'x: 1\n',
        'templates/a.yaml': `${deployment('shelf', 'busybox:1.36')}---\n${service('shelf', { web: 8080 })}`,
      },
    }),
    chart: { name: 'shelf', version: '3.2.1' },
    created: '2025-02-03T04:05:06Z',
  });
  releases = await serveHttp({
    '/acme/operator/releases/download/v1.4.0/install.yaml': {
      body: `apiVersion: v1\nkind: Namespace\nmetadata: {name: operator-system}\n---\n${deployment('operator', 'acme/operator:1.4.0').replace('  namespace: {{ .Release.Namespace }}', '  namespace: operator-system')}`,
    },
  });
});

afterAll(async () => {
  await Promise.all([charts.close(), registry?.close(), releases.close()]);
});

type Case = { root: string; home: string; run(args: string[], env?: Record<string, string>): Promise<Run> };

function open(): Case {
  const root = demoRepository();
  const home = makeFolder();
  return {
    root,
    home,
    run: (args, env) =>
      slipway(['new-app', '-C', root, ...args], {
        cwd: home,
        env: testEnv(home, env) as Record<string, string>,
      }),
  };
}

type Result = {
  app: string;
  changes: { path: string; action: string; bytes: number }[];
  answers: { flag: string; value: string; why: string }[];
  notes: string[];
  builds: unknown[];
  next: string[];
  command: string;
};

/** Runs, expects success, and checks what holds for every new app. */
async function make({ root, run }: Case, args: string[], env?: Record<string, string>): Promise<Result> {
  const before = readTree(root);
  const result = await run([...args, '--json'], env);
  expect(result.stderr.split('\n').filter(line => !line.startsWith('note: ') && line !== '')).toEqual([]);
  expect(result.code).toBe(0);
  const after = readTree(root);
  expect(Object.entries(before).filter(([file, content]) => after[file] !== content)).toEqual([]);
  expect(readLeftovers(root)).toEqual([]);
  return JSON.parse(result.stdout) as Result;
}

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** What must hold of the rendered app: it builds without a network, and every image comes through the mirror in full. */
function expectRendered(root: string, app: string, images: string[]): ReturnType<typeof renderOffline> {
  if (!canRender) return [];
  const manifests = renderOffline(root, `production/${app}`);
  expect(renderedImages(manifests)).toEqual(images.map(image => MIRROR + image));
  return manifests;
}

describe('new-app makes an app that renders offline', () => {
  test('a chart with one Service', async () => {
    const it = open();
    const result = await make(it, ['--chart', 'single', '--repo', charts.url]);
    expect(result.changes.map(({ path: file }) => file)).toEqual([
      'production/single/.gitignore',
      'production/single/kustomization.yaml',
      'production/single/values/single-1.0.0.yaml',
      'production/single/resources/namespace.yaml',
      'production/single/resources/httproute.yaml',
      '.slipway/lock/production/single.yaml',
      'production/single/charts/single-1.0.0/single/',
    ]);
    expect(read(it.root, 'production/single/kustomization.yaml'))
      .toBe(`apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: single
resources:
- resources/namespace.yaml
- resources/httproute.yaml
helmCharts:
- name: single
  repo: ${charts.url}
  version: 1.0.0
  releaseName: single
  namespace: single
  includeCRDs: true
  valuesFile: values/single-1.0.0.yaml
images:
  - name: nginx
    newName: docker.io/library/nginx
transformers:
  - ../../image-prefix.yaml
`);
    expect(read(it.root, 'production/single/resources/httproute.yaml')).toContain(
      '    - single.apps.campus.example\n    - single.a.campus.example\n',
    );
    expect(read(it.root, '.slipway/lock/production/single.yaml')).toContain(
      `digest: sha256:${charts.digests['single-1.0.0']}`,
    );
    expectRendered(it.root, 'single', ['docker.io/library/nginx:1.27']);
    expect(
      git(it.root, 'status', '--porcelain', '--ignored')
        .split('\n')
        .filter(line => line.startsWith('!!')),
    ).toEqual(['!! production/single/charts/']);
  });

  test('a chart with several Services: the web port is found, a missing Secret gets its stub', async () => {
    const it = open();
    const { answers, next, notes } = await make(it, [
      '--chart',
      'several',
      '--repo',
      charts.url,
      '--host',
      's',
      '--host',
      'files.other.example',
    ]);
    expect(answers.find(({ flag }) => flag === 'service')?.value).toBe('several:3100');
    const route = read(it.root, 'production/several/resources/httproute.yaml');
    expect(route).toContain(
      '    - s.apps.campus.example\n    - s.a.campus.example\n    - files.other.example\n',
    );
    expect(read(it.root, 'production/several/resources/several-db-sealedsecret.yaml')).toContain(
      '    password: REPLACE_ME\n',
    );
    expect(read(it.root, 'production/several/kustomization.yaml')).not.toContain('sealedsecret');
    expect(next[0]).toBe(`cd ${it.root}`);
    expect(notes.at(-1)).toMatch(/several-db-sealedsecret\.yaml waits for its values/);
    expectRendered(it.root, 'several', ['docker.io/grafana/several:9']);
  });

  test('a chart with its own route values: they are set by byte range, and no HTTPRoute is written', async () => {
    const it = open();
    const { changes } = await make(it, ['--chart', 'kiosk', '--repo', charts.url]);
    expect(changes.some(({ path: file }) => file.endsWith('httproute.yaml'))).toBe(false);
    expect(read(it.root, 'production/kiosk/values/kiosk-0.5.0.yaml')).toBe(`# Kiosk
httpRoute:
  enabled: true # renders a route
  parentRefs:
    - name: campus
      namespace: gateway
  hostnames:
    - kiosk.apps.campus.example
    - kiosk.a.campus.example
other: true
`);
    const manifests = expectRendered(it.root, 'kiosk', ['quay.io/x/kiosk:1']);
    expect(manifests.filter(({ kind }) => kind === 'HTTPRoute')).toHaveLength(canRender ? 1 : 0);
  });

  test.runIf(process.env['CI'] === 'true' || canRender)('an OCI chart behind a token', async ({ skip }) => {
    if (!registry) return skip('the registry program is missing');
    const it = open();
    const config = path.join(it.home, 'registry.json');
    writeFileSync(
      config,
      JSON.stringify({
        auths: { [registry.host]: { auth: Buffer.from('robot:s3cret-canary').toString('base64') } },
      }),
    );
    const here = { SLIPWAY_TOKEN_HOSTS: `${registry.host}=${registry.tokens.host}` };
    const env = { HELM_REGISTRY_CONFIG: config, ...here };
    const result = await make(
      it,
      [
        '--chart',
        `oci://${registry.host}/team/shelf`,
        '--version',
        '^3.0.0',
        '--route',
        'own',
        '--service',
        'shelf:8080',
      ],
      env,
    );
    expect(read(it.root, 'production/shelf/kustomization.yaml')).toContain(
      `  repo: oci://${registry.host}/team\n  version: 3.2.1\n`,
    );
    expect(read(it.root, '.slipway/lock/production/shelf.yaml')).toMatch(/created: "2025-02-03T04:05:06/);
    expect(JSON.stringify(result)).not.toContain('canary');
    expectRendered(it.root, 'shelf', ['docker.io/library/busybox:1.36']);
    const denied = await open().run(['--chart', `oci://${registry.host}/team/shelf`, '--json'], here);
    expect([denied.code, JSON.parse(denied.stdout).error.code]).toEqual([4, 'E_AUTH']);
  });

  test('two charts in one app, each with its own release', async () => {
    const it = open();
    const args = [
      'shop',
      '--chart',
      'single',
      '--version',
      '0.9.0',
      '--chart',
      'several',
      '--release',
      'shop-db',
      '--repo',
      charts.url,
      '--service',
      'several:3100',
      '--route',
      'own',
    ];
    await make(it, [
      '--repo',
      charts.url,
      ...args.filter((arg, index) => arg !== '--repo' && args[index - 1] !== '--repo'),
    ]);
    const text = read(it.root, 'production/shop/kustomization.yaml');
    expect(text.match(/releaseName: .*/g)).toEqual(['releaseName: shop-single', 'releaseName: shop-db']);
    expect(text.match(/valuesFile: .*/g)).toEqual([
      'valuesFile: values/single-0.9.0.yaml',
      'valuesFile: values/several-2.3.4.yaml',
    ]);
    expectRendered(it.root, 'shop', ['docker.io/grafana/several:9']);
  });

  test('a local chart in the app folder stays in git', async () => {
    const it = open();
    const folder = path.join(it.root, 'production/inhouse/charts/inhouse');
    mkdirSync(path.join(folder, 'templates'), { recursive: true });
    writeFileSync(path.join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: inhouse\nversion: 0.1.0\n');
    writeFileSync(path.join(folder, 'values.yaml'), 'image: alpine\n');
    writeFileSync(
      path.join(folder, 'templates/all.yaml'),
      `${deployment('inhouse', 'alpine:3.22')}---\n${service('inhouse', { http: 80 })}`,
    );
    await make(it, ['inhouse', '--chart', folder]);
    expect(read(it.root, 'production/inhouse/.gitignore')).toBe('charts/*\n!charts/inhouse\n');
    expect(read(it.root, 'production/inhouse/kustomization.yaml')).toContain(
      '- name: inhouse\n  releaseName: inhouse\n',
    );
    expectRendered(it.root, 'inhouse', ['docker.io/library/alpine:3.22']);
  });

  test('a local chart from elsewhere is copied into the app', async () => {
    const it = open();
    const folder = makeFolder();
    cpSync(path.resolve('templates/demo/charts/guestbook-1.3.0'), folder, { recursive: true });
    await make(it, ['book', '--chart', folder]);
    expect(read(it.root, 'production/book/charts/guestbook/Chart.yaml')).toContain('name: guestbook');
    expectRendered(it.root, 'book', ['docker.io/library/nginx:1.29']);
  });

  test('an image with storage, a probe and a Secret', async () => {
    const it = open();
    await make(it, [
      '--image',
      'acme/board:2.1',
      '--port',
      '8000',
      '--storage',
      'ceph-block:5Gi',
      '--mount',
      '/var/lib/board',
      '--probe',
      '/healthz',
      '--secret',
      'board:TOKEN,KEY',
    ]);
    const manifests = expectRendered(it.root, 'board', ['docker.io/acme/board:2.1']);
    expect(manifests.map(({ kind }) => kind)).toEqual(
      canRender ? ['Namespace', 'Service', 'PersistentVolumeClaim', 'Deployment', 'HTTPRoute'] : [],
    );
    const text = read(it.root, 'production/board/resources/deployment.yaml');
    expect(text).toContain('mountPath: /var/lib/board');
    expect(text).toContain('path: /healthz');
    expect(text).toContain('name: board\n          volumeMounts');
  });

  test('an image without probes, storage and route', async () => {
    const it = open();
    await make(it, [
      'bare',
      '--image',
      'ghcr.io/acme/bare@sha256:' + 'a'.repeat(64),
      '--port',
      '80',
      '--route',
      'none',
    ]);
    const text = read(it.root, 'production/bare/resources/deployment.yaml');
    expect(text).not.toMatch(/Probe|volume|envFrom/);
    expectRendered(it.root, 'bare', [`ghcr.io/acme/bare@sha256:${'a'.repeat(64)}`]);
  });

  test.each([
    [
      'a Service that is not there',
      'nosuch:80',
      /production\/several renders no Service nosuch with the port 80/,
    ],
    [
      'a port that is not there',
      'several:9',
      /production\/several renders no Service several with the port 9/,
    ],
    ['a Service without its port', 'several', /--service: "several" cannot be a service/],
  ])('%s is refused, with those that are', async (_, named, message) => {
    const it = open();
    const flags = ['--chart', 'several', '--repo', charts.url, '--route', 'own', '--service', named];
    const { code, stdout } = await it.run([...flags, '--yes', '--json']);
    const { error } = JSON.parse(stdout);
    expect([code, error.code]).toEqual([2, 'E_VALUE']);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/several:9095, several:3100/);
  });

  test.runIf(canRender)(
    'Secrets that are read and not prepared are told, and those that nothing names',
    async () => {
      const it = open();
      const from = ['--chart', 'several', '--repo', charts.url, '--route', 'none', '--dry-run'];
      const notesOf = async (...secrets: string[]) =>
        (await make(it, [...from, ...secrets.flatMap(secret => ['--secret', secret])])).notes.join('\n');
      const other = await notesOf('foo:bar');
      expect(other).toContain('its Pods read Secrets that nothing makes: several-db (password)');
      expect(other).toContain('nothing that is rendered names these prepared Secrets: foo');
      expect(await notesOf('several-db:user')).toContain('several-db (password)');
      expect(await notesOf('several-db:password,user')).not.toMatch(/Secrets that nothing makes|names these/);
      expect(await notesOf()).not.toMatch(/Secrets that nothing makes|names these/);
    },
  );

  test('a TLS passthrough app', async () => {
    const it = open();
    await make(it, [
      'vault',
      '--chart',
      'single',
      '--repo',
      charts.url,
      '--route',
      'tls',
      '--service',
      'single:80',
    ]);
    const route = read(it.root, 'production/vault/resources/tlsroute.yaml');
    expect(route).toContain('kind: TLSRoute');
    expect(route).toContain('sectionName: tls-passthrough');
    expectRendered(it.root, 'vault', ['docker.io/library/nginx:1.27']);
  });

  test('an upstream manifest is vendored and pinned', async () => {
    const it = open();
    const url = `${releases.url}/acme/operator/releases/download/v1.4.0/install.yaml`;
    await make(it, ['operator', '--manifest', url, '--route', 'none']);
    expect(read(it.root, 'production/operator/kustomization.yaml')).toContain(
      '- resources/install-v1.4.0.yaml\n',
    );
    expect(read(it.root, '.slipway/lock/production/operator.yaml')).toContain(`url: ${url}`);
    const manifests = expectRendered(it.root, 'operator', ['docker.io/acme/operator:1.4.0']);
    expect(
      new Set(manifests.map(({ kind, name, namespace }) => (kind === 'Namespace' ? name : namespace))),
    ).toEqual(new Set(canRender ? ['operator'] : []));
  });
});

describe('the values file is the archive’s, byte for byte', () => {
  const long = `big:\n${'  - "0123456789 {{ .Values.x }} 中文"\n'.repeat(6000)}`;
  test.each([
    ['CRLF', 'a: 1\r\n# c\r\nb: {}\r\n'],
    ['a byte order mark', '\ufeffa: 1\n'],
    ['no final newline', 'a: 1'],
    ['200 KB with template braces', long],
    ['comments only', '# nothing\n'],
    ['odd spacing', 'a:    1   \n\n\n\tb\n'.replace('\tb\n', '')],
  ])('%s', async (_, values) => {
    const server = await serveCharts([{ name: 'exact', version: '1.0.0', files: { 'values.yaml': values } }]);
    onTestFinished(() => server.close());
    const it = open();
    await make(it, ['--chart', 'exact', '--repo', server.url, '--route', 'none']);
    expect(readFileSync(path.join(it.root, 'production/exact/values/exact-1.0.0.yaml'))).toEqual(
      Buffer.from(values),
    );
    expectRendered(it.root, 'exact', []);
  });
});

describe('answers', () => {
  test('H08 without a terminal every missing flag is named at once', async () => {
    const { run, root } = open();
    const before = readTree(root);
    const image = await run(['--image', 'acme/board:2.1']);
    expect([image.code, image.stdout]).toEqual([2, '']);
    expect(image.stderr).toContain('error[E_MISSING]');
    expect(image.stderr).toMatch(/--port.*<name>/);
    const nothing = await run([]);
    expect([nothing.code, nothing.stderr.includes('--chart')]).toEqual([2, true]);
    expect(readTree(root)).toEqual(before);
  });

  test('an unclear Service is not guessed: the flag is asked for, --yes takes the suggestion', async () => {
    const server = await serveCharts([
      {
        name: 'twins',
        version: '1.0.0',
        files: {
          'values.yaml': '',
          'templates/s.yaml': `${service('left', { http: 80 })}---\n${service('right', { http: 80 })}`,
        },
      },
    ]);
    onTestFinished(() => server.close());
    const it = open();
    const args = ['--chart', 'twins', '--repo', server.url];
    const asked = await it.run(args);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toMatch(/--route \(suggested: own/);
    await make(it, [...args, '--yes']);
    expect(read(it.root, 'production/twins/resources/httproute.yaml')).toContain('name: left');
  });

  test('the command printed repeats the run to the byte', async () => {
    const it = open();
    const { command } = await make(it, [
      'several',
      '--chart',
      'several',
      '--repo',
      charts.url,
      '--host',
      'logs',
    ]);
    const again = open();
    const words = command
      .split(' ')
      .slice(2)
      .map(word => (word === it.root ? again.root : word));
    const repeated = await slipway(['new-app', ...words, '--json'], {
      cwd: again.home,
      env: testEnv(again.home) as Record<string, string>,
    });
    expect(repeated.code).toBe(0);
    expect(readTree(again.root)).toEqual(readTree(it.root));
  });

  test('the repository’s language is spoken unless the run is given one', async () => {
    const it = open();
    mkdirSync(path.join(it.root, '.slipway'));
    writeFileSync(path.join(it.root, '.slipway/config.yaml'), 'language: zh-CN\n');
    const args = ['--chart', 'single', '--repo', charts.url, '--dry-run'];
    expect((await it.run(args)).stdout).toContain('将生成 production/single');
    expect((await it.run([...args, '--lang', 'en'])).stdout).toContain('would make production/single');
  });

  test('--dry-run writes nothing and says the same', async () => {
    const it = open();
    const before = readTree(it.root);
    const dry = await it.run(['--chart', 'single', '--repo', charts.url, '--dry-run', '--json']);
    expect(readTree(it.root)).toEqual(before);
    const real = await make(it, ['--chart', 'single', '--repo', charts.url]);
    expect(JSON.parse(dry.stdout).changes).toEqual(real.changes);
  });

  test('an app that exists is refused with a diff, and overwritten only with --force', async () => {
    const it = open();
    await make(it, ['--chart', 'single', '--repo', charts.url]);
    const before = readTree(it.root);
    const refused = await it.run(['--chart', 'single', '--repo', charts.url, '--host', 'other', '--yes']);
    expect([refused.code, refused.stderr.includes('error[E_APP_EXISTS]')]).toEqual([2, true]);
    expect(refused.stderr).toContain('+    - other.apps.campus.example');
    expect(readTree(it.root)).toEqual(before);
    const again = ['--chart', 'single', '--repo', charts.url, '--release', 'second', '--yes'];
    const sameHost = await it.run(again);
    expect([sameHost.code, sameHost.stderr.includes('error[E_APP_EXISTS]')]).toEqual([2, true]);
    expect((await it.run([...again, '--force'])).code).toBe(0);
  });

  test('an app whose folder was removed is made again: its lock is a leftover', async () => {
    const it = open();
    const args = ['--chart', 'single', '--repo', charts.url, '--yes'];
    const first = JSON.parse((await it.run([...args, '--json'])).stdout) as Result;
    const folder = `production/${first.app}`;
    commitAll(it.root);
    rmSync(path.join(it.root, folder), { recursive: true });
    writeFileSync(path.join(it.root, `.slipway/lock/${folder}.yaml`), '# of another chart\n');
    commitAll(it.root);
    const again = await it.run(args);
    expect([again.code, again.stderr]).toEqual([0, expect.not.stringContaining('E_APP_EXISTS')]);
    expect(read(it.root, `.slipway/lock/${folder}.yaml`)).toContain('name: single');
    writeFileSync(path.join(it.root, `.slipway/lock/${folder}.yaml`), '# of another chart\n');
    expect((await it.run(args)).stderr).toContain('E_APP_EXISTS');
  });

  test.each([
    [['--chart', 'nowhere', '--repo', 'REPO'], 2, 'E_NO_CHART'],
    // The repositories in use do not answer: that is not "no such chart".
    [['--chart', 'nowhere'], 4, 'E_NET_DNS'],
    [['--chart', 'single', '--repo', 'REPO', '--version', '7'], 2, 'E_NO_VERSION'],
    [['--chart', 'single', '--repo', 'nick'], 2, 'E_VALUE'],
    [['../x', '--chart', 'single', '--repo', 'REPO'], 2, 'E_NAME'],
    [['Wiki', '--chart', 'single', '--repo', 'REPO'], 2, 'E_NAME'],
    [['kube-system', '--chart', 'single', '--repo', 'REPO'], 2, 'E_NAME'],
    [['default', '--image', 'nginx:1', '--port', '80'], 2, 'E_NAME'],
    [['9wiki', '--image', 'nginx:1', '--port', '80'], 2, 'E_NAME'],
    [['x', '--chart', 'single', '--repo', 'REPO', '--host', 'wiki'], 2, 'E_VALUE'],
    [['--chart', 'single', '--repo', 'REPO', '--route', 'sideways'], 2, 'E_VALUE'],
    [['--chart', 'single', '--repo', 'REPO', '--route', 'chart'], 2, 'E_VALUE'],
    [['--image', 'nginx', '--port', '80'], 2, 'E_UNPINNED'],
    [['--image', 'nginx:1', '--port', '99999'], 2, 'E_VALUE'],
    [['x', '--manifest', 'https://github.com/a/b/releases/latest/download/i.yaml'], 2, 'E_UNPINNED'],
    [['--chart', 'single', '--repo', 'http://127.0.0.1:1'], 4, 'E_NET_CONNECT'],
    [['--chart', 'single', '--repo', 'REPO', '--offline'], 4, 'E_OFFLINE_MISS'],
    [['--image', 'nginx:1', '--port', '80', '--storage', 'x'], 2, 'E_VALUE'],
  ])('%j ends with exit %d and %s', async (args, code, error) => {
    const it = open();
    const before = readTree(it.root);
    const result = await it.run([...args.map(arg => (arg === 'REPO' ? charts.url : arg)), '--json']);
    expect([result.code, JSON.parse(result.stdout).error.code]).toEqual([code, error]);
    expect(readTree(it.root)).toEqual(before);
  });

  test('without helm the run goes on, and says what it could not see', async () => {
    const it = open();
    const { notes, answers, builds } = await make(it, ['--chart', 'opaque', '--repo', charts.url, '--yes'], {
      SLIPWAY_HELM: '/nonexistent/helm',
    });
    const notBuilt = {
      app: expect.anything() as unknown,
      status: 'not-built',
      reason: 'helm is not installed',
    };
    expect(canRender ? builds : [notBuilt]).toEqual([notBuilt]);
    expect(notes[0]).toContain('guessed from the values, not rendered: helm is not installed');
    expect(answers.find(({ flag }) => flag === 'service')?.value).toBe('opaque:8081');
  });

  test('A25 what a values schema refers to elsewhere is not fetched, and the chart is rendered', async ({
    skip,
  }) => {
    if (!canRender) return skip('no helm');
    const elsewhere = await serveHttp({ '/schema.json': { body: '{"required": ["nothing"]}' } });
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $ref: `${elsewhere.url}/schema.json`,
    };
    const files = {
      'values.yaml': 'a: 1\n',
      'values.schema.json': JSON.stringify(schema),
      'templates/all.yaml': service('seen', { http: 80 }),
    };
    const own = await serveCharts([{ name: 'refers', version: '1.0.0', files }]);
    onTestFinished(async () => void (await Promise.all([own.close(), elsewhere.close()])));
    const { answers } = await make(open(), ['--chart', 'refers', '--repo', own.url, '--yes']);
    expect(answers.find(({ flag }) => flag === 'service')?.value).toBe('seen:80');
    expect(elsewhere.received).toEqual([]);
  });

  test('a chart that does not render is said so with its own reason', async ({ skip }) => {
    if (!canRender) return skip('no helm');
    const { notes } = await make(open(), ['--chart', 'opaque', '--repo', charts.url, '--yes']);
    expect(notes[0]).toContain('needs an answer');
  });
});
