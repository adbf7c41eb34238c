import { evaluateComments } from './evaluate-app.ts';
import { compareFindings, type Finding } from './finding.ts';
import type { HabitName } from '../../repository/conventions/habits.ts';
import { applySettings, isOff, type RuleSettings } from './rule-settings.ts';
import type { Rule } from './rule.ts';
import { suppress, type Suppression } from './suppression.ts';

/** What rules found before comments silence any of it: a comment of one app may speak of what another one's check finds. */
export type Unsettled = {
  /** As severe as the repository says. */
  findings: readonly Finding[];
  suppressions: readonly Suppression[];
  rules: RuleSettings;
  habits: Readonly<Record<HabitName, boolean>>;
  /** What rules had at hand. */
  available: Readonly<Record<NonNullable<Rule['needs']>, boolean>>;
};

export type Settled = {
  findings: Finding[];
  /** Silenced by comments with a reason. */
  suppressed: number;
};

/** Takes out what comments silence, and says what the comments are worth. */
export function settle({ findings: all, suppressions, rules, habits, available }: Unsettled): Settled {
  const { findings, suppressed, used } = suppress(all, suppressions);
  const mayFind = ({ needs, habit }: Rule, code: string): boolean =>
    !isOff(rules, code) &&
    (habit === undefined || habits[habit]) &&
    (needs === undefined || available[needs]);
  const comments = evaluateComments(suppressions, used, mayFind);
  return {
    findings: [...findings, ...applySettings(comments, rules)].toSorted(compareFindings),
    suppressed,
  };
}
