import type { AppContext, AskedApp } from '../../generators/app.ts';
import type { Generated } from '../../generators/generator.ts';
import { type Ends, runGenerator } from '../../generators/index.ts';
import type { ChangeSet } from '../domain/change-set.ts';
import { EXIT, UserError } from '../errors.ts';
import type { Input } from '../flags.ts';
import type { Session } from '../session.ts';
import { openApp } from './open-app.ts';
import type { Lookups } from './open-lookups.ts';
import { renderPreview } from './preview.ts';
import { appFlags } from './repeat-command.ts';
import { showNewApp } from './show-new-app.ts';
import { writeChanges } from './write-changes.ts';

/** One run of new-app. */
export type AppRun = { session: Session; input: Input };

/** new-app: ask, plan, show, write. */
export async function runNewApp(session: Session, input: Input): Promise<number> {
  const ends = appEnds({ session, input });
  try {
    await runGenerator('app', { language: session.language, app: ends });
    return EXIT.done;
  } finally {
    await ends.close();
  }
}

/** Opens the repository before the questions, shows and writes the plan after them. */
export function appEnds(run: AppRun): Ends<AppContext, AskedApp> & { close(): Promise<void> } {
  let lookups: Lookups | undefined;
  return {
    open: async () => {
      const opened = await openApp(run, appFlags(run.input));
      lookups = opened.lookups;
      return opened.context;
    },
    finish: (context, generated) =>
      finish({ ...run, session: lookups?.session ?? run.session }, context, generated),
    close: async () => lookups?.close(),
  };
}

async function finish(run: AppRun, context: AppContext, generated: Generated<AskedApp>): Promise<string> {
  const { session, input } = run;
  const { answers, changes } = generated;
  const force = input.switches.has('force');
  for (const note of answers.notes) context.note(note);
  if (!force) requireNew(session, changes, answers);
  await writeChanges(session, changes, { root: context.files.root, prompts: context.prompts, force });
  showNewApp(run, context, generated);
  return `${changes.changes.length} changes`;
}

/** --yes never implies overwriting. */
function requireNew({ terminal }: Session, { changes }: ChangeSet, { request }: AskedApp): void {
  const existing = changes.filter(({ action }) => action !== 'create');
  if (existing.length === 0) return;
  const folder = `${request.environment}/${request.name}`;
  terminal.say(renderPreview({ changes: existing }, terminal));
  throw new UserError(
    'E_APP_EXISTS',
    `${folder} is there already, and ${existing.length} of its files would change`,
    {
      hint: 'Choose another name, or overwrite them with --force.',
      subject: folder,
    },
  );
}
