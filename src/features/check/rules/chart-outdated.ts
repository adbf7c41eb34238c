import { pinReason } from '../../../repository/pin.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** Only with --outdated: what is newest changes without anybody's commit. */
export const chartOutdated: AppRule = {
  scope: 'app',
  severity: 'note',
  needs: 'network',
  title: say('rules.thereNoNewerVersionChart'),
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
          message: say('rules.out', { chart: newer.chart, newest: newer.newest }),
          hint: say('rules.runSlipwayUpgrade', { name: facts.name }),
        },
      ];
    }),
};
