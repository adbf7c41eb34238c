import { describe, expect, test } from 'vitest';
import { twinApp } from '../../../src/features/check/rules/twin-app.ts';
import type { RepositoryFacts } from '../../../src/features/check/facts/repository-facts.ts';
import { affordable } from '../../support/measured.ts';
import { checkFiles } from '../../support/check-case.ts';

const NOTHING = { rendered: new Map(), tools: undefined, news: undefined };

async function check(files: Record<string, string>): Promise<string[]> {
  const { findings } = await checkFiles(new Map(Object.entries(files)), NOTHING);
  return findings.map(({ code, file, message }) => `${code} ${file}: ${message.en}`);
}

function object(kind: string, name: string, rest = ''): string {
  return `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}`;
}

function ks(name: string, path: string, targetNamespace: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\nspec:\n  path: ${path}\n  targetNamespace: ${targetNamespace}\n`;
}

const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
spec:
  gatewayClassName: envoy
  listeners:
  - name: http
    port: 80
    protocol: HTTP
`;

const route = (spec: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
${spec}`;

describe('what another team does otherwise is no fault', () => {
  test('a host may be taken once in each cluster', async () => {
    const hosted = route('  hostnames: [web.example.org]\n');
    const found = async (second: string): Promise<string[]> =>
      (
        await check({
          'clusters/one/apps.yaml': ks('apps', './apps/one', 'a'),
          'clusters/two/apps.yaml': ks('apps', './apps/two', 'a'),
          'apps/one/web/kustomization.yaml': 'resources: [r.yaml]\n',
          'apps/one/web/r.yaml': hosted,
          [`apps/${second}/copy/kustomization.yaml`]: 'resources: [r.yaml]\n',
          [`apps/${second}/copy/r.yaml`]: hosted.replace('name: web', 'name: copy'),
        })
      ).filter(line => line.startsWith('route-host-taken'));
    expect(await found('two')).toEqual([]);
    expect(await found('one')).toHaveLength(1);
  });

  test('what the kustomization of another app lists is listed', async () => {
    const found = async (entry: string): Promise<string[]> =>
      (
        await check({
          'base/a/kustomization.yaml': 'resources: [a.yaml]\n',
          'base/a/a.yaml': object('ConfigMap', 'a'),
          'base/a/b.yaml': object('ConfigMap', 'b'),
          'apps/b/kustomization.yaml': `resources: [${entry}]\n`,
        })
      ).filter(line => line.startsWith('present-but-unlisted'));
    expect(await found('../../base/a/b.yaml')).toEqual([]);
    expect(await found('../../base/a')).toHaveLength(1);
  });

  test('what a kustomization of its own lists, deeper in the folder of an app, is listed', async () => {
    const found = await check({
      'apps/a/kustomization.yaml': 'resources: [resources/a.yaml]\n',
      'apps/a/resources/a.yaml': object('ConfigMap', 'a'),
      'apps/a/b/kustomization.yaml': 'resources: [./resources/b.yaml]\n',
      'apps/a/b/resources/b.yaml': object('ConfigMap', 'b'),
      'apps/a/application.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\nspec:\n  source:\n    repoURL: https://git.example/r\n    path: apps/a\n`,
    });
    expect(found.filter(line => line.startsWith('present-but-unlisted'))).toEqual([]);
  });

  test('labels that the kustomization adds count for what selects them', async () => {
    const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: w\nspec:\n  selector:\n    matchLabels: {app: w}\n  template:\n    metadata:\n      labels: {part: w}\n    spec:\n      containers:\n      - name: w\n        image: w:1\n`;
    const refused = async (more: string): Promise<string[]> =>
      (
        await check({
          'apps/a/kustomization.yaml': `namespace: a\nresources: [d.yaml]\n${more}`,
          'apps/a/d.yaml': deployment,
        })
      ).filter(line => line.startsWith('object-refused'));
    expect(await refused('labels:\n- includeTemplates: true\n  pairs: {app: w}\n')).toEqual([]);
    expect(await refused('')).toHaveLength(1);
  });

  test('builds for one cluster each may use the same name of a release', async () => {
    const chart =
      'helmCharts:\n- name: net\n  repo: https://charts.example.org\n  version: 1.0.0\n  releaseName: net\n  namespace: a\n';
    const taken = async (list: string): Promise<string[]> =>
      (
        await check({
          'apps/a/kustomization.yaml': `resources: [${list}]\n`,
          'apps/a/one/kustomization.yaml': chart,
          'apps/a/two/kustomization.yaml': chart,
        })
      ).filter(line => line.startsWith('chart-release-name'));
    expect(await taken('')).toEqual([]);
    expect(await taken('one, two')).toHaveLength(1);
  });

  test('an entry whose chart lies in the home of charts needs no version, and no address', async () => {
    const found = (folder: string) =>
      check({
        'apps/a/kustomization.yaml':
          'helmGlobals: {chartHome: ../base}\nhelmCharts:\n- name: own\n  repo: ../base\n  releaseName: own\n  namespace: a\n',
        'apps/base/.gitignore': 'charts/\n',
        [`apps/base/${folder}/Chart.yaml`]: 'apiVersion: v2\nname: own\nversion: 0.1.0\n',
      });
    const codes = async (folder: string): Promise<string[]> =>
      (await found(folder))
        .map(line => line.split(' ', 1)[0] ?? '')
        .filter(code => code.startsWith('chart-repo'));
    expect(await codes('own')).toEqual([]);
    expect(await codes('other')).toEqual(['chart-repo-url', 'chart-repo-version-pair']);
  });

  test('a route in the namespace of another app leads to what that app makes', async () => {
    const backend = '  rules:\n  - backendRefs:\n    - {name: longhorn, port: 80}\n';
    const files = (namespace: string): Record<string, string> => ({
      'apps/gateway/kustomization.yaml': 'namespace: gateway\nresources: [gateway.yaml]\n',
      'apps/gateway/gateway.yaml': GATEWAY,
      'apps/routes/kustomization.yaml': 'resources: [route.yaml, service.yaml]\n',
      'apps/routes/route.yaml': route(backend).replace('name: web', `name: web\n  namespace: ${namespace}`),
      'apps/routes/service.yaml': object('Service', 'own', 'spec:\n  ports:\n  - port: 80\n'),
      'apps/longhorn/kustomization.yaml': 'namespace: longhorn-system\nresources: [a.yaml]\n',
      'apps/longhorn/a.yaml': object('ConfigMap', 'a'),
    });
    const found = async (namespace: string): Promise<string[]> =>
      (await check(files(namespace))).filter(line => line.startsWith('route-backend'));
    expect(await found('longhorn-system')).toEqual([]);
    expect(await found('routes')).toHaveLength(1);
  });

  test('a template of Helm that nothing builds, wherever it lies', async () => {
    const template = '{{- if .Values.crds.install }}\napiVersion: v1\n{{- end }}\n';
    const syntax = async (list: string): Promise<string[]> =>
      (
        await check({
          'apps/a/kustomization.yaml': `resources: [${list}]\n`,
          'apps/a/a.yaml': object('ConfigMap', 'a'),
          'apps/a/conf/crds/crd.yaml': template,
        })
      ).filter(line => line.startsWith('yaml-syntax'));
    expect(await syntax('a.yaml')).toEqual([]);
    expect(await syntax('a.yaml, conf/crds/crd.yaml')).toHaveLength(1);
  });

  test('a name that an overlay is to put there, and an image that Flux only asks for its tags', async () => {
    const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: w\nspec:\n  selector:\n    matchLabels: {app: w}\n  template:\n    metadata:\n      labels: {app: w}\n    spec:\n      containers:\n      - name: w\n        image: w:1\n        envFrom: [{secretRef: {name: REPLACE_IN_OVERLAY}}]\n`;
    const files = {
      'apps/a/kustomization.yaml': 'namespace: a\nresources: [d.yaml, i.yaml]\n',
      'apps/a/d.yaml': deployment,
      'apps/a/i.yaml':
        'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageRepository\nmetadata: {name: w}\nspec: {image: ghcr.io/team/w}\n',
    };
    expect(await check(files)).toEqual([]);
    const found = await check({
      ...files,
      'apps/a/d.yaml': deployment
        .replace('REPLACE_IN_OVERLAY', 'Not_A_Name')
        .replace('w:1', 'ghcr.io/team/w'),
    });
    expect(found.map(line => line.split(' ')[0])).toEqual(['image-tag-mutable', 'object-refused']);
  });

  test('an object that a patch may still mend', async () => {
    const service = object('Service', 'a', 'spec:\n  ports:\n  - port: 0\n');
    const refused =
      'object-refused apps/a/service.yaml: the API server refuses Service a: spec.ports[0].port is 0; the API server takes 1 to 65535';
    const files = { 'apps/a/service.yaml': service, 'apps/b/kustomization.yaml': 'resources: []\n' };
    const built = (more: string): Record<string, string> => ({
      ...files,
      'apps/a/kustomization.yaml': `resources: [service.yaml]\n${more}`,
    });
    expect(await check(built(''))).toEqual([refused]);
    expect(await check(built('patches: [{path: patch.yaml}]\n'))).not.toContain(refused);
  });

  test('the only version that the CRDs here serve, whatever came later', async () => {
    const SCHEMA = 'schema: {openAPIV3Schema: {type: object}}';
    const served = (versions: string): string =>
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: tlsroutes.gateway.networking.k8s.io}\nspec:\n  group: gateway.networking.k8s.io\n  names: {kind: TLSRoute}\n  versions: ${versions}\n`;
    const files = {
      'apps/a/kustomization.yaml': 'resources: [route.yaml]\n',
      'apps/a/route.yaml':
        'apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TLSRoute\nmetadata: {name: a}\nspec: {}\n',
      'apps/b/kustomization.yaml': 'resources: [crds.yaml]\n',
    };
    const crds = served(
      `[{name: v1alpha2, served: true, ${SCHEMA}}, {name: v1alpha3, served: true, storage: true, ${SCHEMA}}]`,
    );
    expect(await check({ ...files, 'apps/b/crds.yaml': crds })).toEqual([]);
    const later = await check({
      ...files,
      'apps/b/crds.yaml': served(`[{name: v1, served: true, storage: true, ${SCHEMA}}]`),
    });
    expect(later).toEqual([
      'kind-not-served apps/a/route.yaml: TLSRoute a uses gateway.networking.k8s.io/v1alpha2; the CRDs of this repository serve gateway.networking.k8s.io/v1',
    ]);
  });

  test('namespaces, CRDs, overrides and charts that are not ignored', async () => {
    const chart = (name: string): string =>
      `namespace: tools\nhelmCharts:\n- name: ${name}\n  repo: https://charts.example\n  version: 1.0.0\n  releaseName: ${name}\n  namespace: tools\n  valuesFile: values.yaml\n`;
    expect(
      await check({
        'apps/a/kustomization.yaml': chart('a'),
        'apps/a/values.yaml': 'replicas: 2\n',
        'apps/a/charts/a-1.0.0/a/values.yaml': 'replicas: 1\nimage: x\n',
        'apps/b/kustomization.yaml': chart('b'),
        'apps/b/values.yaml': 'replicas: 2\n',
        'infra/a/kustomization.yaml': 'resources: []\n',
      }),
    ).toEqual([]);
  });

  test('a chart without a namespace where the kustomization has none', async () => {
    expect(
      await check({
        'apps/a/kustomization.yaml':
          'helmCharts:\n- name: a\n  repo: https://charts.example\n  version: 1.0.0\n  releaseName: a\n',
        'apps/b/kustomization.yaml': 'resources: []\n',
      }),
    ).toEqual([]);
  });
});

describe('namespaces are those of what deploys a folder', () => {
  const files = {
    'apps/net/gate/ks.yaml': ks('gate', './apps/net/gate/app', 'edge-system'),
    'apps/net/gate/app/kustomization.yaml': 'resources: [gateway.yaml, route.yaml]\n',
    'apps/net/gate/app/gateway.yaml': GATEWAY,
    'apps/net/gate/app/route.yaml': route('  parentRefs:\n  - name: edge\n  rules: []\n'),
  };

  test('a route beside its Gateway', async () => {
    expect(await check(files)).toEqual([]);
  });

  test('a route that Flux puts elsewhere', async () => {
    const other = {
      'apps/net/wiki/ks.yaml': ks('wiki', './apps/net/wiki/app', 'wiki'),
      'apps/net/wiki/app/kustomization.yaml': 'resources: [route.yaml]\n',
      'apps/net/wiki/app/route.yaml': route(
        '  parentRefs:\n  - name: edge\n    namespace: edge-system\n  rules: []\n',
      ),
    };
    expect(await check({ ...files, ...other })).toEqual([
      'route-parent apps/net/wiki/app/route.yaml: the listener http of the Gateway edge takes no routes of the namespace wiki',
    ]);
  });
});

describe('objects that a build leaves without a namespace', () => {
  const homeless = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: undefined, chart: undefined };
  const facts = {
    objects: [homeless],
    releases: [],
    open: [],
    services: [],
    images: [],
    scopes: {},
    served: {},
    refused: [],
    invalid: [],
    unchecked: undefined,
    cutSchemas: [],
    warnings: [],
  };
  const rendered = (folder: string) =>
    new Map([[folder, { state: { status: 'rendered' as const, facts }, key: '' }]]);
  const codes = async (files: Record<string, string>, folder: string): Promise<string[]> => {
    const found = await checkFiles(new Map(Object.entries(files)), {
      ...NOTHING,
      rendered: rendered(folder),
    });
    return found.findings.map(({ code }) => code);
  };

  test('get it from Flux', async () => {
    const files = {
      'apps/net/wiki/ks.yaml': ks('wiki', './apps/net/wiki/app', 'wiki'),
      'apps/net/wiki/app/kustomization.yaml': 'namespace: other\n',
    };
    expect(await codes(files, 'apps/net/wiki/app')).toEqual([]);
  });

  test('get it from whatever deploys them, where no kustomization names one', async () => {
    expect(await codes({ 'apps/wiki/kustomization.yaml': 'resources: []\n' }, 'apps/wiki')).toEqual([]);
  });

  test('are named where the kustomization means to give them one', async () => {
    const files = { 'apps/wiki/kustomization.yaml': 'namespace: tools\n' };
    expect(await codes(files, 'apps/wiki')).toEqual(['object-namespace']);
  });
});

test('what a component routes to comes from the app that takes it', async () => {
  expect(
    await check({
      'web/base/kustomization.yaml': 'resources: [service.yaml]\n',
      'web/base/service.yaml': object('Service', 'web', 'spec:\n  ports:\n  - port: 80\n'),
      'web/components/route/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [route.yaml]\n',
      'web/components/route/route.yaml': route(
        '  parentRefs:\n  - name: edge\n    namespace: edge\n  rules:\n  - backendRefs:\n    - name: web\n      port: 80\n',
      ),
      'web/overlays/live/kustomization.yaml':
        'resources: [../../base]\ncomponents: [../../components/route]\n',
      'edge/gateway/kustomization.yaml': 'namespace: edge\nresources: [gateway.yaml]\n',
      'edge/gateway/gateway.yaml': GATEWAY.replace(
        '    protocol: HTTP\n',
        '    protocol: HTTP\n    allowedRoutes:\n      namespaces:\n        from: All\n',
      ),
    }),
  ).toEqual([]);
});

describe('apps without a kustomization', () => {
  const secret = object('Secret', 's', 'stringData:\n  token: hunter22\n');

  test('manifests that Flux deploys as they are: what holds for others holds for them', async () => {
    const files = {
      'clusters/one.yaml': ks('all', './live/apps', 'edge-system'),
      'live/apps/web/secret.yaml': secret,
      'live/apps/web/gateway.yaml': GATEWAY,
      'live/apps/web/route.yaml': route(
        '  parentRefs:\n  - name: edge\n    sectionName: https\n  rules: []\n',
      ),
      'elsewhere/secret.yaml': secret,
    };
    expect(await check(files)).toEqual([
      'route-parent live/apps/web/route.yaml: the Gateway edge has no listener https',
      'secret-plaintext live/apps/web/secret.yaml: the Secret s keeps token in plain text',
    ]);
  });

  test('a chart of the repository: its values count', async () => {
    const files = {
      'system/dns/Chart.yaml': 'apiVersion: v2\nname: dns\nversion: 0.0.0\n',
      'system/dns/values.yaml': 'dns:\n  url: https://admin:hunter22@db.example/x\n',
    };
    expect(await check(files)).toEqual([
      'secret-value system/dns/values.yaml: a password in a URL in plain text',
    ]);
  });
});

describe('one host on two Gateways', () => {
  const twice = (one: string, other: string) => {
    const at = (name: string, parent: string): string =>
      route(`  parentRefs:\n  - ${parent}\n  hostnames: [git.example]\n  rules: []\n`).replace(
        'name: web',
        `name: ${name}`,
      );
    return check({
      'apps/a/kustomization.yaml': 'resources: [in.yaml, out.yaml, gateway.yaml]\n',
      'apps/a/in.yaml': at('in', one),
      'apps/a/out.yaml': at('out', other),
      'apps/a/gateway.yaml': ['inside', 'outside']
        .map(name => GATEWAY.replace('name: edge', `name: ${name}`))
        .join('---\n'),
    });
  };

  test('one of the inside, one of the outside: neither takes what the other has', async () => {
    expect(await twice('name: inside', 'name: outside')).toEqual([]);
  });

  test('the same twice', async () => {
    expect((await twice('name: inside', '{ name: inside, sectionName: http }')).join()).toMatch(
      /^route-host-taken/,
    );
  });
});

describe('two folders of one name', () => {
  const files = {
    'shop/base/kustomization.yaml': 'namespace: shop\n',
    'wiki/base/kustomization.yaml': 'namespace: wiki\n',
  };

  test('are no twins where nothing names Applications after folders', async () => {
    expect(await check(files)).toEqual([]);
  });

  test('are twins where ApplicationSets do', async () => {
    const set = (folder: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata:\n  name: ${folder}\nspec:\n  generators:\n  - git:\n      directories:\n      - path: ${folder}/*\n  template:\n    metadata:\n      name: '{{path.basename}}'\n    spec:\n      source:\n        path: '{{path}}'\n`;
    expect(await check({ ...files, 'sets.yaml': `${set('shop')}---\n${set('wiki')}` })).toEqual([
      'twin-app wiki/base/kustomization.yaml: shop/base has the same name, so both become the Application base',
    ]);
  });

  test('10 000 environments under as many paths of a set cost no more than looking at each', () => {
    const environments = Array.from({ length: 10_000 }, (_, at) => `fleet/env${at}`);
    const place = { name: 'base', namespace: undefined, isPart: false, routes: [] };
    const apps = environments.map(environment => ({ ...place, folder: `${environment}/base`, environment }));
    const elements = environments.map(environment => ({ path: `${environment}/base` }));
    const set = {
      spec: { generators: [{ list: { elements } }], template: { metadata: { name: '{{env}}' } } },
    };
    const facts = { apps, applications: [], applicationSets: [set] } as unknown as RepositoryFacts;
    expect(affordable(() => twinApp.check(facts))).toHaveLength(9999);
  });
});

describe('files that no kustomization lists', () => {
  const app = (more: Record<string, string>, kustomization = 'resources: [a.yaml]\n') =>
    check({
      'apps/a/kustomization.yaml': kustomization,
      'apps/a/a.yaml': object('ConfigMap', 'a'),
      ...more,
    });

  test('a manifest is one', async () => {
    expect(await app({ 'apps/a/b.yaml': object('ConfigMap', 'b') })).toEqual([
      'present-but-unlisted apps/a/b.yaml: ConfigMap b is not in any kustomization',
    ]);
  });

  test.each([
    ['an example', 'apps/a/example.yaml', object('ConfigMap', 'b')],
    ['a sample', 'apps/a/b.sample.yaml', object('ConfigMap', 'b')],
    ['a Job that is run by hand', 'apps/a/b.yaml', object('Job', 'b')],
    [
      'a Secret to be filled in',
      'apps/a/b.yaml',
      object('Secret', 'b', 'stringData:\n  password: changeme\n'),
    ],
  ])('%s is none', async (_, file, text) => {
    expect(await app({ [file]: text })).toEqual([]);
  });

  test('what ksops decrypts is listed', async () => {
    const ksops = 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata:\n  name: g\nfiles: [./b.yaml]\n';
    const files = { 'apps/a/g.yaml': ksops, 'apps/a/b.yaml': object('ConfigMap', 'b') };
    expect(await app(files, 'resources: [a.yaml]\ngenerators: [g.yaml]\n')).toEqual([]);
  });

  test('so is a patch in the old form', async () => {
    const files = { 'apps/a/b.yaml': object('ConfigMap', 'b') };
    const found = await app(files, 'resources: [a.yaml]\npatches:\n- b.yaml\n');
    expect(found.filter(line => line.startsWith('present'))).toEqual([]);
  });
});

test('a file with places for another program to write lines to', async () => {
  const text = 'hosts:\n  <FIRST_HOST_LINES>\n  port: 80\n';
  const files = { 'apps/a/kustomization.yaml': 'resources: [a.yaml]\n', 'apps/a/values.yaml': text };
  expect(await check({ ...files, 'apps/a/a.yaml': object('ConfigMap', 'a') })).toEqual([]);
  const odd = text.replace('<FIRST_HOST_LINES>', '<first>');
  expect((await check({ ...files, 'apps/a/values.yaml': odd })).join()).toContain('yaml-syntax');
});

test.each(['rtsp://view:{CAMERA_PASSWORD}@camera.example/live', 'http://a:${PASS}@b.example'])(
  '%s holds no password',
  async url => {
    const data = `data:\n  url: ${url}\n`;
    expect(
      await check({
        'apps/a/kustomization.yaml': 'resources: [a.yaml]\n',
        'apps/a/a.yaml': object('ConfigMap', 'a', data),
      }),
    ).toEqual([]);
  },
);

test('a file that goes into a ConfigMap as it is need not be YAML; one that is built has to', async () => {
  const template = 'url: {{ .url }}\n';
  const files = { 'apps/a/files/alerts.yaml': template };
  const generator = 'configMapGenerator:\n- name: a\n  files: [files/alerts.yaml]\n';
  expect(await check({ 'apps/a/kustomization.yaml': generator, ...files })).toEqual([]);
  const built = `${generator}resources: [files/alerts.yaml]\n`;
  expect((await check({ 'apps/a/kustomization.yaml': built, ...files })).join()).toContain('yaml-syntax');
});

describe('Secrets', () => {
  const secret = (data: string, more: Record<string, string> = {}) =>
    check({
      'apps/a/kustomization.yaml': 'resources: [secret.yaml]\n',
      'apps/a/secret.yaml': object('Secret', 's', data),
      ...more,
    });

  test.each([
    ['a value to be filled in', 'stringData:\n  token: YOUR_TOKEN\n  password: __REPLACE_ME__\n'],
    ['the same in base64', `data:\n  token: ${Buffer.from('changeme').toString('base64')}\n`],
    ['settings that have to lie in one', 'stringData:\n  roles.yml: |\n    reader:\n      indices: [logs]\n'],
    ['what switches something', 'stringData:\n  insecure: "false"\n  access_key: my_access_key\n'],
    [
      'names that look mixed',
      'stringData:\n  alerts.yml: |\n    alertname: SDNPodNotReady|KubePodCrashLooping\n',
    ],
    ['the place of something', 'stringData:\n  keyStorePath: /etc/keys/store.jks\n  bucketName: backups\n'],
    [
      'who is meant',
      'stringData:\n  AZURE_CLIENT_ID: 0f8fad5b-d9cb-469f-a165-70867728950e\n  SYNC_PERIOD: 12h\n',
    ],
    [
      'how much is written down, and for whom',
      'stringData:\n  APP_LOG_LEVEL: info\n  HOST: http://app.example.org\n  TIMEZONE: Europe/Berlin\n',
    ],
    ['a switch that speaks of logins', 'stringData:\n  USE_WORKLOAD_IDENTITY_AUTH: "true"\n'],
    [
      'a cluster of Argo CD without a login',
      'stringData:\n  name: here\n  server: https://kubernetes.default.svc\n  config: \'{"tlsClientConfig":{"insecure":false}}\'\n',
    ],
    [
      'what goes with a value that another scanner was told of',
      'stringData:\n  DATABASE_USER: app\n  DATABASE_KIND: postgres\n  DATABASE_PASSWORD: hunter22 # gitleaks:allow\n',
    ],
    ['what another scanner was told of', 'stringData:\n  token: hunter22 # gitleaks:allow\n'],
  ])('%s is none', async (_, data) => {
    expect(await secret(data)).toEqual([]);
  });

  test.each([
    ['a value', 'stringData:\n  token: hunter22\n'],
    ['settings with a password', 'stringData:\n  app.properties: |\n    db.password=hunter22\n'],
    [
      'a cluster with its token',
      'stringData:\n  name: there\n  config: \'{"bearerToken":"hunter22-and-more"}\'\n',
    ],
    ['users with their passwords', 'stringData:\n  users.properties: |\n    anne=anne01\n'],
    ['a place beside a value', 'stringData:\n  bucketName: backups\n  secretKey: hunter22\n'],
  ])('%s is one', async (_, data) => {
    expect((await secret(data)).join()).toMatch(/^secret-plaintext apps\/a\/secret.yaml/);
  });

  test.each([
    ['without anything secret', 'route:\n  receiver: mail\n', 0],
    ['with a password', 'smtp_auth_password: hunter22\n', 1],
    ['with a webhook', 'url: https://hooks.slack.com/services/T0/B0/xyz\n', 1],
  ])('a generator of a settings file %s', async (_, text, count) => {
    const found = await check({
      'apps/a/kustomization.yaml': 'secretGenerator:\n- name: s\n  files: [alerts.yaml]\n',
      'apps/a/alerts.yaml': text,
    });
    expect(found.filter(line => line.startsWith('secret-plaintext'))).toHaveLength(count);
  });

  test.each([
    ['settings alone', '[AWS_REGION=garage, endpoint=http://garage.storage]', 0],
    ['a key beside a setting', '[AWS_REGION=garage, AWS_SECRET_KEY=hunter22x]', 1],
  ])('a generator of literals, %s', async (_, literals, count) => {
    const found = await check({
      'apps/a/kustomization.yaml': `secretGenerator:\n- name: s\n  literals: ${literals}\n`,
    });
    expect(found.filter(line => line.startsWith('secret-plaintext'))).toHaveLength(count);
  });

  test('in values beside a Chart.yaml only what looks random counts', async () => {
    const values = (password: string): Promise<string[]> =>
      check({
        'charts/a/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
        'charts/a/templates/a.yaml': object('ConfigMap', 'a'),
        'charts/a/values.yaml': `smtp:\n  name: user\n  password: ${password}\n`,
        'charts/a/ci/test-values.yaml': 'auth:\n  password: pass\n',
        'apps/a/kustomization.yaml': 'resources: [a.yaml]\n',
        'apps/a/a.yaml': object('ConfigMap', 'a'),
        'argo/a.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\nspec:\n  source:\n    repoURL: https://git.example/r\n    path: charts/a\n  destination:\n    namespace: a\n`,
      });
    expect(await values('pass')).toEqual([]);
    expect(await values('x7Kq-9dPz2mWv4Rt')).toEqual([
      'secret-value charts/a/values.yaml: a password or key in plain text (password)',
    ]);
  });

  test('values that an overlay gives a release are not looked for in the base', async () => {
    const release = (map: string): string =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: base-web\nspec:\n  interval: 5m\n  chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: r}}}\n  valuesFrom:\n  - kind: ConfigMap\n    name: ${map}\n`;
    const missing = async (patch: string): Promise<string[]> =>
      (
        await check({
          'apps/base/web/kustomization.yaml': 'resources: [r.yaml]\n',
          'apps/base/web/r.yaml': release('web-values'),
          'apps/web/kustomization.yaml': `resources: [../base/web]\npatches:\n- path: p.yaml\n  target: {kind: HelmRelease, name: base-web}\nconfigMapGenerator:\n- name: own-values\n  files: [values.yaml]\n`,
          'apps/web/values.yaml': 'a: 1\n',
          'apps/web/p.yaml': patch,
        })
      ).filter(line => line.startsWith('release-values-missing'));
    expect(await missing(release('own-values'))).toEqual([]);
    expect(
      await missing(release('own-values').replace(/ {2}valuesFrom:[^]*/, '  timeout: 1m\n')),
    ).toHaveLength(1);
  });

  test('the key of an ExternalSecret is a name, and so is what a scanner was told of', async () => {
    const external = `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: e\nspec:\n  data:\n  - secretKey: MQTT5_CONFIG_PASSWORD\n`;
    const env = (mark: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - name: c\n    image: i:1\n    env:\n    - name: DB_PASSWORD\n      value: hunter22${mark}\n`;
    const at = (pod: string) =>
      check({
        'apps/a/kustomization.yaml': 'resources: [e.yaml, p.yaml]\n',
        'apps/a/e.yaml': external,
        'apps/a/p.yaml': pod,
      });
    expect(await at(env(' # pragma: allowlist secret'))).toEqual([]);
    expect(await at(env(''))).toEqual([
      'secret-value apps/a/p.yaml: a password or key in plain text (DB_PASSWORD)',
    ]);
  });

  test('the id of an access key is none beside a reference to the key', async () => {
    const id = ['AKIA', 'ABCDEFGH23456789'].join('');
    const issuer = (reference: string): string =>
      `apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata:\n  name: i\nspec:\n  route53:\n    accessKeyID: ${id}\n    ${reference}\n`;
    const at = (text: string) =>
      check({ 'apps/a/kustomization.yaml': 'resources: [i.yaml]\n', 'apps/a/i.yaml': text });
    expect(await at(issuer('secretAccessKeySecretRef: { name: aws }'))).toEqual([]);
    expect(await at(issuer('region: here'))).toEqual([]);
    const key = ['wJalr7Utn3FEMI/K7MD', 'ENG/bPx4RfiCY0QqZ3kLmN'].join('').slice(0, 40);
    expect(await at(issuer(`secretAccessKey: ${key}`))).toHaveLength(2);
  });
});
