import { expect, test } from 'vitest';
import { findUses, readPlaces } from '../../src/deliveries/find-uses.ts';
import type { ChartUse } from '../../src/deliveries/chart-use.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { findChartPlaces } from '../../src/repository/unread/find-chart-places.ts';
import { withoutRead } from '../../src/repository/unread/unread.ts';

const CHART = '{name: web, repo: "https://x", version: 1.0.0';

function repositoryOf(files: Record<string, string>) {
  const repository = parseRepository(new Map(Object.entries(files)), ['production']);
  const uses = findUses(repository);
  const found = [...repository.text].flatMap(([file, text]) => findChartPlaces(file, text));
  return { uses, unread: withoutRead(found, readPlaces(uses)) };
}

function places({ values }: ChartUse): string[] {
  return values.map(place => (place.kind === 'file' ? place.path : place.kind));
}

test.each([
  ['over the file', '', ['production/a/values.yaml', 'map', 'production/a/more.yaml']],
  ['below the file', ', valuesMerge: merge', ['map', 'production/a/values.yaml', 'production/a/more.yaml']],
  ['instead of it', ', valuesMerge: replace', ['map', 'production/a/more.yaml']],
])('inline values lie %s', (_, merge, expected) => {
  const entry = `${CHART}, valuesFile: ./values.yaml, valuesInline: {a: 1}, additionalValuesFiles: [more.yaml]${merge}}`;
  const { uses } = repositoryOf({ 'production/a/kustomization.yaml': `helmCharts: [${entry}]\n` });
  expect(uses.map(places)).toEqual([expected]);
});

test('charts of nested kustomizations, of bases, of components and of generators, each once and with its own folder', () => {
  const { uses, unread } = repositoryOf({
    'production/a/kustomization.yaml':
      'resources: [nested, ../../base]\ncomponents: [../../part]\ngenerators: [web.yaml]\n',
    'production/a/nested/kustomization.yaml': `helmCharts: [${CHART}, valuesFile: own.yaml}]\nhelmGlobals: {chartHome: ../pulled}\n`,
    'production/a/web.yaml':
      'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: web}\nname: web\nrepo: https://x\nversion: 1.0.0 # pinned by hand\nvaluesFile: gen.yaml\n',
    'production/b/kustomization.yaml': 'resources: [../../base]\n',
    'base/kustomization.yaml': `helmCharts: [${CHART}}]\n`,
    'part/kustomization.yaml': `kind: Component\nhelmCharts: [${CHART}}]\n`,
  });
  expect(uses.map(({ id, app, chartHome, held }) => [id, app.path, chartHome, held])).toEqual([
    ['production/a/web.yaml#0:', 'production/a', 'production/a/charts', 'pinned by hand'],
    [
      'production/a/nested/kustomization.yaml#0:helmCharts.0',
      'production/a',
      'production/a/pulled',
      undefined,
    ],
    ['base/kustomization.yaml#0:helmCharts.0', 'base', 'base/charts', undefined],
    ['part/kustomization.yaml#0:helmCharts.0', 'part', 'part/charts', undefined],
  ]);
  expect(uses.flatMap(places)).toEqual(['production/a/gen.yaml', 'production/a/nested/own.yaml']);
  expect(unread).toEqual([]);
});

test('what nobody deploys is not looked into', () => {
  const { uses } = repositoryOf({
    'production/a/kustomization.yaml': 'namespace: a\n',
    'disabled/b/kustomization.yaml': `helmCharts: [${CHART}}]\n`,
  });
  expect(uses).toEqual([]);
});

test('kustomizations that take each other in end', () => {
  const { uses } = repositoryOf({
    'production/a/kustomization.yaml': 'resources: [../../x]\n',
    'x/kustomization.yaml': `resources: [../y]\nhelmCharts: [${CHART}}]\n`,
    'y/kustomization.yaml': 'resources: [../x]\n',
  });
  expect(uses).toHaveLength(1);
});
