import { decidingFlags, shardPart } from '../../../cli/open-shards.ts';
import type { Session } from '../../../cli/context.ts';
import { isInShard, type Shard } from '../../../cli/shard.ts';
import type { CheckFound, Judged, CheckVerdict } from '../check-report.ts';
import { digestOfJson } from '../../../data/digest.ts';
import type { Contender } from '../facts/contenders.ts';
import { contendersIn } from '../facts/fights.ts';
import type { CheckInput } from '../flags.ts';
import { appAround } from '../../../repository/model.ts';
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
  /** Where apps were rendered, the Applications that may fight with those of other shards. */
  contenders?: readonly SharedContender[] | undefined;
  /** What the repository is spoken of in. */
  language?: Language | undefined;
};

/** With whether anybody wants to hear of it: of what lies outside of what was asked for nobody does. */
export type SharedContender = Contender & { isHeard: boolean };

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
export async function partOfShard(ended: EndedShard): Promise<object> {
  const { session, input, shard, last, found, verdict } = ended;
  const { opened, result } = last;
  const { errors: _, warnings: __, notes: ___, fixable: ____, suppressed: _____, ...summary } = found.summary;
  const { language } = opened.configuration;
  const facts: CheckShardFacts = {
    found: result.found,
    summary,
    mayRender: found.mayRender,
    verdict,
    ...(last.further.renderWanted ? { contenders: await contendersOf(last, shard) } : {}),
    ...(language === undefined ? {} : { language }),
  };
  const commits = [opened.head, opened.sources.committed?.id].flatMap(id => id ?? []);
  const run = { command: 'check', slipway: session.version, commits, rests: picture(opened) };
  return shardPart({ ...run, flags: decidingFlags(input, DECIDING) }, shard, facts);
}

/** Of what shards render one object has some seventy bytes of their document. */
const MOST_OBJECTS = 300_000;

/** By the folder's name alone, as apps are shared out: each Application is in the document of one shard. */
async function contendersOf({ opened, further }: Judged, shard: Shard): Promise<SharedContender[]> {
  const { sources, summarized, scope, isWhole } = opened;
  const { snapshot } = sources;
  const { summary } = summarized;
  const places = [...summary.apps.map(({ folder }) => folder), ...scope].map(path => ({ path }));
  const checked = new Set(scope);
  const isHeard = (from: string): boolean => isWhole || checked.has(appAround(places, from)?.path ?? '');
  const rendered = (folder: string) => further.rendered.get(folder)?.state;
  const isOwn = (folder: string): boolean => isInShard(shard, folder);
  const found = await contendersIn({ summary, snapshot, rendered }, { isOwn, most: MOST_OBJECTS });
  return found.map(each => ({ ...each, isHeard: isHeard(each.from) }));
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
