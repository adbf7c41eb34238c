import type { AppRule } from '../rule.ts';
import { isExactVersion } from '../../../charts/versions/versions.ts';
import { say } from '../../../locales/say.ts';

/** A range or a part of a version means another chart tomorrow than today, and a folder that nobody can name. */
export const chartVersionExact: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.chartHasExactVersion'),
  check: ({ charts }) =>
    charts.flatMap(({ chart }) =>
      chart.version === undefined || isExactVersion(chart.version)
        ? []
        : [
            {
              ...chart.at('version'),
              message: say('rules.noExactVersion', { version: chart.version }),
              hint: say('rules.writeOneVersionAllThree'),
            },
          ],
    ),
};
