import { notHeldText, refusedText } from '../../../charts/schema/verdict.ts';
import { say } from '../../../locales/say.ts';
import type { AppRule } from '../rule.ts';

/** Helm renders no chart whose values its schema refuses. */
export const valuesSchema: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.valuesSchema'),
  check: facts =>
    facts.charts.flatMap(({ chart }) => {
      const { refused = [], notHeld = [] } = facts.schemaVerdict(chart) ?? {};
      return [
        ...refused.map(value => ({
          ...(value.at ?? chart.at()),
          message: value.at ? say('schema.broken', value) : refusedText(value),
          hint: say('schema.keepTo'),
        })),
        ...notHeld.map(left => ({
          ...chart.at(),
          severity: 'note' as const,
          message: notHeldText(left),
          hint: say('rules.nothingDoHereAuthorCould'),
        })),
      ];
    }),
};
