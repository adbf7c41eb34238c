import type { Decision } from '../../values/plan.ts';
import { display } from '../../text/display.ts';
import type { AppReport, ChartReport } from './report-facts.ts';
import type { OpenDecision } from '../../output/decision-file.ts';
import { byKey } from '../../values/answer-keys.ts';

/** Every open decision of a run, in the order of its apps; one that an app has in two places stands once. */
export function openDecisionsOf(apps: readonly AppReport[]): OpenDecision[] {
  const open = apps.flatMap(({ app, charts }) =>
    charts.flatMap(chart =>
      chart.values
        .flatMap(place => place.decisions)
        .map(decision => ({
          app,
          id: decision.id,
          chart: nameOf(chart, charts),
          decision,
          step: stepOf(app, chart.move, decision),
        })),
    ),
  );
  return [...byKey(open)].flatMap(([key, same]) =>
    same.slice(0, 1).map(({ app, decision }) => ({
      app,
      key,
      decision,
      steps: [...new Set(same.map(({ step }) => step))],
    })),
  );
}

/** What tells the charts of an app apart: the name, or that of the release where a chart stands there twice. */
function nameOf({ move, release }: ChartReport, charts: readonly ChartReport[]): string {
  const alike = charts.filter(other => other.move.name === move.name);
  return alike.length > 1 ? release : move.name;
}

/** The step of a decision: `production/web web 1.0.0 → 2.0.0: image.tag`. */
function stepOf(app: string, { name, from, to }: ChartReport['move'], { path }: Decision): string {
  return display(`${app} ${name} ${from} → ${to}: ${path}`);
}
