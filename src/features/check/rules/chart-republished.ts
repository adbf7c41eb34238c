import type { AppRule } from '../rule.ts';

/** A version whose bytes change after it was pinned was published again, or exchanged. */
export const chartRepublished: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'network',
  title: { en: 'a pinned chart is still the same', 'zh-CN': '锁定的 chart 内容未变' },
  check: facts =>
    (facts.lock?.charts ?? []).flatMap(({ name, repo, version, digest }) => {
      const now = facts.published.find(
        each => each.chart === name && each.repo === repo && each.version === version,
      );
      if (!now || now.digest === digest.replace(/^sha256:/, '')) return [];
      const entry = facts.charts.find(({ chart }) => chart.name === name && chart.version === version);
      if (!entry) return [];
      return [
        {
          ...entry.chart.at('version'),
          message: {
            en: `${name} ${version} was published again: its digest is not the one in the lock`,
            'zh-CN': `${name} ${version} 被重新发布：摘要与锁文件不符`,
          },
          hint: {
            en: 'ask the publisher what changed before you take it',
            'zh-CN': '先向发布者确认改动，再采用',
          },
        },
      ];
    }),
};
