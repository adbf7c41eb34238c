import type { DecisionAnswer, Decision } from '../values/plan.ts';
import { displayBlock } from '../text/display.ts';
import { showsMerged, takesValue } from '../values/decisions.ts';
import { printYaml } from '../yaml/print.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';

/** A decision that nobody has taken, the steps that it is about, and the key that a file answers it by. */
export type OpenDecision = { app: string; key: string; steps: readonly string[]; decision: Decision };

/** What the three sides of a decision are called. */
type SideWords = { base: Text; ours: Text; theirs: Text };

const SIDES: SideWords = {
  base: say('upgrade.oldDefault'),
  ours: say('upgrade.ours'),
  theirs: say('upgrade.newDefaultTitle'),
};

/**
 * A file for `--decisions` that keeps ours everywhere: above each answer its step and the three values, and what else may stand
 * there. Every line but the answers is a comment.
 */
export function renderDecisionFile(
  open: readonly OpenDecision[],
  t: (text: Text) => string,
  sides: SideWords = SIDES,
): string {
  return open
    .flatMap(({ key, steps, decision }) => {
      const { base, ours, theirs, options } = decision;
      const lines = [
        `${t(sides.base)}: ${inline(base)}`,
        `${t(sides.ours)}: ${inline(ours)}`,
        `${t(sides.theirs)}: ${inline(theirs)}`,
        ...(showsMerged(decision) ? [`${t(say('upgrade.bothMerged'))}: ${inline(decision.merged)}`] : []),
        [...options, ...(takesValue(decision) ? ['{ value: … }'] : [])].join(' | '),
      ];
      const comments = [...steps, ...lines.map(line => `  ${line}`)].map(line => `# ${line}`);
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
