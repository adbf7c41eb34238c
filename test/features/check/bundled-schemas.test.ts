import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, checkHome } from '../../support/check-repository.ts';
import { canRender } from '../../support/kustomize.ts';
import { makeRepository, writeFiles } from '../../support/repository.ts';
import { findTool } from '../../support/tools.js';

const canJudge = canRender && findTool('kubeconform') !== undefined;

/** A mistyped field, a kind of its own, and an empty list that the API server takes for none. */
const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: docker.io/library/nginx:1.29
          imagePullPolice: Always
          env:
---
apiVersion: acme.test/v1
kind: Thing
metadata: {name: shop}
`;

const repository = (): string =>
  makeRepository({
    'production/shop/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\nresources:\n  - all.yaml\n',
    'production/shop/all.yaml': SHOP,
  });

describe.runIf(canJudge)('the schemas that ship with slipway', () => {
  test('judge what Kubernetes itself brings, with no network and no setting, and are unpacked once', async () => {
    const [root, env] = [repository(), checkHome()];
    const first = await check(root, ['--render', '--offline'], env);
    expect(first.found.filter(line => line.startsWith('schema-'))).toEqual([
      'schema-invalid production/shop/all.yaml:11',
    ]);
    const folder = path.join(
      env['XDG_STATE_HOME'] ?? path.join(env['HOME'] ?? '', '.local/state'),
      'slipway/kubernetes',
    );
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^v1\.37-[0-9a-f]{16}$/)]);
    const again = await check(root, ['--render', '--offline'], env);
    expect(again.found).toEqual(first.found);
  });

  test('have every kind of the stable versions: another one of theirs is a mistake', async () => {
    const kind = (apiVersion: string, name: string): string =>
      `apiVersion: ${apiVersion}\nkind: ${name}\nmetadata: {name: shop}\n---\n`;
    const root = makeRepository({
      'production/shop/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\nresources:\n  - all.yaml\n',
      'production/shop/all.yaml': `${kind('apps/v1', 'Deploymnt')}${kind('apps/v1', 'Ingress')}${kind('scheduling.k8s.io/v1alpha9', 'Workload')}${kind('acme.test/v1', 'Thing')}`,
    });
    const run = await check(root, ['--render', '--offline'], checkHome());
    const told = run.findings.filter(({ code }) => code === 'schema-invalid');
    expect(told.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'production/shop/all.yaml:2 Deploymnt shop: Kubernetes has no Deploymnt in apps/v1',
      'production/shop/all.yaml:6 Ingress shop: Kubernetes has no Ingress in apps/v1',
    ]);
    const own = { ...checkHome(), SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent/{{.ResourceKind}}.json' };
    const other = await check(root, ['--render', '--offline'], own);
    expect(other.found.filter(line => line.startsWith('schema-'))).toEqual([]);
  });

  test('are those of the cluster that the configuration names, or none; an empty setting is none', async () => {
    const root = repository();
    for (const [version, unpacked] of [
      ['v1.35.2', [expect.stringMatching(/^v1\.35-/)]],
      ['v1.20.0', []],
    ] as const) {
      writeFiles(root, { '.slipway/config.yaml': `kubernetes: {version: ${version}}\n` });
      const env = checkHome();
      const run = await check(root, ['--render', '--offline'], env);
      const folder = path.join(
        env['XDG_STATE_HOME'] ?? path.join(env['HOME'] ?? '', '.local/state'),
        'slipway/kubernetes',
      );
      expect(existsSync(folder) ? readdirSync(folder) : []).toEqual(unpacked);
      expect(run.found.some(line => line.startsWith('schema-invalid'))).toBe(unpacked.length > 0);
    }
    const none = await check(root, ['--render', '--offline'], {
      ...checkHome(),
      SLIPWAY_KUBECONFORM_SCHEMAS: '',
    });
    expect(none.found.filter(line => line.startsWith('schema-'))).toEqual([]);
  });
});
