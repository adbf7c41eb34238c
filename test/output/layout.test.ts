import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type ChangeSet, createFile, joinAll } from '../../src/change-set.ts';
import { valuesChanges } from '../../src/features/upgrade/next-values-file.ts';
import { layOut } from '../../src/output/lay-out.ts';
import { renderPreview, renderTree } from '../../src/output/preview.ts';
import { type Cell, renderTable } from '../../src/output/table.ts';
import { promptLook } from '../../src/output/prompts.ts';
import type { Style } from '../../src/output/spans.ts';
import { cut, pad, widthOf } from '../../src/output/width.ts';
import { wrap, wrapBlock } from '../../src/output/wrap.ts';

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

describe('a command in lines', () => {
  test.each([
    ['slipway new-app shop --demo=/tmp/fleet', 40],
    [`slipway upgrade ${'x'.repeat(38)} --yes`, 40],
    [`slipway upgrade ${'x'.repeat(36)} --yes`, 40],
    [`slipway upgrade ${'x'.repeat(35)} --yes`, 40],
    [`slipway upgrade ${'x'.repeat(76)} ${'y'.repeat(75)} --yes`, 40],
  ])(
    '%s: no backslash comes to stand alone where the terminal breaks what is too long',
    (command, columns) => {
      const lines = layOut([{ command }], { columns, style: plain }).split('\n');
      for (const line of lines.filter(each => each.endsWith(' \\')))
        expect([line, (line.length - 1) % columns, (line.length - 2) % columns]).not.toEqual(
          expect.arrayContaining([0]),
        );
      expect(
        lines
          .join('\n')
          .replaceAll(/ \\\n\s*/g, ' ')
          .trim(),
      ).toBe(command);
    },
  );
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

describe('nothing is torn that has room', () => {
  const FILES = [
    'production/guestbook/resources/guestbook-sealedsecret.yaml',
    'production/guestbook/resources/route.yaml',
    'production/guestbook/values/guestbook-1.0.0-values.yaml',
  ];
  const why = 'serves shop.apps.campus.example, and shop.example.org';
  const tree = (columns: number): string[] => {
    const set = joinAll(FILES.map(path => createFile({ path, content: 'a: 1\n', why })));
    return renderTree(set, { style: plain, columns });
  };

  test.each([40, 50, 60, 70, 80])('a host at %d stands on one line', columns => {
    const lines = tree(columns);
    expect(lines.filter(line => line.includes('shop.apps.campus.example,'))).toHaveLength(FILES.length);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  test.each([24, 40, 50, 60])('no mark stands alone at %d, and a path ends at its own signs', columns => {
    const lines = tree(columns);
    expect(lines.filter(line => /^\s*[-+~]?\s*$/.test(line))).toEqual([]);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    const broken = lines.filter(line => line.startsWith('+') && !line.endsWith('.yaml'));
    for (const line of broken) expect(line).toMatch(/[-./]$/);
  });

  test('a table without room keeps the names of its columns', () => {
    const head = ['app', 'chart', 'newest', 'remarks'];
    expect(renderTable(ROWS.slice(0, 1), { style: plain, columns: 40, head })).toEqual([
      'production/argo-cd  chart: argo-cd',
      '    newest: 9.7.1',
      '    remarks: held: wait for the team',
    ]);
  });

  test('a cell that would be torn hangs below its row, the others stay in columns', () => {
    expect(
      renderTable(
        [
          ['web', 'https://charts.example.org/stable'],
          ['database', 'held'],
        ],
        { style: plain, columns: 35 },
      ),
    ).toEqual(['web', '    https://charts.example.org/', '    stable', 'database  held']);
  });
});

describe('a preview', () => {
  const fingerprint = Array.from(
    { length: 32 },
    (_, index) => `A${(index % 16).toString(16).toUpperCase()}`,
  ).join(':');
  const before = `images:\n  - name: web\n    digest: sha256:${'0a'.repeat(32)}\n`;
  const after = `images:\n  - name: web\n    digest: sha256:${'1b'.repeat(32)}\n    print: ${fingerprint}\n`;
  const set = (path: string): ChangeSet => ({
    changes: [
      {
        kind: 'file',
        action: 'update',
        path,
        before: Buffer.from(before),
        content: Buffer.from(after),
        why: 'x',
      },
    ],
  });

  test.each([40, 60, 100])('each line of a diff carries its mark at %d, and fits', columns => {
    const text = renderPreview(set('a.yaml'), { style: plain, columns });
    for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    const diff = text.split('\n').slice(2, text.split('\n').indexOf(''));
    expect(diff.filter(line => !/^[-+ ]/.test(line))).toEqual([]);
    const side = (mark: string): string =>
      diff
        .filter(line => line.startsWith(mark))
        .map(line => line.slice(1))
        .join('')
        .replaceAll(/\s/g, '');
    expect(side('-')).toBe(`digest:sha256:${'0a'.repeat(32)}`);
    expect(side('+')).toBe(`digest:sha256:${'1b'.repeat(32)}print:${fingerprint}`);
  });

  test.each([40, 60])('no byte of a fingerprint is torn at %d', columns => {
    const text = renderPreview(set('a.yaml'), { style: plain, columns });
    const pieces = text.split('\n').filter(line => /A[0-9A-F]/.test(line));
    for (const line of pieces) expect(line).toMatch(/(?:^|[\s:])(?:[0-9A-F]{2}:?)+$/);
  });
});

describe('questions and kept answers', () => {
  test.each([40, 60])('below a mark, a line goes on where its text began, at %d', columns => {
    const line = '✔ Name of the app (also its namespace) a-name-of-some-length-to-be-shown-whole';
    for (const text of [line, `  ${line}`, colored(line, 'dim'), line.replace('✔', colored('✔', 'green'))]) {
      const [first = '', ...rest] = wrapBlock(text, columns).split('\n').map(stripVTControlCharacters);
      expect(rest.length).toBeGreaterThan(0);
      for (const next of rest) expect(next.search(/\S/)).toBe(first.indexOf('Name'));
    }
  });

  test('what is typed has a line of its own where the question leaves too little', () => {
    const message = 'Name of the app (also its namespace)';
    const narrow = promptLook(message, 39);
    expect(stripVTControlCharacters(narrow.typing(message, 'idle'))).toBe(`${message}\n `);
    expect(stripVTControlCharacters(narrow.typing(message, 'done'))).toBe(message);
    // The library puts a space between the question and its default.
    expect(stripVTControlCharacters(narrow.style.defaultAnswer('guestbook-of-the-team'))).toBe(
      '(guestbook-of-the-team)',
    );
    expect(stripVTControlCharacters(promptLook(message, 99).typing(message, 'idle'))).toBe(message);
  });

  test('an answer that would fill the line goes below it', () => {
    const look = promptLook('Which chart?', 39);
    const fits = 'x'.repeat(39 - '? Which chart? '.length);
    expect(stripVTControlCharacters(look.style.answer(fits))).toBe(fits);
    expect(stripVTControlCharacters(look.style.answer(`${fits}x`))).toBe(`\n  ${fits}x`);
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
