import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createFile, joinAll } from '../../src/change-set.ts';
import { valuesChanges } from '../../src/features/upgrade/next-values-file.ts';
import { renderPreview, renderTree } from '../../src/output/preview.ts';
import { type Cell, renderTable } from '../../src/output/table.ts';
import type { Style } from '../../src/output/terminal.ts';
import { cut, pad, widthOf } from '../../src/output/width.ts';
import { wrap } from '../../src/output/wrap.ts';

const plain: Style = text => text;
const colored: Style = (text, format) => {
  const code = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36, magenta: 35 }[format];
  return `\u001b[${code}m${text}\u001b[${format === 'bold' || format === 'dim' ? 22 : 39}m`;
};

describe('cut', () => {
  test.each([
    ['nginx', 5, 'nginx'],
    ['nginx', 4, 'ngi…'],
    ['中文名称', 8, '中文名称'],
    ['中文名称', 7, '中文名…'],
    ['中文名称', 6, '中文…'],
    ['👩‍👩‍👧 family', 3, '👩‍👩‍👧…'],
    ['abc', 0, ''],
  ])('%s at %i', (text, columns, expected) => {
    expect(cut(text, columns)).toBe(expected);
    expect(widthOf(cut(text, columns))).toBeLessThanOrEqual(columns);
  });

  test('pad counts cells', () => expect(pad('中', 4)).toBe('中  '));
});

describe('wrap', () => {
  test.each([
    ['one two three', 7, ['one two', 'three']],
    ['one two', Number.POSITIVE_INFINITY, ['one two']],
    ['see https://example.org/a/long/path now', 10, ['see', 'https://example.org/a/long/path', 'now']],
    ['没有发现问题，继续。', 10, ['没有发现问', '题，继续。']],
    ['没有发现，继续', 8, ['没有发', '现，继续']],
    ['检查 12 个应用（全部）', 12, ['检查 12 个应', '用（全部）']],
    ['a\nb', 10, ['a', 'b']],
  ])('%s at %d', (text, columns, lines) => expect(wrap(text, columns)).toEqual(lines));

  test('hangs, and cuts what is too long where told to', () => {
    expect(wrap('- one two', 6, { hang: '  ' })).toEqual(['- one', '  two']);
    expect(wrap('abcdefgh', 3, { hard: true })).toEqual(['abc', 'def', 'gh']);
  });
});

const ROWS: Cell[][] = [
  ['production/argo-cd', 'argo-cd', { text: '9.7.1', format: 'yellow' }, 'held: wait for the team'],
  [
    'production/监控',
    'kube-prometheus-stack',
    { text: '80.0.0', format: 'red' },
    { text: 'unreachable: https://charts.example.org answers with 503, 请稍后再试', format: 'red' },
  ],
];

describe('tables', () => {
  const widths = [40, 60, 80, 100];
  const styles = [
    { name: 'plain', style: plain },
    { name: 'colour', style: colored },
  ];
  const cases = widths.flatMap(columns => styles.map(each => ({ columns, ...each })));

  test.each(cases)('no line is wider than $columns, $name', ({ columns, style }) => {
    const lines = renderTable(ROWS, { style, columns, head: ['app', '名称', 'newest', 'remarks'] });
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    const words = (text: string): string => stripVTControlCharacters(text).replaceAll(/\s/g, '');
    expect(words(lines.join(''))).toContain(
      'unreachable:https://charts.example.organswerswith503,请稍后再试',
    );
  });

  test.each(widths)('every line ends the colours that it begins, at %i', columns => {
    for (const line of renderTable(ROWS, { style: colored, columns })) {
      const codes = [...line.matchAll(/\u001b\[(\d+)m/g)].map(([, code]) => Number(code));
      expect(codes.filter(code => code > 30 && code < 39).length).toBe(
        codes.filter(code => code === 39).length,
      );
    }
  });

  test('colours change no layout', () => {
    for (const columns of widths)
      expect(renderTable(ROWS, { style: colored, columns }).map(stripVTControlCharacters)).toEqual(
        renderTable(ROWS, { style: plain, columns }),
      );
  });

  test('in a pipe every row is one line, whole, in columns', () => {
    expect(renderTable(ROWS, { style: plain, columns: Number.POSITIVE_INFINITY })).toEqual([
      'production/argo-cd  argo-cd                9.7.1   held: wait for the team',
      'production/监控     kube-prometheus-stack  80.0.0  unreachable: https://charts.example.org answers with 503, 请稍后再试',
    ]);
  });

  test('too narrow for columns: a block for each row', () => {
    expect(renderTable(ROWS.slice(0, 1), { style: plain, columns: 40 })).toEqual([
      'production/argo-cd  argo-cd  9.7.1',
      '    held: wait for the team',
    ]);
  });
});

test('a tree stays within the width, in Chinese too', () => {
  const why = '应用的清单，由 Argo CD 同步到集群，请先检查再提交';
  const paths = ['production/wiki/kustomization.yaml', 'production/wiki/resources/路由.yaml'];
  const set = joinAll(paths.map(path => createFile({ path, content: 'a: 1\n', why })));
  for (const columns of [40, 60, 80]) {
    const lines = renderTree(set, { style: colored, columns });
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  }
  expect(renderTree(set, { style: plain, columns: 80 })).toEqual([
    '  production/wiki/',
    '+   kustomization.yaml   应用的清单，由 Argo CD 同步到集群，请先检查再提交',
    '+   resources/路由.yaml  应用的清单，由 Argo CD 同步到集群，请先检查再提交',
  ]);
});

describe('what a renamed file differs in', () => {
  const page = { style: plain, columns: 100 };
  const renamed = (before: string, after: string): string =>
    renderPreview(
      valuesChanges({
        before: 'blog/values/blog-1.0.0.yaml',
        after: 'blog/values/blog-2.0.0.yaml',
        content: after,
        old: Buffer.from(before),
        why: 'blog 1.0.0 → 2.0.0',
      }),
      page,
    );

  test('is shown before it is written', () => {
    const shown = renamed('port: 80\nhost: a\n', 'port: 8080\nhost: a\n');
    expect(shown).toContain('blog/values/blog-1.0.0.yaml → blog/values/blog-2.0.0.yaml');
    expect(shown).toContain('\n-port: 80\n+port: 8080\n host: a\n');
  });

  test('is cut where it is long, and the rest counted', () => {
    const lines = (name: string): string =>
      Array.from({ length: 90 }, (_, at) => `${name}${at}: 1\n`).join('');
    const shown = renamed(lines('a'), lines('b'));
    expect(shown.split('\n').filter(line => /^[-+][ab]\d/.test(line))).toHaveLength(59);
    expect(shown).toContain('… +90 -31');
  });

  test('a new file of defaults is still only named', () => {
    const set = createFile({ path: 'blog/values/blog-1.0.0.yaml', content: 'port: 80\n', why: 'defaults' });
    expect(renderPreview(set, page)).not.toContain('port: 80');
  });
});
