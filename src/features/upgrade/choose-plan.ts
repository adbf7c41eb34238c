import { toJson } from '../../data/json.ts';
import { readFile, writeFile } from 'node:fs/promises';
import type { App } from '../../repository/model.ts';
import { selectApps } from '../../repository/select-apps.ts';
import { type ChartMove, LEVELS, type Level } from './chart-move.ts';
import { parsePlan, type SavedPlan } from './parse-plan.ts';
import { display } from '../../text/display.ts';
import { EXIT, systemCode, UserError } from '../../errors.ts';
import type { Input } from '../../cli/flags.ts';
import type { Session } from '../../cli/context.ts';
import { hashInputs, planUpgrade, type UpgradePlan } from './plan-upgrade.ts';
import { requirePlannedMoves } from './verify-plan.ts';
import type { Lookups } from '../../cli/open-lookups.ts';
import { readDays } from '../../cli/read-days.ts';
import { chooseMoves } from './questions.ts';

/** The moves of this run: planned now, or from the file of `--apply`, as far as it still holds. */
export async function choosePlan(lookups: Lookups, input: Input): Promise<UpgradePlan> {
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

/** @throws UserError E_CHANGED if a file that the plan rests on is another now, or the plan says what no plan would */
async function loadPlan(lookups: Lookups, input: Input, file: string): Promise<UpgradePlan> {
  const plan = parsePlan(await readText(file), file);
  const { gitops, files, charts, today } = lookups;
  const wanted = input.given.filter(({ name }) => name === 'app').map(({ value }) => value);
  const apps = selectApps(
    gitops.repository,
    wanted.length > 0 ? wanted : [...new Set(plan.moves.map(({ app }) => app))],
  );
  const moves = plan.moves.filter(({ app }) => apps.some(({ path: own }) => own === app));
  await requireSameInputs(plan, { files, apps, moves });
  const minAgeDays = readDays(input) ?? gitops.conventions.minimumAge.value;
  await requirePlannedMoves(charts, apps, { moves, today, minAgeDays, to: input.values['to'] });
  return { ...plan, moves };
}

type Planned = { files: Lookups['files']; apps: readonly App[]; moves: readonly ChartMove[] };

async function requireSameInputs(plan: SavedPlan, { files, apps, moves }: Planned): Promise<void> {
  const now = await hashInputs(files, apps, moves);
  const moved = new Set(moves.map(({ app }) => app));
  const names = Object.keys(plan.inputs).filter(name => [...moved].some(app => name.startsWith(`${app}/`)));
  const other = [...Object.keys(now), ...names].find(name => plan.inputs[name] !== now[name]);
  if (other !== undefined)
    throw new UserError('E_CHANGED', `${display(other)} has changed since the plan was made`, {
      hint: 'Plan again.',
      subject: display(other),
    });
}

/** The text of a file that a flag names. @throws UserError E_VALUE */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new UserError('E_VALUE', `${file} does not exist`, { subject: file });
  }
}

/** Writes a plan for a later `--apply`. */
export async function savePlan(file: string, plan: UpgradePlan): Promise<void> {
  await writeFile(file, `${toJson(plan, 2)}\n`);
}

/** For `strategy.matrix` of a CI job: one entry per app. */
export function printMatrix({ terminal }: Session, { moves }: UpgradePlan): number {
  const apps = [...new Set(moves.map(({ app }) => app))];
  terminal.result(toJson({ include: apps.map(app => ({ app })) }));
  return EXIT.done;
}

/** Shows a plan that was saved. */
export function showPlan({ terminal, json, t }: Session, plan: UpgradePlan, file: string): number {
  const lines = plan.moves.map(({ app, name, from, to }) => `${app}  ${name}  ${from} → ${to}`);
  const next = `slipway upgrade --apply ${file}`;
  if (json) terminal.result(toJson({ ...plan, next: [next] }));
  else terminal.result([...lines, `${t({ en: 'next', 'zh-CN': '下一步' })}: ${next}`].join('\n'));
  return EXIT.done;
}
