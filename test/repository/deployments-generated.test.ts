import { expect, test } from 'vitest';
import { findDeployments } from '../../src/repository/deployments.ts';
import { object } from '../support/objects.ts';
import { setsOver } from '../support/sets-over.ts';

type Fields = Record<string, unknown>;

const FOLDERS = ['production/web', 'production/wiki', 'production/_parts', 'staging/web'];
const folders = (pattern: string, more: Fields = {}): Fields => ({
  git: { directories: [{ path: pattern }], ...more },
});
const list = (...elements: Fields[]): Fields => ({ list: { elements } });
const web = { path: 'production/web', at: 'production/web', ns: 'shop' };
const wiki = { at: 'production/wiki', ns: 'docs' };

/** What a set makes of the folders, `folder → namespace`. The same sets, and more, are put before Argo CD: `npm run test:cluster`. */
function made(generators: Fields[], folder: string, namespace: string): string[] {
  const manifest = object('argoproj.io/v1alpha1', 'ApplicationSet', {
    spec: { generators, template: { spec: { source: { path: folder }, destination: { namespace } } } },
  });
  return findDeployments([{ file: 'set.yaml', manifest }], FOLDERS, setsOver(FOLDERS)).map(
    deployment => `${deployment.folder} → ${deployment.namespace ?? '?'}`,
  );
}

test.each<[title: string, generators: Fields[], folder: string, namespace: string, expected: string[]]>([
  [
    'a matrix hands over both sides',
    [{ matrix: { generators: [list({ stage: 'blue' }), folders('production/w*')] } }],
    '{{path}}',
    '{{path.basename}}-{{stage}}',
    ['production/web → web-blue', 'production/wiki → wiki-blue'],
  ],
  [
    'the first of a matrix fills the second',
    [{ matrix: { generators: [list({ env: 'staging' }), folders('{{env}}/*')] } }],
    '{{path}}',
    '{{env}}',
    ['staging/web → staging'],
  ],
  [
    'a cluster that nobody knows here',
    [{ matrix: { generators: [{ clusters: {} }, folders('staging/*')] } }],
    '{{path}}',
    '{{name}}',
    ['staging/web → ?'],
  ],
  [
    'a merge by a key',
    [{ merge: { mergeKeys: ['at'], generators: [list(web, wiki), list({ ...wiki, ns: 'new' })] } }],
    '{{at}}',
    '{{ns}}',
    ['production/web → shop', 'production/wiki → new'],
  ],
  [
    'a selector',
    [{ ...list(web, wiki), selector: { matchLabels: { ns: 'docs' } } }],
    '{{at}}',
    '{{ns}}',
    ['production/wiki → docs'],
  ],
  [
    'a selector of what nobody knows',
    [{ clusters: {}, selector: { matchLabels: { env: 'x' } } }, list(web)],
    '{{at}}',
    '{{ns}}',
    ['production/web → shop'],
  ],
  [
    'an expression of a selector',
    [
      {
        ...folders('production/*'),
        selector: { matchExpressions: [{ key: 'path.basename', operator: 'NotIn', values: ['_parts'] }] },
      },
    ],
    '{{path}}',
    'x',
    ['production/web → x', 'production/wiki → x'],
  ],
  [
    'values and a prefix',
    [folders('staging/*', { pathParamPrefix: 'app', values: { team: '{{app.path.basename}}-a' } })],
    '{{app.path}}',
    '{{values.team}}',
    ['staging/web → web-a'],
  ],
  [
    'the template of a generator wins where it says something',
    [
      {
        list: {
          elements: [web],
          template: { spec: { source: { path: '' }, destination: { namespace: 'own' } } },
        },
      },
    ],
    '{{at}}',
    '{{ns}}',
    ['production/web → own'],
  ],
])('%s', (_, generators, folder, namespace, expected) => {
  expect(made(generators, folder, namespace)).toEqual(expected);
});
