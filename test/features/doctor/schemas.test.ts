import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { schemaFiles } from '../../../src/render/schemas/openapi-schemas.ts';
import { type ApiServer, serveApi } from '../../support/api-server.ts';
import { check, checkHome } from '../../support/check-repository.ts';
import { canRender } from '../../support/kustomize.ts';
import { makeFolder, makeRepository, writeFiles } from '../../support/repository.ts';
import { slipway } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

let server: ApiServer | undefined;
afterEach(() => server?.close());

function kubeconfig(url: string): string {
  const home = makeFolder();
  writeFiles(home, {
    config: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'a', cluster: { server: url } }],
      contexts: [{ name: 'staging', context: { cluster: 'a', user: 'ann' } }],
      users: [{ name: 'ann', user: { token: 'x' } }],
      'current-context': 'staging',
    }),
  });
  return path.join(home, 'config');
}

describe.runIf(canRender && findTool('kubectl') !== undefined && findTool('kubeconform') !== undefined)(
  'doctor --schemas',
  () => {
    test('writes what the cluster describes, and check --render judges by it without a network', async () => {
      const api = (server = await serveApi(() => undefined));
      const root = makeRepository({
        'production/shop/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\nresources:\n  - all.yaml\n',
        'production/shop/all.yaml':
          'apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n  labels: null\nspec:\n  ports:\n    - name: http\n      prot: 80\n',
      });
      const folder = path.join(makeFolder(), 'schemas');
      const env = { ...checkHome(), KUBECONFIG: kubeconfig(api.url) };
      const dry = await slipway(['doctor', '-C', root, '--schemas', folder, '--dry-run', '--json'], {
        env,
        cwd: root,
      });
      expect([dry.stdout.includes('would be written'), existsSync(folder)]).toEqual([true, false]);
      const { code, stdout } = await slipway(['doctor', '-C', root, '--schemas', folder, '--json'], {
        env,
        cwd: root,
      });
      const { diagnoses } = JSON.parse(stdout) as { diagnoses: { subject: string; hint?: string }[] };
      const place = /'(.*)'/.exec(diagnoses.find(({ subject }) => subject === folder)?.hint ?? '')?.[1] ?? '';
      expect([code, readdirSync(folder).toSorted()]).toEqual([expect.any(Number), ['apps', 'v1']]);
      await api.close();
      const run = await check(root, ['--render', '--offline'], {
        ...env,
        SLIPWAY_KUBECONFORM_SCHEMAS: place,
      });
      expect(run.found).toContain('schema-invalid production/shop/all.yaml:8');
      const again = await slipway(['doctor', '-C', root, '--schemas', folder], { env, cwd: root });
      expect([again.code, again.stderr]).toEqual([6, expect.stringContaining('E_EXISTS')]);
    });
  },
);

describe('schemas of an OpenAPI document', () => {
  const fileOf = (schemas: Record<string, unknown>, version = 'v1'): Record<string, unknown> => {
    const document = { components: { schemas } };
    const files = schemaFiles({ group: 'acme.test', version, document });
    return (
      JSON.parse(files.get(`acme.test/_${version}.json`) ?? '{}') as { definitions: Record<string, unknown> }
    ).definitions;
  };
  const KIND = { 'x-kubernetes-group-version-kind': [{ group: 'acme.test', version: 'v1', kind: 'Thing' }] };

  test('are strict, but where the server keeps what it does not know', () => {
    const { a, b } = fileOf({
      a: { ...KIND, type: 'object', properties: { size: { type: 'integer' } } },
      b: { type: 'object', properties: { size: {} }, 'x-kubernetes-preserve-unknown-fields': true },
    });
    expect(a).toMatchObject({
      additionalProperties: false,
      properties: { size: { type: ['integer', 'null'] } },
    });
    expect(b).not.toHaveProperty('additionalProperties');
  });

  test('take a number for an amount, null for nothing, and alternatives for what they add', () => {
    const { a } = fileOf({
      a: {
        ...KIND,
        type: 'object',
        properties: { port: { 'x-kubernetes-int-or-string': true }, mode: { type: 'string', enum: ['A'] } },
        oneOf: [{ type: 'object', properties: { port: {} }, required: ['port'] }],
      },
    });
    expect(a).toMatchObject({
      properties: {
        port: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] },
        mode: { enum: ['A', null] },
      },
      oneOf: [{ required: ['port'] }],
    });
    expect(JSON.stringify((a as { oneOf: unknown }).oneOf)).not.toContain('additionalProperties');
  });

  test('are none where a document describes no kind, whatever else it is', () => {
    for (const document of [undefined, [], { components: 1 }, { components: { schemas: { a: 1, b: null } } }])
      expect(schemaFiles({ group: '', version: 'v1', document }).size).toBe(0);
    const odd = { 'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: '../../up' }] };
    expect(
      schemaFiles({ group: '', version: 'v1', document: { components: { schemas: { odd } } } }).size,
    ).toBe(0);
  });

  test('of a document without end stop', () => {
    const deep: Record<string, unknown> = { ...KIND, type: 'object' };
    let inner = deep;
    for (let depth = 0; depth < 5000; depth++) {
      const next = {};
      inner['items'] = next;
      inner = next;
    }
    expect(Object.keys(fileOf({ deep }))).toEqual(['deep']);
  });
});
