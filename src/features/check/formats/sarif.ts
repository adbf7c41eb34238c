import type { Finding } from '../finding.ts';
import type { Severity } from '../../../repository/rule-level.ts';
import type { Rule } from '../rule.ts';
import { say } from '../../../locales/say.ts';
import { sayUnreadKind } from '../../../repository/unread/say-unread.ts';
import { RULES } from '../rules/rules.ts';
import type { CheckReport } from './report.ts';
import { toJson } from '../../../data/json.ts';

const LEVELS = { error: 'error', warning: 'warning', note: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): GitHub's code scanning, and editors. */
export function renderSarif({ findings, summary }: CheckReport, version: string): string {
  const rules: Record<string, Rule> = RULES;
  const own = [...new Set(findings.map(({ code }) => code))].filter(code => !Object.hasOwn(rules, code));
  const codes = [...Object.keys(rules), ...own];
  return toJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'slipway',
            version,
            rules: [
              ...Object.entries(rules).map(([code, rule]) => ({
                id: code,
                shortDescription: { text: rule.title.en },
                defaultConfiguration: { level: LEVELS[rule.severity] },
              })),
              // Those that the repository brings itself.
              ...own.map(code => ({ id: code, shortDescription: { text: say('policies.refused').en } })),
            ],
          },
        },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(summary) }],
        columnKind: 'utf16CodeUnits',
        results: findings.map(finding => toResult(finding, codes)),
      },
    ],
  });
}

/** What was not looked at: a run without results is no good news then. */
function notificationsOf({ apps, unread }: CheckReport['summary']) {
  const texts = [
    ...unread.map(each => `${sayUnreadKind(each).en} (first: ${each.first})`),
    ...(apps === 0 ? [say('check.noApps').en] : []),
  ];
  return texts.map(text => ({ level: 'warning', message: { text: withoutLinks(text) } }));
}

function toResult({ code, severity, file, line, column, message, hint }: Finding, codes: readonly string[]) {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: withoutLinks(`${message.en}. ${hint.en}.`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: 'SRCROOT' },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  };
}

/** In SARIF's plain text `[text](target)` is a link (3.11.6); a backslash makes it text. */
function withoutLinks(text: string): string {
  return text.replaceAll(/\[(?=[^[\]]*\]\()/g, String.raw`\[`);
}
