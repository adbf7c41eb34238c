import path from 'node:path';
import { buildBeforeWriting, type SeenBuild } from '../../cli/build-before-writing.ts';
import { type CommandContext, openContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { warnUnused } from '../../cli/unused-answers.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import type { ChangeSet } from '../../change-set.ts';
import { EXIT, type ExitCode, UserError, worst } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { renderContents } from '../../output/preview.ts';
import { readDecisions } from '../../output/risks.ts';
import { touchedApps } from '../../render/build-changes.ts';
import { createDrafts } from '../../repository/drafts.ts';
import { readGenerated } from '../../repository/generators/read.ts';
import { GENERATED_FOLDER } from '../../repository/generators/record.ts';
import { readNamedFile } from '../../system/files/named-files.ts';
import { display } from '../../text/display.ts';
import { nearest } from '../../text/nearest.ts';
import { unusedAnswers } from '../../values/decisions.ts';
import type { GivenAnswers } from '../../values/merge-answered.ts';
import type { UpdateInput } from './flags.ts';
import { type AppUpdate, planUpdate, type Recorded } from './plan-update.ts';
import { showUpdates } from './view.ts';

/** update: what generators make now is applied to what people made of what they made then; one transaction for all that is decided. */
export async function runUpdate(given: Session, input: UpdateInput): Promise<number> {
  const answers = await readGiven(given, input);
  const context = await openContext(given, input, 'write');
  const { session, files } = context;
  try {
    const recorded = chooseRecorded(await readRecorded(context), input.positionals);
    const drafts = createDrafts(files);
    const updates = await planAll(context, input, { answers, recorded, drafts });
    warnOfUnused(session, answers, updates);
    const changes = drafts.changes();
    const builds = await writeUpdates(context, changes);
    showUpdates(
      { session, input, files: context.files, repository: context.repository },
      { updates, changes, builds },
    );
    return worst(
      updates.map(
        ({ status, failure }): ExitCode =>
          failure?.exit ?? (status === 'needs-decision' ? EXIT.decisions : EXIT.done),
      ),
    );
  } finally {
    await context.close();
  }
}

async function readGiven({ cwd }: Session, { values }: UpdateInput): Promise<GivenAnswers[]> {
  const { decisions: file } = values;
  if (file === undefined) return [];
  const { answers } = readDecisions(await readNamedFile(path.resolve(cwd, file)), display(file));
  return [{ source: 'decisions', answers }];
}

async function readRecorded({ files }: CommandContext): Promise<Recorded[]> {
  return [...(await readGenerated(files))].map(([record, text]) => ({
    app: record.slice(GENERATED_FOLDER.length + 1, -'.yaml'.length),
    record,
    text,
  }));
}

/** All, or those that words name, by their paths or by names that only one has. @throws UserError E_VALUE */
function chooseRecorded(all: readonly Recorded[], words: readonly string[]): Recorded[] {
  if (words.length === 0) return [...all];
  const named = words.map(word => word.replace(/(?<!\/)\/+$/, ''));
  for (const word of named) {
    const found = all.filter(each => isNamed(each, word));
    if (found.length === 1) continue;
    const near = nearest(
      word,
      all.flatMap(({ app }) => [app, app.split('/').at(-1) ?? '']),
    );
    const several = found.map(({ app }) => app).join(', ');
    throw new UserError(
      'E_VALUE',
      say(several === '' ? 'update.notMade' : 'update.several', { word: display(word), several }),
      {
        hint:
          near === undefined || several !== '' ? say('update.nameOne') : say('cli.didYouMeanWord', { near }),
        subject: word,
      },
    );
  }
  return all.filter(each => named.some(word => isNamed(each, word)));
}

function isNamed({ app }: Recorded, word: string): boolean {
  return app === word || app.split('/').at(-1) === word;
}

type Planning = {
  answers: readonly GivenAnswers[];
  recorded: readonly Recorded[];
  drafts: ReturnType<typeof createDrafts>;
};

async function planAll(
  { session, files, repository, conventions }: CommandContext,
  { given }: UpdateInput,
  { answers, recorded, drafts }: Planning,
): Promise<AppUpdate[]> {
  const set = given.filter(({ name }) => name === 'set');
  if (set.length > 0 && recorded.length !== 1)
    throw new UserError('E_USAGE', say('update.setOne'), { hint: say('update.nameOne'), flag: 'set' });
  const why = ({ name }: { name: string }): string => session.t(say('update.why', { name }));
  const place = {
    repository,
    conventions,
    files,
    set,
    given: answers,
    why,
    recordWhy: session.t(say('generators.record')),
  };
  const updates: AppUpdate[] = [];
  for (const each of recorded) {
    session.signal.throwIfAborted();
    updates.push(await planUpdate(place, drafts, each));
  }
  return updates;
}

function warnOfUnused(
  session: Session,
  answers: readonly GivenAnswers[],
  updates: readonly AppUpdate[],
): void {
  const used = updates.flatMap(({ usedAnswers }) => usedAnswers);
  if (!session.json)
    warnUnused(
      session,
      answers.flatMap(each => unusedAnswers(each.answers, used)),
    );
}

async function writeUpdates(context: CommandContext, changes: ChangeSet): Promise<SeenBuild[]> {
  const { session, files, repository } = context;
  const builds = await buildBeforeWriting(context, { changes, apps: touchedApps(repository.apps, changes) });
  const { terminal, dryRun, json } = session;
  const shown = changes.changes.filter(({ path: file }) => !file.startsWith(`${GENERATED_FOLDER}/`));
  if (dryRun && !json && !terminal.interactive && shown.length > 0)
    terminal.say(renderContents({ changes: shown }, terminal.aside).join('\n'));
  await writeChanges(session, changes, { root: files.root });
  return builds;
}
