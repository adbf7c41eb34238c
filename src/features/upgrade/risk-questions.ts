import { openPrompts } from '../../cli/open-prompts.ts';
import type { Session } from '../../cli/context.ts';
import { say } from '../../locales/say.ts';
import type { Prompts } from '../../output/prompts.ts';
import { askEach } from '../../output/went-back.ts';
import { display } from '../../text/display.ts';
import { type OpenRisk, openRisksOf } from '../../output/risks.ts';
import { openDecisionsOf } from './decision-file.ts';
import { type UpgradeAppContext, prepareApp } from './prepare-app.ts';
import type { PreparedApp } from './prepared-app.ts';
import type { Asked, ToAsk } from './questions.ts';
import { LEVEL_WORDS, objectText } from './risk-words.ts';

/**
 * Puts every fatal risk before a person, no being what Enter means, and prepares the apps again of which they take one. An app
 * with an open decision is not written anyway: nothing is asked of it. Esc goes back to the risk before.
 * @throws UserError E_CANCELLED
 */
export async function askRisks(
  context: UpgradeAppContext,
  session: Session,
  { prepared, moves, asked }: ToAsk,
): Promise<PreparedApp[]> {
  const decided = prepared
    .map(({ report }) => report)
    .filter(report => openDecisionsOf([report]).length === 0);
  const open = openRisksOf(decided);
  if (open.length === 0) return prepared;
  const prompts = await openPrompts(session);
  await askEach(open, risk => askRisk(prompts, session, risk, asked));
  const again = { ...context, accepted: [...context.accepted, ...asked.accepted] };
  const result: PreparedApp[] = [];
  for (const app of prepared) {
    const { app: name } = app.report;
    const isTaken = open.some(risk => risk.app === name && asked.accepted.includes(risk.key));
    const own = moves.filter(move => move.app === name);
    result.push(isTaken ? await prepareApp(again, app.app, own) : app);
  }
  return result;
}

async function askRisk(prompts: Prompts, session: Session, risk: OpenRisk, asked: Asked): Promise<void> {
  session.terminal.say(`\n${riskText(risk, session)}`);
  const isTaken = await prompts.confirm({
    message: session.t(say('upgrade.takeRisk')),
    default: asked.accepted.includes(risk.key),
    back: true,
  });
  const others = asked.accepted.filter(key => key !== risk.key);
  asked.accepted = isTaken ? [...others, risk.key] : others;
}

function riskText(
  { app, risk: { level, object, fact, remedy } }: OpenRisk,
  { t, terminal }: Session,
): string {
  const head = `${terminal.style(`${t(LEVEL_WORDS[level])}:`, 'red')} ${terminal.style(display(app), 'bold')}`;
  return [`${head} ${display(`${objectText(object)}: ${t(fact)}`)}`, `  ${display(t(remedy))}`].join('\n');
}
