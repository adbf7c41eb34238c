import { servedHere } from './facts/served-here.ts';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { SEVERITIES, type Severity } from '../../repository/rule-level.ts';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { checkEnd, exitOfCheck, type Judged, toReport } from './check-report.ts';
import { furtherRequest, lazyLookups } from './open-further.ts';
import { openPlace } from './open-place.ts';
import { readMatrix, readShard, type Shard } from '../../cli/shard.ts';
import { type CheckFormat, printCheck, readCheckFormat } from './formats/print.ts';
import type { EndedShard } from './shards/shard-facts.ts';
import type { CheckInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { compareFindings } from './finding.ts';
import { checkRepository, type CheckResult } from './check-repository.ts';
import { type CheckPlace, type CheckRequest, openCheck, type OpenedCheck } from './open-check.ts';
import { mayRender } from '../../render/may-render.ts';
import type { Further, FurtherRequest } from './render/look-further.ts';
import { inLanguageOf } from '../../cli/in-language-of.ts';
import type { Fixing } from './run-fix.ts';
import { writeKeptRun } from './again/write-kept-run.ts';
import { say } from '../../locales/say.ts';
import { isBelow, slashedPath } from '../../data/slashed-path.ts';

/** check: once, or with --watch again and again; with --matrix what CI needs to share it out. */
export async function runCheck(session: Session, input: CheckInput): Promise<number> {
  const shard = readShard(input);
  requireSharable(input, shard);
  if (readMatrix(input) !== undefined) {
    const { planShards } = await import('./shards/run-plan.ts');
    return planShards(session, input);
  }
  if (!input.switches.has('watch')) return checkOnce(session, input, shard);
  const { watchCheck } = await import('./run-watch.ts');
  return watchCheck(session, input, () => checkOnce(session, input, undefined));
}

const NOT_SHARED = ['fix', 'watch'] as const;

/** @throws UserError E_USAGE for flags that say nothing together */
function requireSharable({ switches, values, positionals }: CheckInput, shard: Shard | undefined): void {
  const { matrix, plan, apply } = values;
  const shares = shard ? 'shard' : matrix === undefined ? undefined : 'matrix';
  const other = NOT_SHARED.find(name => switches.has(name));
  if (shares !== undefined && other !== undefined) throw exclude(shares, other);
  if (shard && matrix !== undefined) throw exclude('shard', 'matrix');
  if (plan !== undefined && matrix === undefined)
    throw new UserError('E_USAGE', say('check.planNeedsMatrix'));
  if (apply !== undefined && !shard) throw new UserError('E_USAGE', say('shard.planNeedsShard'));
  const part = switches.has('staged') ? 'staged' : values['since'] === undefined ? undefined : 'since';
  const planned = plan === undefined ? (apply === undefined ? undefined : 'apply') : 'plan';
  if (planned !== undefined && part !== undefined) throw exclude(planned, part);
  if (planned !== undefined && positionals.length > 0)
    throw new UserError('E_USAGE', say('check.planIsOfAll', { flag: planned }));
}

function exclude(flag: string, other: string): UserError {
  return new UserError('E_USAGE', say('shard.notWith', { flag, other }), {
    hint: say('shard.runWithout', { flag: other }),
  });
}

/** Open, choose, judge, fix, print. */
async function checkOnce(session: Session, input: CheckInput, shard: Shard | undefined): Promise<number> {
  const format = readFormat(session, input);
  const failOn = readFailOn(input);
  const place = await openPlace(session, input.switches.has('fix') ? 'write' : 'read');
  const request = await requestOf(session, input, { place, shard });
  const lookups = lazyLookups(session, input);
  try {
    const run = { place, request, further: furtherRequest(place, session, input, lookups.open) };
    const first = await judge(run);
    sayIgnored(session, first.opened);
    const fixing = input.switches.has('fix')
      ? await fixIfNeeded({ session, input, place, wanted: run.further, ...first })
      : NOTHING;
    const isWritten = fixing.changes.length > 0 && !session.dryRun;
    const last = isWritten ? await judge({ ...run, place: { ...place, now: Date.now() } }) : first;
    const { opened, further, result } = last;
    const found = toReport(last, fixing);
    const end = checkEnd(session, input, { files: place.files, ...found });
    const { notAsked } = further;
    const verdict = { failOn, isAllAsked: input.switches.has('exit-code'), notAsked };
    const part = shard && (await shardOf({ session, input, shard, last, found, verdict }));
    await printCheck(
      format,
      { ...found, end, shard: part },
      inLanguageOf(opened.configuration, session, input),
    );
    const code = exitOfCheck(found, verdict);
    const { mayRender: wouldRender } = further;
    await writeKeptRun({ session, input, place, opened, result, mayRender: wouldRender, code });
    return code;
  } finally {
    await lookups.close();
  }
}

async function requestOf(
  session: Session,
  input: CheckInput,
  { place: { repository }, shard }: { place: CheckPlace; shard: Shard | undefined },
): Promise<CheckRequest> {
  const { since, apply } = input.values;
  const request = {
    paths: await pathsFrom(session, input, repository.root),
    staged: input.switches.has('staged'),
    since,
    shard,
  };
  if (apply === undefined) return request;
  const { readCheckPlan } = await import('./shards/run-plan.ts');
  return { ...request, plan: await readCheckPlan(session, apply) };
}

async function shardOf(ended: EndedShard): Promise<object> {
  const { partOfShard } = await import('./shards/shard-facts.ts');
  return await partOfShard(ended);
}

type CheckRun = { place: CheckPlace; request: CheckRequest; further: FurtherRequest };

async function judge({ place, request, further: wanted }: CheckRun): Promise<Judged> {
  const opened = await open(place, request, wanted.render);
  const further = await findFurther(wanted, opened);
  const { signal } = place;
  const result = await checkRepository({ ...opened, ...further, signal }, opened.chosen.apps);
  await remember(opened, result);
  const own = further.policies?.findings ?? [];
  const findings =
    own.length === 0 ? result.findings : [...result.findings, ...own].toSorted(compareFindings);
  return { opened, further, result: { ...result, findings } };
}

/** Rendering takes what delivers charts from anywhere in the repository: then a plan spares nothing. */
async function open(place: CheckPlace, request: CheckRequest, isRendered: boolean): Promise<OpenedCheck> {
  const { plan, shard } = request;
  if (!plan || !shard || isRendered) return openCheck(place, request);
  const { openPlanned } = await import('./shards/open-planned.ts');
  return openPlanned(place, { plan, shard });
}

/** What renders and what asks the network is loaded for the runs that do. */
async function findFurther(wanted: FurtherRequest, opened: OpenedCheck): Promise<Further> {
  if (!wanted.render && !wanted.outdated)
    return { ...NOTHING_FURTHER, mayRender: mayRender(wanted.env, opened.configuration) };
  const { lookFurther } = await import('./render/look-further.ts');
  return lookFurther(wanted, opened);
}

const NOTHING_FURTHER: Further = {
  rendered: new Map(),
  renderWanted: false,
  mayRender: true,
  tools: undefined,
  renderer: undefined,
  news: undefined,
  cluster: undefined,
  policies: undefined,
  notAsked: [],
};

const NOTHING: Fixing = { changes: [], left: [] };

type FixIfNeeded = Judged & {
  session: Session;
  input: CheckInput;
  place: CheckPlace;
  wanted: FurtherRequest;
};

async function fixIfNeeded({
  session,
  input,
  place,
  opened,
  further,
  result,
  wanted,
}: FixIfNeeded): Promise<Fixing> {
  if (!result.findings.some(({ fixable }) => fixable)) return NOTHING;
  const { fix } = await import('./run-fix.ts');
  const { openProof } = await import('./render/look-further.ts');
  const context = {
    sources: opened.sources,
    summary: opened.summarized.summary,
    served: servedHere(opened.summarized.summary, further.rendered),
    rendered: (folder: string) => further.rendered.get(folder)?.state,
    news: { newer: [], published: [] },
    rules: opened.configuration.rules ?? {},
    prove: await openProof(wanted, opened),
  };
  return fix({ session, place, opened, context, force: input.switches.has('force') });
}

function readFormat(session: Session, input: CheckInput): CheckFormat {
  const usual = session.json ? 'json' : input.switches.has('watch') ? 'lines' : 'terminal';
  return readCheckFormat(input.values['format'] ?? usual);
}

function readFailOn(input: CheckInput): Severity {
  const wanted = input.values['fail-on'] ?? 'warning';
  const severity = SEVERITIES.find(each => each === wanted);
  if (severity !== undefined) return severity;
  throw new UserError('E_USAGE', say('check.failNoSeverity', { wanted: display(wanted) }), {
    hint: say('check.useOneOfSeverities', { severities: SEVERITIES.join(', ') }),
  });
}

/** Paths as a person or pre-commit gives them, from the repository's root. */
async function pathsFrom(session: Session, input: CheckInput, root: string): Promise<string[]> {
  if (input.positionals.length === 0) return [];
  const from = await realpath(session.cwd);
  return input.positionals.map(given => {
    const file = path.resolve(from, given);
    if (isBelow(root, file)) return slashedPath(root, file);
    throw new UserError('E_OUTSIDE', say('check.outsideRepository', { given: display(given), root }), {
      hint: say('check.nameFileInside'),
      subject: given,
    });
  });
}

function sayIgnored({ terminal, t }: Session, { chosen, summarized }: OpenedCheck): void {
  if (chosen.ignored.length === 0 || chosen.apps.length > 0) return;
  const environments = summarized.summary.environments.map(name => `${name}/*`).join(', ');
  terminal.say(
    t(
      environments === ''
        ? say('check.filesOfNoApp')
        : say('check.nothingCheckTheseFilesBelong', { environments }),
    ),
  );
}

/** Of the apps that are known, how many have to be new: to find fewer again costs less than to write all down. */
const WORTH_WRITING = 1 / 32;

async function remember(
  { store, memory, disk, summarized, sources, deliveries, allCharts }: OpenedCheck,
  result: CheckResult,
): Promise<void> {
  const { summaries, summaryIds, overview } = summarized.remembered;
  const fresh = disk.fresh + summarized.fresh + result.fresh;
  // What holds for all apps costs more to find again than to write.
  const isSameWhole =
    memory.deliveries?.id === deliveries?.id &&
    memory.overview?.id === overview?.id &&
    (allCharts === undefined || allCharts.id === memory.charts?.id);
  if (fresh <= memory.results.size * WORTH_WRITING && isSameWhole) return;
  const { committed } = sources;
  await store.save({
    ...disk.remember(memory),
    summaries,
    summaryIds,
    overview,
    results: result.remembered,
    deliveries,
    charts: allCharts ?? memory.charts,
    commits: committed ? new Map([[committed.id, committed.paths]]) : memory.commits,
  });
}
