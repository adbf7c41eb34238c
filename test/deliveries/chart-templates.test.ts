import { describe, expect, test } from 'vitest';
import { placeId } from '../../src/deliveries/chart-use.ts';
import { findUses, readPlaces } from '../../src/deliveries/find-uses.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { findChartPlaces } from '../../src/repository/unread/find-chart-places.ts';
import { countUnread, withoutRead } from '../../src/repository/unread/unread.ts';

const CHART = 'apiVersion: v2\nname: fleet\nversion: 0.1.0\n';

function application(source: string, { name = 'web', before = '', after = '' } = {}): string {
  return `${before}apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
spec:
  project: {{ .Values.project }}
  destination: {server: https://kubernetes.default.svc, namespace: web}
  source:
    ${source.replaceAll('\n', '\n    ')}
${after}`;
}

function literal(revision = '1.0.0'): string {
  return `repoURL: https://charts.example.org\nchart: web\ntargetRevision: ${revision}`;
}

function usesOf(template: string, files: Record<string, string> = {}) {
  const all = { 'fleet/Chart.yaml': CHART, 'fleet/templates/web.yaml': template, ...files };
  const repository = parseRepository(new Map(Object.entries(all)));
  const uses = findUses(repository);
  const found = [...repository.text].flatMap(([file, text]) => findChartPlaces(file, text));
  const shown = uses.map(({ app, name, version: { text, at }, held }) =>
    [app.name, name, text, at && placeId(at), ...(held === undefined ? [] : [`held: ${held}`])].join(' '),
  );
  return { shown, uses, unread: countUnread(withoutRead(found, readPlaces(uses))) };
}

const HERE = 'fleet/templates/web.yaml#0:spec.source.targetRevision';

describe('an Application that a chart of the repository makes', () => {
  test.each([
    ['with its version', application(literal()), `web web 1.0.0 ${HERE}`],
    [
      'between conditions, with a name of the values',
      application(literal(), {
        name: "{{ .Values.project }}-{{ .Values.tag | default 'x' }}",
        before: '{{- if .Values.web.enabled }}\n',
        after: '{{- end }}\n',
      }),
      `gitops-{{ .Values.tag | default 'x' }} web 1.0.0 ${HERE}`,
    ],
    [
      'held by a comment',
      application(literal('1.0.0 # pinned: until May')),
      `web web 1.0.0 ${HERE} held: pinned: until May`,
    ],
    [
      'whose version the values give',
      application(literal('{{ .Values.web.version | quote }}')),
      'web web 2.1.0 fleet/values.yaml#0:web.version',
    ],
    [
      'whose version nobody gives',
      application(literal('{{ .Values.web.none }}')),
      `web web {{ .Values.web.none }} ${HERE} held: {{ .Values.web.none }}`,
    ],
    [
      'whose chart and version a variable gives',
      application(literal('{{ $web.version }}').replace('chart: web', 'chart: {{ $web.chart }}'), {
        before: '{{- $web := index .Values "web" -}}\n',
      }),
      'web portal 2.1.0 fleet/values.yaml#0:web.version',
    ],
    [
      'whose version a variable gives that is given twice',
      application(literal('{{ $web.version }}'), {
        before: '{{- $web := .Values.web }}\n{{- $web = .Values.other }}\n',
      }),
      `web web {{ $web.version }} ${HERE} held: {{ $web.version }}`,
    ],
    [
      'whose version is put together',
      application(literal('{{ .Values.web.version }}-{{ .Values.project }}')),
      `web web 2.1.0-gitops ${HERE} held: {{ .Values.web.version }}-{{ .Values.project }}`,
    ],
    [
      'whose chart the values give',
      application(literal().replace('chart: web', 'chart: {{ $.Values.web.chart }}')),
      `web portal 1.0.0 ${HERE}`,
    ],
  ])('%s', (_, template, expected) => {
    const values = 'project: gitops\nweb:\n  version: 2.1.0\n  chart: portal\n';
    const { shown, unread } = usesOf(template, { 'fleet/values.yaml': values });
    expect({ shown, unread }).toEqual({ shown: [expected], unread: [] });
  });

  test('a version of the values that something else gives too is held', () => {
    const template = application(literal('{{ .Values.version }}'));
    const values = { 'fleet/values.yaml': 'version: 1.0.0\n' };
    const [other] = usesOf(template, { ...values, 'fleet/values-prod.yaml': 'version: 2.0.0\n' }).uses;
    expect(other?.held).toBe('fleet/values.yaml, fleet/values-prod.yaml');
    const root = application(
      'repoURL: https://git.example.org/x.git\npath: fleet\nhelm: {parameters: [{name: version, value: 3.0.0}]}',
    );
    const [given] = usesOf(template, {
      ...values,
      'root.yaml': root.replace('{{ .Values.project }}', 'default'),
    }).uses;
    expect(given?.held).toBe('fleet/values.yaml, root.yaml#0:');
  });

  test('a chart that nobody can tell, and a template that is no YAML, are named', () => {
    const unknown = application(literal().replace('chart: web', 'chart: {{ .Values.none }}'));
    const twice = application(`{{ if .x }}\n${literal()}\n{{ else }}\n${literal('2.0.0')}\n{{ end }}`);
    for (const [template, line] of [
      [unknown, 1],
      [twice, 2],
    ] as const)
      expect(usesOf(template)).toEqual({
        shown: [],
        uses: [],
        unread: [
          {
            kind: 'Application',
            count: 1,
            first: `fleet/templates/web.yaml:${line}`,
            source: 'Helm template',
          },
        ],
      });
  });

  test('what stands in a skeleton is nobody’s pin', () => {
    const { shown } = usesOf('a: 1\n', {
      'copier.yml': '_subdirectory: skeleton\n',
      'skeleton/templates/web.yaml': application(literal()),
    });
    expect(shown).toEqual([]);
  });

  test('its values are not looked into; files of this repository are', () => {
    const source = `${literal()}\nhelm:\n  valuesObject: {host: "{{ .Values.project }}"}\n  parameters: [{name: a, value: b}]`;
    const [use] = usesOf(application(source)).uses;
    expect(use?.values.map(place => place.kind)).toEqual(['opaque', 'opaque']);
  });
});

describe('an ApplicationSet that a chart of the repository makes', () => {
  const set = (revision: string, chart = 'web'): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: web
spec:
  generators: [{list: {elements: [{cluster: a, version: 1.4.0}]}}]
  template:
    metadata:
      name: 'web-{{ \`{{cluster}}\` }}'
    spec:
      project: {{ .Values.project }}
      source: {repoURL: https://charts.example.org, chart: '${chart}', targetRevision: '${revision}'}
`;
  const AT = 'fleet/templates/web.yaml#0:spec.template.spec.source.targetRevision';
  const ELEMENT = 'fleet/templates/web.yaml#0:spec.generators.0.list.elements.0.version';

  test.each([
    ['with its version', set('1.0.0'), [`web web 1.0.0 ${AT}`]],
    ['with one of an element', set('{{ `{{version}}` }}'), [`web web 1.4.0 ${ELEMENT} held: ${ELEMENT}`]],
    ['with one of the values', set('{{ .Values.version }}'), ['web web 3.0.0 fleet/values.yaml#0:version']],
    ['not with one that nobody tells', set('{{ .Values.none }}'), []],
  ])('%s', (_, template, expected) => {
    expect(usesOf(template, { 'fleet/values.yaml': 'project: a\nversion: 3.0.0\n' }).shown).toEqual(expected);
  });
});
