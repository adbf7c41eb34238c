import { pinReason } from '../../../charts/pin.ts';
import type { AppRule } from '../rule.ts';

/** Only with --outdated: what is newest changes without anybody's commit. */
export const chartOutdated: AppRule = {
  scope: 'app',
  severity: 'note',
  needs: 'network',
  title: { en: 'there is no newer version of the chart', 'zh-CN': 'chart 没有更新的版本' },
  check: facts =>
    facts.charts.flatMap(({ chart, kustomization }) => {
      const newer = facts.newer.find(
        each => each.chart === chart.name && each.repo === chart.repo && each.current === chart.version,
      );
      if (!newer) return [];
      const place = chart.at('version');
      const line = kustomization.text.split('\n')[place.line - 1] ?? '';
      if (pinReason(/\s(#.*)$/.exec(line)?.[1]) !== undefined) return [];
      return [
        {
          ...place,
          message: {
            en: `${newer.chart} ${newer.newest} is out`,
            'zh-CN': `${newer.chart} ${newer.newest} 已发布`,
          },
          hint: { en: `run slipway upgrade ${facts.name}`, 'zh-CN': `运行 slipway upgrade ${facts.name}` },
        },
      ];
    }),
};
