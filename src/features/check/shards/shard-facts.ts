import { decidingFlags, shardPart } from '../../../cli/open-shards.ts';
import type { Session } from '../../../cli/context.ts';
import type { Shard } from '../../../cli/shard.ts';
import type { CheckFound, Judged, CheckVerdict } from '../check-report.ts';
import { digestOfJson } from '../../../data/digest.ts';
import type { CheckInput } from '../flags.ts';
import type { CheckReport } from '../formats/report.ts';
import type { OpenedCheck } from '../open-check.ts';
import type { Language } from '../../../text/language.ts';
import type { Unsettled } from '../check-repository.ts';

/** What a shard leaves to be joined: what it found before comments silence any of it, and what it looked at. */
export type CheckShardFacts = {
  found: Unsettled;
  summary: Omit<CheckReport['summary'], 'errors' | 'warnings' | 'notes' | 'fixable' | 'suppressed'>;
  mayRender: boolean;
  verdict: CheckVerdict;
  /** What the repository is spoken of in. */
  language?: Language | undefined;
};

/** A run of a shard that has ended. */
export type EndedShard = {
  session: Session;
  input: CheckInput;
  shard: Shard;
  last: Judged;
  found: CheckFound;
  verdict: CheckVerdict;
};

/** The flags that decide what is found, and what counts. */
export const DECIDING = [
  'staged',
  'since',
  'render',
  'cluster',
  'context',
  'outdated',
  'fail-on',
  'exit-code',
];

/** What the document of a shard carries. */
export function partOfShard({ session, input, shard, last, found, verdict }: EndedShard): object {
  const { opened, result } = last;
  const { errors: _, warnings: __, notes: ___, fixable: ____, suppressed: _____, ...summary } = found.summary;
  const { language } = opened.configuration;
  const facts: CheckShardFacts = {
    found: result.found,
    summary,
    mayRender: found.mayRender,
    verdict,
    ...(language === undefined ? {} : { language }),
  };
  const commits = [opened.head, opened.sources.committed?.id].flatMap(id => id ?? []);
  const run = { command: 'check', slipway: session.version, commits, rests: picture(opened) };
  return shardPart({ ...run, flags: decidingFlags(input, DECIDING) }, shard, facts);
}

/** A digest of what all shards of a run rest on. */
function picture({ configuration, scope, summarized: { summary } }: OpenedCheck): string {
  const environments = [...new Set(summary.apps.map(({ environment }) => environment))];
  return digestOfJson([
    configuration,
    scope,
    environments.map(environment => summary.rulesOf(environment)),
    summary.served,
  ]);
}
