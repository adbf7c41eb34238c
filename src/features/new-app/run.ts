import { appGenerator, type AskedApp } from '../../../generators/new-app/generator.ts';
import { converse } from '../../../generators/converse.ts';
import type { ChangeSet } from '../../change-set.ts';
import { EXIT, UserError } from '../../errors.ts';
import type { NewAppInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { openApp } from '../../../generators/new-app/open-app.ts';
import { renderPreview } from '../../output/preview.ts';
import { appFlags } from '../../../generators/new-app/repeat-command.ts';
import { showNewApp } from './view.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { say } from '../../locales/say.ts';

/** new-app: ask, plan, show, write. */
export async function runNewApp(given: Session, input: NewAppInput): Promise<number> {
  const opening = { generator: appGenerator.name, flags: appFlags(input) };
  const { context, lookups } = await openApp({ session: given, input }, opening);
  const { session } = lookups;
  const force = input.switches.has('force');
  try {
    await converse({
      ask: context.ask,
      session,
      answer: async () => {
        const answers = await appGenerator.ask(context);
        const changes = await appGenerator.plan(context, answers);
        if (!force) requireNew(session, changes, answers);
        return { answers, changes };
      },
      carryOut: async ({ answers, changes }) => {
        for (const note of answers.notes) context.note(note);
        await writeChanges(session, changes, { root: context.files.root, force, back: true });
        showNewApp({ session, input }, context, { answers, changes });
      },
    });
    return EXIT.done;
  } finally {
    await lookups.close();
  }
}

/** --yes never implies overwriting. */
function requireNew({ terminal }: Session, { changes }: ChangeSet, { request }: AskedApp): void {
  const existing = changes.filter(({ action }) => action !== 'create');
  if (existing.length === 0) return;
  const folder = `${request.environment}/${request.name}`;
  terminal.say(renderPreview({ changes: existing }, terminal.aside));
  throw new UserError(
    'E_APP_EXISTS',
    say('newApp.thereAlreadyFilesWouldChange', { folder, count: existing.length }),
    {
      hint: say('newApp.chooseAnotherNameOverwriteThem'),
      subject: folder,
    },
  );
}
