import { RULES } from './rules/rules.ts';
import { type Finding, toFinding } from './finding.ts';
import { type Place } from '../../repository/place.ts';
import { rulesOf } from './evaluate-app.ts';
import type { RepositoryFacts, RepositoryRemark } from './facts/repository-facts.ts';
import type { Rule } from './rule.ts';
import type { Suppression } from './suppression.ts';

/** A remark that becomes a finding once somebody has found its place. */
export type PlacelessFinding = { remark: RepositoryRemark; toFinding(place: Place): Finding };

export function evaluateRepository(facts: RepositoryFacts): PlacelessFinding[] {
  return rulesOf('repository').flatMap(([code, rule]) =>
    rule.check(facts).map(remark => ({
      remark,
      toFinding: place => toFinding(code, rule.severity, { ...remark, ...place }),
    })),
  );
}

/** What the comments that silence rules are worth, once all rules have run. */
export function evaluateComments(
  suppressions: readonly Suppression[],
  used: ReadonlySet<Suppression>,
  mayFind: (rule: Rule, code: string) => boolean,
): Finding[] {
  const rules: Record<string, Rule> = RULES;
  const judged = suppressions.map(suppression => {
    const rule = Object.hasOwn(rules, suppression.code) ? rules[suppression.code] : undefined;
    return {
      ...suppression,
      isKnown: rule !== undefined,
      isUsed: used.has(suppression),
      mayBeUsed: rule === undefined || mayFind(rule, suppression.code),
    };
  });
  return rulesOf('comments').flatMap(([code, rule]) =>
    rule.check(judged).map(remark => toFinding(code, rule.severity, remark)),
  );
}
