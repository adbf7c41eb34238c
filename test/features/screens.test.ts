import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language, type Text, untranslated } from '../../src/text/language.ts';
import type { OutdatedItem } from '../../src/charts/newer-versions.ts';
import type { ChartDiff } from '../../src/render/compare-charts.ts';
import { diffTable } from '../../src/features/diff/view.ts';
import { outdatedTable } from '../../src/features/outdated/view.ts';
import { renderFindings } from '../../src/features/check/formats/terminal.ts';
import type { CheckReport } from '../../src/features/check/formats/report.ts';
import type { Style } from '../../src/output/spans.ts';
import { widthOf } from '../../src/output/width.ts';

const plain: Style = text => text;
const colored: Style = text => `\u001b[31m${text}\u001b[39m`;
const SCREENS = [40, 60, 80, 100].flatMap(columns =>
  LANGUAGES.flatMap(language => [
    { columns, language, name: 'plain', style: plain },
    { columns, language, name: 'colour', style: colored },
  ]),
);

const ITEMS: OutdatedItem[] = [
  item('production/kube-prometheus-stack', '65.0.0', { status: 'outdated', to: '80.1.0' }),
  item('production/anchor', '1.0.0', { status: 'outdated', to: '1.1.0' }),
  item('production/beacon', '1.0.0', { status: 'outdated', to: '1.0.7' }),
  item('production/dead', '1.0.0', {
    status: 'unreachable',
    reason: untranslated(
      'https://charts.example.org/stable/index.yaml answers with 503 Service Unavailable, three times',
    ),
  }),
  item('production/held', '1.0.0', { status: 'held', reason: '等待数据库迁移完成之后再升级，见运维手册' }),
];

type Status = Record<string, unknown> & { status: OutdatedItem['status'] };

function item(app: string, current: string, status: Status): OutdatedItem {
  const name = app.slice(app.indexOf('/') + 1);
  return {
    app,
    kind: 'chart',
    name,
    source: '',
    current,
    candidates: [],
    ...status,
  } as unknown as OutdatedItem;
}

const FILE = 'production/web/kustomization.yaml';
const REPORT: CheckReport = {
  end: { command: 'slipway check', next: [] },
  findings: [
    {
      code: 'chart-release-name',
      severity: 'error',
      file: FILE,
      line: 16,
      column: 5,
      message: {
        en: 'chart web has no releaseName, so that its objects are named after the chart and not after the app',
        'zh-CN': 'chart web 没有 releaseName，所以它的对象以 chart 命名，而不是以应用命名，与其他应用不同',
      },
      hint: untranslated('Add releaseName: web'),
      fixable: true,
    },
  ],
  summary: {
    apps: 1,
    errors: 1,
    warnings: 2,
    notes: 0,
    fixable: 1,
    suppressed: 0,
    unknownDefaults: 1,
    templates: 0,
    rendered: 1,
    notRendered: 2,
    notAsked: 1,
    charts: 2,
    unread: [{ kind: 'HelmRelease', count: 69, first: 'apps/home/media/plex/app/helmrelease.yaml:12' }],
  },
  mayRender: true,
  changes: [],
  left: [],
};

const LONG = 'an item of the list, '.repeat(20);
const DIFF: ChartDiff[] = [
  {
    app: 'production/web',
    name: 'web',
    version: '1.0.0',
    valuesFile: 'production/web/values/web-1.0.0.yaml',
    status: 'compared',
    partial: false,
    minimal: '',
    customisations: [
      {
        path: 'l',
        base: `${LONG}old`,
        ours: `${LONG}new`,
        comments: ['因为集群里没有足够的内存，所以限制副本数'],
        mark: undefined,
      },
      { path: '名称', base: '旧的名称', ours: '新的名称', comments: [], mark: 'redundant' },
    ],
  } as unknown as ChartDiff,
];

const READ = {
  read: 3,
  unread: [
    { kind: 'HelmRelease' as const, count: 69, first: 'apps/home/media/plex/app/helmrelease.yaml:12' },
  ],
};

const VIEWS = {
  outdated: screen => outdatedTable(ITEMS, READ, screen),
  check: ({ terminal, t }) => renderFindings(REPORT, { ...terminal, t }),
  diff: screen => diffTable(DIFF, { ...READ, notCompared: [] }, screen),
} satisfies Record<string, (screen: Screen) => string>;

type Screen = { terminal: { style: Style; columns: number }; t(text: Text): string };

function screenOf(columns: number, style: Style, language: Language): Screen {
  return { terminal: { style, columns }, t: text => text[language] };
}

describe.each(Object.entries(VIEWS))('%s', (_, view) => {
  test.each(SCREENS)('fits $columns columns, $language, $name', ({ columns, style, language }) => {
    const lines = view(screenOf(columns, style, language)).split('\n');
    for (const line of lines) expect([widthOf(line) <= columns, line]).toEqual([true, line]);
    const begun = lines.map(line => line.split('\u001b[31m').length);
    expect(begun).toEqual(lines.map(line => line.split('\u001b[39m').length));
  });

  test('colour changes no layout; a pipe cuts nothing', () => {
    const own = view(screenOf(60, colored, 'en'));
    expect(stripVTControlCharacters(own)).toBe(view(screenOf(60, plain, 'en')));
    expect(view(screenOf(Number.POSITIVE_INFINITY, plain, 'zh-CN'))).not.toContain('…');
  });
});

test('outdated: the step has its own word', () => {
  const table = outdatedTable(ITEMS, READ, screenOf(Number.POSITIVE_INFINITY, plain, 'en'));
  expect(table).toMatch(/stack +65\.0\.0 +80\.1\.0 +major/);
  expect(table).toMatch(/anchor +1\.0\.0 +1\.1\.0 +minor/);
  expect(table).toMatch(/beacon +1\.0\.0 +1\.0\.7 +patch/);
});

test('check: the rule stands apart from the sentence; one is one', () => {
  const text = renderFindings(REPORT, { ...screenOf(100, plain, 'en').terminal, t: ({ en }) => en });
  expect(text).toContain(
    '  16:5    error  chart-release-name  [--fix]\n          chart web has no releaseName',
  );
  expect(text).toContain('1 error, 2 warnings, 0 notes in 1 file of 1 app\n');
  expect(text).toContain('1 values file was not compared');
});

test('diff: on a terminal long values begin where they differ', () => {
  const text = diffTable(DIFF, { ...READ, notCompared: [] }, screenOf(80, plain, 'en'));
  expect(text).toContain('\n      …f the list, old" → …f the list, new"\n');
});
