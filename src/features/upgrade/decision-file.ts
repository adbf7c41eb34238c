import type { DecisionAnswer, Decision } from '../../values/plan.ts';
import { display, displayBlock } from '../../text/display.ts';
import { showsMerged, takesValue } from '../../values/decisions.ts';
import { printYaml } from '../../yaml/print.ts';
import type { AppReport, ChartReport } from './report-facts.ts';
import type { Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import { byKey } from './answer-keys.ts';

/** A decision that nobody has taken, the steps that it is about, and the key that a file answers it by. */
export type OpenDecision = { app: string; key: string; steps: readonly string[]; decision: Decision };

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

/**
 * A file for `--decisions` that keeps ours everywhere: above each answer its step and the three values, and what else may stand
 * there. Every line but the answers is a comment.
 */
export function renderDecisionFile(open: readonly OpenDecision[], t: (text: Text) => string): string {
  return open
    .flatMap(({ key, steps, decision }) => {
      const { base, ours, theirs, options } = decision;
      const sides = [
        `${t(say('upgrade.oldDefault'))}: ${inline(base)}`,
        `${t(say('upgrade.ours'))}: ${inline(ours)}`,
        `${t(say('upgrade.newDefaultTitle'))}: ${inline(theirs)}`,
        ...(showsMerged(decision) ? [`${t(say('upgrade.bothMerged'))}: ${inline(decision.merged)}`] : []),
        [...options, ...(takesValue(decision) ? ['{ value: … }'] : [])].join(' | '),
      ];
      const comments = [...steps, ...sides.map(line => `  ${line}`)].map(line => `# ${line}`);
      return [...comments, printAnswers({ [key]: 'ours' })];
    })
    .join('\n');
}

/** Answers as a file for `--decisions`. */
export function printAnswers(answers: Readonly<Record<string, DecisionAnswer>>): string {
  return printYaml(answers).trimEnd();
}

function inline(value: unknown): string {
  return value === undefined ? '∅' : displayBlock(JSON.stringify(value));
}
