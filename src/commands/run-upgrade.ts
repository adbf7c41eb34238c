import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { changesJson } from '../domain/change-set.ts';
import { selectApps } from '../domain/select-apps.ts';
import { readAnswers } from '../domain/upgrade/read-answers.ts';
import { type Answers, unusedAnswers } from '../domain/values/decisions.ts';
import { LEVELS, type Level } from '../domain/upgrade/chart-move.ts';
import { parsePlan } from '../domain/upgrade/parse-plan.ts';
import { EXIT, gravest, systemCode, UserError } from '../errors.ts';
import type { Input } from '../flags.ts';
import { findHelm } from '../io/helm.ts';
import { findKustomize } from '../io/kustomize.ts';
import type { Session } from '../session.ts';
import { hashInputs, planUpgrade, type UpgradePlan } from '../use-cases/upgrade/plan-upgrade.ts';
import type { PreparedApp } from '../use-cases/upgrade/prepare-app.ts';
import { prepareUpgrade } from '../use-cases/upgrade/prepare-upgrade.ts';
import { writeUpgrade } from '../use-cases/upgrade/write-upgrade.ts';
import { openLookups, type Lookups } from './open-lookups.ts';
import { readDays } from './run-outdated.ts';
import { askDecisions, chooseMoves } from './upgrade-questions.ts';
import { describeNotice, type Purpose } from './open-repository.ts';
import { renderUpgradeSummary, upgradeJson, writeReports } from './show-upgrade.ts';
import { warnUnused } from './unused-answers.ts';
import { openPrompts } from './open-prompts.ts';
import { toJson } from '../json.ts';

/** upgrade: plan, migrate and render, show, write app by app, report. */
export async function runUpgrade(given: Session, input: Input): Promise<number> {
  const lookups = await openLookups(given, input, purposeOf(input));
  try {
    const plan = await choosePlan(lookups, input);
    if (input.values['plan'] !== undefined) await savePlan(input.values['plan'], plan);
    if (input.switches.has('matrix')) return printMatrix(lookups.session, plan);
    if (input.values['plan'] !== undefined) return showPlan(lookups.session, plan, input.values['plan']);
    const answers = await loadAnswers(input);
    const prepared = await prepare(lookups, input, plan, answers);
    return await carryOut(lookups, input, plan, { prepared, answers });
  } finally {
    await lookups.close();
  }
}

/** A run that makes a plan or a matrix ends there. */
function purposeOf({ values, switches }: Input): Purpose {
  return values['plan'] !== undefined || switches.has('matrix') ? 'read' : 'write';
}

async function choosePlan(lookups: Lookups, input: Input): Promise<UpgradePlan> {
  const file = input.values['apply'];
  const plan = file === undefined ? await makePlan(lookups, input) : await loadPlan(lookups, input, file);
  return input.switches.has('interactive') ? chooseMoves(lookups, plan) : plan;
}

async function makePlan(
  { session, files, charts, gitops, today }: Lookups,
  input: Input,
): Promise<UpgradePlan> {
  const apps = selectApps(gitops.repository, input.positionals);
  const label = session.t({ en: 'looking for newer versions', 'zh-CN': '查询新版本' });
  const progress = session.terminal.progress(label);
  const request = {
    apps,
    level: LEVELS.find(level => input.switches.has(level)) ?? ('minor' satisfies Level),
    to: input.values['to'],
    today,
    minAgeDays: readDays(input) ?? gitops.conventions.minimumAge.value,
    progress: (done: number, of: number) => progress.update(`${label}: ${done}/${of}`),
  };
  return planUpgrade({ files, charts }, request).finally(() => progress.end());
}

/** @throws UserError E_CHANGED if a file that the plan rests on is another now */
async function loadPlan({ files, gitops }: Lookups, input: Input, file: string): Promise<UpgradePlan> {
  const plan = parsePlan(await readText(file), file);
  const wanted = input.given.filter(({ name }) => name === 'app').map(({ value }) => value);
  const apps = selectApps(
    gitops.repository,
    wanted.length > 0 ? wanted : [...new Set(plan.moves.map(({ app }) => app))],
  );
  const moves = plan.moves.filter(({ app }) => apps.some(({ path: own }) => own === app));
  const now = await hashInputs(files, apps, moves);
  const moved = Object.entries(now).find(([name, hash]) => plan.inputs[name] !== hash);
  if (moved)
    throw new UserError('E_CHANGED', `${moved[0]} has changed since the plan was made`, {
      hint: 'Plan again.',
      subject: moved[0],
    });
  return { ...plan, moves };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new UserError('E_VALUE', `${file} does not exist`, { subject: file });
  }
}

async function savePlan(file: string, plan: UpgradePlan): Promise<void> {
  await writeFile(file, `${toJson(plan, 2)}\n`);
}

/** For `strategy.matrix` of a CI job: one entry per app. */
function printMatrix({ terminal }: Session, { moves }: UpgradePlan): number {
  const apps = [...new Set(moves.map(({ app }) => app))];
  terminal.result(toJson({ include: apps.map(app => ({ app })) }));
  return EXIT.done;
}

function showPlan({ terminal, json, t }: Session, plan: UpgradePlan, file: string): number {
  const lines = plan.moves.map(({ app, name, from, to }) => `${app}  ${name}  ${from} → ${to}`);
  const next = `slipway upgrade --apply ${file}`;
  if (json) terminal.result(toJson({ ...plan, next: [next] }));
  else terminal.result([...lines, `${t({ en: 'next', 'zh-CN': '下一步' })}: ${next}`].join('\n'));
  return EXIT.done;
}

async function loadAnswers({ values }: Input): Promise<Answers> {
  const file = values['decisions'];
  return file === undefined ? {} : readAnswers(await readText(file), file);
}

async function prepare(
  lookups: Lookups,
  input: Input,
  plan: UpgradePlan,
  answers: Answers,
): Promise<PreparedApp[]> {
  const { session, repository } = lookups;
  const { env, signal } = session;
  const render = !input.switches.has('no-render');
  const [helm, kustomize] = render
    ? await Promise.all([findHelm({ env, signal }), findKustomize({ env, signal })])
    : [];
  const context = { ...lookups, helm, kustomize, render, answers };
  const label = session.t({ en: 'migrating', 'zh-CN': '迁移中' });
  const progress = session.terminal.progress(label);
  const prepared = await prepareUpgrade(context, repository, plan.moves, (done, of) =>
    progress.update(`${label}: ${done}/${of}`),
  ).finally(() => progress.end());
  return session.terminal.interactive && !session.yes
    ? askDecisions(context, session, prepared, plan.moves)
    : prepared;
}

async function carryOut(
  lookups: Lookups,
  input: Input,
  plan: UpgradePlan,
  { prepared, answers }: { prepared: PreparedApp[]; answers: Answers },
): Promise<number> {
  const { session, files } = lookups;
  const unused = unusedIn(prepared, answers);
  if (!session.json) warnUnused(session, unused);
  if (!session.json) session.terminal.say(renderUpgradeSummary(prepared, plan.leftAlone, session));
  const ready = prepared.filter(({ changes }) => changes.changes.length > 0);
  if (ready.length > 0 && !session.dryRun) await confirm(session, ready.length);
  const written = session.dryRun
    ? prepared
    : await writeUpgrade(prepared, {
        root: files.root,
        signal: session.signal,
        env: session.env,
        commit: input.switches.has('commit'),
        notify: notice => session.terminal.say(describeNotice(notice)),
      });
  const report = {
    date: lookups.today.toISOString().slice(0, 10),
    apps: written.map(app => app.report),
    leftAlone: plan.leftAlone,
  };
  const reports = input.given.filter(({ name }) => name === 'report').map(({ value }) => path.resolve(value));
  await writeReports(report, reports, session);
  const changes = written.flatMap(app => (app.report.status === 'upgraded' ? changesJson(app.changes) : []));
  session.terminal.result(
    session.json
      ? toJson({
          ...upgradeJson(report, changes, session, input),
          ...(unused.length > 0 ? { unusedAnswers: unused } : {}),
        })
      : summaryLine(
          [...written.map(app => app.report), ...plan.leftAlone].map(({ status }) => status),
          session,
        ),
  );
  return exitCode(written, plan.leftAlone);
}

function unusedIn(prepared: readonly PreparedApp[], answers: Answers): string[] {
  const charts = prepared.flatMap(({ report }) => report.charts);
  return unusedAnswers(
    answers,
    charts.flatMap(({ values }) => values?.usedAnswers ?? []),
  );
}

async function confirm(session: Session, apps: number): Promise<void> {
  if (session.yes) return;
  if (!session.terminal.interactive)
    throw new UserError('E_MISSING', `nobody can be asked whether to write ${apps} apps`, {
      hint: 'Give --yes, or look first with --dry-run.',
    });
  const prompts = await openPrompts(session);
  const message = session.t({ en: `Write ${apps} apps?`, 'zh-CN': `写入 ${apps} 个应用？` });
  if (!(await prompts.confirm({ message, default: true })))
    throw new UserError('E_CANCELLED', 'cancelled; nothing was written');
}

function summaryLine(statuses: readonly string[], { t, dryRun }: Session): string {
  const count = (status: string): number => statuses.filter(own => own === status).length;
  const words = [
    [
      count('upgraded'),
      dryRun ? t({ en: 'would be upgraded', 'zh-CN': '将升级' }) : t({ en: 'upgraded', 'zh-CN': '已升级' }),
    ],
    [count('needs-decision'), t({ en: 'need a decision', 'zh-CN': '待决定' })],
    [count('failed'), t({ en: 'failed', 'zh-CN': '失败' })],
    [count('held'), t({ en: 'held', 'zh-CN': '已固定' })],
    [count('beyond-level'), t({ en: 'a larger step away', 'zh-CN': '超出升级幅度' })],
    [count('unreachable'), t({ en: 'unreachable', 'zh-CN': '无法访问' })],
  ] as const;
  const said = words.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return said.length > 0 ? said.join(', ') : t({ en: 'everything is up to date', 'zh-CN': '一切都是最新的' });
}

function exitCode(apps: readonly PreparedApp[], leftAlone: UpgradePlan['leftAlone']): number {
  const codes = [
    ...apps.map(
      ({ report, exit }) => exit ?? (report.status === 'needs-decision' ? EXIT.decisions : EXIT.done),
    ),
    ...leftAlone.map(item => (item.status === 'unreachable' ? item.exit : EXIT.done)),
  ];
  return gravest(codes);
}
