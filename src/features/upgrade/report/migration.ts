import type { Text } from '../../../text/language.ts';
import type { OutcomeKind } from '../../../values/plan.ts';
import type { AppReport, ValuesReport } from '../report-facts.ts';
import { code } from './markdown.ts';
import { cut, type Pen, perChart } from './pen.ts';

/** Outcomes in words. */
export const OUTCOMES: Record<OutcomeKind, Text> = {
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

/** What became of each customisation, and the proof. */
export function migration(app: AppReport, pen: Pen): string[] {
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
