import { largest } from '../../data/append.ts';
import { stepBetween } from '../../charts/versions/versions.ts';
import { STEP_WORDS } from '../../cli/version-step.ts';
import { renderTable } from '../../output/table.ts';
import { pad, widthOf } from '../../output/width.ts';
import type { ChartMove } from './chart-move.ts';
import { showsMerged, takesValue } from '../../values/decisions.ts';
import type { Decision, DecisionAnswer } from '../../values/plan.ts';
import type { OpenDecision } from '../../output/decision-file.ts';
import { openDecisionsOf } from './decision-file.ts';
import { readDocuments } from '../../yaml/read.ts';
import { printYaml } from '../../yaml/print.ts';
import { display, displayBlock } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { Prompts } from '../../output/prompts.ts';
import type { Session } from '../../cli/context.ts';
import { inRepository } from '../../charts/address.ts';
import type { UpgradePlan } from './plan-upgrade.ts';
import type { PreparedApp } from './prepared-app.ts';
import { type UpgradeAppContext, prepareApp } from './prepare-app.ts';
import { askEach } from '../../output/went-back.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import { say } from '../../locales/say.ts';
import { errorSentence } from '../../cli/error-sentence.ts';
import type { Text } from '../../text/language.ts';

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
    choices: describeMoves(plan.moves, session).map((name, index) => ({
      value: String(index),
      name,
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

/** In columns, with the step that each is. */
function describeMoves(moves: readonly ChartMove[], { t }: Session): string[] {
  const rows = moves.map(({ app, name, from, to }) => {
    const step = stepBetween(from, to);
    return [display(app), display(name), display(`${from} → ${to}`), step ? t(STEP_WORDS[step]) : ''];
  });
  return renderTable(rows, { style: text => text, columns: Number.POSITIVE_INFINITY });
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

/** What a person has answered so far, by the key that a file would answer it by, and the keys of the risks that they take. */
export type Asked = { answers: Record<string, DecisionAnswer>; accepted: readonly string[] };

export type ToAsk = { prepared: PreparedApp[]; moves: readonly ChartMove[]; asked: Asked };

/**
 * Puts every open decision before a person, and prepares the apps again that got answers; they stand in `asked` from the moment
 * they are given. Esc goes back to the decision before.
 * @throws UserError E_CANCELLED
 */
export async function askDecisions(
  context: UpgradeAppContext,
  session: Session,
  { prepared, moves, asked }: ToAsk,
): Promise<PreparedApp[]> {
  const open = openDecisionsOf(prepared.map(({ report }) => report));
  if (open.length === 0) return prepared;
  await answerAll(await openPrompts(session), session, { open, asked });
  const result: PreparedApp[] = [];
  for (const app of prepared) {
    const isAsked = open.some(each => each.app === app.report.app && each.key in asked.answers);
    const own = moves.filter(move => move.app === app.report.app);
    const again = { ...context, answers: { ...context.answers, ...asked.answers } };
    result.push(isAsked ? await prepareApp(again, app.app, own) : app);
  }
  return result;
}

function answerAll(
  prompts: Prompts,
  session: Session,
  { open, asked }: { open: readonly OpenDecision[]; asked: Asked },
): Promise<void> {
  const { terminal, t } = session;
  return askEach(open, (each, index) => {
    const count = t(say('upgrade.nOf', { index: index + 1, count: open.length }));
    const head = terminal.style(`${count} · ${each.steps.join('\n')}`, 'bold');
    terminal.say(`\n${head}\n${sideBySide(each.decision, session)}`);
    return askAnswer(prompts, session, { ...each, asked });
  });
}

/** Leaves no answer for a decision that is to be taken later. */
async function askAnswer(
  prompts: Prompts,
  { t }: Session,
  { key, decision, asked }: OpenDecision & { asked: Asked },
): Promise<void> {
  const { options, to, ours } = decision;
  const names = {
    ours: say('upgrade.ours'),
    theirs: say('upgrade.newDefault'),
    merged: to === undefined ? say('upgrade.bothMerged') : say('upgrade.moveTo', { to }),
    value: say('upgrade.ownValue'),
    later: say('upgrade.decideLater'),
  };
  const earlier = asked.answers[key];
  const answer = await prompts.select({
    message: t(say('upgrade.whichOne')),
    choices: ([...options, ...(takesValue(decision) ? (['value'] as const) : []), 'later'] as const).map(
      value => ({ value, name: t(names[value]) }),
    ),
    default: typeof earlier === 'object' ? 'value' : earlier,
    back: true,
  });
  if (answer === 'ours' || answer === 'theirs' || answer === 'merged') asked.answers[key] = answer;
  else if (answer === 'later') delete asked.answers[key];
  else {
    const typed = await askValue(prompts, t, typeof earlier === 'object' ? earlier.value : ours);
    asked.answers[key] = asWritten(typed, decision);
  }
}

type TypedValue = { value: unknown; text: string };

/** Where every side is a text, what was typed is one too: a tag `1.30` is no number. */
function asWritten({ value, text }: TypedValue, { base, ours, theirs }: Decision): DecisionAnswer {
  const sides = [base, ours, theirs].filter(side => side !== undefined);
  const isText = sides.length > 0 && sides.every(side => typeof side === 'string');
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return { value: isText && isPlain ? text.trim() : value };
}

async function askValue(prompts: Prompts, t: Session['t'], preset: unknown): Promise<TypedValue> {
  const text = await prompts.input({
    message: t(say('upgrade.valueYaml')),
    default: JSON.stringify(preset),
    back: true,
    validate: typed => {
      const problem = problemOf(typed);
      return problem === undefined || t(problem);
    },
  });
  return { value: valueOf(text), text };
}

function valueOf(text: string): unknown {
  return readDocuments(text, 'value')[0];
}

function problemOf(text: string): Text | undefined {
  try {
    valueOf(text);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return errorSentence(error);
    throw error;
  }
}

/** Old default, ours, new default and what the answer merged gives in columns, or below each other where the terminal is narrow. */
function sideBySide(decision: Decision, { terminal, t }: Session): string {
  const { base, ours, theirs, merged } = decision;
  const blocks = [
    { title: t(say('upgrade.oldDefault')), lines: valueLines(base) },
    { title: t(say('upgrade.ours')), lines: valueLines(ours) },
    { title: t(say('upgrade.newDefaultTitle')), lines: valueLines(theirs) },
    ...(showsMerged(decision) ? [{ title: t(say('upgrade.bothMerged')), lines: valueLines(merged) }] : []),
  ];
  const width = Math.floor((terminal.aside.columns - 3 * (blocks.length - 1)) / blocks.length);
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
