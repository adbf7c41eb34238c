import { describe, expect, test } from 'vitest';
import { type AskedChart, type Chart, parseChart } from '../../src/charts/chart.ts';
import { thrown } from '../support/thrown.ts';

const CHART = 'apiVersion: v2\nname: grafana\nversion: 8.5.1\n';

function parse(files: Record<string, string | Buffer>, asked?: AskedChart): Chart {
  const all = { 'Chart.yaml': CHART, ...files };
  return parseChart(new Map(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)])), asked);
}

function refusal(files: Record<string, string | Buffer>, asked?: AskedChart): string {
  const error = thrown(() => parse(files, asked));
  expect(error.exit).toBe(5);
  expect(error.message).not.toMatch(/[\u0000-\u001f\u007f]/);
  return `${error.code} ${error.message}`;
}

test('a chart as data', () => {
  const chart = parse({
    'Chart.yaml': `${CHART}appVersion: 11.2\nkubeVersion: ^1.8.0-0\ndescription: Dashboards\nhome: https://grafana.com
annotations: {category: Analytics, number: 5}\ndeprecated: true\ntype: application\ndependencies:
- {name: common, version: 2.x.x, repository: "oci://registry.example.org/charts", condition: common.enabled, alias: c}\n`,
    'values.yaml': 'a: 1\n',
    'values.schema.json': '{"properties": {"a": {"$ref": "#/$defs/a"}}}',
    'crds/a.yaml': '',
    'crds/notes.txt': '',
    'charts/dep/crds/b.json': '',
    'templates/crds/c.yaml': '',
    'templates/route.yaml': 'kind: HTTPRoute\n',
  });
  expect(chart).toEqual({
    name: 'grafana',
    version: '8.5.1',
    appVersion: '11.2',
    kubeVersion: '^1.8.0-0',
    description: 'Dashboards',
    home: 'https://grafana.com',
    type: 'application',
    deprecated: true,
    annotations: { category: 'Analytics' },
    dependencies: [
      {
        name: 'common',
        version: '2.x.x',
        repository: 'oci://registry.example.org/charts',
        condition: 'common.enabled',
        alias: 'c',
      },
    ],
    values: Buffer.from('a: 1\n'),
    valuesSchema: expect.any(Buffer),
    schemaReferences: [],
    crds: ['crds/a.yaml', 'charts/dep/crds/b.json'],
    routes: ['HTTPRoute'],
    hasHttpRoute: true,
  });
});

test('a chart that is hardly one', () => {
  expect(parse({})).toEqual({
    name: 'grafana',
    version: '8.5.1',
    type: 'application',
    deprecated: false,
    annotations: {},
    dependencies: [],
    values: undefined,
    valuesSchema: undefined,
    schemaReferences: [],
    crds: [],
    routes: [],
    hasHttpRoute: false,
  });
});

describe('routes that a template can render', () => {
  test.each([
    ['templates/a.yaml', 'kind: {{ .Values.route.kind | default "HTTPRoute" }}', ['HTTPRoute']],
    ['templates/a.tpl', 'a:\n  kind: "TLSRoute"\r\n---\nkind: GRPCRoute', ['GRPCRoute', 'TLSRoute']],
    ['charts/dep/templates/a.yaml', '- kind: TCPRoute', ['TCPRoute']],
    ['templates/openshift.yaml', 'kind: Route\n', []],
    ['templates/a.yaml', '# an HTTPRoute of one kind: none', []],
    ['files/a.yaml', 'kind: HTTPRoute', []],
  ])('%s: %j', (path, text, routes) => {
    expect(parse({ [path]: text }).routes).toEqual(routes);
  });
});

describe('dependencies', () => {
  const requirements =
    'dependencies:\n- name: mysql\n  version: 1.6.9\n  repository: https://charts.example.org\n';

  test('of apiVersion v1 stand in requirements.yaml', () => {
    const chart = parse({ 'Chart.yaml': 'name: grafana\nversion: 1.0.0', 'requirements.yaml': requirements });
    expect(chart.dependencies.map(({ name }) => name)).toEqual(['mysql']);
  });

  test('A26 an address is kept as text and never used', () => {
    const addresses = ['file://../../..', 'http://169.254.169.254/', '@alias', 'x\u001b[31m'];
    const list = addresses.map(address => `- {name: a, repository: ${JSON.stringify(address)}}`);
    const chart = parse({ 'Chart.yaml': `${CHART}dependencies:\n${list.join('\n')}` });
    expect(chart.dependencies.map(({ repository }) => repository)).toEqual(addresses);
  });

  test.each(['../x', 'a/b', 'a b', 'ü', '.'])('A26 the alias %j is refused', alias => {
    const text = `${CHART}dependencies:\n- {name: a, alias: "${alias}"}`;
    expect(refusal({ 'Chart.yaml': text })).toMatch(/^E_CHART_NAME the dependency a has the alias /);
  });

  test.each(['{}', 'null', '{name: ../x}', '{name: a/b}'])('A26 the dependency %s is refused', item => {
    expect(refusal({ 'Chart.yaml': `${CHART}dependencies:\n- ${item}` })).toMatch(
      /^E_CHART_(?:NAME|INVALID) /,
    );
  });
});

describe('A27 names', () => {
  test.each([
    '.',
    '..',
    'a/b',
    'CON',
    'con',
    '-rf',
    '--help',
    '$(id)',
    'a'.repeat(254),
    'Grafana',
    '',
    'a\\nb',
    'a\\u001b[31m',
  ])('%s is refused', name => {
    expect(refusal({ 'Chart.yaml': `name: "${name}"\nversion: 1.0.0` })).toMatch(/^E_CHART_NAME /);
  });
  test.each(['name: 5', 'name: [a]', 'version: 1.0.0'])('%s is refused', text => {
    expect(refusal({ 'Chart.yaml': `${text}\n` })).toMatch(/^E_CHART_NAME /);
  });
});

test.each(['', 'version: x', 'version: 1.0.0+../../x', 'version: [1]', 'version: "1.0.0\\u001b[31m"'])(
  'R14 a Chart.yaml with %j is refused',
  version => {
    expect(refusal({ 'Chart.yaml': `name: grafana\n${version}` })).toMatch(
      /^E_CHART_INVALID .*its version is /,
    );
  },
);

describe('R15 the chart that was asked for', () => {
  test.each<AskedChart>([
    { name: 'loki' },
    { name: 'loki', version: '8.5.1' },
    { name: 'grafana', version: '8.5.2' },
    { name: 'grafana', version: '8.5.1-rc.1' },
    { name: 'grafana', version: '8.5' },
  ])('%j is another', asked => {
    expect(refusal({}, asked)).toMatch(
      /^E_CHART_MISMATCH asked for .*, but the archive holds grafana 8\.5\.1$/,
    );
  });
  test.each([
    ['8.5.1', '8.5.1'],
    ['v8.5.1', '8.5.1'],
    ['8.5.1', 'v8.5.1'],
    ['8.5.1+b.2', '8.5.1_b.2'],
  ])('%s may be asked for as %s', (found, asked) => {
    const chart = parse(
      { 'Chart.yaml': `name: grafana\nversion: ${found}` },
      { name: 'grafana', version: asked },
    );
    expect(chart.version).toBe(found);
  });
});

describe('A24 hostile YAML', () => {
  test.each<[what: string, text: string | Buffer, message: RegExp]>([
    ['an alias bomb', 'a: &a [1]\nb: *a', /^E_YAML_UNTRUSTED /],
    ['nesting', '['.repeat(5000), /^E_YAML_DEPTH /],
    ['UTF-16', Buffer.from('\ufeffname: a', 'utf16le'), /^E_ENCODING Chart.yaml: it is UTF-16$/],
    ['bytes', Buffer.from([0x61, 0xff]), /^E_ENCODING Chart.yaml: it is not UTF-8 text$/],
    ['not YAML', 'name: "x', /^E_CHART_INVALID the chart is refused: Chart.yaml:1:/],
    ['a template', 'name: {{ .Values.x }}', /^E_CHART_INVALID /],
    ['a list', '- a', /^E_CHART_NAME /],
    ['nothing', '', /^E_CHART_NAME /],
  ])('Chart.yaml: %s', (_, text, message) => {
    expect(refusal({ 'Chart.yaml': text })).toMatch(message);
  });

  test('values.yaml has to be text, and stays as it is', () => {
    expect(refusal({ 'values.yaml': Buffer.from([0xff, 0xfe, 0x61, 0]) })).toMatch(/^E_ENCODING values.yaml/);
    expect(refusal({ 'values.yaml': Buffer.from([0x80]) })).toMatch(/^E_ENCODING values.yaml/);
    for (const text of ['{{ .Values.a }}', 'a: &a [*a]', '\ufeffa: 1\r\n'])
      expect(parse({ 'values.yaml': text }).values?.toString()).toBe(text);
  });

  test('a Chart.yaml with a byte order mark', () => {
    expect(parse({ 'Chart.yaml': `\ufeff${CHART}` }).name).toBe('grafana');
  });

  test('no Chart.yaml', () => {
    expect(thrown(() => parseChart(new Map())).code).toBe('E_CHART_INVALID');
  });
});

function schema(value: unknown): Record<string, string> {
  return { 'values.schema.json': JSON.stringify(value) };
}

describe('A25 schemas', () => {
  test.each(['file:///dev/zero', 'FILE:/etc/passwd', 'ftp://a/b', 'gopher:x', 'jar:file:///a'])(
    'a reference to %s is refused',
    reference => {
      expect(refusal(schema({ properties: { a: { items: [{ $ref: reference }] } } }))).toMatch(
        /^E_CHART_INVALID .*it refers to /,
      );
    },
  );

  test('references that Helm would fetch are told, and never followed', () => {
    const chart = parse(
      schema({ $ref: 'https://example.org/a.json', a: { $ref: 'b.json' }, c: { $ref: '#' } }),
    );
    expect(chart.schemaReferences.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'b.json',
      'https://example.org/a.json',
    ]);
  });

  test('10 000 levels', () => {
    const text = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect(refusal({ 'values.schema.json': text })).toMatch(
      /^E_CHART_INVALID .*nests deeper than 128 levels$/,
    );
  });

  test('a pattern without end is text', () => {
    expect(parse(schema({ pattern: '^(a+)+$', default: 'a'.repeat(50) })).schemaReferences).toEqual([]);
  });

  test.each(['', 'not json', '{"a": 1,}'])('%j is not a schema', text => {
    expect(refusal({ 'values.schema.json': text })).toMatch(/^E_CHART_INVALID .*it is not JSON$/);
  });
});
