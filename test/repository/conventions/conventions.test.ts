import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../src/repository/configuration.ts';
import { learnConventions } from '../../../src/repository/conventions/conventions.ts';
import { parseRepository } from '../../../src/repository/parse-repository.ts';
import { repositoryText } from '../../support/repository-text.ts';

const GATEWAY = `
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  metadata: {name: edge, namespace: edge-system}
  spec:
    gatewayClassName: envoy
    listeners:
      - {name: http, port: 80, protocol: HTTP}
      - {name: wild-main, port: 443, protocol: HTTPS, hostname: "*.main.example"}
      - {name: wild-short, port: 443, protocol: HTTPS, hostname: "*.m.example"}
      - {name: through, port: 444, protocol: TLS, tls: {mode: Passthrough}}
`;

function route(...hosts: string[]): string {
  return `
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: r}
    spec:
      parentRefs: [{name: edge, namespace: edge-system}]
      hostnames: [${hosts.join(', ')}]
  `;
}

function app(name: string, resources: string[], more = ''): string {
  return `namespace: ${name}\nresources:\n${resources.map(file => `- ${file}`).join('\n')}\n${more}`;
}

const APPS = {
  'image-prefix.yaml': `
    apiVersion: builtin
    kind: PrefixTransformer
    metadata: {name: prefix}
    prefix: mirror.main.example/
    fieldSpecs: [{path: spec/template/spec/containers/image}]
  `,
  'live/edge/kustomization.yaml': app('edge', ['resources/gateway.yaml']),
  'live/edge/resources/gateway.yaml': GATEWAY,
  'live/argo/kustomization.yaml': app(
    'argo',
    ['resources/apps.yaml'],
    'transformers:\n  - ../../image-prefix.yaml\n',
  ),
  'live/argo/resources/apps.yaml': `
    apiVersion: argoproj.io/v1alpha1
    kind: ApplicationSet
    metadata: {name: live}
    spec:
      generators:
        - matrix:
            generators:
              - git: {directories: [{path: live/*}, {path: live/legacy, exclude: true}]}
              - clusters: {}
  `,
  'live/a/kustomization.yaml': app(
    'a',
    ['resources/route.yaml'],
    'transformers:\n  - ../../image-prefix.yaml\n',
  ),
  'live/a/resources/route.yaml': route('a.main.example', 'a.m.example'),
  'live/b/kustomization.yaml': app(
    'b',
    ['resources/route.yaml'],
    'transformers:\n- ../../image-prefix.yaml\n',
  ),
  'live/b/resources/route.yaml': route('bee.main.example', 'bee.m.example', 'www.elsewhere.example'),
  'retired/c/kustomization.yaml': app('c', ['resources/route.yaml']),
  'retired/c/resources/route.yaml': route('c.old.example'),
};

function learn(files: Record<string, string>, config = '') {
  const configuration = parseConfiguration(config);
  const repository = parseRepository(repositoryText(files), configuration.environments);
  return { repository, conventions: learnConventions(repository, configuration) };
}

describe('environments', () => {
  test('are what an ApplicationSet lists, however deep its generators nest', () => {
    const { repository } = learn(APPS);
    expect(repository.environments).toEqual(['live']);
    expect(repository.environmentsEvidence.en).toBe('live/* in an ApplicationSet');
    expect(repository.apps.map(({ name }) => name)).toEqual(['a', 'argo', 'b', 'edge']);
  });

  test('without an ApplicationSet are the folders of kustomized folders, retired ones left out', () => {
    const { repository } = learn({
      'prod/a/kustomization.yaml': 'namespace: a\n',
      'prod/a/nested/kustomization.yaml': 'namespace: a\n',
      'dev/b/kustomization.yml': 'namespace: b\n',
      'disabled/c/kustomization.yaml': 'namespace: c\n',
      'base/d/Kustomization': 'namespace: d\n',
    });
    expect(repository.environments).toEqual(['dev', 'prod']);
  });

  test('configuration wins', () => {
    expect(learn(APPS, 'environments: [retired]').repository.environments).toEqual(['retired']);
  });

  test('a broken kustomization is a problem with its position, the other apps stay', () => {
    const { repository } = learn({ ...APPS, 'live/broken/kustomization.yaml': 'namespace: [a\n' });
    expect(repository.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^live\/broken\/kustomization.yaml:2:1: /),
    ]);
    expect(repository.apps).toHaveLength(4);
  });
});

describe('routes', () => {
  test('domains are the wildcard listeners, in the order routes use them', () => {
    const { domains } = learn(APPS).conventions;
    expect(domains?.value).toEqual(['main.example', 'm.example']);
    expect(domains?.evidence.en).toBe(
      'main.example: 2 of 2 apps with routes, m.example: 2 of 2 apps with routes',
    );
  });

  test('the order of hosts in the routes decides, not the order of listeners', () => {
    const swapped = {
      ...APPS,
      'live/a/resources/route.yaml': route('a.m.example', 'a.main.example'),
      'live/b/resources/route.yaml': route('b.m.example', 'b.main.example'),
    };
    expect(learn(swapped).conventions.domains?.value).toEqual(['m.example', 'main.example']);
  });

  test('without a Gateway object the hosts themselves show the domains', () => {
    const { 'live/edge/resources/gateway.yaml': _, ...rest } = APPS;
    expect(learn(rest).conventions.domains?.value).toEqual([
      'main.example',
      'm.example',
      'elsewhere.example',
    ]);
  });

  test('the gateway with its passthrough listener', () => {
    const { gateway } = learn(APPS).conventions;
    expect(gateway?.value).toEqual({
      name: 'edge',
      namespace: 'edge-system',
      sectionName: undefined,
      passthrough: 'through',
      tlsRouteVersion: 'gateway.networking.k8s.io/v1',
    });
    expect(gateway?.evidence.en).toBe('2 of 2 apps with routes');
  });

  test('the listener that most routes name', () => {
    const named = route('a.main.example').replace(
      'namespace: edge-system',
      'namespace: edge-system, sectionName: wild-main',
    );
    const files = { ...APPS, 'live/a/resources/route.yaml': named, 'live/b/resources/route.yaml': named };
    expect(learn(files).conventions.gateway?.value.sectionName).toBe('wild-main');
  });

  test('the TLSRoute version that the repository already uses', () => {
    const tls =
      'apiVersion: gateway.networking.k8s.io/v1alpha3\nkind: TLSRoute\nmetadata: {name: t}\nspec:\n  parentRefs: [{name: edge, namespace: edge-system, sectionName: through}]\n';
    const files = { ...APPS, 'live/a/resources/tls.yaml': tls };
    expect(learn(files).conventions.gateway?.value.tlsRouteVersion).toBe(
      'gateway.networking.k8s.io/v1alpha3',
    );
  });

  test('nothing to learn from is undefined, not a guess', () => {
    const { gateway, domains } = learn({ 'prod/a/kustomization.yaml': 'namespace: a\n' }).conventions;
    expect([gateway, domains]).toEqual([undefined, undefined]);
  });
});

describe('images', () => {
  test('the prefix transformer with its mirror and fields', () => {
    expect(learn(APPS).conventions.imagePrefix).toEqual({
      value: {
        file: '../../image-prefix.yaml',
        mirror: 'mirror.main.example/',
        fieldSpecs: [{ path: 'spec/template/spec/containers/image', kind: undefined }],
      },
      evidence: expect.objectContaining({ en: '3 of 4 apps' }),
    });
  });

  test('Docker Hub as the repository spells it', () => {
    const images = (hub: string): string =>
      `images:\n- {name: busybox, newName: ${hub}/library/busybox}\n- {name: quay.io/a/b, newName: quay.io/c/b}\n`;
    const files = {
      'prod/a/kustomization.yaml': images('hub.example'),
      'prod/b/kustomization.yaml': images('hub.example'),
      'prod/c/kustomization.yaml': images('docker.io'),
    };
    expect(learn(files).conventions.dockerHub).toEqual({
      value: 'hub.example',
      evidence: expect.objectContaining({ en: '2 of 3 apps that complete short names' }),
    });
  });
});

describe('storage and style', () => {
  test('storage classes of claims and of live values files', () => {
    const files = {
      ...APPS,
      'live/a/resources/pvc.yaml':
        'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}\nspec: {storageClassName: fast}\n',
      'live/b/kustomization.yaml': 'helmCharts:\n- name: x\n  valuesFile: values/x-1.0.0.yaml\n',
      'live/b/values/x-1.0.0.yaml':
        'p:\n  storageClass: "fast"\n  # storageClass: slow\n  storageClassName: shared # all read\nq:\n  storageClass: null\n',
      'live/b/values/stale.yaml': 'storageClass: never\n',
      'live/a/resources/bucket.yaml':
        'apiVersion: o/v1\nkind: ObjectBucketClaim\nmetadata: {name: a}\nspec: {storageClassName: bucket}\n',
    };
    expect(learn(files).conventions.storageClasses?.value).toEqual(['fast', 'shared']);
  });

  test('indentation per list, order of sections and of chart fields', () => {
    const kustomization =
      'namespace: a\nhelmCharts:\n  - name: x\n    version: 1.0.0\n    repo: https://r\n    valuesFile: v\nresources:\n- r.yaml\ntransformers:\n    - t.yaml\n';
    const { style } = learn({
      'prod/a/kustomization.yaml': kustomization,
      'prod/b/kustomization.yaml': kustomization,
    }).conventions;
    expect(style.listIndent.helmCharts).toEqual({
      value: 2,
      evidence: expect.objectContaining({ en: '2 of 2 apps' }),
    });
    expect(style.listIndent.resources.value).toBe(0);
    expect(style.listIndent.transformers.value).toBe(4);
    expect(style.sectionOrder.value).toEqual([
      'namespace',
      'helmCharts',
      'resources',
      'transformers',
      'images',
    ]);
    expect(style.chartKeys.value.slice(0, 4)).toEqual(['name', 'version', 'repo', 'valuesFile']);
  });
});

describe('configuration', () => {
  test.each([
    ['domains: nope', 'domains must be a list'],
    ['domains: [1]', 'domains[0] must be a text'],
    ['gateway: {name: a}', 'gateway.namespace must be there'],
    ['minimumAge: -1', 'minimumAge must be a number of days from 0 to 365'],
    ['language: fr', 'language must be one of en, zh-CN'],
    ['cacheDir: /etc', 'cacheDir is not a setting of a repository'],
    ['proxy: http://evil', 'proxy is not a setting of a repository'],
    ['__proto__: {polluted: true}', '__proto__ is not a setting of a repository'],
    ['- a', '.slipway/config.yaml must be a map'],
  ])('H06 %s is refused with the key', (text, message) => {
    expect(() => parseConfiguration(text)).toThrow(message);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test.each([
    ['zh', 'zh-CN'],
    ['zh_CN.UTF-8', 'zh-CN'],
    ['EN', 'en'],
  ])('the language %s is taken, as by --lang', (name, language) => {
    expect(parseConfiguration(`language: ${name}\n`)).toEqual({ language });
  });

  test('an empty file is an empty configuration', () => {
    expect(parseConfiguration('# nothing yet\n')).toEqual({});
  });

  test('overrides show where they come from', () => {
    const { conventions } = learn(
      APPS,
      'domains: [x.example]\nhostPatterns: {live: "{app}-live.{domain}"}\nminimumAge: 3',
    );
    expect(conventions.domains).toEqual({
      value: ['x.example'],
      evidence: expect.objectContaining({ en: '.slipway/config.yaml' }),
    });
    expect(conventions.hostPattern('live').value).toBe('{app}-live.{domain}');
    expect(conventions.hostPattern('other').value).toBe('{app}.{domain}');
    expect(conventions.minimumAge.value).toBe(3);
  });
});
