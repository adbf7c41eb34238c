import { expect, test } from 'vitest';
import { checkFiles, GOOD } from '../../support/check-case.ts';

const NOTHING = { rendered: new Map(), tools: undefined, news: undefined };
const CODES = ['promotion-behind', 'promotion-skips', 'base-has-base', 'overlay-repeats-base'];

async function found(changes: Record<string, string>): Promise<string[]> {
  const { findings } = await checkFiles(new Map([...GOOD, ...Object.entries(changes)]), NOTHING);
  return findings
    .filter(({ code }) => CODES.includes(code))
    .map(({ code, message }) => `${code}: ${message.en}`);
}

const WEB = GOOD.get('production/web/kustomization.yaml') ?? '';
const ID = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
const record = (from = 'stage/web-dev'): Record<string, string> => ({
  '.slipway/promotions/production/web.yaml': `from: dev\ndate: "2026-11-20"\nsource:\n  ${from}/kustomization.yaml: ${ID}\n`,
});
const source = (version: string, more = ''): Record<string, string> => ({
  'stage/web-dev/kustomization.yaml': `helmCharts:\n- name: web\n  version: ${version}\n  releaseName: web\n${more}`,
});

test('behind, with both versions and the day of the last promotion', async () => {
  expect(await found({ ...record(), ...source('1.3.0') })).toEqual([
    'promotion-behind: web is 1.3.0 in stage/web-dev and 1.2.3 here; the last promotion was on 2026-11-20',
  ]);
});

const tagged = (tag: string): string => `images:\n- name: nginx\n  newTag: ${tag}\n`;

test.each<[what: string, changes: Record<string, string>]>([
  ['what was never promoted', source('1.3.0')],
  ['the same versions', { ...record(), ...source('1.2.3') }],
  ['a version that is none', { ...record(), ...source('stable') }],
  ['what it came from is gone', record()],
  [
    'a record of another shape',
    { ...source('1.3.0'), '.slipway/promotions/production/web.yaml': 'source: 1\n' },
  ],
  ['a record that is no YAML', { ...source('1.3.0'), '.slipway/promotions/production/web.yaml': '{' }],
  ['a path that leads out', record('../stage/web-dev')],
  ['two entries of one release', { ...record(), ...source('1.3.0', '- name: web\n  version: 1.4.0\n') }],
  [
    'a chart that a comment holds',
    {
      ...record(),
      ...source('1.3.0'),
      'production/web/kustomization.yaml': WEB.replace(
        '# the last one with plain HTTP',
        '# pinned: plain HTTP',
      ),
    },
  ],
  [
    'tags that have no order',
    {
      ...record(),
      ...source('1.2.3', tagged('b2c3d4e')),
      'production/web/kustomization.yaml': WEB.replace(
        'docker.io/library/nginx',
        'docker.io/library/nginx\n    newTag: a1b2c3d',
      ),
    },
  ],
])('of promotions nothing is said of %s', async (_, changes) => {
  expect(await found(changes)).toEqual([]);
});

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  replicas: 2
  template: {spec: {containers: [{name: api, image: "ghcr.io/example/api:1"}]}}
`;
const PATCH = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec: {replicas: 2}\n';

function overlay(patches: string, base = '', files: Record<string, string> = {}): Record<string, string> {
  return {
    'base/api/kustomization.yaml': `resources: [d.yaml]\n${base}`,
    'base/api/d.yaml': DEPLOYMENT,
    'production/api/kustomization.yaml': `namespace: api\nresources: [../../base/api]\n${patches}`,
    'production/api/p.yaml': PATCH,
    ...files,
  };
}

test('a patch that sets what stands there already repeats it', async () => {
  expect(await found(overlay('patches: [{path: p.yaml}]\n'))).toEqual([
    'overlay-repeats-base: Deployment api stands in base/api already',
  ]);
});

test.each<[what: string, changes: Record<string, string>]>([
  [
    'a patch that sets something',
    overlay('patches: [{path: p.yaml}]\n', '', { 'production/api/p.yaml': PATCH.replace('2', '3') }),
  ],
  ['a patch with a target', overlay('patches: [{path: p.yaml, target: {kind: Deployment}}]\n')],
  ['a base that patches it itself', overlay('patches: [{path: p.yaml}]\n', 'patches: [{path: x.yaml}]\n')],
  [
    'a base that sets it itself',
    overlay('patches: [{path: p.yaml}]\n', 'replicas: [{name: api, count: 4}]\n'),
  ],
  ['two patches of one object', overlay('patches: [{path: p.yaml}, {path: p.yaml}]\n')],
  [
    'an object that the base has not',
    overlay('patches: [{path: p.yaml}]\n', '', {
      'production/api/p.yaml': PATCH.replace('name: api', 'name: other'),
    }),
  ],
  [
    'a patch that takes away',
    overlay('patches: [{path: p.yaml}]\n', '', {
      'production/api/p.yaml': PATCH.replace('{replicas: 2}', '{$patch: delete}'),
    }),
  ],
  ['another tag', overlay('images: [{name: a, newTag: "2"}]\n', 'images: [{name: a, newTag: "1"}]\n')],
  [
    'a base that is fetched',
    { 'production/api/kustomization.yaml': 'namespace: api\nresources: [https://example.test/base]\n' },
  ],
  [
    'a base that is not there',
    { 'production/api/kustomization.yaml': 'namespace: api\nresources: [../../base/none]\n' },
  ],
  [
    'a base that is no YAML',
    overlay('images: [{name: a, newTag: "2"}]\n', '', { 'base/api/kustomization.yaml': '{' }),
  ],
])('nothing is repeated by %s', async (_, changes) => {
  expect(await found(changes)).toEqual([]);
});

const WANTED = { '.slipway/config.yaml': 'environments: [production]\nrules: {base-has-base: note}\n' };
const DEEP = overlay('', '', {
  'base/common/kustomization.yaml': 'resources: [a.yaml]\n',
  'base/common/a.yaml': DEPLOYMENT,
});

test.each<[what: string, base: string, config: Record<string, string>, count: number]>([
  ['a base of a base', 'resources: [d.yaml, ../common]\n', WANTED, 1],
  ['a component of a base', 'resources: [d.yaml]\ncomponents: [../common]\n', WANTED, 0],
  ['a folder inside of a base', 'resources: [d.yaml, inner]\n', WANTED, 0],
  ['a base of a base, where that is how it is done', 'resources: [d.yaml, ../common]\n', {}, 0],
])('%s', async (_, base, config, count) => {
  const files = {
    ...DEEP,
    'base/api/kustomization.yaml': base,
    'base/api/inner/kustomization.yaml': 'resources: [x.yaml]\n',
  };
  expect(await found({ ...files, ...config })).toHaveLength(count);
});
