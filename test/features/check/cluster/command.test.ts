import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type ApiServer, serveApi } from '../../../support/api-server.ts';
import { check, checkHome, type CheckRun } from '../../../support/check-repository.ts';
import { canRender } from '../../../support/kustomize.ts';
import { makeFolder, makeRepository, writeFiles } from '../../../support/repository.ts';
import { slipway } from '../../../support/slipway.ts';
import { findTool } from '../../../support/tools.js';

const canAsk = canRender && findTool('kubectl') !== undefined;

let server: ApiServer | undefined;
afterEach(() => server?.close());

/** A kubeconfig outside of every repository, with a second context where nobody listens. */
function contexts(url: string): Record<string, string> {
  const home = makeFolder();
  writeFiles(home, {
    config: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'a', cluster: { server: url } },
        { name: 'dead', cluster: { server: 'http://127.0.0.1:1' } },
      ],
      users: [{ name: 'ann', user: { token: 'not-for-anybodys-eyes' } }],
      contexts: [
        { name: 'staging', context: { cluster: 'a', user: 'ann' } },
        { name: 'dead', context: { cluster: 'dead', user: 'ann' } },
      ],
      'current-context': 'staging',
    }),
  });
  return { ...checkHome(), KUBECONFIG: path.join(home, 'config') };
}

const listing = (namespace: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${namespace}resources:\n  - all.yaml\n`;
const service =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  ports:\n    - name: http\n      port: 80\n';
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n';
const argo = (kind: string, name: string, spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: argocd\nspec:\n${spec}`;

/** One app for each way of being applied. */
const FLEET = {
  'clusters/set.yaml': argo(
    'ApplicationSet',
    'production',
    `  generators:\n    - git:\n        directories:\n          - path: production/*\n  template:\n    spec:\n      source:\n        path: '{{path}}'\n      destination:\n        namespace: shop\n      syncPolicy:\n        syncOptions:\n          - ServerSideApply=true\n`,
  ),
  'clusters/one.yaml': argo(
    'Application',
    'lone',
    `  source:\n    path: lone/web\n  destination:\n    namespace: lone\n  syncPolicy:\n    syncOptions:\n      - Validate=false\n`,
  ),
  'clusters/flux.yaml':
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: flux\nspec:\n  path: ./flux/web\n  targetNamespace: moved\n',
  'production/shop/kustomization.yaml': listing(''),
  'production/shop/all.yaml': `${service}---\n${settings}`,
  'lone/web/kustomization.yaml': listing(''),
  'lone/web/all.yaml': settings,
  'flux/web/kustomization.yaml': listing('namespace: written\n'),
  'flux/web/all.yaml': settings,
};

const clusterLines = (run: CheckRun): string[] =>
  run.findings
    .filter(({ code }) => code.startsWith('cluster-'))
    .map(({ severity, code, file, line, message }) => `${severity} ${code} ${file}:${line} ${message}`);

describe.runIf(canAsk)('check --cluster', () => {
  test('each app is asked about as whoever syncs it would apply it, and nothing is stored', async () => {
    const api = (server = await serveApi(() => undefined));
    const env = contexts(api.url);
    const run = await check(makeRepository(FLEET), ['--cluster'], env);
    expect(clusterLines(run)).toEqual([]);
    expect(run.summary['cluster']).toEqual({
      context: 'staging',
      version: 'v1.36.2',
      apps: 3,
      objects: 4,
      notJudged: 0,
    });
    expect(api.writes.map(({ query }) => query.get('dryRun'))).toEqual(['All', 'All', 'All', 'All']);
    const asked = api.writes.map(({ path: place, manager, query }) =>
      [place, manager, query.get('force'), query.get('fieldValidation')].join(' '),
    );
    expect(asked.toSorted()).toEqual([
      '/api/v1/namespaces/lone/configmaps argocd-controller  Ignore',
      '/api/v1/namespaces/moved/configmaps/settings kustomize-controller true Strict',
      '/api/v1/namespaces/shop/configmaps/settings argocd-controller true Strict',
      '/api/v1/namespaces/shop/services/shop argocd-controller true Strict',
    ]);
    expect(`${run.stdout}${run.stderr}`).not.toContain('not-for-anybodys-eyes');
    const before = api.received.length;
    const again = await check(makeRepository(FLEET), ['--cluster'], env);
    expect(again.summary).toEqual(run.summary);
    // The version is asked for; what was judged within the hour is not asked again.
    expect(api.received.slice(before).map(({ path: place }) => place)).toEqual(['/version?timeout=15s']);
  });

  test('what is refused stands at its line, with whose word it is', async () => {
    const api = (server = await serveApi(({ kind, metadata: { namespace = '' } }) =>
      kind === 'Service'
        ? {
            code: 422,
            reason: 'Invalid',
            message: 'Service "shop" is invalid: spec.ports[0].port: Invalid value: 80: is taken',
          }
        : namespace === 'lone'
          ? {
              code: 403,
              reason: 'Forbidden',
              message: `configmaps "settings" is forbidden: User "ann" cannot create resource`,
            }
          : {
              code: 400,
              reason: 'BadRequest',
              message: 'admission webhook "owner.acme.test" denied the request: who owns\u001b[31m it?',
            },
    ));
    const run = await check(makeRepository(FLEET), ['--cluster'], contexts(api.url));
    expect(clusterLines(run)).toEqual([
      'error cluster-refused flux/web/all.yaml:1 webhook owner.acme.test refuses ConfigMap settings: who owns\ufffd[31m it?',
      'warning cluster-not-asked lone/web/all.yaml:1 ConfigMap settings was not judged by the cluster: no right to ask: User "ann" cannot create resource',
      'error cluster-refused production/shop/all.yaml:8 the cluster refuses Service shop: spec.ports[0].port: Invalid value: 80: is taken',
      'error cluster-refused production/shop/all.yaml:10 webhook owner.acme.test refuses ConfigMap settings: who owns\ufffd[31m it?',
    ]);
    expect(run.code).toBe(1);
  });

  test('objects of a namespace that is not there yet are judged in another one, and that is said', async () => {
    const api = (server = await serveApi(({ kind, metadata: { namespace } }) =>
      namespace === 'default'
        ? kind === 'Service'
          ? { code: 422, reason: 'Invalid', message: 'Service "shop" is invalid: spec: Required value' }
          : undefined
        : { code: 404, reason: 'NotFound', message: `namespaces "${namespace ?? 'shop'}" not found` },
    ));
    const run = await check(makeRepository(FLEET), ['--cluster', 'production/shop'], contexts(api.url));
    expect(clusterLines(run)).toEqual([
      'error cluster-refused production/shop/all.yaml:5 the cluster refuses Service shop: spec: Required value',
      'note cluster-not-asked production/shop/kustomization.yaml:1 the cluster has no namespace shop yet: its objects were judged as if they were in default',
    ]);
  });

  test('all that is taken in the place of a namespace that comes is judged, with the fewest questions', async () => {
    const api = (server = await serveApi(({ metadata: { namespace } }) =>
      namespace === 'default'
        ? undefined
        : { code: 404, reason: 'NotFound', message: `namespaces "${namespace ?? 'shop'}" not found` },
    ));
    const run = await check(makeRepository(FLEET), ['--cluster', 'production/shop'], contexts(api.url));
    expect(clusterLines(run)).toEqual([
      'note cluster-not-asked production/shop/kustomization.yaml:1 the cluster has no namespace shop yet: its objects were judged as if they were in default',
    ]);
    expect(api.writes.map(({ path: place }) => place.split('/')[4])).toEqual([
      'shop',
      'shop',
      'default',
      'default',
    ]);
  });

  test('a right that is missing is told once for each app, and by the error alone where all are missing', async () => {
    const refusal = ({ kind }: { kind: string }) => ({
      code: 403,
      reason: 'Forbidden',
      message: `${kind.toLowerCase()}s is forbidden: User "ann" cannot patch resource "${kind.toLowerCase()}s"`,
    });
    const taken = new Set(['lone']);
    const api = (server = await serveApi(object =>
      taken.has(object.metadata.namespace ?? '') ? undefined : refusal(object),
    ));
    const env = contexts(api.url);
    const root = makeRepository(FLEET);
    expect(clusterLines(await check(root, ['--cluster'], env))).toEqual([
      'warning cluster-not-asked flux/web/all.yaml:1 ConfigMap settings was not judged by the cluster: no right to ask: User "ann" cannot patch resource "configmaps"',
      expect.stringMatching(
        /^warning cluster-not-asked production\/shop\/all\.yaml:\d+ \w+ \w+ and 1 more were not judged by the cluster: no right to ask: User "ann" cannot patch/,
      ),
    ]);
    taken.clear();
    const none = await slipway(['check', '-C', root, '--cluster'], {
      env: { ...env, ...checkHome() },
      cwd: root,
    });
    expect([none.code, none.stdout]).toEqual([4, '']);
    expect(none.stderr).toMatch(
      /^error\[E_CLUSTER\] staging may ask about none of 4 objects: no right to ask: User "ann" cannot patch/m,
    );
  });
});

describe.runIf(canAsk)('without a cluster that answers', () => {
  const ask = async (env: Record<string, string>, ...args: string[]) => {
    const root = makeRepository(FLEET);
    const run = await slipway(['check', '-C', root, '--cluster', ...args], { env, cwd: root });
    return { ...run, line: run.stderr.trim() };
  };

  test('each reason has a line of its own, exit 4, and nothing is called clean', async () => {
    const env = contexts('http://127.0.0.1:1');
    const runs = [
      await ask(env, '--context', 'dead'),
      await ask(env, '--context', 'nowhere'),
      await ask({ ...env, KUBECONFIG: '/nonexistent/config' }),
      await ask({ ...env, SLIPWAY_KUBECTL: 'no-such-kubectl' }),
      await ask({ ...env, KUBECONFIG: 'config' }),
    ];
    expect(runs.map(({ code, stdout }) => [code, stdout])).toEqual(runs.map(() => [4, '']));
    expect(runs.map(({ line }) => line.replace(/\. Next: .*/s, ''))).toEqual([
      expect.stringMatching(/^error\[E_CLUSTER\] no cluster: dead does not answer: .*refused/),
      'error[E_CLUSTER] no cluster: your kubeconfig has no context nowhere',
      'error[E_CLUSTER] no cluster: your kubeconfig names no current context',
      'error[E_TOOL] no kubectl: no-such-kubectl is not on PATH',
      'error[E_CLUSTER] KUBECONFIG names config, a relative path',
    ]);
    const offline = await ask(env, '--offline');
    expect([offline.code, offline.line]).toEqual([2, expect.stringContaining('--offline asks nobody')]);
  });

  test('a clone chooses neither the kubectl nor the kubeconfig nor the context', async () => {
    const api = (server = await serveApi(() => undefined));
    const root = makeRepository({
      ...FLEET,
      kubectl: '#!/bin/sh\ntouch "$0.ran"\n',
      config: JSON.stringify({ 'current-context': 'theirs' }),
      '.slipway/config.yaml': 'kubectl: ./kubectl\n',
    });
    const env = contexts(api.url);
    const named = await slipway(['check', '-C', root, '--cluster'], { env, cwd: root });
    expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('E_CONFIG')]);
    writeFiles(root, { '.slipway/config.yaml': '{}\n' });
    const run = await check(root, ['--cluster'], { ...env, PATH: `.:${root}/.:${env['PATH'] ?? ''}` });
    expect(run.summary['cluster']).toMatchObject({ context: 'staging' });
  });
});
