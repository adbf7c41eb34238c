import * as fc from 'fast-check';

/** How the text of an index is laid out; every combination is the same data. */
export type IndexStyle = {
  /** The column of the charts' keys. */
  column: number;
  /** How much deeper than its key a list stands. */
  listIndent: number;
  quoteKeys: '' | '"' | "'";
  lineEnd: '\n' | '\r\n';
  start: string;
  /** Between charts and between versions. */
  filler: string;
  metadataFirst: boolean;
};

export const PLAIN_STYLE: IndexStyle = {
  column: 2,
  listIndent: 0,
  quoteKeys: '',
  lineEnd: '\n',
  start: '',
  filler: '',
  metadataFirst: true,
};

export type IndexEntry = Readonly<Record<string, string>>;

/** One index.yaml. The values of an entry are YAML texts, in lines that are indented relative to the entry's fields. */
export function indexYaml(
  charts: Readonly<Record<string, readonly IndexEntry[]>>,
  style = PLAIN_STYLE,
): string {
  const entries = Object.entries(charts).flatMap(([name, versions]) => [
    `${' '.repeat(style.column)}${style.quoteKeys}${name}${style.quoteKeys}:${versions.length > 0 ? '' : ' []'}`,
    ...versions.flatMap(version => [...entryLines(version, style), ...fillerLines(style)]),
    ...fillerLines(style),
  ]);
  const body = Object.keys(charts).length > 0 ? ['entries:', ...entries] : ['entries: {}'];
  const metadata = ['apiVersion: v1', 'generated: "2026-01-01T00:00:00Z"'];
  const lines = style.metadataFirst ? [...metadata, ...body] : [...body, ...metadata];
  return style.start + lines.map(line => line + style.lineEnd).join('');
}

function entryLines(entry: IndexEntry, style: IndexStyle): string[] {
  const dash = ' '.repeat(style.column + style.listIndent);
  const lines = Object.entries(entry).flatMap(([key, value]) => {
    const [first = '', ...rest] = value.split('\n');
    return [`${key}: ${first}`.trimEnd(), ...rest];
  });
  return lines.map((line, index) => (line === '' ? '' : `${dash}${index === 0 ? '- ' : '  '}${line}`));
}

function fillerLines(style: IndexStyle): string[] {
  return style.filler === '' ? [] : style.filler.split('\n');
}

/** A version of a chart with all that generators of indexes write. */
export function indexEntry(name: string, version: string, more: IndexEntry = {}): IndexEntry {
  return {
    apiVersion: 'v2',
    appVersion: `"${version.replaceAll(/["']/g, '')}"`,
    created: '"2026-01-02T03:04:05.678901234Z"',
    dependencies: '\n- name: common\n  repository: https://charts.example.org\n  version: 1.x.x',
    description: `A chart for ${name}`,
    digest: '0a'.repeat(32),
    maintainers: '\n- email: a@example.org\n  name: A',
    name,
    urls: `\n- https://example.org/${name}-${version}.tgz`,
    version,
    ...more,
  };
}

/** Texts that look like structure without being any: each is the value of a field. */
export const TRAPS: readonly string[] = [
  '|\n  entries:\n    evil:\n    - version: 9.9.9',
  '>-\n  evil:\n  - version: 9.9.9\n\n  more',
  '|2\n    evil:\n  - version: 9.9.9',
  '"one\n  evil:\n  - version: 9.9.9"',
  "'it''s\n  - version: 9.9.9\n\n  evil:'",
  'plain text over\n  two lines',
  '[a, "b: c", {d: e},\n  f]',
  '{version: 9.9.9}',
  '"\\"quoted\\" # no comment"',
  "'#'",
  'text # a comment: "open',
  "dogs' 'n' cats",
  'a -- flag "x',
  '',
  '\n# a comment\n- 1',
  '!!str 5',
  '"\\\n  joined"',
  'null',
  '|\n\n\n  blank lines above',
  "|\n  '",
  '|\n  - "',
];

const chartName = fc.constantFrom(
  'grafana',
  'loki',
  'k8s-monitoring',
  'a.b',
  '1password',
  'x_y',
  'evil',
  'n8n',
);
const versionText = fc.constantFrom(
  '1.0.0',
  '1.1.0',
  '1.2',
  'v2.0.0',
  '2.0.0-rc.1',
  '"3.1.0"',
  '1.10',
  'bad',
  "'4.0.0'",
);
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('text', '"quoted"', '\n- a\n- b', '|\n  evil:\n  - b', '5') },
  { weight: 1, arbitrary: fc.constantFrom(...TRAPS) },
);
const fieldName = fc.constantFrom(
  'annotations',
  'description',
  'home',
  'keywords',
  'created',
  'digest',
  'urls',
  'icon',
);

const anyStyle: fc.Arbitrary<IndexStyle> = fc.record({
  column: fc.constantFrom(1, 2, 4),
  listIndent: fc.constantFrom(0, 1, 2),
  quoteKeys: fc.constantFrom('' as const, '' as const, '"' as const, "'" as const),
  lineEnd: fc.constantFrom('\n' as const, '\n' as const, '\r\n' as const),
  start: fc.constantFrom('', '---\n', '# a comment\n\n', '\ufeff', '\ufeff# "\n---\n'),
  filler: fc.constantFrom('', '', '\n', '# comment', '      # "', '  # evil:'),
  metadataFirst: fc.boolean(),
});

const anyEntry = fc
  .tuple(chartName, versionText, fc.dictionary(fieldName, value, { maxKeys: 4 }), fc.boolean())
  .map(([name, version, traps, isFull]) =>
    isFull ? indexEntry(name, version, traps) : { ...traps, version },
  );

export const anyIndex: fc.Arbitrary<string> = fc
  .tuple(fc.dictionary(chartName, fc.array(anyEntry, { maxLength: 4 }), { maxKeys: 5 }), anyStyle)
  .map(([charts, style]) => indexYaml(charts, style));

/** An index with a few of its characters or lines changed: most still parse, some mean something else. */
export const anyDamagedIndex: fc.Arbitrary<string> = fc
  .tuple(anyIndex, fc.array(fc.tuple(fc.nat(5), fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 }))
  .map(([text, changes]) => changes.reduce((current, change) => damage(current, ...change), text));

const SPLINTERS = [
  '"',
  "'",
  ' ',
  '\n',
  '\t',
  '#',
  ': ',
  '- ',
  '{',
  ']',
  '&a ',
  '*a',
  '!!str ',
  '|',
  '\r',
  '---\n',
  '  evil:\n',
  '\n \n',
  '\n# a\n',
  '\n    # a\n',
  '|+\n',
  '\n    - a\n',
];

function damage(text: string, kind: number, place: number, choice: number): string {
  const lines = text.split('\n');
  const line = place % lines.length;
  const at = place % (text.length + 1);
  const changed = lines[line] ?? '';
  if (kind === 0) return text.slice(0, at) + (SPLINTERS[choice % SPLINTERS.length] ?? '') + text.slice(at);
  if (kind === 1) return text.slice(0, at) + text.slice(at + 1 + (choice % 3));
  if (kind === 2) return lines.toSpliced(line, 1, ` ${changed}`).join('\n');
  if (kind === 3) return lines.toSpliced(line, 1, changed.replace(/^ /, '')).join('\n');
  if (kind === 4) return lines.toSpliced(line, 0, lines[choice % lines.length] ?? '').join('\n');
  return lines.toSpliced(line, 1).join('\n');
}
