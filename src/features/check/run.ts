import { servedHere } from './facts/served-here.ts';
import { realpath } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Finding } from './finding.ts';
import { SEVERITIES, type Severity } from '../../repository/rule-level.ts';
import { display } from '../../text/display.ts';
import { EXIT, UserError, worst } from '../../errors.ts';
import { checkEnd, type Judged, toReport } from './check-report.ts';
import type { CheckInput } from './flags.ts';
import { openCacheFiles } from '../../system/cache/cache-files.ts';
import { cacheFolder } from '../../system/cache/cache-folder.ts';
import { thisMachine } from '../../system/files/machine.ts';
import { remark } from '../../cli/remark.ts';
import { openRepositoryRoot } from '../../system/files/find-repository.ts';
import type { Session } from '../../cli/context.ts';
import { checkRepository, type CheckResult } from './check-repository.ts';
import { type CheckPlace, type CheckRequest, openCheck, type OpenedCheck } from './open-check.ts';
import { openRepository, type Purpose } from '../../cli/open-repository.ts';
import { mayRender } from '../../render/may-render.ts';
import type { Further, FurtherRequest } from './render/look-further.ts';
import { inLanguageOf } from '../../cli/in-language-of.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import type { Fixing } from './run-fix.ts';
import { type CheckReport, isAllSeen } from './formats/report.ts';
import { exitOfNothingRead } from '../../repository/unread/charts-read.ts';
import { showProgress } from '../../cli/show-progress.ts';
import { writeKeptRun } from './again/write-kept-run.ts';
import { say } from '../../locales/say.ts';

/** check: once, or with --watch again and again. */
export async function runCheck(session: Session, input: CheckInput): Promise<number> {
  if (!input.switches.has('watch')) return checkOnce(session, input);
  const { watchCheck } = await import('./run-watch.ts');
  return watchCheck(session, input, () => checkOnce(session, input));
}

/** Open, choose, judge, fix, print. */
async function checkOnce(session: Session, input: CheckInput): Promise<number> {
  const format = readFormat(session, input);
  const failOn = readFailOn(input);
  const place = await openPlace(session, input.switches.has('fix') ? 'write' : 'read');
  const request = {
    paths: await pathsFrom(session, input, place.repository.root),
    staged: input.switches.has('staged'),
    since: input.values['since'],
  };
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
    const found = toReport(last, fixing);
    const end = checkEnd(session, input, { files: place.files, ...found });
    const text = await FORMATS[format](
      { ...found, end },
      inLanguageOf(last.opened.configuration, session, input),
    );
    if (format === 'github') session.terminal.orders(text === '' ? '' : `${text}\n`);
    else if (format === 'terminal' || format === 'lines') session.terminal.result(text);
    else if (text !== '') session.terminal.data(text);
    const code = worst([
      fails(last.result.findings, failOn) ? EXIT.findings : EXIT.done,
      exitOfNothingRead(last.opened.charts),
      input.switches.has('exit-code') && !isAllSeen(found.summary) ? EXIT.findings : EXIT.done,
      ...last.further.notAsked,
    ]);
    const { opened, further, result } = last;
    const { mayRender: wouldRender } = further;
    await writeKeptRun({ session, input, place, opened, result, mayRender: wouldRender, code });
    return code;
  } finally {
    await lookups.close();
  }
}

/** The network is opened by the first question to it: most runs have none. */
function lazyLookups(session: Session, input: CheckInput) {
  let opened: Promise<CommandContext> | undefined;
  return {
    open: () =>
      (opened ??= import('../../cli/command-context.ts').then(({ openContext }) =>
        openContext(session, input, 'read'),
      )),
    close: async () => (await opened)?.close(),
  };
}

type CheckRun = { place: CheckPlace; request: CheckRequest; further: FurtherRequest };

function furtherRequest(
  { cache, version, env, signal, repository }: CheckPlace,
  session: Session,
  input: CheckInput,
  lookups: FurtherRequest['lookups'],
): FurtherRequest {
  const { offline, jobs = availableParallelism() + 1 } = session;
  const cluster = clusterIn(input, session);
  const [render, outdated] = [input.switches.has('render'), input.switches.has('outdated')];
  return {
    render: render || cluster !== undefined,
    outdated,
    cluster,
    root: repository.root,
    cache,
    version,
    env,
    offline,
    jobs,
    signal,
    lookups,
  };
}

/** Only flags say so: nothing in a repository names a cluster. */
function clusterIn({ switches, values }: CheckInput, session: Session): FurtherRequest['cluster'] {
  const { context } = values;
  if (!switches.has('cluster')) {
    if (context === undefined) return undefined;
    throw new UserError('E_USAGE', say('cluster.contextWithoutCluster'));
  }
  if (!session.offline) return { context, watch: () => showProgress(session, say('cluster.asking')) };
  throw new UserError('E_USAGE', say('cluster.clusterOrOffline'), { hint: say('cluster.giveOneOfBoth') });
}

async function judge({ place, request, further: wanted }: CheckRun): Promise<Judged> {
  const opened = await openCheck(place, request);
  const further = await findFurther(wanted, opened);
  const { signal } = place;
  const result = await checkRepository({ ...opened, ...further, signal }, opened.chosen.apps);
  await remember(opened, result);
  return { opened, further, result };
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

async function openPlace(session: Session, purpose: Purpose): Promise<CheckPlace> {
  const now = Date.now();
  const files = await openRepository(session, purpose);
  const cache = await openCacheFiles({
    folder: cacheFolder(thisMachine(session.env)),
    warn: text => remark(session, text),
    now: () => Date.now(),
  });
  const { version, env, signal } = session;
  return { repository: await openRepositoryRoot(files.root), files, cache, version, env, signal, now };
}

function readFormat(session: Session, input: CheckInput): Format {
  const wanted =
    input.values['format'] ?? (session.json ? 'json' : input.switches.has('watch') ? 'lines' : 'terminal');
  const known = Object.keys(FORMATS) as Format[];
  const format = known.find(each => each === wanted);
  if (format !== undefined) return format;
  throw new UserError('E_USAGE', say('check.formatNoneChecksFormats', { wanted: display(wanted) }), {
    hint: say('check.useOneOfFormats', { known: known.join(', ') }),
  });
}

function readFailOn(input: CheckInput): Severity {
  const wanted = input.values['fail-on'] ?? 'warning';
  const severity = SEVERITIES.find(each => each === wanted);
  if (severity !== undefined) return severity;
  throw new UserError('E_USAGE', say('check.failNoSeverity', { wanted: display(wanted) }), {
    hint: say('check.useOneOfSeverities', { severities: SEVERITIES.join(', ') }),
  });
}

function fails(findings: readonly Finding[], failOn: Severity): boolean {
  const mildest = SEVERITIES.indexOf(failOn);
  return findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= mildest);
}

/** Paths as a person or pre-commit gives them, from the repository's root. */
async function pathsFrom(session: Session, input: CheckInput, root: string): Promise<string[]> {
  if (input.positionals.length === 0) return [];
  const from = await realpath(session.cwd);
  return input.positionals.map(given => {
    const relative = path.relative(root, path.resolve(from, given)).split(path.sep).join('/');
    if (relative !== '..' && !relative.startsWith('../') && !path.isAbsolute(relative)) return relative;
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

/** Each is loaded when it is asked for. */
const FORMATS = {
  terminal: async (report, { terminal, t }) =>
    (await import('./formats/terminal.ts')).renderFindings(report, { ...terminal, t }),
  lines: async (report, { terminal, t }) =>
    (await import('./formats/lines.ts')).renderLines(report, { ...terminal, t }),
  json: async report => (await import('./formats/json.ts')).renderJson(report),
  sarif: async (report, { version }) => (await import('./formats/sarif.ts')).renderSarif(report, version),
  github: async report => (await import('./formats/github.ts')).renderGithub(report),
  html: async (report, { language }) => (await import('./formats/html.ts')).renderHtml(report, language),
  junit: async report => (await import('./formats/junit.ts')).renderJunit(report),
} satisfies Record<string, (report: CheckReport, session: Session) => Promise<string>>;

type Format = keyof typeof FORMATS;
