import { type AskedRepository, repositoryGenerator } from '../../../generators/init/generator.ts';
import { type ChangeSet, joinChangeSets } from '../../change-set.ts';
import { EXIT } from '../../errors.ts';
import type { InitInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { type OpenedInit, openInit } from './open.ts';
import { renderPreview } from '../../output/preview.ts';
import { showInit } from './view.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { say } from '../../locales/say.ts';

/** init: ask, look charts up, plan, show, write what is missing. */
export async function runInit(given: Session, input: InitInput): Promise<number> {
  const opened = await openInit(given, input);
  try {
    const answers = await repositoryGenerator.ask(opened.context);
    await writeInit(opened, answers, input);
    return EXIT.done;
  } finally {
    await opened.close();
  }
}

async function writeInit(opened: OpenedInit, answers: AskedRepository, input: InitInput): Promise<void> {
  const { session, prompts, root } = opened;
  const force = input.switches.has('force');
  const overwrites = await approveOverwrites(opened, answers.plan.overwrites, force);
  const changes = joinChangeSets(answers.plan.additions, overwrites);
  // Every overwrite was agreed to.
  await writeChanges(session, changes, { root, prompts, force, uncommitted: 'save' });
  showInit(opened, answers, { changes, input });
}

/** What differs is always shown; it is written only with --force or a person's yes. --yes alone is none. */
async function approveOverwrites(
  { session, prompts }: OpenedInit,
  overwrites: ChangeSet,
  force: boolean,
): Promise<ChangeSet> {
  if (overwrites.changes.length === 0) return overwrites;
  if (!session.json) session.terminal.say(renderPreview(overwrites, session.terminal.aside));
  if (force) return overwrites;
  const message = session.t(say('init.theseFilesThereDifferOverwrite'));
  const agreed =
    prompts !== undefined && !session.yes && (await prompts.confirm({ message, default: false }));
  return agreed ? overwrites : joinChangeSets();
}
