import type { Text } from '../../text/language.ts';
import type { HabitName } from '../../repository/conventions/habits.ts';
import type { AppFacts } from './facts/app-facts.ts';
import type { Diagnostic } from './finding.ts';
import type { Severity } from '../../repository/rule-level.ts';
import type { RepositoryFacts, RepositoryDiagnostic } from './facts/repository-facts.ts';
import type { JudgedSuppression } from './suppression.ts';

type Common = {
  severity: Severity;
  title: Text;
  /** What has to be at hand for the rule to see anything; without it the rule is silent. */
  needs?: 'rendering' | 'network' | 'cluster';
  /** What a repository has to do itself before the rule holds its apps to it. */
  habit?: HabitName;
};

/** Looks at one app. Pure: the same facts give the same diagnostics. */
export type AppRule = Common & { scope: 'app'; check(facts: AppFacts): readonly Diagnostic[] };

/** Looks at what apps have in common. It runs every time, so that it has to be quick. */
export type RepositoryRule = Common & {
  scope: 'repository';
  check(facts: RepositoryFacts): readonly RepositoryDiagnostic[];
};

/** Looks at the comments that silence rules, after all others. */
export type CommentRule = Common & {
  scope: 'comments';
  check(suppressions: readonly JudgedSuppression[]): readonly Diagnostic[];
};

export type Rule = AppRule | RepositoryRule | CommentRule;
