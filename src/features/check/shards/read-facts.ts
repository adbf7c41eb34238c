import {
  aCount,
  aFlag,
  anyOf,
  aText,
  listOf,
  recordOf,
  maybe,
  type Shape,
  withFields,
} from '../../../data/shapes.ts';
import type { DataMap } from '../../../data/fields.ts';
import { EXIT } from '../../../errors.ts';
import { RULE_LEVELS, SEVERITIES } from '../../../repository/rule-level.ts';
import { LANGUAGES } from '../../../text/language.ts';
import { toFinding } from '../finding.ts';
import type { CheckShardFacts } from './shard-facts.ts';

const isSaid = withFields({ en: aText, 'zh-CN': aText });

const isFinding = withFields({
  code: aText,
  severity: anyOf(SEVERITIES),
  file: aText,
  line: aCount,
  column: aCount,
  message: isSaid,
  hint: isSaid,
  fixable: aFlag,
});

const isSuppression = withFields({
  place: withFields({ file: aText, line: aCount, column: aCount }),
  code: aText,
  reason: aText,
  line: maybe(aCount),
});

const isContender = withFields({
  at: aCount,
  name: aText,
  from: aText,
  folder: aText,
  namespace: aText,
  cluster: aText,
  isThere: aFlag,
  isRendered: aFlag,
  isLeft: aFlag,
  isHeard: aFlag,
  objects: listOf(listOf(aText)),
});

const isFacts = withFields({
  found: withFields({
    findings: listOf(isFinding),
    suppressions: listOf(isSuppression),
    rules: recordOf(anyOf(RULE_LEVELS)),
    habits: recordOf(aFlag),
    available: withFields({ rendering: aFlag, network: aFlag, cluster: aFlag }),
  }),
  summary: withFields({
    apps: aCount,
    unknownDefaults: aCount,
    templates: aCount,
    rendered: aCount,
    notRendered: maybe(aCount),
    notAsked: aCount,
    apart: maybe(aCount),
    charts: aCount,
    unread: listOf(withFields({ kind: aText, source: maybe(aText), count: aCount, first: aText })),
    renderer: maybe(
      withFields({
        kind: anyOf(['inside', 'tools']),
        kustomize: aText,
        helm: (value): value is string | null => value === null || aText(value),
        kubernetes: aText,
        kubernetesFrom: aText,
      }),
    ),
    cluster: maybe(
      withFields({ context: aText, version: aText, apps: aCount, objects: aCount, notJudged: aCount }),
    ),
  }),
  mayRender: aFlag,
  contenders: maybe(listOf(isContender)),
  language: maybe(anyOf(LANGUAGES)),
  verdict: withFields({
    failOn: anyOf(SEVERITIES),
    isAllAsked: aFlag,
    notAsked: listOf(anyOf(Object.values(EXIT))),
  }),
}) as Shape<unknown> as Shape<CheckShardFacts>;

/** What a document carries, its texts made safe to show once more; undefined for what no run of check has written. */
export function readCheckFacts(facts: DataMap): CheckShardFacts | undefined {
  if (!isFacts(facts)) return undefined;
  const findings = facts.found.findings.map(finding => ({
    ...toFinding(finding.code, finding.severity, finding),
    fixable: finding.fixable,
  }));
  return { ...facts, found: { ...facts.found, findings } };
}
