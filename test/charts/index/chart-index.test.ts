import * as fc from 'fast-check';
import { load, YAMLException } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import {
  type ChartIndex,
  chartDescription,
  chartVersions,
  parseChartIndex,
} from '../../../src/charts/index/chart-index.ts';
import type { ChartVersion } from '../../../src/charts/chart-version.ts';
import { asMap, field, isDataMap } from '../../../src/data/fields.ts';
import {
  anyDamagedIndex,
  anyIndex,
  indexEntry,
  indexYaml,
  PLAIN_STYLE,
  TRAPS,
} from '../../support/index-yaml.ts';
import { parseVersion, versionsAfter } from '../../../src/charts/versions/versions.ts';
import { thrown } from '../../support/thrown.ts';

function open(text: string): ChartIndex {
  return parseChartIndex(Buffer.from(text), 'repo');
}

function versions(index: ChartIndex, chart = 'grafana'): string[] {
  return chartVersions(index, chart).versions.map(({ version }) => version);
}

function first(index: ChartIndex, chart = 'grafana'): ChartVersion | undefined {
  return chartVersions(index, chart).versions[0];
}

/** What a parse of the whole text by js-yaml alone says; undefined where it is not an index. */
function reference(text: string): ChartIndex | undefined {
  const entries = field(asMap(load(text, { maxAliases: 0 })), 'entries') ?? {};
  if (!isDataMap(load(text)) || !isDataMap(entries)) return undefined;
  return {
    what: 'repo',
    form: 'parsed',
    entries,
    charts: Object.keys(entries),
    notes: [],
    mostParsed: Infinity,
  };
}

/** An index of one chart with these entries, as flow maps. */
function oneChart(...entries: string[]): ChartIndex {
  return open(`apiVersion: v1\nentries:\n  grafana:\n${entries.map(entry => `  - ${entry}\n`).join('')}`);
}

describe('one chart is cut out', () => {
  const text = indexYaml({
    grafana: [
      indexEntry('grafana', '8.5.0'),
      indexEntry('grafana', '8.5.1'),
      indexEntry('grafana', '8.10.0'),
    ],
    loki: [indexEntry('loki', '6.0.0')],
  });

  test('its versions, highest first, with what a pin needs', () => {
    const index = open(text);
    expect(index.form).toBe('scanned');
    expect(index.charts).toEqual(['grafana', 'loki']);
    expect(versions(index)).toEqual(['8.10.0', '8.5.1', '8.5.0']);
    expect(first(index)).toEqual({
      version: '8.10.0',
      created: '2026-01-02T03:04:05.678Z',
      digest: '0a'.repeat(32),
      appVersion: '8.10.0',
      deprecated: false,
      removed: false,
      urls: ['https://example.org/grafana-8.10.0.tgz'],
    });
  });

  test.each([
    ['a space before the colon', 'description : A chart for grafana'],
    ['quotes', '"description": A chart for grafana'],
    ['a tag', '!!str description: A chart for grafana'],
    ['a question mark', '? description\n    : A chart for grafana'],
    ['a comment above', '# description:\n    description: A chart for grafana'],
  ])('a field that is written with %s', (_, line) => {
    const index = open(text.replaceAll('description: A chart for grafana', line));
    expect(chartDescription(index, 'grafana', '8.10.0')).toBe('A chart for grafana');
  });

  test('another chart may be broken', () => {
    expect(versions(open(text.replace('version: 6.0.0', 'version: {'))).length).toBe(3);
  });

  test('a chart that is not there, and the one that is meant', () => {
    const error = thrown(() => versions(open(text), 'grafanna'));
    expect([error.code, error.hint]).toEqual(['E_NO_CHART', 'Did you mean grafana?']);
    expect(thrown(() => versions(open(text), 'x')).hint).toBe('It has grafana, loki.');
  });

  test('R26 the same name in two repositories is two charts', () => {
    const other = open(indexYaml({ grafana: [indexEntry('grafana', '99.0.0')] }));
    expect([versions(open(text))[0], versions(other)[0]]).toEqual(['8.10.0', '99.0.0']);
  });
});

describe('forms that need a whole parse give the same', () => {
  const charts = { grafana: [indexEntry('grafana', '1.0.0')], loki: [indexEntry('loki', '2.0.0')] };
  const plain = indexYaml(charts);
  test.each<[what: string, text: string]>([
    [
      'flow style',
      'entries: {grafana: [{name: grafana, version: 1.0.0}], loki: [{name: grafana, version: 2.0.0}]}\n',
    ],
    ['JSON', JSON.stringify(load(plain))],
    ['JSON with a byte order mark', `\ufeff ${JSON.stringify(load(plain), undefined, 2)}`],
    ['a quoted top-level key', plain.replace('entries:', '"entries":')],
    ['an explicit key', plain.replace('  loki:', '  ? loki\n  :')],
    ['a key with an escape', plain.replace('  loki:', '  "lok\\u0069":')],
    ['an anchor', plain.replace('  loki:', '  loki: &loki')],
    ['a tab behind a key', plain.replace('  loki:', '  loki:\t')],
    ['a space before the colon', plain.replace('  loki:', '  loki :')],
    ['a document end', `${plain}...\n`],
    ['a directive', `%YAML 1.2\n---\n${plain}`],
    ['a quoted text in the column of the charts', plain.replace('A chart for loki', '"A\n     chart"')],
  ])('%s', (_, text) => {
    const index = open(text);
    expect(index.charts).toEqual(['grafana', 'loki']);
    expect([versions(index), versions(index, 'loki')]).toEqual([['1.0.0'], ['2.0.0']]);
  });

  test.each([
    ['CRLF', indexYaml(charts, { ...PLAIN_STYLE, lineEnd: '\r\n' })],
    [
      'a byte order mark, a comment, a document start',
      indexYaml(charts, { ...PLAIN_STYLE, start: '\ufeff# x\n---\n' }),
    ],
    ['quoted keys', indexYaml(charts, { ...PLAIN_STYLE, quoteKeys: '"' })],
    ['lists that are indented', indexYaml(charts, { ...PLAIN_STYLE, listIndent: 2, column: 4 })],
    ['comments and blank lines', indexYaml(charts, { ...PLAIN_STYLE, filler: '\n# grafana:\n      # "' })],
  ])('%s does not', (_, text) => {
    const index = open(text);
    expect(index.form).toBe('scanned');
    expect([versions(index), versions(index, 'loki')]).toEqual([['1.0.0'], ['2.0.0']]);
  });

  test.each(['1.10', 'true', 'null', '0x1F', '1e3', '.inf', '~'])(
    'a chart named %s, which YAML reads otherwise',
    name => {
      const text = `entries:\n  ${name}:\n  - version: 1.0.0\n`;
      expect(open(text).charts).toEqual(reference(text)?.charts);
    },
  );
});

describe('a text cannot pass for another chart', () => {
  const honest = { grafana: [indexEntry('grafana', '1.0.0')], loki: [indexEntry('loki', '2.0.0')] };

  test.each(TRAPS)('%j as a value', trap => {
    for (const name of ['annotations', 'description', 'home']) {
      const entry = indexEntry('grafana', '1.0.0', { [name]: trap });
      const index = open(indexYaml({ ...honest, grafana: [entry] }));
      expect(index.charts).toEqual(['grafana', 'loki']);
      expect(versions(index)).toEqual(['1.0.0']);
    }
  });

  // In the last field of the last version, so that the lines before and behind it fit any reading.
  const fake = '\n  evil:\n  - version: 9.9.9\n    home: x';
  test.each([
    ['double quotes', `"${fake}"`],
    ['double quotes with an escaped one', `"a \\"${fake}"`],
    ['single quotes', `'a "${fake}'`],
    ['single quotes with a doubled one', `'it''${fake}'`],
    ['a tag before the quote', `!!str "${fake}"`],
    ['an anchor before the quote', `&a '${fake}'`],
    ['a list in brackets', `["${fake}"]`],
    ['a list with more', `[a, 'b', "${fake}"]`],
    ['a map in braces', `{"a":"${fake}"}`],
    ['a quote on its own line', `\n      "${fake}"`],
    ['quotes that are never closed', `"${fake}`],
  ])('text that runs on in the column of the charts: %s', (_, text) => {
    const entry = indexEntry('grafana', '1.0.0', { home: 'HERE' });
    const whole = indexYaml({ grafana: [entry] }).replace('HERE', () => text);
    // Text that runs on at the left edge is text for Go's parser too: there is no such chart.
    const code = text.startsWith('"') && !text.endsWith('"') ? 'E_INDEX_NOT_YAML' : 'E_NO_CHART';
    expect(thrown(() => versions(open(whole), 'evil')).code).toBe(code);
  });

  test('a carriage return alone ends a line for a parser, and so for us', () => {
    const text = 'entries:\n  a:\n  - version: 1.0.0\r  b:\r  - version: 2.0.0\n';
    expect(open(text).charts).toEqual(['a', 'b']);
  });

  test.each([
    ['in another column', ' evil:\n - version: 9.9.9\n'],
    ['behind a tab', '\tevil:\n  - version: 9.9.9\n'],
    ['in a second document', '---\nentries:\n  evil:\n  - version: 9.9.9\n'],
    ['in entries again', 'entries:\n  evil:\n  - version: 9.9.9\n'],
  ])('a chart %s', (_, text) => {
    const error = thrown(() => versions(open(`entries:\n  a:\n  - version: 1.0.0\n${text}`), 'evil'));
    expect(error.code).toBe('E_INDEX_NOT_YAML');
  });

  test('the same before the entries', () => {
    const text = `annotations:\n  a: "\nentries:\n  evil:\n  - version: 9.9.9\n"\n${indexYaml(honest)}`;
    expect(thrown(() => versions(open(text), 'evil')).code).toBe('E_NO_CHART');
  });

  test('a chart twice', () => {
    const text =
      indexYaml(honest) + indexYaml({ grafana: [indexEntry('grafana', '9.0.0')] }).split('entries:\n')[1];
    const twice = indexYaml(honest).replace('  loki:', '  "grafana":');
    expect(thrown(() => open(twice)).message).toMatch(/defined twice in one map \(first at 4:3\)/);
    expect(thrown(() => versions(open(text))).code).toBe('E_INDEX_NOT_YAML');
  });

  test.each(['"', "'"])('a field of a version within text in %s', quote => {
    const text = `entries:\n  grafana:\n  - home: ${quote}\n    version: 9.9.9\n    icon: x${quote}\n`;
    expect(versions(open(text))).toEqual([]);
  });
});

test('every index in block style is read as a whole parse reads it', () => {
  fc.assert(
    fc.property(anyIndex, text => {
      expect(everything(open(text))).toEqual(everything(reference(text)));
    }),
    { numRuns: 200 },
  );
});

test('a damaged index is read as a whole parse reads it, where that can', () => {
  fc.assert(
    fc.property(anyDamagedIndex, text => {
      fc.pre(isPlainYaml(text));
      const whole = reference(text);
      const index = whole ? open(text) : undefined;
      expect(index && everything(index)).toEqual(whole && everything(whole));
    }),
    { numRuns: 500 },
  );
});

function isPlainYaml(text: string): boolean {
  try {
    load(text, { maxAliases: 0 });
    return !/!!|<</.test(text);
  } catch (error) {
    if (error instanceof YAMLException) return false;
    throw error;
  }
}

function everything(index: ChartIndex | undefined): unknown {
  return index?.charts.map(chart => [chart, chartVersions(index, chart)]);
}

test('of the versions after another one no more is read, and they are the same', () => {
  const texts = ['0.0.1', '1.0.0', '1.2.3-rc.1', '2.0.0', '99.0.0'];
  const pinned = fc.constantFrom(...texts.flatMap(text => parseVersion(text) ?? []));
  const alike = fc.property(anyIndex, pinned, (text, after) => {
    const index = open(text);
    for (const chart of index.charts) {
      const all = chartVersions(index, chart);
      const some = chartVersions(index, chart, after);
      expect(some).toEqual({ ...all, versions: versionsAfter(all.versions, after) });
    }
  });
  expect(() => fc.assert(alike, { numRuns: 200 })).not.toThrow();
});

describe('R10 what is bad is skipped and counted', () => {
  test.each<[what: string, text: string, charts: string[]]>([
    ['entries: null', 'apiVersion: v1\nentries:\n', []],
    ['no entries', 'apiVersion: v1\n', []],
    ['a null chart', 'entries:\n  a:\n  b:\n', ['a', 'b']],
    ['a chart that is a map', 'entries:\n  a:\n    b: c\n', ['a']],
    ['a chart that is a text', 'entries:\n  a: b\n', ['a']],
    ['garbage as a date', 'generated: garbage\nentries: {a: []}\n', ['a']],
  ])('%s', (_, text, charts) => {
    const index = open(text);
    expect(index.charts).toEqual(charts);
    for (const chart of charts) expect(chartVersions(index, chart)).toEqual({ versions: [], skipped: 0 });
  });

  test('entries that are a list', () => {
    expect(thrown(() => open('entries:\n- a\n')).code).toBe('E_INDEX');
  });

  test('versions', () => {
    const index = oneChart(
      'null',
      '{name: grafana, version: 1.10}',
      '{name: grafana, version: 2}',
      '{name: x}',
      '{version: "3.0.0"}',
      '{version: "3.0.0", name: ""}',
      'text',
      '[]',
      '{name: grafana, version: "1.0.0", appVersion: one}',
      '{name: grafana, version: "1.0.0", appVersion: two}',
      '{name: grafana, version: v1.2.0, created: garbage, urls: x, deprecated: "true", digest: 5}',
    );
    const { versions: list, skipped } = chartVersions(index, 'grafana');
    expect(list.map(({ version, appVersion }) => [version, appVersion])).toEqual([
      ['v1.2.0', undefined],
      ['1.0.0', 'one'],
    ]);
    expect(list[0]).toEqual({ version: 'v1.2.0', digest: '5', deprecated: false, removed: false, urls: [] });
    expect(skipped).toBe(9);
  });

  test('an apiVersion that is missing is told', () => {
    expect(open('entries:\n  a:\n').notes).toEqual(['it has no apiVersion, which Helm requires']);
    expect(open('entries: {}').notes).toHaveLength(1);
    expect(open('apiVersion: v1\nentries:\n  a:\n').notes).toEqual([]);
  });

  test('names of a prototype are charts like any other', () => {
    const index = open(
      '{"entries": {"__proto__": [{"name": "__proto__", "version": "1.0.0"}], "toString": []}}',
    );
    expect(versions(index, '__proto__')).toEqual(['1.0.0']);
    expect(thrown(() => versions(open('entries: {a: []}'), 'toString')).code).toBe('E_NO_CHART');
  });
});

describe('R11 what is not an index', () => {
  test.each([
    ['nothing', '', 'E_INDEX repo is empty'],
    ['comments only', '# nothing\n', 'E_INDEX repo is empty'],
    [
      'two documents',
      'entries: {}\n---\nentries: {}\n',
      'E_INDEX_NOT_YAML repo is not an index of charts: repo contains more than one document',
    ],
    [
      'N15 a login page',
      '\n<!DOCTYPE html><html>',
      'E_INDEX_NOT_YAML repo is not an index of charts: got an HTML page (a login, or a proxy?)',
    ],
    ['a text', 'Not found', 'E_INDEX_NOT_YAML repo is not an index of charts: it is not a map'],
    ['a list', '- a', 'E_INDEX_NOT_YAML repo is not an index of charts: it is not a map'],
    ['half a JSON', '{"entries": {"a": [', 'E_INDEX_NOT_YAML repo is not an index of charts: repo:1:20'],
  ])('%s', (_, text, message) => {
    const error = thrown(() => open(text));
    expect(`${error.code} ${error.message}`).toMatch(message);
    expect(error.exit).toBe(4);
  });

  test('UTF-16 and other bytes', () => {
    const error = thrown(() => parseChartIndex(Buffer.from('\ufeffentries: {}', 'utf16le'), 'repo'));
    expect(`${error.code} ${error.message}`).toBe('E_ENCODING repo: it is UTF-16');
    expect(thrown(() => parseChartIndex(Buffer.from([0x61, 0x3a, 0xff]), 'repo')).code).toBe('E_ENCODING');
    const bad = Buffer.concat([Buffer.from('entries:\n  a:\n  - home: '), Buffer.from([0xff, 0x0a])]);
    expect(thrown(() => chartVersions(parseChartIndex(bad, 'repo'), 'a')).code).toBe('E_ENCODING');
  });
});

describe('R13 limits', () => {
  test('100 000 charts', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `  c${index}:\n`).join('');
    expect(thrown(() => open(`entries:\n${names}`)).code).toBe('E_LIMIT');
    const flow = Array.from({ length: 60_000 }, (_, index) => `c${index}: []`).join(', ');
    expect(thrown(() => open(`entries: {${flow}}`)).code).toBe('E_YAML_LIMIT');
    expect(thrown(() => open(`{"entries": {${flow.replaceAll(/c\d+/g, '"$&"')}}}`)).code).toBe('E_LIMIT');
  });

  test('25 000 versions of one chart', () => {
    const list = Array.from({ length: 25_000 }, (_, index) => `  - version: 1.0.${index}\n`).join('');
    const index = open(`entries:\n  a:\n${list}`);
    expect(thrown(() => chartVersions(index, 'a')).message).toBe(
      'a has more than 20000 versions in the index',
    );
  });

  test('a description of 5 MB, and any other field', () => {
    const long = 'x'.repeat(5_000_000);
    const index = oneChart(`{name: grafana, version: 1.0.0, description: ${long}}`);
    expect(thrown(() => chartDescription(index, 'grafana', '1.0.0')).code).toBe('E_YAML_LIMIT');
    expect(thrown(() => versions(oneChart(`{appVersion: ${long}}`))).code).toBe('E_YAML_LIMIT');
    const lines = open(`entries:\n  a:\n  - version: 1.0.0\n    appVersion: ${long}\n`);
    expect(thrown(() => versions(lines, 'a')).code).toBe('E_YAML_LIMIT');
  });

  test('brackets that would fill the memory', () => {
    const brackets = '[],'.repeat(5_000_000);
    expect(thrown(() => open(`entries: [${brackets}]`)).code).toBe('E_YAML_LIMIT');
    expect(thrown(() => open(`{"entries": [${brackets}0]}`)).code).toBe('E_YAML_LIMIT');
  });

  test('an alias in one chart does not stop another', () => {
    const index = open(
      'entries:\n  a:\n  - &x\n    version: 1.0.0\n  - *x\n  b:\n  - version: 1.0.0\n    name: b\n',
    );
    expect(thrown(() => versions(index, 'a')).code).toBe('E_YAML_UNTRUSTED');
    expect(versions(index, 'b')).toEqual(['1.0.0']);
  });
});

test('R14 texts that are no version are never shown', () => {
  const texts = ['1.0.0\\u001b]0;pwn\\u0007', '9999999999999999999.0.0', '1.0.0+../../x', '1'.repeat(10_000)];
  const index = oneChart(...texts.map(text => `{name: grafana, version: "${text}"}`));
  expect(chartVersions(index, 'grafana')).toEqual({ versions: [], skipped: 4 });
});

describe('R16 digests', () => {
  const hex = 'AB'.repeat(32);
  test.each([
    [hex, hex.toLowerCase()],
    [`sha256:${hex}`, hex.toLowerCase()],
    [`sha1:${'a'.repeat(40)}`, `sha1:${'a'.repeat(40)}`],
    ['a'.repeat(63), 'a'.repeat(63)],
    ['', undefined],
  ])('%s', (text, digest) => {
    expect(first(oneChart(`{name: grafana, version: "1.0.0", digest: "${text}"}`))?.digest).toBe(digest);
  });
});

test('R18 what its publisher says of a version', () => {
  const index = oneChart(
    '{name: grafana, version: "1.0.0", deprecated: true}',
    '{name: grafana, version: "0.9.0", removed: true}',
  );
  expect(chartVersions(index, 'grafana').versions).toEqual([
    { version: '1.0.0', deprecated: true, removed: false, urls: [] },
    { version: '0.9.0', deprecated: false, removed: true, urls: [] },
  ]);
});

test.each([
  ['2021-05-21T13:04:19.360025134Z', '2021-05-21T13:04:19.360Z'],
  ['2021-05-21T13:04:19+02:00', '2021-05-21T11:04:19.000Z'],
  ['0001-01-01T00:00:00Z', undefined],
  ['1970-01-01T00:00:00Z', undefined],
  ['yesterday', undefined],
])('created: %s', (text, created) => {
  expect(first(oneChart(`{name: grafana, version: "1.0.0", created: "${text}"}`))?.created).toBe(created);
});
