import type { Answer, Decision } from '../../values/plan.ts';
import { display, displayBlock } from '../../text/display.ts';
import { takesValue } from '../../values/decisions.ts';
import { printYaml } from '../../yaml/print.ts';
import type { AppReport, ChartReport } from './report-facts.ts';
import type { Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';

/** A decision that nobody has taken, and the step that it is about. */
export type OpenDecision = { app: string; move: ChartReport['move']; decision: Decision };

/** Every open decision of a run, in the order of its apps. */
export function openDecisions(apps: readonly AppReport[]): OpenDecision[] {
  return apps.flatMap(({ app, charts }) =>
    charts.flatMap(({ move, values }) =>
      values.flatMap(place => place.decisions).map(decision => ({ app, move, decision })),
    ),
  );
}

/** The step of a decision: `production/web web 1.0.0 → 2.0.0: image.tag`. */
export function stepOf({ app, move, decision }: OpenDecision): string {
  return display(`${app} ${move.name} ${move.from} → ${move.to}: ${decision.path}`);
}

/**
 * A file for `--decisions` that keeps ours everywhere: above each answer its step and the three values, and what else may stand
 * there. Every line but the answers is a comment.
 */
export function renderDecisionFile(open: readonly OpenDecision[], t: (text: Text) => string): string {
  return open
    .flatMap(each => {
      const { id, base, ours, theirs, options } = each.decision;
      const sides = [
        `${t(say('upgrade.oldDefault'))}: ${inline(base)}`,
        `${t(say('upgrade.ours'))}: ${inline(ours)}`,
        `${t(say('upgrade.newDefaultTitle'))}: ${inline(theirs)}`,
        [...options, ...(takesValue(each.decision) ? ['{ value: … }'] : [])].join(' | '),
      ];
      return [`# ${stepOf(each)}`, ...sides.map(line => `#   ${line}`), printAnswers({ [id]: 'ours' })];
    })
    .join('\n');
}

/** Answers as a file for `--decisions`. */
export function printAnswers(answers: Readonly<Record<string, Answer>>): string {
  return printYaml(answers).trimEnd();
}

function inline(value: unknown): string {
  return value === undefined ? '∅' : displayBlock(JSON.stringify(value));
}
