/** Errors and warnings end a run with exit code 1, notes do not. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a repository may make of a rule. */
export const RULE_LEVELS = ['off', ...SEVERITIES] as const;

export type RuleLevel = (typeof RULE_LEVELS)[number];
