import type { Session } from '../../../cli/context.ts';
import { sameAgain } from '../../../cli/repeat-line.ts';
import { inLanguageOf } from '../../../cli/in-language-of.ts';
import type { JoinRequest } from '../../../cli/shard.ts';
import { asShard } from '../../../cli/open-shards.ts';
import { exitOfCheck, type CheckVerdict } from '../check-report.ts';
import { SEVERITIES } from '../../../repository/rule-level.ts';
import { type CheckFormat, printCheck, readCheckFormat } from '../formats/print.ts';
import { type CheckReport, countOf } from '../formats/report.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import { notLookedAt } from '../evaluate-app.ts';
import { fightsAmong } from '../facts/contenders.ts';
import { type Finding, toFinding } from '../finding.ts';
import { applySettings } from '../rule-settings.ts';
import { applicationFight, sayFight } from '../rules/set-rules.ts';
import { settle, type Unsettled } from '../check-repository.ts';
import { readCheckFacts } from './read-facts.ts';
import { type CheckShardFacts, DECIDING, type SharedContender } from './shard-facts.ts';

/** Joins what shards of check found, and prints it as one run would have. @throws UserError E_VALUE, E_USAGE */
export async function joinChecks(session: Session, request: JoinRequest): Promise<number> {
  const format = readCheckFormat(request.format);
  return asShard(request.shards, readCheckFacts, all => printJoined(session, { request, format, all }));
}

type Joining = { request: JoinRequest; format: CheckFormat; all: readonly CheckShardFacts[] };

async function printJoined(session: Session, { request, format, all }: Joining): Promise<number> {
  const { findings, suppressed } = settle(joinFound(all));
  const { apps, ...summary } = joinSummaries(all);
  const fixable = findings.filter(each => each.fixable).length;
  const report: CheckReport = {
    findings,
    summary: {
      apps,
      errors: countOf(findings, 'error'),
      warnings: countOf(findings, 'warning'),
      notes: countOf(findings, 'note'),
      fixable,
      suppressed,
      ...summary,
    },
    mayRender: all.some(each => each.mayRender),
    changes: [],
    left: [],
    end: {
      next: fixable > 0 ? [{ line: fixLine(session, request) }] : [],
      command: request.command,
    },
  };
  const { language } = all[0] ?? {};
  const spoken = inLanguageOf(language === undefined ? {} : { language }, session, {
    values: { lang: request.lang },
  });
  await printCheck(format, report, spoken);
  return exitOfCheck(report, joinVerdicts(all));
}

/** What one run would have offered: with the flags of check that it had, and no others that a file may name. */
function fixLine(session: Session, { shards }: JoinRequest): string {
  const flags = shards[0]?.flags ?? [];
  const read = flags.map(flag => /^--([a-z-]+)(?:=(.*))?$/.exec(flag));
  const own = read.flatMap(found => (found && DECIDING.includes(found[1] ?? '') ? [found] : []));
  const given = own.flatMap(([, name = '', value]) => (value === undefined ? [] : [{ name, value }]));
  const on = own.flatMap(([, name = '', value]) => (value === undefined ? [name] : []));
  const positionals = flags.filter(flag => !flag.startsWith('-'));
  return sameAgain(session, 'check', { positionals, given, switches: new Set([...on, 'fix']) });
}

/** All rest on the same configuration and the same habits: those of the first are those of all. */
function joinFound(all: readonly CheckShardFacts[]): Unsettled {
  const [first] = all;
  const found = all.map(each => each.found);
  const has = (what: keyof Unsettled['available']): boolean => found.some(each => each.available[what]);
  return {
    findings: joinFindings(all),
    suppressions: found.flatMap(each => each.suppressions),
    rules: first?.found.rules ?? {},
    habits: first?.found.habits ?? ({} as Unsettled['habits']),
    available: { rendering: has('rendering'), network: has('network'), cluster: has('cluster') },
  };
}

/** What shards found; of fights, where they rendered, what all of them know together. */
function joinFindings(all: readonly CheckShardFacts[]): Finding[] {
  const found = all.flatMap(each => each.found.findings);
  if (all.every(({ contenders }) => contenders === undefined)) return found;
  const fights = fightsAcross(all.flatMap(({ contenders }) => contenders ?? []));
  return [...found.filter(({ code }) => code !== FIGHT), ...applySettings(fights, all[0]?.found.rules ?? {})];
}

const FIGHT = 'application-fight';

function fightsAcross(contenders: readonly SharedContender[]): Finding[] {
  const heard = new Set(contenders.flatMap(({ from, isHeard }) => (isHeard ? [from] : [])));
  const fights = fightsAmong(contenders).map(sayFight);
  const left = contenders.flatMap(({ from, name, isLeft }) =>
    isLeft ? [notLookedAt(from, name, new UserError('E_LIMIT', say('shard.tooManyObjects')))] : [],
  );
  return [...fights, ...left]
    .filter(({ file }) => heard.has(file))
    .map(each => toFinding(FIGHT, applicationFight.severity, { ...each, line: 1, column: 1 }));
}

function joinSummaries(all: readonly CheckShardFacts[]): CheckShardFacts['summary'] {
  const own = all.map(({ summary }) => summary);
  const sum = (of: (each: CheckShardFacts['summary']) => number | undefined): number =>
    own.reduce((total, each) => total + (of(each) ?? 0), 0);
  const clusters = own.flatMap(({ cluster }) => cluster ?? []);
  const [cluster] = clusters;
  const renderer = own.find(each => each.renderer !== undefined)?.renderer;
  return {
    apps: sum(each => each.apps),
    unknownDefaults: sum(each => each.unknownDefaults),
    templates: sum(each => each.templates),
    rendered: sum(each => each.rendered),
    notRendered: own.some(each => each.notRendered !== undefined) ? sum(each => each.notRendered) : undefined,
    notAsked: sum(each => each.notAsked),
    apart: sum(each => each.apart),
    charts: sum(each => each.charts),
    unread: own.flatMap(({ unread }) => unread),
    ...(renderer ? { renderer } : {}),
    ...(cluster ? { cluster: { ...cluster, ...countAsked(clusters) } } : {}),
  };
}

type Asked = NonNullable<CheckShardFacts['summary']['cluster']>;

function countAsked(clusters: readonly Asked[]): Pick<Asked, 'apps' | 'objects' | 'notJudged'> {
  const sum = (of: 'apps' | 'objects' | 'notJudged'): number =>
    clusters.reduce((total, each) => total + each[of], 0);
  return { apps: sum('apps'), objects: sum('objects'), notJudged: sum('notJudged') };
}

function joinVerdicts(all: readonly CheckShardFacts[]): CheckVerdict {
  const verdicts = all.map(({ verdict }) => verdict);
  return {
    failOn: verdicts[0]?.failOn ?? SEVERITIES[1],
    isAllAsked: verdicts.some(({ isAllAsked }) => isAllAsked),
    notAsked: verdicts.flatMap(({ notAsked }) => notAsked),
  };
}
