import { requireNoClash } from '../../../generators/clashes.ts';
import { converse } from '../../../generators/converse.ts';
import { type AskedRepository, repositoryGenerator } from '../../../generators/init/generator.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { addsLines, type ChangeSet, joinAll, joinChangeSets } from '../../change-set.ts';
import { EXIT } from '../../errors.ts';
import type { InitInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { type OpenedInit, openInit } from './open.ts';
import { renderPreview } from '../../output/preview.ts';
import { showInit } from './view.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { say } from '../../locales/say.ts';

/** init: ask, look charts up, plan, show, write what is missing. */
export async function runInit(given: Session, input: InitInput): Promise<number> {
  const noCharts = input.switches.has('no-charts') ? [{ name: 'no-charts', value: 'true' }] : [];
  requireNoClash(RULED, [...input.given, ...noCharts]);
  const opened = await openInit(given, input);
  const { context, session } = opened;
  try {
    await converse({
      ask: context.facts.ask,
      answer: () => repositoryGenerator.ask(context),
      carryOut: answers => writeInit(opened, answers, input),
      session,
    });
    return EXIT.done;
  } finally {
    await opened.close();
  }
}

/** What the questions say of flags that do not go together, and a flag that no question has. */
const RULED = [...repositoryGenerator.questions, { flag: 'charts-from', notWith: [{ flag: 'no-charts' }] }];

async function writeInit(opened: OpenedInit, answers: AskedRepository, input: InitInput): Promise<void> {
  const { session, root } = opened;
  const force = input.switches.has('force');
  const overwrites = await approveOverwrites(opened, answers.plan.overwrites, force);
  const changes = joinChangeSets(answers.plan.additions, overwrites);
  // Every overwrite was agreed to.
  await writeChanges(session, changes, { root, force, uncommitted: 'save', back: true });
  showInit(opened, answers, { changes, input });
}

function questionOf({ changes }: ChangeSet): Text {
  const updates = changes.filter(({ action }) => action !== 'create');
  const paths = display(updates.map(({ path }) => path).join(', '));
  return updates.every(addsLines)
    ? say('init.addLines', { paths })
    : say('init.thisDiffersOverwrite', { paths });
}

/** What differs is always shown; each is written only with --force or a person's yes to it. --yes alone is none. */
async function approveOverwrites(
  { session }: OpenedInit,
  overwrites: readonly ChangeSet[],
  force: boolean,
): Promise<ChangeSet> {
  const approved: ChangeSet[] = [];
  for (const overwrite of overwrites) {
    if (!session.json) session.terminal.say(renderPreview(overwrite, session.terminal.aside));
    const message = session.t(questionOf(overwrite));
    const canAsk = session.terminal.interactive && !session.yes && !force;
    const agrees = async (): Promise<boolean> =>
      (await openPrompts(session)).confirm({ message, default: false, back: true });
    if (force || (canAsk && (await agrees()))) approved.push(overwrite);
  }
  return joinAll(approved);
}
