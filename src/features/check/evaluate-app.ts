import { ownFailure } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { RULES, type RuleCode } from './rules/rules.ts';
import type { RepositoryDiagnostic, RepositoryFacts } from './facts/repository-facts.ts';
import type { SourceLocation } from '../../repository/source-location.ts';
import type { AppFacts } from './facts/app-facts.ts';
import { compareFindings, type Finding, type Diagnostic, toFinding } from './finding.ts';
import type { AppRule, Rule } from './rule.ts';
import { type Suppression, suppressionsIn } from './suppression.ts';

export type Evaluation = { findings: Finding[]; suppressions: Suppression[] };

/** What every rule about one app has to say, nothing silenced yet. */
export function evaluateApp(facts: AppFacts): Evaluation {
  const findings = diagnosticsOn(facts).map(({ code, rule, diagnostic }) =>
    toFinding(code, rule.severity, diagnostic),
  );
  const suppressions = facts.files.flatMap(file => suppressionsIn(file, facts.text(file) ?? ''));
  return { findings: findings.toSorted(compareFindings), suppressions };
}

export type CodedDiagnostic = { code: RuleCode; rule: AppRule; diagnostic: Diagnostic };

/** The diagnostics with what mends them, for a run that does. */
export function diagnosticsOn(facts: AppFacts): CodedDiagnostic[] {
  const { habits } = facts.conventions;
  return rulesOf('app')
    .filter(([, { habit }]) => habit === undefined || habits[habit])
    .flatMap(([code, rule]) =>
      diagnosticsOf(rule, code, facts).map(diagnostic => ({ code, rule, diagnostic })),
    );
}

/** A rule that fails costs its own diagnostics, and says so; the others have theirs. */
function diagnosticsOf(rule: AppRule, code: RuleCode, facts: AppFacts): readonly Diagnostic[] {
  try {
    return rule.check(facts);
  } catch (error) {
    return [notLookedAt(facts.root?.file ?? facts.files[0] ?? facts.folder, code, error)];
  }
}

/** What could not be looked at, whatever was thrown. @throws what was given, where the run was cancelled */
export function notLookedAt(file: string, what: string, error: unknown): Diagnostic {
  const { message, hint } = ownFailure(error).texts;
  return {
    file,
    line: 1,
    column: 1,
    severity: 'error',
    message: say('check.notLookedAt', { what, reason: message }),
    hint: hint ?? say('check.mendItFirst'),
  };
}

type RuleOf<Scope> = Extract<Rule, { scope: Scope }>;

/** The rules of one scope, with their codes. */
function rulesOf<Scope extends Rule['scope']>(scope: Scope): [RuleCode, RuleOf<Scope>][] {
  return Object.entries(RULES as Record<string, Rule>).flatMap(([code, rule]) =>
    rule.scope === scope ? [[code as RuleCode, rule as RuleOf<Scope>] as [RuleCode, RuleOf<Scope>]] : [],
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
    rule.check(judged).map(diagnostic => toFinding(code, rule.severity, diagnostic)),
  );
}

/** A diagnostic that becomes a finding once somebody has found its place. */
type PlacelessFinding = { diagnostic: RepositoryDiagnostic; found(place: SourceLocation): Finding };

/** Rules about several apps; places are found for what somebody wants to hear. */
export function evaluateRepository(facts: RepositoryFacts): PlacelessFinding[] {
  const wanted = rulesOf('repository').filter(([, { habit }]) => habit === undefined || facts.habits[habit]);
  return wanted.flatMap(([code, rule]) =>
    rule.check(facts).map(diagnostic => ({
      diagnostic,
      found: place => toFinding(code, rule.severity, { ...diagnostic, ...place }),
    })),
  );
}
