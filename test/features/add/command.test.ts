import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployment, serveCharts, service, type TestRepository } from '../../support/chart-repository.ts';
import { canRender, renderOffline } from '../../support/kustomize.ts';
import { DOWN, ENTER, hasTerminals, PseudoTerminal } from '../../support/pseudo-terminal.ts';
import { commitAll, git, makeFolder, readTree, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';

const BIN = path.resolve('bin/slipway.js');
const AT = 'production/shop';

const WORKLOAD = deployment(
  '{{ .Release.Name }}-web',
  'nginx:1.27',
  '          env:\n            - {name: P, valueFrom: {secretKeyRef: {name: shop-db, key: password}}}\n',
);

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts([
    {
      name: 'store',
      version: '1.0.0',
      files: {
        'values.yaml': 'a: 1\n',
        'templates/all.yaml': `${WORKLOAD}---\n${service('{{ .Release.Name }}-web', { http: 80 })}---\n${service('{{ .Release.Name }}-rpc', { grpc: 9000 })}`,
      },
    },
    {
      name: 'cache',
      version: '2.0.0',
      files: { 'values.yaml': 'size: 1\n', 'templates/d.yaml': deployment('{{ .Release.Name }}', 'redis:8') },
    },
    { name: 'cache', version: '2.1.0', files: { 'values.yaml': 'size: 2\n' } },
  ]);
});
afterAll(() => charts.close());

/** An app in a style of its own: comments, two indentations, keys in another order. */
function shop(url: string): Record<string, string> {
  return {
    [`${AT}/kustomization.yaml`]: `# see the manual
namespace: shop

resources:
  - resources/namespace.yaml # first

helmCharts:
  - name: store
    repo: ${url}
    releaseName: shop
    version: "1.0.0" # do not move before May
    includeCRDs: true
    namespace: shop
    valuesFile: values/store-1.0.0.yaml
  # - name: old

transformers:
- ../../image-prefix.yaml
`,
    [`${AT}/values/store-1.0.0.yaml`]: 'a: 1\n',
    [`${AT}/resources/namespace.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
    'production/dns/kustomization.yaml': `namespace: dns\nhelmCharts:\n- name: coredns\n  repo: ${url}\n  version: 1.0.0\n  valuesFile: values/coredns-1.0.0.yaml\n`,
    'production/dns/values/coredns-1.0.0.yaml':
      'servers:\n- zones:\n  - zone: .\n  plugins:\n  - name: ready\n  - name: kubernetes\n',
  };
}

type Case = { root: string; home: string; run(...args: string[]): Promise<Run> };

function open(): Case {
  const root = demoRepository();
  const home = makeFolder();
  writeFiles(root, shop(charts.url));
  commitAll(root);
  const env = testEnv(home) as Record<string, string>;
  return { root, home, run: (...args) => slipway(['add', ...args], { cwd: root, env }) };
}

type Result = {
  changes: { path: string; action: string }[];
  notes: string[];
  command: string;
  next: string[];
};

/** Lines that a run added to the repository, by file, new files left out; removed lines fail. */
function addedLines(root: string): string[] {
  const diff = git(root, 'diff', '--unified=0', '--no-color');
  const lines = diff.split('\n').filter(line => /^[+-](?![+-]{2} )/.test(line));
  expect(lines.filter(line => line.startsWith('-'))).toEqual([]);
  return lines.map(line => line.slice(1));
}

/** Adds once, then a second time, which must change nothing. */
async function addTwice(it: Case, ...args: string[]): Promise<Result> {
  const first = await it.run(...args, '--json');
  expect([first.code, first.stdout]).toEqual([0, expect.any(String)]);
  const result = readAs('add', first.stdout) as Result;
  const before = readTree(it.root);
  const again = await it.run(...args, '--json');
  expect(again.code).toBe(0);
  expect((readAs('add', again.stdout) as Result).changes).toEqual([]);
  expect(readTree(it.root)).toEqual(before);
  return result;
}

const pathsOf = ({ changes }: Result): string[] => changes.map(({ path: file }) => file).toSorted();

describe('what is added', () => {
  test('a chart: values, entry in the app’s own style, images, ignore line, lock, unpacked chart', async () => {
    const it = open();
    const result = await addTwice(
      it,
      'chart',
      'shop',
      '--chart',
      'cache',
      '--repo',
      charts.url,
      '--version',
      '2.0.0',
    );
    expect(pathsOf(result)).toEqual([
      '.slipway/lock/production/shop.yaml',
      `${AT}/.gitignore`,
      `${AT}/charts/cache-2.0.0/cache/`,
      `${AT}/kustomization.yaml`,
      `${AT}/values/cache-2.0.0.yaml`,
    ]);
    expect(addedLines(it.root)).toEqual([
      '  - name: cache',
      `    repo: ${charts.url}`,
      '    releaseName: shop-cache',
      '    version: "2.0.0"',
      '    includeCRDs: true',
      '    namespace: shop',
      '    valuesFile: values/cache-2.0.0.yaml',
      'images:',
      '  - name: redis',
      '    newName: docker.io/library/redis',
      '',
    ]);
    expect(result.command).toContain('--version 2.0.0');
    const newer = await it.run(
      'chart',
      'shop',
      '--chart',
      'cache',
      '--repo',
      charts.url,
      '--version',
      '2.1.0',
    );
    expect([newer.code, newer.stderr]).toEqual([6, expect.stringContaining('slipway upgrade')]);
  });

  test.runIf(canRender)(
    'Secrets that the Pods of a further chart read, until something makes them',
    async () => {
      const it = open();
      const notesOf = async () => {
        const from = [
          '--chart',
          'store',
          '--repo',
          charts.url,
          '--release',
          'notes-store',
          '--dry-run',
          '--json',
        ];
        const { code, stdout } = await it.run('chart', 'notes', ...from);
        expect(code).toBe(0);
        return (readAs('add', stdout) as Result).notes.join('\n');
      };
      expect(await notesOf()).toContain(
        'shop-db (password); prepare them with slipway add secret production/notes --secret shop-db:password',
      );
      await it.run('secret', 'notes', '--secret', 'shop-db:password', '--yes');
      expect(await notesOf()).not.toContain('shop-db');
    },
  );

  test.runIf(canRender)('a certificate for a Service that nothing renders is made, and told', async () => {
    const it = open();
    const { notes } = await addTwice(it, 'certificate', 'shop', '--service', 'shop-db');
    expect(notes.join()).toContain('production/shop renders no Service shop-db');
  });

  test('a route to a Service that the app really renders, and no other', async () => {
    const it = open();
    const result = await addTwice(it, 'route', 'shop', '--service', 'shop-web:80');
    expect(pathsOf(result)).toEqual([`${AT}/kustomization.yaml`, `${AT}/resources/httproute.yaml`]);
    expect(addedLines(it.root)).toEqual(['  - resources/httproute.yaml']);
    const wrong = await it.run('route', 'shop', '--host', 'x', '--service', 'shop-db:5432');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('shop-web:80')]);
    const rpc = await addTwice(
      it,
      'route',
      'shop',
      '--kind',
      'grpc',
      '--host',
      'rpc',
      '--service',
      'shop-rpc:9000',
    );
    expect(pathsOf(rpc)).toContain(`${AT}/resources/grpcroute.yaml`);
    const taken = await it.run('route', 'notes', '--host', 'rpc', '--service', 'notes:8000');
    expect([taken.code, taken.stderr]).toEqual([
      2,
      expect.stringContaining('is already used by production/shop'),
    ]);
  });

  test('a second route of an app gets a name and a file of its own', async () => {
    const it = open();
    await addTwice(it, 'route', 'shop', '--service', 'shop-web:80');
    const second = await addTwice(it, 'route', 'shop', '--host', 'cart', '--service', 'shop-web:80');
    expect(pathsOf(second)).toContain(`${AT}/resources/cart-httproute.yaml`);
  });

  test('a wildcard is a host too; more hosts than a route takes make several routes', async () => {
    const it = open();
    await addTwice(it, 'route', 'shop', '--service', 'shop-web:80');
    const wild = await addTwice(
      it,
      'route',
      'shop',
      '--host',
      '*.tenants.example.org',
      '--service',
      'shop-web:80',
    );
    const file = `${AT}/resources/tenants-httproute.yaml`;
    expect(pathsOf(wild)).toContain(file);
    const read = (name: string): string => readFileSync(path.join(it.root, name), 'utf8');
    expect(read(file)).toContain('name: tenants\n');
    expect(read(file)).toMatch(/- ["']\*\.tenants\.example\.org["']\n/);
    const hosts = Array.from({ length: 17 }, (_, index) => ['--host', `t${index}.example.org`]);
    await addTwice(it, 'route', 'shop', ...hosts.flat(), '--service', 'shop-web:80');
    const [first = '', second = ''] = read(`${AT}/resources/t0-httproute.yaml`).split('---\n');
    const hostsOf = (text: string): number => text.match(/- t\d+\.example\.org/g)?.length ?? 0;
    expect([hostsOf(first), hostsOf(second)]).toEqual([16, 1]);
    expect([first.match(/name: t0\n/)?.length, second.match(/name: t0-hosts-2\n/)?.length]).toEqual([1, 1]);
    for (const host of ['*', 'a.*.example.org', '**.example.org']) {
      const wrong = await it.run('route', 'shop', '--host', host, '--service', 'shop-web:80', '--yes');
      expect([host, wrong.code]).toEqual([host, 2]);
    }
  });

  test('a secret: the stub that workloads wait for, listed only once it is sealed', async () => {
    const it = open();
    const result = await addTwice(it, 'secret', 'shop');
    expect(pathsOf(result)).toEqual([`${AT}/resources/shop-db-sealedsecret.yaml`]);
    expect(result.notes.at(-1)).toMatch(`${AT}/resources/shop-db-sealedsecret.yaml waits for its values`);
    expect(addedLines(it.root)).toEqual([]);
  });

  test('a secret that was sealed meanwhile stays as it is', async () => {
    const it = open();
    await addTwice(it, 'secret', 'shop', '--secret', 'api:token');
    const file = path.join(it.root, AT, 'resources/api-sealedsecret.yaml');
    writeFileSync(file, `# ours\n${readFileSync(file, 'utf8').replace('REPLACE_ME', 'AgBy')}`);
    const again = readAs('add', (await it.run('secret', 'shop', '--secret', 'api:token', '--json')).stdout);
    expect(again).toMatchObject({ changes: [], next: [] });
    const more = await it.run('secret', 'shop', '--secret', 'api:token,user');
    expect([more.code, more.stderr]).toEqual([6, expect.stringContaining('already exists')]);
  });

  test('storage of a known class, mounted as claims of that class usually are', async () => {
    const it = open();
    const unknown = await it.run('storage', 'shop', '--storage', 'unheard-of:1Gi');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Known: ceph-block')]);
    await addTwice(it, 'storage', 'shop', '--storage', 'ceph-block:5Gi');
    expect(readFileSync(path.join(it.root, AT, 'resources/pvc.yaml'), 'utf8')).toContain('storage: 5Gi');
    const other = await it.run('storage', 'shop', '--storage', 'ceph-block:9Gi');
    expect([other.code, other.stderr]).toEqual([6, expect.stringContaining('--name')]);
    await addTwice(it, 'storage', 'shop', '--storage', 'ceph-block:9Gi', '--name', 'shop-files');
  });

  test('an app without a namespace of its own: the run says where new objects land', async () => {
    const it = open();
    writeFiles(it.root, { 'production/bare/kustomization.yaml': 'resources: []\n' });
    const result = await addTwice(it, 'storage', 'bare', '--storage', 'ceph-block:1Gi');
    expect(result.notes.join()).toContain('production/bare sets no namespace');
  });

  test('the common name of an authority has at most 64 characters', async () => {
    const it = open();
    const name = `${'a'.repeat(61)}-b`;
    writeFiles(it.root, {
      'production/bare/kustomization.yaml': 'namespace: bare\nresources: [service.yaml]\n',
      'production/bare/service.yaml': `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {ports: [{port: 80}]}\n`,
    });
    await addTwice(it, 'certificate', 'bare', '--service', name);
    const made = readFileSync(
      path.join(it.root, `production/bare/resources/${name}-certificate.yaml`),
      'utf8',
    );
    const [, common = ''] = /commonName: (.*)/.exec(made) ?? [];
    expect([common.length, common]).toEqual([63, name]);
    expect(made).toContain(`secretName: ${name}-ca`);
  });

  test('a certificate for TLS inside of the cluster, and its reflection elsewhere', async () => {
    const it = open();
    const made = await addTwice(it, 'certificate', 'shop', '--service', 'shop-web');
    expect(addedLines(it.root)).toEqual(['  - resources/shop-web-certificate.yaml']);
    expect(made.notes.join()).toContain('no app of the repository installs cert-manager');
    commitAll(it.root);
    await addTwice(
      it,
      'reflection',
      'shop',
      '--object',
      'Certificate/shop-web-ca',
      '--to',
      'build',
      '--to',
      'ci',
    );
    expect(addedLines(it.root)).toHaveLength(6);
    const wrong = await it.run('reflection', 'shop', '--object', 'Secret/none', '--to', 'ci');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Certificate/shop-web-ca')]);
  });

  test('a rewrite for the hosts of the app’s own route', async () => {
    const it = open();
    const target = 'envoy.gateway.svc.cluster.local';
    const result = await addTwice(it, 'rewrite', 'wiki', '--target', target);
    expect(pathsOf(result)).toEqual(['production/dns/values/coredns-1.0.0.yaml']);
    expect(result.next[0]).toMatch(/kustomize build .* production\/dns$/);
    expect(addedLines(it.root).filter(line => line.includes(target)).length).toBeGreaterThan(0);
  });
});

test.runIf(canRender)('after all of it the app still builds, without a network', async () => {
  const it = open();
  const chart = ['--chart', 'store', '--repo', charts.url];
  await addTwice(it, 'chart', 'notes', ...chart, '--release', 'notes-store');
  await addTwice(
    it,
    'route',
    'notes',
    '--host',
    'rpc',
    '--kind',
    'grpc',
    '--service',
    'notes-store-rpc:9000',
  );
  await addTwice(it, 'storage', 'notes', '--storage', 'ceph-block:1Gi', '--name', 'more');
  await addTwice(it, 'certificate', 'notes', '--service', 'notes');
  const kinds = renderOffline(it.root, 'production/notes').map(({ kind, name }) => `${kind}/${name}`);
  expect(kinds).toEqual(
    expect.arrayContaining([
      'GRPCRoute/notes',
      'PersistentVolumeClaim/more',
      'Certificate/notes-tls',
      'Deployment/notes-store-web',
    ]),
  );
});

describe('the command line', () => {
  test.each([
    ['nothing', [], /what to add is missing/],
    ['something else', ['cake', 'shop'], /unknown kind of addition cake/],
    ['no app', ['secret', '--secret', 'a:b'], /<app>/],
    ['an app that is not there', ['secret', 'shopp', '--secret', 'a:b'], /there is no app shopp/],
    [
      'a flag of another addition',
      ['secret', 'shop', '--storage', 'ceph-block:1Gi'],
      /does not go with add secret/,
    ],
    ['a kind of route that is none', ['route', 'shop', '--kind', 'tcp'], /not one of http, grpc, tls/],
  ])('%s is refused, and nothing is written', async (_, args, message) => {
    const it = open();
    const before = readTree(it.root);
    const result = await it.run(...args);
    expect([result.code, result.stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(readTree(it.root)).toEqual(before);
  });

  test('--dry-run shows what would change and writes nothing; help is in both languages', async () => {
    const it = open();
    const before = readTree(it.root);
    const result = await it.run('secret', 'shop', '--secret', 'a:b', '--dry-run', '--lang', 'zh-CN');
    expect([result.code, result.stdout]).toEqual([0, expect.stringContaining('将更改 production/shop')]);
    expect(readTree(it.root)).toEqual(before);
    const help = [await it.run('--help'), await it.run('--help', '--lang', 'zh-CN')];
    expect(help.map(({ stdout }) => stdout.split('\n')[2])).toEqual([
      'a chart, route, secret, storage or TLS certificate for an app that exists',
      '为已有应用添加 chart、路由、Secret、存储（storage）或 TLS 证书',
    ]);
  });
});

test.runIf(hasTerminals)(
  'in a terminal: what, which app, the rest, a preview, and only then it is written',
  async () => {
    const it = open();
    const env = testEnv(it.home, { TERM: 'xterm' });
    const terminal = new PseudoTerminal(`${process.execPath} ${BIN} add`, { cwd: it.root, env });
    await terminal.sees(/What is added\?/);
    terminal.types(DOWN + DOWN + DOWN + ENTER);
    await terminal.sees(/Which app\?/);
    terminal.types('shop');
    await terminal.sees(/Which app\? shop\n❯ production\/shop\n/);
    terminal.types(ENTER);
    await terminal.sees(/Storage, class:size/);
    terminal.types(`ceph-block:2Gi${ENTER}`);
    await terminal.sees(/Access mode/);
    terminal.types(ENTER);
    await terminal.sees(/Write these files\?/);
    expect(addedLines(it.root)).toEqual([]);
    terminal.types(ENTER);
    expect(await terminal.ended).toBe(0);
    expect(terminal.text).toContain('slipway add storage production/shop --storage ceph-block:2Gi');
    expect(addedLines(it.root)).toEqual(['  - resources/pvc.yaml']);
  },
);
