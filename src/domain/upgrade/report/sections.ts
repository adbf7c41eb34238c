import type { Text } from '../../language.ts';
import type { OutcomeKind } from '../../values/plan.ts';
import type { CrdChange } from '../crd-changes.ts';
import type { DefaultChange } from '../default-changes.ts';
import type { ImageChange } from '../image-changes.ts';
import type { AppReport, ChartReport, ReportVersion, ValuesReport } from '../report-facts.ts';
import type { ObjectName, RenderedChanges } from '../rendered-changes.ts';
import { bullets, code, type Detail, plain, shortValue } from './markdown.ts';

/** What a section writes with. */
export type Pen = { t(text: Text): string; detail: Detail };

export type Section = { title: Text; lines(app: AppReport, pen: Pen): string[] };

/** Always these, always in this order: readers of many reports find their place. */
export const SECTIONS: readonly Section[] = [
  { title: { en: 'This update', 'zh-CN': '本次更新' }, lines: thisUpdate },
  { title: { en: 'Upstream changes', 'zh-CN': '上游变更' }, lines: upstreamChanges },
  { title: { en: 'Impact on us', 'zh-CN': '对我们的影响' }, lines: impact },
  { title: { en: 'Migration result', 'zh-CN': '本次迁移结果' }, lines: migration },
  { title: { en: 'Verification', 'zh-CN': '验证结果' }, lines: verification },
  { title: { en: 'What to watch', 'zh-CN': '后续注意事项' }, lines: watch },
  { title: { en: 'Decisions for you', 'zh-CN': '待确认事项' }, lines: decisions },
];

function more({ t }: Pen): (count: number) => string {
  return count => t({ en: `… and ${count} more`, 'zh-CN': `……另有 ${count} 项` });
}

/** A line per chart that has something to say, its name in front if the app has several. */
function perChart(app: AppReport, lines: (chart: ChartReport) => string[]): string[] {
  return app.charts.flatMap(chart => {
    const own = lines(chart);
    return own.length > 0 && app.charts.length > 1 ? ['', `**${plain(chart.move.name)}**`, '', ...own] : own;
  });
}

function thisUpdate(app: AppReport, pen: Pen): string[] {
  return perChart(app, ({ move, from, to, between, deprecated }) => [
    `- ${plain(move.name)} ${code(from.version)} → ${code(to.version)}${dates(from, to)}`,
    ...(from.appVersion === to.appVersion && from.appVersion !== undefined
      ? [`- ${pen.t({ en: 'app version unchanged', 'zh-CN': '应用版本不变' })}: ${code(from.appVersion)}`]
      : [
          `- ${pen.t({ en: 'app version', 'zh-CN': '应用版本' })}: ${version(from.appVersion)} → ${version(to.appVersion)}`,
        ]),
    ...(between.length > 0
      ? [
          `- ${pen.t({ en: 'versions between', 'zh-CN': '中间版本' })}: ${cut(
            between.map(({ version: text }) => code(text)),
            pen,
          )}`,
        ]
      : []),
    ...(deprecated ? [`- ⚠️ ${pen.t({ en: 'the chart is deprecated', 'zh-CN': '该 chart 已弃用' })}`] : []),
  ]);
}

function dates(from: ReportVersion, to: ReportVersion): string {
  if (from.created === undefined && to.created === undefined) return '';
  return ` (${from.created?.slice(0, 10) ?? '?'} → ${to.created?.slice(0, 10) ?? '?'})`;
}

function version(text: string | undefined): string {
  return text === undefined ? '?' : code(text);
}

function cut(items: readonly string[], pen: Pen): string {
  const { most } = pen.detail;
  return items.length > most
    ? `${items.slice(0, most).join(', ')} ${more(pen)(items.length - most)}`
    : items.join(', ');
}

function upstreamChanges(app: AppReport, pen: Pen): string[] {
  return perChart(app, chart => {
    const { defaults, announced, kubeVersion } = chart;
    const unchanged = pen.t({ en: 'The default values are unchanged.', 'zh-CN': '默认 values 没有变化。' });
    return [
      ...(defaults.length === 0 ? [unchanged] : defaultLines(defaults, pen)),
      ...(kubeVersion.before === kubeVersion.after
        ? []
        : ['', `- kubeVersion: ${version(kubeVersion.before)} → ${version(kubeVersion.after)}`]),
      ...(announced.length === 0
        ? []
        : [
            '',
            `${pen.t({ en: 'Announced by the publisher', 'zh-CN': '发布者公告' })}:`,
            '',
            ...announcedLines(chart, pen),
          ]),
    ];
  });
}

function announcedLines({ announced }: ChartReport, pen: Pen): string[] {
  const items = announced.map(
    ({ version: text, kind, description }) =>
      `${code(text)} ${kind ? `${plain(kind)}: ` : ''}${plain(description)}`,
  );
  return bullets(items, pen.detail, more(pen));
}

function defaultLines(defaults: DefaultChange[], pen: Pen): string[] {
  const groups: [Text, DefaultChange[]][] = [
    [
      { en: 'Changed, and you inherit it', 'zh-CN': '默认值改变，我们沿用' },
      defaults.filter(change => isChanged(change) && !change.overridden),
    ],
    [
      { en: 'Changed, and you override it', 'zh-CN': '默认值改变，我们已覆盖' },
      defaults.filter(change => isChanged(change) && change.overridden),
    ],
    [{ en: 'Added', 'zh-CN': '新增' }, defaults.filter(({ before }) => before === undefined)],
    [
      { en: 'Removed, and you override it', 'zh-CN': '删除，我们已覆盖' },
      defaults.filter(({ after, overridden }) => after === undefined && overridden),
    ],
    [
      { en: 'Removed', 'zh-CN': '删除' },
      defaults.filter(({ after, overridden }) => after === undefined && !overridden),
    ],
  ];
  return groups.flatMap(([title, changes]) =>
    changes.length === 0
      ? []
      : [
          '',
          `${pen.t(title)} (${changes.length}):`,
          '',
          ...bullets(
            changes.map(change => defaultLine(change, pen)),
            pen.detail,
            more(pen),
          ),
        ],
  );
}

function isChanged({ before, after }: DefaultChange): boolean {
  return before !== undefined && after !== undefined;
}

function defaultLine({ path, before, after }: DefaultChange, { t }: Pen): string {
  if (before === undefined) return `${code(path)}: ${shortValue(after, '')}`;
  if (after === undefined)
    return `${code(path)} (${t({ en: 'was', 'zh-CN': '原为' })} ${shortValue(before, '')})`;
  return `${code(path)}: ${shortValue(before, '')} → ${shortValue(after, '')}`;
}

function impact(app: AppReport, pen: Pen): string[] {
  const { rendered } = app;
  if (!rendered)
    return [
      pen.t({
        en: 'Not rendered, so what reaches the cluster was not compared.',
        'zh-CN': '未渲染，因此没有比较实际进入集群的内容。',
      }),
    ];
  const lines = [
    ...titled(
      { en: 'Images', 'zh-CN': '镜像' },
      rendered.images.map(change => imageLine(change, pen)),
      pen,
    ),
    ...titled(
      { en: 'Custom resource definitions', 'zh-CN': 'CRD' },
      rendered.crds.map(change => crdLine(change, pen)),
      pen,
    ),
    ...renderedLines(rendered.changes, pen),
  ];
  return lines.length > 0
    ? lines
    : [pen.t({ en: 'Nothing that reaches the cluster changes.', 'zh-CN': '进入集群的内容没有变化。' })];
}

function titled(title: Text, items: readonly string[], pen: Pen): string[] {
  return items.length === 0
    ? []
    : ['', `${pen.t(title)} (${items.length}):`, '', ...bullets(items, pen.detail, more(pen))];
}

function imageLine(change: ImageChange, { t }: Pen): string {
  switch (change.kind) {
    case 'tag':
      return `${code(change.name)}: ${code(change.before)} → ${code(change.after)}`;
    case 'moved':
      return `${t({ en: 'moved', 'zh-CN': '迁移' })}: ${code(change.before)} → ${code(change.after)}`;
    case 'added':
      return `${t({ en: 'added', 'zh-CN': '新增' })}: ${code(change.after)}`;
    case 'removed':
      return `${t({ en: 'removed', 'zh-CN': '删除' })}: ${code(change.before)}`;
  }
}

function crdLine(change: CrdChange, { t }: Pen): string {
  switch (change.kind) {
    case 'added':
      return `${t({ en: 'added', 'zh-CN': '新增' })}: ${code(change.name)}`;
    case 'removed':
      return `⚠️ ${t({ en: 'removed, and with it every object of its kind', 'zh-CN': '删除，其所有对象也将被删除' })}: ${code(change.name)}`;
    case 'versions':
      return `${code(change.name)}: ${[...change.added.map(text => `+${text}`), ...change.removed.map(text => `-${text}`)].join(' ')}`;
    case 'schema':
      return `${code(change.name)}: ${t({ en: 'schema changed', 'zh-CN': 'schema 改变' })}`;
  }
}

function renderedLines({ added, removed, changed, noise }: RenderedChanges, pen: Pen): string[] {
  const folded = pen.t({
    en: `${noise} more objects differ in chart labels and checksums only.`,
    'zh-CN': `另有 ${noise} 个对象只有 chart 标签和校验和不同。`,
  });
  return [
    ...titled({ en: 'Objects added', 'zh-CN': '新增对象' }, added.map(objectName), pen),
    ...titled({ en: 'Objects removed', 'zh-CN': '删除对象' }, removed.map(objectName), pen),
    ...titled(
      { en: 'Objects changed', 'zh-CN': '改变的对象' },
      changed.map(
        object =>
          `${objectName(object)}: ${cut(object.fields.map(fieldLine), { ...pen, detail: { most: Math.min(4, pen.detail.most) } })}`,
      ),
      pen,
    ),
    ...(noise > 0 ? ['', folded] : []),
  ];
}

function objectName({ kind, name, namespace }: ObjectName): string {
  return code(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
}

function fieldLine({
  path,
  before,
  after,
}: {
  path: string;
  before: string | undefined;
  after: string | undefined;
}): string {
  return `${code(path)} ${shortValue(before, '∅')} → ${shortValue(after, '∅')}`;
}

const OUTCOMES: Record<OutcomeKind, Text> = {
  applied: { en: 'carried over', 'zh-CN': '已迁移' },
  converged: { en: 'became the default, so no longer ours', 'zh-CN': '已成为默认值，不再需要' },
  'moved?': { en: 'kept, but upstream seems to have moved it', 'zh-CN': '保留，但上游似乎已移动' },
  'removed-kept': { en: 'kept, though its default is gone', 'zh-CN': '保留，但默认值已删除' },
  'removed-but-still-read': {
    en: 'kept: its default is gone, but templates still read it',
    'zh-CN': '保留：默认值已删除，但模板仍读取',
  },
  'removed-and-dead': { en: 'kept, but no template reads it any more', 'zh-CN': '保留，但已没有模板读取' },
  'both-changed': { en: 'changed on both sides', 'zh-CN': '双方都改变' },
  'type-changed': { en: 'its type changed upstream', 'zh-CN': '上游改变了类型' },
  'list-both-changed': { en: 'a list that both sides changed', 'zh-CN': '双方都改变的列表' },
  restored: { en: 'missing in our copy, restored (no effect)', 'zh-CN': '副本中缺失，已恢复（无影响）' },
  'comment-carried': { en: 'comments carried over', 'zh-CN': '注释已迁移' },
};

function migration(app: AppReport, pen: Pen): string[] {
  const { t } = pen;
  const completed = (app.rendered?.completed ?? []).map(
    ({ name, newName }) =>
      `- ${t({ en: 'new short image name, completed for the mirror', 'zh-CN': '新的镜像短名，已为镜像代理补全' })}: ${code(name)} → ${code(newName)}`,
  );
  const charts = perChart(app, ({ values }) => {
    if (!values) return [t({ en: 'No values file.', 'zh-CN': '没有 values 文件。' })];
    if (values.partial)
      return [
        t({
          en: `${code(values.before)} is no full copy of the defaults; it is kept as it is.`,
          'zh-CN': `${code(values.before)} 不是默认值的完整副本，原样保留。`,
        }),
      ];
    return [...outcomeLines(values, pen), '', proofLine(values, pen), ...fileLines(values, pen)];
  });
  return completed.length > 0 ? [...charts, '', ...completed] : charts;
}

function outcomeLines({ outcomes, readers }: ValuesReport, pen: Pen): string[] {
  const kinds = (Object.keys(OUTCOMES) as OutcomeKind[]).filter(kind =>
    outcomes.some(({ outcome }) => outcome === kind),
  );
  if (kinds.length === 0)
    return [
      pen.t({
        en: 'No customisations: the file is the new default.',
        'zh-CN': '没有定制：文件即新的默认值。',
      }),
    ];
  return kinds.map(kind => {
    const own = outcomes.filter(({ outcome }) => outcome === kind);
    const paths = own.map(({ path, to }) =>
      [
        code(path),
        ...(to === undefined ? [] : [`→ ${code(to)}`]),
        ...(readers.has(path) ? [`(${code(readers.get(path) ?? '')})`] : []),
      ].join(' '),
    );
    return `- ${pen.t(OUTCOMES[kind])} (${own.length}): ${cut(paths, pen)}`;
  });
}

function proofLine({ proof }: ValuesReport, { t }: Pen): string {
  return t({
    en: `Proof: ${proof.lines} lines differ from the new defaults, each belongs to a customisation; unexplained: ${proof.unexplained.length}.`,
    'zh-CN': `证明：与新默认值相差 ${proof.lines} 行，每行都属于某项定制；无法解释：${proof.unexplained.length}。`,
  });
}

function fileLines({ before, after }: ValuesReport, { t }: Pen): string[] {
  if (before === after) return [`- ${code(after)}`];
  return [`- ${code(after)} (${t({ en: 'replaces', 'zh-CN': '取代' })} ${code(before)})`];
}

function verification(app: AppReport, { t }: Pen): string[] {
  if (app.verification.length === 0)
    return [
      t({
        en: 'Nothing was run: helm and kustomize are not at hand.',
        'zh-CN': '没有执行验证：缺少 helm 和 kustomize。',
      }),
    ];
  return app.verification.map(
    ({ command, ok, detail }) =>
      `- ${ok ? '✅' : '❌'} ${code(command)}${detail ? `: ${plain(detail)}` : ''}`,
  );
}

function watch(app: AppReport, pen: Pen): string[] {
  const { t } = pen;
  const images = app.rendered?.images ?? [];
  const crds = app.rendered?.crds ?? [];
  const lost = app.rendered?.lostBackends ?? [];
  const lines = [
    ...lost.map(({ file, backend }) =>
      t({
        en: `⚠️ ${code(file)} leads to ${code(backend)}, which is no longer rendered.`,
        'zh-CN': `⚠️ ${code(file)} 指向 ${code(backend)}，但已不再渲染。`,
      }),
    ),
    ...(images.some(({ kind }) => kind === 'tag' || kind === 'moved')
      ? [
          t({
            en: 'Pods restart with other images; the mirror has to have them.',
            'zh-CN': '镜像改变会使 Pod 重启；镜像代理需能拉取它们。',
          }),
        ]
      : []),
    ...(crds.length > 0
      ? [
          t({
            en: 'Custom resource definitions change: look at the objects of these kinds after the sync.',
            'zh-CN': 'CRD 改变：同步后检查这些类型的对象。',
          }),
        ]
      : []),
    ...(app.rendered && app.rendered.changes.removed.length > 0
      ? [t({ en: 'Argo CD prunes the objects that are removed.', 'zh-CN': 'Argo CD 会清理被删除的对象。' })]
      : []),
    ...app.charts
      .filter(({ deprecated }) => deprecated)
      .map(({ move }) =>
        t({
          en: `${plain(move.name)} is deprecated: look for its successor.`,
          'zh-CN': `${plain(move.name)} 已弃用：请寻找替代。`,
        }),
      ),
    ...app.charts.flatMap(({ values }) =>
      (values?.outcomes ?? [])
        .filter(({ outcome }) => outcome === 'moved?' || outcome === 'removed-and-dead')
        .map(({ path, outcome, to }) => watchOutcome(path, outcome, to, pen)),
    ),
  ];
  if (lines.length === 0)
    return [t({ en: 'Nothing in particular.', 'zh-CN': '暂未发现需要特别关注的额外事项。' })];
  return bullets(lines, pen.detail, more(pen));
}

function watchOutcome(path: string, outcome: OutcomeKind, to: string | undefined, { t }: Pen): string {
  if (outcome === 'moved?')
    return t({
      en: `${code(path)} may have moved to ${code(to ?? '?')}: set it there if so.`,
      'zh-CN': `${code(path)} 可能已移至 ${code(to ?? '?')}：如属实请在那里设置。`,
    });
  return t({
    en: `${code(path)} is kept, but nothing reads it any more.`,
    'zh-CN': `${code(path)} 仍保留，但已无模板读取。`,
  });
}

function decisions(app: AppReport, pen: Pen): string[] {
  const open = app.charts.flatMap(({ values }) => values?.decisions ?? []);
  if (open.length === 0) return [pen.t({ en: 'None.', 'zh-CN': '无。' })];
  return open.flatMap(({ id, path, kind, base, ours, theirs, options }) => [
    `- ${code(path)}: ${pen.t(OUTCOMES[kind])}`,
    `  - ${pen.t({ en: 'old default', 'zh-CN': '旧默认值' })}: ${valueText(base)}`,
    `  - ${pen.t({ en: 'ours', 'zh-CN': '我们的' })}: ${valueText(ours)}`,
    `  - ${pen.t({ en: 'new default', 'zh-CN': '新默认值' })}: ${valueText(theirs)}`,
    `  - ${pen.t({ en: 'answer in --decisions', 'zh-CN': '在 --decisions 文件中回答' })}: ${code(`"${id}": ${options.join(' | ')}`)}`,
  ]);
}

function valueText(value: unknown): string {
  return shortValue(value === undefined ? undefined : JSON.stringify(value), '∅');
}
