import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../src/repository/configuration.ts';
import { HABIT_NAMES, HABITS } from '../../../src/repository/conventions/habits.ts';
import { learnConventions } from '../../../src/repository/conventions/conventions.ts';
import { parseRepository } from '../../../src/repository/parse-repository.ts';
import { RULES } from '../../../src/features/check/rules/rules.ts';
import type { Rule } from '../../../src/features/check/rule.ts';
import { repositoryText } from '../../support/repository-text.ts';

/** The habits that hold, each with its evidence. */
function habits(files: Record<string, string>, config = ''): Record<string, string> {
  const configuration = parseConfiguration(config);
  const repository = parseRepository(repositoryText(files), configuration.environments);
  const learned = learnConventions(repository, configuration).habits;
  return Object.fromEntries(
    HABIT_NAMES.map(name => [name, `${learned[name].holds ? 'on' : 'off'}: ${learned[name].evidence.en}`]),
  );
}

function named(...namespaces: string[]): Record<string, string> {
  return Object.fromEntries(
    namespaces.map((namespace, index) => [
      `live/app-${index}/kustomization.yaml`,
      namespace === '' ? 'resources: []\n' : `namespace: ${namespace}\n`,
    ]),
  );
}

function charted(...charts: string[]): Record<string, string> {
  return Object.fromEntries(
    charts.map((chart, index) => [
      `live/app-${index}/kustomization.yaml`,
      `helmCharts: [{ name: web, repo: https://charts.example, version: 1.0.0, ${chart} }]\n`,
    ]),
  );
}

test.each([
  [['app-0', 'app-1', 'app-2', 'other', 'other'], 'on: 3 of 5 apps'],
  [['app-0', 'other', '', 'other'], 'off: 1 of 4 apps'],
  [['app-0', 'app-1', 'app-2', 'app-3', 'x', 'y', 'z'], 'off: 4 of 7 apps'],
  [['other'], 'off: 0 of 1 app'],
  [['app-0'], 'on: 1 of 1 app'],
])('namespaces %j', (namespaces, expected) => {
  expect(habits(named(...namespaces))['namespaceIsFolder']).toBe(expected);
});

test('the namespace of an overlay bears its environment', () => {
  const overlay = (environment: string, namespace: string): Record<string, string> => ({
    [`apps/shop/overlays/${environment}/kustomization.yaml`]: `namespace: ${namespace}\n`,
  });
  const folder = { 'infrastructure/dns/kustomization.yaml': 'namespace: dns\n' };
  const own = { ...folder, ...overlay('dev', 'shop-dev'), ...overlay('production', 'shop') };
  expect(habits(own)['namespaceIsFolder']).toBe('on: 3 of 3 apps');
  expect(habits({ ...own, ...overlay('dev', 'live') })['namespaceIsFolder']).toBe('on: 2 of 3 apps');
});

test('charts show CRDs, names of values, and what git leaves out', () => {
  const ours = 'includeCRDs: true, valuesFile: values/web-1.0.0.yaml';
  const files = { ...charted(ours, ours, 'valuesFile: values.yaml'), 'live/.gitignore': 'charts/\n' };
  const found = habits(files);
  expect(found['includeCrds']).toBe('on: 2 of 3 charts');
  expect(found['versionedValues']).toBe('on: 2 of 3 charts');
  expect(found['fullCopies']).toBe('on: 2 of 3 values files, judged by name');
  expect(found['pulledChartsIgnored']).toBe('on: 3 of 3 apps');
});

test('overrides in values.yaml are no copies', () => {
  const found = habits(charted('valuesFile: values.yaml', 'valuesFile: ./values.yaml', 'skipTests: true'));
  expect(found['includeCrds']).toBe('off: 0 of 3 charts');
  expect(found['versionedValues']).toBe('off: 0 of 3 charts');
  expect(found['fullCopies']).toBe('off: 0 of 2 values files, judged by name');
  expect(found['pulledChartsIgnored']).toBe('off: 0 of 3 apps');
});

test('a repository that gives a rule a severity wants it', () => {
  const files = charted('valuesFile: values.yaml');
  expect(habits(files, 'rules: { chart-include-crds: warning }')['includeCrds']).toBe('on: configured');
  expect(habits(files, 'rules: { chart-include-crds: off }')['includeCrds']).toBe('off: 0 of 1 chart');
});

test('each rule that waits for a habit is listed with it', () => {
  const waiting = Object.entries(RULES as Record<string, Rule>).flatMap(([code, { habit }]) =>
    habit === undefined ? [] : [`${habit} ${code}`],
  );
  const listed = HABIT_NAMES.flatMap(name => HABITS[name].map(code => `${name} ${code}`));
  // These hold in part without the habit: a local chart that git leaves out is lost, one chart twice by one name overwrites itself.
  const inPart = ['pulledChartsIgnored gitignore-charts', 'ownReleaseNames chart-release-name'];
  expect(listed.toSorted()).toEqual([...waiting, ...inPart].toSorted());
});

const RELEASES = (...names: string[]): string =>
  `helmCharts:\n${names.map((name, index) => `  - { name: chart-${index}, repo: https://charts.example, version: 1.0.0, releaseName: ${name} }\n`).join('')}`;

test('one app whose charts share a release name is a slip, some of several are a habit', () => {
  const apps = (...releases: string[][]): Record<string, string> =>
    Object.fromEntries(
      releases.map((names, index) => [`live/app-${index}/kustomization.yaml`, RELEASES(...names)]),
    );
  const own = ['a', 'b'];
  const shared = ['a', 'a'];
  const released = (...releases: string[][]) => habits(apps(...releases))['ownReleaseNames'];
  expect(released(own, shared)).toBe('on: 1 of 2 apps');
  expect(released(own, own, own, shared, shared)).toBe('off: 3 of 5 apps');
  expect(released(own, own, own, own, own, shared, shared)).toBe('on: 5 of 7 apps');
  expect(released(['a'])).toBe('on: 0 of 0 apps');
});
