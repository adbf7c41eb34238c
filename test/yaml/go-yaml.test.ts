import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readLocated } from '../../src/yaml/read.ts';
import { readRemoteDocuments } from '../../src/yaml/remote-yaml.ts';
import { findTool } from '../support/tools.js';

const oracle = findTool('readyaml');

/** Forms after the shape of the YAML test suite, by what they are about. What Go reads, each reader reads. */
const FORMS: Record<string, string[]> = {
  'flow over lines': [
    'a: [\n  1,\n  2\n]\nb: {\n  x: 1\n}\n',
    'x:\n  a: [\n    1\n  ]\n  b: 2\n',
    'x:\n  a: [\n  1,\n  2\n  ]\n',
    'a: [\n1,\n2]\nb: 3\n',
    'a: {\nb: 1,\nc: [\n2\n]\n}\n',
    'a: [\n\t1,\n\t2\n]\n',
    '{\n\t"a": [1, 2],\n\t"b": {"c": null}\n}\n',
    'a: "x\ny"\nb: 1\n',
    "a: 'x\ny'\nb: 1\n",
    "- a: [\n  x,\n# c\n  y\n]\n- 'it''s\n\n  so'\n",
    '[a, # c\n b]\n',
    'a: [1\n',
    'a: [\n--- x\n]\n',
    'a: [x,\n---\n]\n',
    'a: "x\n--- y"\n',
    'a: "x\n...\n"\n',
    'a: "x\n---y"\n',
    'a: [1] x\n',
  ],
  flow: [
    '{"a":1}\n',
    '{a:1}\n',
    '{a, b}\n',
    '[a, b,]\n',
    '[a, , b]\n',
    '[a: 1, b: 2]\n',
    '[http://x:80, b]\n',
    '{? a : 1}\n',
    '{a: , b: 1}\n',
    '{a::b}\n',
    '[a\n b]\n',
  ],
  'merge keys': [
    'd: &d {x: 1, z: 2}\na:\n  <<: *d\n  z: 3\n',
    'd: &d {x: 1}\na:\n  x: 2\n  <<: *d\n',
    'p: &p {x: 1}\nq: &q {x: 2, z: 3}\na:\n  <<: [*p, *q]\n',
    'a:\n  <<: {x: 1}\n  z: 2\n',
    'a:\n  <<: 1\n',
    'a:\n  "<<": 1\n',
  ],
  keys: [
    '{a: 1}: b\n',
    '? a: 1\n: b\n',
    '[a]: b\n',
    'a: {{ .Values.x }}\n',
    '{{ .Values.x }}: a\n',
    '{{- if .Values.x }}\na: 1\n{{- end }}\n',
    '? a\n: 1\n? b\n: 2\n',
    '? a\n? b\n',
    '? |\n  a\n: 1\n',
    'a: &k x\n*k : 2\n',
    '&k a: 1\nb: *k\n',
    'a : 1\n"a b": 2\n',
    'true: a\n1: b\n1.10: c\n0777: d\n',
    '__proto__: 1\nconstructor: 2\n',
    'a: 1\na: 2\n',
    'x:\n  a: 1\n  a: 2\n',
    '{a: 1, a: 2}\n',
    'a\n b: 1\n',
  ],
  tags: [
    'a: !Find [x, z]\n',
    'a: !env_var X\n',
    'a: !secret pw\n',
    'a: !reference [.x, z]\n',
    'a: !Foo\n  b: 1\n',
    'a: !foo 12\n',
    'a: !foo\n',
    'a: !foo "12"\n',
    'a: !foo |\n  x\n',
    'a: !foo\n- 1\n',
    'a: !!str 12\n',
    'a: !!int "12"\n',
    'a: !!float 1\n',
    'a: !!int x\n',
    'a: !!set {x, z}\n',
    'a: !!omap [x: 1]\n',
    'a: !!binary aGVsbG8=\n',
    'a: !<tag:yaml.org,2002:str> 12\n',
    '%TAG !e! tag:example.com,2000:\n---\na: !e!x 1\n',
    'a: !e!x 1\n',
    'a: !!map\n  b: 1\nc: !!seq [1]\n',
  ],
  tabs: [
    'a:\t1\n',
    'a:\n\tb: 1\n',
    'a: 1\t# c\n',
    'a: 1\t\nb: 2\n',
    'a: x\ty\n',
    'a: |\n  x\n  \ty\n',
    '-\ta: 1\n',
    'k: |\n  x\na:\t[1, 2]\nb:\t!own {c: [3]}\nd: {e: "x\ty",\tf: [4]}\n',
  ],
  'block scalars': [
    'a: |\n  x',
    'a: >\n  x\n  y',
    'a: |+\n  x',
    'a: |\n  x\n  ',
    'a: |\n  x ',
    'a:\n  - |\n    x\n    y',
    'a: |-\n  x\n\n',
    'a: |+\n  x\n\nb: 1\n',
    'a: |2\n    x\n',
    'a: |\nb: 1\n',
    'a: | # c\n  x\n',
    'a: >\n  x\n   y\n  z\n',
    'a: |\n\n\n  x\n',
    'a: |\n  x\n\t\n  y\n',
  ],
  'anchors and aliases': [
    'a: &x 1\nb: *x\n',
    'a: &x [1]\nb: *x\n',
    'b: *x\n',
    'a: &x\n  b: *x\n',
    'a: &x 1\nb: &x 2\nc: *x\n',
    'a: &x\nb: *x\n',
    '&x\na: 1\n',
    'a: &x\n- 1\nb: *x\n',
  ],
  scalars: [
    'a: 1.10\nb: 1.0\nc: 5.\nd: .5\ne: 1e3\nf: 12e03\n',
    'a: 0o17\nb: 0777\nc: 08\nd: 0x1F\ne: 0b11\nf: -0x1\ng: -017\nh: 0X1f\ni: 0o8\n',
    'a: 1_000\nb: 1_000.5\nc: _1\nd: 0x_1\ne: 1__0\n',
    'a: yes\nb: No\nc: on\nd: y\ne: True\nf: FALSE\n',
    'a: +1\nb: -0\nc: 12345678901234567890\nd: 123456789012345678901234567890\ne: 9007199254740993\n',
    'a: 12:30\nb: 1.2.3\nc: =\nd: 1-2\ne: +\nf: 0x\ng: "0777"\n',
    'a: ~\nb: Null\nc:\nd: ""\n',
    'a: x#y\nb: x:y\nc: -x\nd: ?x\ne: x | y\nf: http://x:80/y\ng: x, y\nh: x[0]\n',
    'a: @x\n',
    'a: `x`\n',
    'a: %x\n',
    'a: *\n',
    'a: & x\n',
    'a: b: c\n',
    'a: x\n  y\n\n  z\n',
    'a: "x\\ty\\u00e9\\x41"\n',
    'a: "\\d"\n',
    'a: "x\\\n  y"\n',
  ],
  documents: [
    'a: 1\n---\nb: 2\n',
    'a: 1\n...\n---\nb: 2\n',
    '---\n---\na: 1\n',
    'a: 1\n---\n',
    '---\n',
    '--- a\n--- b\n',
    '--- # c\na: 1\n',
    '--- |\n x\n',
    '--- a: 1\n',
    '# c\n---\na: 1\n',
    '%YAML 1.1\n---\na: 1\n',
    'a: 1\n...\n',
    '',
    '# c\n',
  ],
  'characters and line ends': [
    '\ufeffa: 1\n',
    'a: 1\r\nb: |\r\n  x\r\n  y\r\n',
    'a: 1\rb: 2\r',
    'a: x\u0001\n',
    'a: \0\n',
    'a: x\u007f\n',
    'a: x\u0080\n',
    'a: x\u00a0\u{1f600}\n',
  ],
  indentation: [
    'a:\n- 1\n- 2\nb: 1\n',
    '- - 1\n  - 2\n- 3\n',
    '-\n- 1\n',
    'a: - 1\n',
    'a:\n    b: 1\n  c: 2\n',
    'a: 1\n  b: 2\n',
    '- 1\na: 2\n',
    'a:\n # c\n  b: 1\n',
    '  a: 1\n  b: 2\n',
    'a:\nx\n',
    'a: 1',
  ],
};

/** Where we read otherwise on purpose (docs/decisions.md), with what we read; undefined: refused. */
const DIFFERENT: [why: string, text: string, ours: unknown[] | undefined][] = [
  [
    'a date stays as it is written',
    'a: 2001-01-01\n2001-01-02: b\n',
    [{ a: '2001-01-01', '2001-01-02': 'b' }],
  ],
  ['a date stays as it is written', 'a: !!timestamp 2001-01-01\n', [{ a: '2001-01-01' }]],
  ['numbers that JSON lacks', 'a: .inf\n', [{ a: Number.POSITIVE_INFINITY }]],
  ['an empty key', ': a\n', [{ null: 'a' }]],
  ['a null as a key', '~: a\n', [{ null: 'a' }]],
  ['a directive that is not known', '%YAML 1.2\n---\na: 1\n', [{ a: 1 }]],
  ['a directive that is not known', '%FOO x\n---\na: 1\n', [{ a: 1 }]],
  ['a second document without ---', 'a: 1\n...\nb: 2\n', [{ a: 1 }, { b: 2 }]],
  ['two merge keys', 'p: &p {x: 1}\na:\n  <<: *p\n  <<: {z: 2}\n', [{ p: { x: 1 }, a: { x: 1, z: 2 } }]],
  ['the escape of JSON', 'a: "\\/"\n', [{ a: '/' }]],
  ['a tab that is blank', 'a: 1\n\t\nb: 2\n', [{ a: 1, b: 2 }]],
  ['a tab behind a dash', '-\ta\n', [['a']]],
  ['a long key', `${'k'.repeat(1100)}: 1\n`, [{ ['k'.repeat(1100)]: 1 }]],
  ['a key over two lines in a flow map', '{a\n b: 1}\n', [{ 'a b': 1 }]],
  ['a tag that names code of a language', 'a: !!js/function x\n', undefined],
  ['the tag that says nothing', 'a: ! 12\n', [{ a: '12' }]],
  ['? in a flow list', '[?x, a]\n', [['?x', 'a']]],
  ['NEL and LS are characters, no line ends', 'a: "x\u0085y\u2028z"\n', [{ a: 'x\u0085y\u2028z' }]],
  ['NEL and LS are characters, no line ends', 'a: x\u0085b: 1\n', undefined],
  ['a comment without a space before it', 'a: "x"#c\n', undefined],
  ['a lone dash in a flow list', '[-, a]\n', undefined],
];

type Answer = { documents?: unknown[]; error?: string };

function askGo(texts: string[]): Answer[] {
  const answer = execFileSync(oracle ?? '', { input: JSON.stringify(texts), encoding: 'utf8' });
  return JSON.parse(answer) as Answer[];
}

function readOurs(text: string): unknown[] | undefined {
  const result = readLocated(text);
  if (result.status === 'unreadable' || result.yaml.dataProblem) return undefined;
  return JSON.parse(JSON.stringify(result.yaml.documents)) as unknown[];
}

function readRemote(text: string): unknown[] | undefined {
  try {
    return JSON.parse(JSON.stringify(readRemoteDocuments(text, 'x'))) as unknown[];
  } catch {
    return undefined;
  }
}

const isRefusedFromElsewhere = (text: string): boolean => /[*!%]|<</.test(text);

describe.skipIf(!oracle)('what Go reads', () => {
  test.each(Object.entries(FORMS))('%s', (_, texts) => {
    const answers = askGo(texts).map(({ documents, error }) => (error ? undefined : (documents ?? [])));
    expect(texts.map(text => [text, readOurs(text)])).toEqual(texts.map((text, at) => [text, answers[at]]));
    const plain = texts.filter(text => !isRefusedFromElsewhere(text));
    expect(plain.map(text => [text, readRemote(text)])).toEqual(
      plain.map(text => [text, answers[texts.indexOf(text)]?.filter(document => document !== null)]),
    );
  });

  test('what we read otherwise is really read otherwise', () => {
    const answers = askGo(DIFFERENT.map(([, text]) => text));
    const agreed = DIFFERENT.filter(([, , ours], at) => {
      const { documents, error } = answers[at] ?? {};
      return error ? ours === undefined : JSON.stringify(documents) === JSON.stringify(ours);
    });
    expect(agreed).toEqual([]);
  });
});

test.each(DIFFERENT)('we read otherwise: %s: %j', (_, text, ours) => {
  expect(readOurs(text)).toEqual(ours && JSON.parse(JSON.stringify(ours)));
});
