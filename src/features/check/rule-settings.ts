import { CONFIGURATION_FILE } from '../../repository/configuration.ts';
import { UserError } from '../../errors.ts';
import { nearest } from '../../text/nearest.ts';
import { RULES } from './rules/rules.ts';
import type { Finding } from './finding.ts';
import type { RuleLevel } from '../../repository/rule-level.ts';
import { say } from '../../locales/say.ts';

/** What a repository makes of single rules, by code. */
export type RuleSettings = Readonly<Record<string, RuleLevel>>;

/** @throws UserError E_CONFIG for a code that no rule has, with the nearest one */
export function requireKnownRules(settings: RuleSettings): void {
  const codes = Object.keys(RULES);
  const unknown = Object.keys(settings).find(code => !codes.includes(code));
  if (unknown === undefined) return;
  const near = nearest(unknown, codes);
  throw new UserError(
    'E_CONFIG',
    say('check.rulesNotRuleSlipwayCheck', { configuration_file: CONFIGURATION_FILE, unknown }),
    {
      hint: near ? say('check.didYouMean', { near }) : say('check.theyListedDocsRulesReadme'),
      subject: `rules.${unknown}`,
    },
  );
}

/** Whether the repository does not want a rule at all. */
export function isOff(settings: RuleSettings, code: string): boolean {
  return settings[code] === 'off';
}

/** The findings that the repository wants, as severe as it says: before what a rule itself makes of single ones. */
export function applySettings(findings: readonly Finding[], settings: RuleSettings): Finding[] {
  return findings.flatMap(finding => {
    const level = settings[finding.code];
    return level === 'off' ? [] : [{ ...finding, severity: level ?? finding.severity }];
  });
}
