import { expect, test } from 'vitest';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { searchHosts } from '../../src/scaffold/taken-hosts.ts';
import { repositoryText } from '../support/repository-text.ts';

const HOST = 'wiki.example.org';

function search(values: string, kustomization = '') {
  const repository = parseRepository(
    repositoryText({
      'live/portal/kustomization.yaml': `namespace: portal\nhelmCharts:\n- {name: web, repo: https://charts.example, version: 1.0.0, valuesFile: ./values.yaml${kustomization}}\n`,
      'live/portal/values.yaml': values,
    }),
  );
  const { taken, open } = searchHosts(repository, [HOST], 'live/wiki');
  return { taken: taken?.app, open: open.map(({ path }) => path) };
}

test.each([
  `ingress:\n  hosts: [${HOST}]\n`,
  `route:\n  main:\n    parentRefs: []\n    hostnames:\n      - ${HOST}\n`,
])('values that lead the host to the app: %s', values => {
  expect(search(values)).toEqual({ taken: 'live/portal', open: [] });
});

test.each<[string, string?]>([
  ['sub: wiki\ndomain: example.org\n'],
  ['hosts:\n  - wiki\ndomain: example.org\n'],
  ['host: "wiki.{{ .Values.domain }}"\ndomain: example.org\n'],
  ['{sub: wiki, domain: example.org}\n'],
  [`config: {root_url: "https://${HOST}"}\n`],
  ['domain: example.org\n', ', releaseName: wiki'],
])('values that a chart may make it of, so that only its output tells: %s', (values, more) => {
  expect(search(values, more)).toEqual({ taken: undefined, open: ['live/portal'] });
});

test.each([
  'domain: example.org\n',
  'sub: wiki\ndomain: example.com\n',
  'wiki: {enabled: true}\ndomain: example.org\n',
  '# sub: wiki\ndomain: example.org\n',
  'text: see the wiki of the team\ndomain: example.org\n',
  'sub: wikipedia\ndomain: example.org\n',
])('values of which nothing speaks for it: %s', values => {
  expect(search(values)).toEqual({ taken: undefined, open: [] });
});
