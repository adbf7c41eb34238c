import type { AppRule } from '../rule.ts';
import { isExactVersion } from '../../../charts/versions/versions.ts';

/** A range or a part of a version means another chart tomorrow than today, and a folder that nobody can name. */
export const chartVersionExact: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'a chart has an exact version', 'zh-CN': 'chart 使用确切版本' },
  check: ({ charts }) =>
    charts.flatMap(({ chart }) =>
      chart.version === undefined || isExactVersion(chart.version)
        ? []
        : [
            {
              ...chart.at('version'),
              message: {
                en: `${chart.version} is no exact version`,
                'zh-CN': `${chart.version} 不是确切版本`,
              },
              hint: {
                en: 'write one version with all three numbers',
                'zh-CN': '写一个含三段数字的版本',
              },
            },
          ],
    ),
};
