import { largest } from '../../data/append.ts';
import { pad, widthOf } from '../../output/width.ts';
import type { ChartMove } from './chart-move.ts';
import type { Decision, Answer } from '../../values/plan.ts';
import { printYaml } from '../../yaml/print.ts';
import { display, displayBlock } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { Prompts } from '../../output/prompts.ts';
import type { Session } from '../../cli/context.ts';
import { inRepository } from '../../charts/address.ts';
import type { UpgradePlan } from './plan-upgrade.ts';
import type { PreparedApp } from './prepared-app.ts';
import { type AppContext, prepareApp } from './prepare-app.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import { say } from '../../locales/say.ts';

/** Lets a person choose which charts move, and where to. */
export async function chooseMoves(
  { session, charts }: CommandContext,
  plan: UpgradePlan,
): Promise<UpgradePlan> {
  if (!session.terminal.interactive)
    throw new UserError('E_USAGE', say('upgrade.interactiveNeedsTerminal'), {
      hint: say('upgrade.nameAppsInstead'),
    });
  const prompts = await openPrompts(session);
  const picked = await prompts.checkbox({
    message: session.t(say('upgrade.whichChartsUpgrade')),
    choices: plan.moves.map((move, index) => ({
      value: String(index),
      name: describeMove(move),
      checked: true,
    })),
  });
  const moves: ChartMove[] = [];
  for (const index of picked) {
    const move = plan.moves[Number(index)];
    if (move) moves.push({ ...move, to: await chooseVersion(prompts, session, charts, move) });
  }
  return { ...plan, moves };
}

function describeMove({ app, name, from, to }: ChartMove): string {
  return display(`${app}  ${name}  ${from} → ${to}`);
}

async function chooseVersion(
  prompts: Prompts,
  { t }: Session,
  charts: CommandContext['charts'],
  move: ChartMove,
): Promise<string> {
  const address = inRepository(move.name, move.repo);
  const newer = charts.candidates(address, await charts.versions(address), move.from);
  if (newer.length < 2) return move.to;
  const choices = newer.slice(0, 20).map(({ release, marks, ageDays }) => ({
    value: release.version,
    name: display(
      [release.version, ...(ageDays === undefined ? [] : [`${ageDays} d`]), ...marks].join(' · '),
    ),
  }));
  return prompts.select({
    message: `${move.app} ${move.name} ${t(say('upgrade.to'))}`,
    choices,
    default: move.to,
  });
}

/** Puts every open decision before a person, and prepares the apps again that got answers. */
export async function askDecisions(
  context: AppContext,
  session: Session,
  prepared: readonly PreparedApp[],
  moves: readonly ChartMove[],
): Promise<PreparedApp[]> {
  const result: PreparedApp[] = [];
  for (const app of prepared) {
    const open = app.report.charts.flatMap(({ values }) => values?.decisions ?? []);
    if (open.length === 0) result.push(app);
    else {
      const answers = await answerAll(await openPrompts(session), session, app.report.app, open);
      const own = moves.filter(move => move.app === app.report.app);
      result.push(
        await prepareApp({ ...context, answers: { ...context.answers, ...answers } }, app.app, own),
      );
    }
  }
  return result;
}

async function answerAll(
  prompts: Prompts,
  session: Session,
  app: string,
  open: readonly Decision[],
): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {};
  for (const decision of open) {
    session.terminal.say(
      `\n${session.terminal.style(`${app}: ${display(decision.path)}`, 'bold')}\n${sideBySide(decision, session)}`,
    );
    const answer = await prompts.select({
      message: session.t(say('upgrade.whichOne')),
      choices: [
        { value: 'ours', name: session.t(say('upgrade.ours')) },
        { value: 'theirs', name: session.t(say('upgrade.takeNewDefault')) },
        ...(decision.options.includes('merged')
          ? [{ value: 'merged', name: session.t(say('upgrade.bothMerged')) }]
          : []),
        { value: 'later', name: session.t(say('upgrade.decideLater')) },
      ],
    });
    if (answer === 'ours' || answer === 'theirs' || answer === 'merged') answers[decision.id] = answer;
  }
  return answers;
}

/** Old default, ours and new default in three columns, or below each other where the terminal is narrow. */
function sideBySide({ base, ours, theirs }: Decision, { terminal, t }: Session): string {
  const blocks = [
    { title: t(say('upgrade.oldDefault')), lines: valueLines(base) },
    { title: t(say('upgrade.ours')), lines: valueLines(ours) },
    { title: t(say('upgrade.newDefaultTitle')), lines: valueLines(theirs) },
  ];
  const width = Math.floor((terminal.aside.columns - 6) / 3);
  const fits = blocks.every(({ lines }) => lines.every(line => widthOf(line) <= width));
  if (!fits)
    return blocks
      .map(({ title, lines }) =>
        [terminal.style(title, 'cyan'), ...lines.map(line => `  ${line}`)].join('\n'),
      )
      .join('\n');
  const height = largest(blocks.map(({ lines }) => lines.length));
  const cell = (text: string): string => pad(text, width);
  const rows = Array.from({ length: height }, (_, row) =>
    blocks.map(({ lines }) => cell(lines[row] ?? '')).join(' │ '),
  );
  return [blocks.map(({ title }) => cell(terminal.style(title, 'cyan'))).join(' │ '), ...rows].join('\n');
}

const MAX_LINES = 40;

function valueLines(value: unknown): string[] {
  if (value === undefined) return ['∅'];
  const lines = displayBlock(printYaml(value)).split('\n');
  return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), '…'] : lines;
}
