import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** A version whose bytes change after it was pinned was published again, or exchanged. */
export const chartRepublished: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'network',
  title: say('rules.pinnedChartStillSame'),
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
          message: say('rules.publishedAgainDigestNotOne', { name, version }),
          hint: say('rules.askPublisherWhatChangedBefore'),
        },
      ];
    }),
};
