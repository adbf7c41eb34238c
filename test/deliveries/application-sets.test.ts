import { describe, expect, test } from 'vitest';
import { type ChartUse, placeId } from '../../src/deliveries/chart-use.ts';
import { findUses, readPlaces } from '../../src/deliveries/find-uses.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { findChartPlaces } from '../../src/repository/unread/find-chart-places.ts';
import { countUnread, withoutRead } from '../../src/repository/unread/unread.ts';

const OWN = 'https://git.example.org/team/cluster.git';
/** It says which address is the repository itself. */
const ROOT = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: root}
spec: {source: {repoURL: ${OWN}, path: apps}}
`;

type Set = { generators: string; source?: string; name?: string; more?: string };

const CHART = "{repoURL: 'https://charts.example.org', chart: web, targetRevision: '{{ .version }}'}";

function setOf({ generators, source = CHART, name = "'{{ .name }}'", more = 'goTemplate: true' }: Set) {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: fleet}
spec:
  ${more.replaceAll('\n', '\n  ')}
  generators: ${generators}
  template:
    metadata: {name: ${name}}
    spec:
      project: default
      destination: {server: x, namespace: ${name}}
      source: ${source}
`;
}

function usesOf(set: Set, files: Record<string, string> = {}) {
  const all = { 'apps/root.yaml': ROOT, 'apps/set.yaml': setOf(set), ...files };
  const repository = parseRepository(new Map(Object.entries(all)));
  const uses = findUses(repository);
  const found = [...repository.text].flatMap(([file, text]) => findChartPlaces(file, text));
  return { uses, unread: countUnread(withoutRead(found, readPlaces(uses))) };
}

function shown({ version, release, held }: ChartUse): string {
  const at = version.at && placeId(version.at).replace('apps/set.yaml#0:spec.generators', 'generators');
  return [release.name, version.text, at, ...(held === undefined ? [] : [`held: ${held}`])].join(' ');
}

const FILES = {
  'clusters/a.json': '{"name": "a", "version": "1.0.0", "chart": {"version": "2.0.0"}}',
  'clusters/b.yaml': 'name: b\nversion: 1.1.0 # pinned: until May\nenv: prod\n',
  'clusters/deep/c.yaml': '- {name: c, version: 1.2.0}\n- {name: d, version: 1.3.0}\n',
};

function git(more: string): string {
  return `{git: {repoURL: git@git.example.org:team/cluster.git, revision: HEAD, ${more}}}`;
}

describe('the version of an ApplicationSet stands where a generator has it', () => {
  test.each<[string, Set, string[]]>([
    [
      'elements of a list',
      { generators: '[{list: {elements: [{name: a, version: 1.0.0}, {name: b, version: 1.1.0}]}}]' },
      ['a 1.0.0 generators.0.list.elements.0.version', 'b 1.1.0 generators.0.list.elements.1.version'],
    ],
    [
      'list times list: one place for all that use it',
      {
        generators:
          '[{matrix: {generators: [{list: {elements: [{version: 1.0.0}]}}, {list: {elements: [{name: a}, {name: b}]}}]}}]',
      },
      ['{{ .name }} 1.0.0 generators.0.matrix.generators.0.list.elements.0.version'],
    ],
    [
      'files of the repository, JSON and lists too: a star leads into folders as well',
      { generators: `[${git('files: [{path: "clusters/*.yaml"}, {path: clusters/*.json}]')}]` },
      [
        'a 1.0.0 clusters/a.json#0:version',
        'b 1.1.0 clusters/b.yaml#0:version held: pinned: until May',
        'c 1.2.0 clusters/deep/c.yaml#0:0.version',
        'd 1.3.0 clusters/deep/c.yaml#0:1.version',
      ],
    ],
    [
      'an inner field, and a default in its place',
      {
        generators: `[${git('files: [{path: clusters/*.json}]')}]`,
        source: CHART.replace('{{ .version }}', '{{ index .chart "version" | default "9.9.9" }}'),
      },
      ['a 2.0.0 clusters/a.json#0:chart.version'],
    ],
    [
      'a merge: who comes later has the place',
      {
        generators:
          '[{merge: {mergeKeys: [name], generators: [{list: {elements: [{name: a, version: 1.0.0}, {name: b, version: 1.0.1}]}}, {list: {elements: [{name: b, version: 2.0.0}, {name: x, version: 3.0.0}]}}]}}]',
      },
      [
        'a 1.0.0 generators.0.merge.generators.0.list.elements.0.version',
        'b 2.0.0 generators.0.merge.generators.1.list.elements.0.version',
      ],
    ],
    [
      'a matrix in a matrix',
      {
        generators:
          '[{matrix: {generators: [{matrix: {generators: [{list: {elements: [{name: a}]}}, {list: {elements: [{region: eu}]}}]}}, {list: {elements: [{version: 1.0.0}]}}]}}]',
      },
      ['a 1.0.0 generators.0.matrix.generators.1.list.elements.0.version'],
    ],
    [
      'a selector takes some of them',
      {
        generators:
          '[{list: {elements: [{name: a, version: 1.0.0}, {name: b, version: 1.1.0}]}, selector: {matchLabels: {name: b}}}]',
      },
      ['b 1.1.0 generators.0.list.elements.1.version'],
    ],
    [
      'files that the first generator of a matrix names',
      {
        generators: `[{matrix: {generators: [{list: {elements: [{file: b}]}}, ${git("files: [{path: 'clusters/{{ .file }}.yaml'}]")}]}}]`,
      },
      ['b 1.1.0 clusters/b.yaml#0:version held: pinned: until May'],
    ],
    [
      'the old way of writing, and values of a generator',
      {
        more: 'syncPolicy: {}',
        name: "'{{path.basename}}'",
        generators: `[${git('directories: [{path: clusters/*}], values: {version: 1.0.0}')}]`,
        source: CHART.replace('{{ .version }}', '{{values.version}}'),
      },
      ['deep 1.0.0 generators.0.git.values.version'],
    ],
    [
      'values of generators that only a cluster completes: one for all, one where a selector fits',
      {
        generators:
          '[{merge: {mergeKeys: [server], generators: [{clusters: {values: {chart: web, version: 1.0.0}}}, {clusters: {selector: {matchLabels: {env: prod}}, values: {version: 1.0.1}}}]}}]',
        source: CHART.replace('chart: web', "chart: '{{ .values.chart }}'").replace(
          '.version',
          '.values.version',
        ),
      },
      [
        '{{ .name }} 1.0.0 generators.0.merge.generators.0.clusters.values.version',
        '{{ .name }} 1.0.1 generators.0.merge.generators.1.clusters.values.version',
      ],
    ],
    [
      'the template itself, whatever the generators are',
      { generators: '[{clusters: {}}]', source: CHART.replace('{{ .version }}', '1.0.0') },
      ['{{ .name }} 1.0.0 apps/set.yaml#0:spec.template.spec.source.targetRevision'],
    ],
  ])('%s', (_, set, expected) => {
    const { uses, unread } = usesOf(set, FILES);
    expect(uses.map(shown).toSorted()).toEqual(expected);
    expect(new Set(uses.map(({ id }) => id)).size).toBe(uses.length);
    expect(unread).toEqual([]);
  });
});

describe('what cannot be told is named, and never moved', () => {
  const AT = 'apps/set.yaml#0:spec.template.spec.source.targetRevision';

  test.each<[string, Set, string[]]>([
    [
      'clusters',
      { generators: '[{clusters: {}}]' },
      [`{{ .name }} {{ .version }} ${AT} held: {{ .version }}: clusters`],
    ],
    [
      'a function that nobody knows here',
      {
        generators: '[{list: {elements: [{name: a, version: 1.0.0}]}}]',
        source: CHART.replace('.version', 'now | date "2006"'),
      },
      [`a {{ now | date "2006" }} ${AT} held: {{ now | date "2006" }}`],
    ],
    [
      'a version that is put together',
      {
        generators: '[{list: {elements: [{name: a, minor: 3}]}}]',
        source: CHART.replace('{{ .version }}', '1.{{ .minor }}.0'),
      },
      [`a 1.3.0 ${AT} held: 1.{{ .minor }}.0`],
    ],
    [
      'a patch of the template that may say otherwise',
      {
        generators: '[{list: {elements: [{name: a, version: 1.0.0}]}}]',
        more: 'goTemplate: true\ntemplatePatch: |\n  spec: {source: {targetRevision: 2.0.0}}',
      },
      ['a 1.0.0 generators.0.list.elements.0.version held: templatePatch'],
    ],
    [
      'a place that another template fills in',
      {
        generators:
          "[{matrix: {generators: [{list: {elements: [{major: '1'}]}}, {list: {elements: [{name: a, version: '{{ .major }}.0.0'}]}}]}}]",
      },
      [
        'a 1.0.0 generators.0.matrix.generators.1.list.elements.0.version held: apps/set.yaml#0:spec.generators.0.matrix.generators.1.list.elements.0.version',
      ],
    ],
  ])('%s', (_, set, expected) => {
    expect(usesOf(set, FILES).uses.map(shown)).toEqual(expected);
  });

  test('a chart that only a cluster knows is counted as not read', () => {
    const { uses, unread } = usesOf({
      generators: '[{clusters: {}}]',
      source: CHART.replace('chart: web', "chart: '{{ .metadata.annotations.chart }}'"),
    });
    expect([uses, unread]).toEqual([[], [{ kind: 'ApplicationSet', count: 1, first: 'apps/set.yaml:1' }]]);
  });

  test('files of another repository, and generators that multiply without end', () => {
    const other = usesOf(
      {
        generators:
          '[{git: {repoURL: https://git.example.org/other.git, files: [{path: elsewhere/*.yaml}]}}]',
      },
      FILES,
    );
    expect(other.uses.map(({ held }) => held)).toEqual([
      '{{ .version }}: git https://git.example.org/other.git',
    ]);
    const list = `{list: {elements: [${Array.from({ length: 150 }, (_, n) => `{n${n}: ${n}}`).join(', ')}]}}`;
    const many = usesOf({ generators: `[{matrix: {generators: [${list}, ${list}]}}]` });
    expect(many.uses.map(({ held }) => held)).toEqual(['{{ .version }}: matrix']);
  });
});

test('values files with parameters are those that the Applications really name', () => {
  const set = setOf({
    generators: `[${git('files: [{path: clusters/*.yaml}, {path: clusters/*.json}]')}]`,
  }).replace(
    /source: .*/,
    `sources:
        - {repoURL: 'https://charts.example.org', chart: web, targetRevision: 1.0.0, helm: {valueFiles: ['$own/values/all.yaml', '$own/values/{{ .name }}.yaml']}}
        - {repoURL: '${OWN}', ref: own}`,
  );
  const { uses } = usesOf(
    { generators: '[]' },
    { ...FILES, 'apps/set.yaml': set, 'values/all.yaml': 'a: 1\n', 'values/a.yaml': 'a: 2\n' },
  );
  expect(uses.map(({ values }) => values.map(place => (place.kind === 'file' ? place.path : place)))).toEqual(
    [
      [
        'values/all.yaml',
        'values/a.yaml',
        ...['b', 'c', 'd'].map(name => ({ kind: 'opaque', what: `$own/values/${name}.yaml` })),
      ],
    ],
  );
});
