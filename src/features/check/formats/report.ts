import type { Text } from '../../../text/language.ts';
import type { RunEnd } from '../../../cli/run-end.ts';
import type { RenderedWith } from '../../../render/rendered-with.ts';
import type { ClusterAsked } from '../cluster/run-cluster.ts';
import type { PoliciesAsked } from '../policies/run-policies.ts';
import type { Finding } from '../finding.ts';
import type { Severity } from '../../../repository/rule-level.ts';
import type { Unread } from '../../../repository/unread/unread.ts';
import type { Change } from '../../../change-set.ts';

/** What a run of `check` found and did: what every format prints. */
export type CheckReport = {
  findings: readonly Finding[];
  summary: {
    apps: number;
    errors: number;
    warnings: number;
    notes: number;
    fixable: number;
    suppressed: number;
    /** Charts whose values could not be compared with the defaults. */
    unknownDefaults: number;
    /** Files of charts and skeletons that were left out: another program fills them in. */
    templates: number;
    rendered: number;
    /** Apps that --render was to render in vain; undefined where rendering was not asked for. */
    notRendered: number | undefined;
    /** Charts whose repository --outdated asked in vain. */
    notAsked: number;
    /** Custom kinds that charts of one shard bring: apps of others were not held to the versions that they serve. */
    apart?: number | undefined;
    /** Charts that rules looked at. */
    charts: number;
    /** Charts that nobody reads. */
    unread: readonly Unread[];
    /** What rendered, and for which cluster; undefined where nothing was to be rendered. */
    renderer?: RenderedWith | undefined;
    /** Which cluster was asked about what; undefined where none was. */
    cluster?: ClusterAsked | undefined;
    /** What the repository's own policies judged; undefined where they were not asked. */
    policies?: PoliciesAsked | undefined;
  };
  /** Whether there is something here that renders. */
  mayRender: boolean;
  /** What --fix wrote, or would have with --dry-run. */
  changes: readonly Change[];
  /** Files that --fix left alone, with the reason. */
  left: readonly { file: string; reason: Text }[];
  end: RunEnd;
  /** With --shard: what JSON carries for those who join it with the others. */
  shard?: object | undefined;
};

/** How many findings are of a severity. */
export function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.filter(finding => finding.severity === severity).length;
}

/**
 * Whether all was looked at that was to be: the charts, with --render the apps, with --outdated the
 * repositories, with --cluster what is in it, with --shard what single shards bring.
 */
export function isAllSeen({
  unread,
  notRendered = 0,
  notAsked,
  apart = 0,
  cluster,
  policies,
}: Pick<
  CheckReport['summary'],
  'unread' | 'notRendered' | 'notAsked' | 'apart' | 'cluster' | 'policies'
>): boolean {
  const notJudged = (cluster?.notJudged ?? 0) + (policies?.notJudged ?? 0);
  return unread.length + notRendered + notAsked + apart + notJudged === 0;
}
