import type { OutcomeKind } from '../../../values/plan.ts';
import type { AppReport } from '../report-facts.ts';
import { bullets, code, plain } from './markdown.ts';
import { more, type Pen } from './pen.ts';

/** What a person has to look at after the sync. */
export function watch(app: AppReport, pen: Pen): string[] {
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
