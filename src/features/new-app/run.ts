import { posix } from 'node:path';
import { appGenerator, type AskedApp } from '../../../generators/new-app/generator.ts';
import { requireNoClash } from '../../../generators/clashes.ts';
import { converse } from '../../../generators/converse.ts';
import { APP_QUESTIONS } from '../../../generators/new-app/questions.ts';
import { type Change, type ChangeSet, replacesWork } from '../../change-set.ts';
import { EXIT, UserError } from '../../errors.ts';
import type { NewAppInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { openApp } from '../../../generators/new-app/open-app.ts';
import { renderContents, renderPreview } from '../../output/preview.ts';
import { appFlags } from '../../../generators/new-app/repeat-command.ts';
import { showNewApp } from './view.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { KUSTOMIZATION_FILES } from '../../repository/kustomization.ts';
import { buildsOf, folderOf } from '../../scaffold/app-request.ts';
import { buildBeforeWriting } from '../../cli/build-before-writing.ts';
import { type AppBuild, wouldNotBuild } from '../../render/build-changes.ts';
import { say } from '../../locales/say.ts';

/** new-app: ask, plan, show, write. */
export async function runNewApp(given: Session, input: NewAppInput): Promise<number> {
  const flags = appFlags(input);
  requireNoClash(appGenerator.questions, flags);
  const opening = { generator: appGenerator.name, flags };
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
        const apps = builtFolders(answers, changes).map(folder => ({ before: folder, after: folder }));
        const builds = await buildBeforeWriting(lookups, { changes, apps });
        refuseBroken(builds, answers);
        return { answers, changes, builds };
      },
      carryOut: async ({ answers, changes, builds }) => {
        for (const note of answers.notes) context.note(note);
        showEntries(session, changes);
        await writeChanges(session, changes, {
          root: context.files.root,
          force,
          back: true,
          // What is replaced was refused before, unless --force; a list that gets an entry is somebody's work too.
          uncommitted: 'save',
        });
        showNewApp({ session, input }, context, { answers, changes, builds });
      },
    });
    return EXIT.done;
  } finally {
    await lookups.close();
  }
}

/**
 * What a dry run would add to lists that are there, and what it would change in a chart's defaults; a person who is asked sees
 * all of it anyway.
 */
function showEntries({ terminal, dryRun, json }: Session, { changes }: ChangeSet): void {
  const entries = changes.filter(
    change =>
      (change.action === 'update' && change.entry) ||
      (change.kind === 'file' && change.action === 'create' && change.madeFrom),
  );
  if (dryRun && !json && !terminal.interactive && entries.length > 0)
    terminal.say(renderContents({ changes: entries }, terminal.aside).join('\n'));
}

/** The folders that kustomize builds and that change: the app's own, and those that list it. */
function builtFolders({ request }: AskedApp, { changes }: ChangeSet): string[] {
  if (!request.landing) return buildsOf(request).map(({ folder }) => folder);
  const isBuilt = (change: Change): boolean =>
    KUSTOMIZATION_FILES.some(name => name === posix.basename(change.path)) && change.kind === 'file';
  return changes.filter(isBuilt).map(({ path }) => posix.dirname(path));
}

/** A chart that renders alone, and not as it would be put together, is of our own making: it is not left behind. */
function refuseBroken(builds: readonly AppBuild[], { unseen }: AskedApp): void {
  const broken = builds.find(build => build.status === 'fails' && build.isNew);
  if (broken?.status === 'fails' && unseen === undefined) throw wouldNotBuild(broken.app, broken.reason);
}

/** --yes never implies overwriting. */
function requireNew({ terminal }: Session, { changes }: ChangeSet, answers: AskedApp): void {
  const existing = changes.filter(replacesWork);
  if (existing.length === 0) return;
  const folder = folderOf(answers.request);
  terminal.say(renderPreview({ changes: existing }, terminal.aside));
  throw new UserError(
    'E_APP_EXISTS',
    say('newApp.thereAlreadyFilesWouldChange', { folder, count: existing.length }),
    {
      hint: say('newApp.chooseAnotherNameOverwriteThem'),
      subject: folder,
      flag: APP_QUESTIONS.name.flag,
    },
  );
}
