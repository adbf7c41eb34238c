import path from 'node:path';
import { inLanguageOf } from '../../cli/in-language-of.ts';
import { confirm } from '../../cli/confirm.ts';
import type { Session } from '../../cli/context.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import { describeNotice, openRepository } from '../../cli/open-repository.ts';
import { markFor } from '../../cli/run-mark.ts';
import { EXIT, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import {
  CONFIGURATION_FILE,
  type Configuration,
  parseConfiguration,
} from '../../repository/configuration.ts';
import { removeEmptyAround } from '../../system/files/empty-folders.ts';
import { openRepositoryRoot } from '../../system/files/find-repository.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { readInputFile } from '../../system/files/input-file.ts';
import { readCommitWith } from '../../system/git/git-remote.ts';
import { applyChanges } from '../../system/transaction/transaction.ts';
import { findStateFolder } from '../../system/transaction/state-folder.ts';
import { readContents, readRecords, type UndoRecord } from '../../system/transaction/undo-records.ts';
import { display } from '../../text/display.ts';
import { readAnswerMap } from '../../values/read-answers.ts';
import type { UndoInput } from './flags.ts';
import { pathsOf, planUndo, type UndoAnswer, type UndoPlan } from './plan-undo.ts';
import { decisionChoices, renderUndoing, showRuns, showUndo, type UndoneRun } from './view.ts';

/**
 * Takes back what a run of slipway wrote, keeping what was changed since.
 * @throws UserError E_VALUE for a run that there is not, E_JOURNAL for a damaged record, and as `applyChanges` does
 */
export async function runUndo(given: Session, input: UndoInput): Promise<number> {
  const files = await openRepository(given, input.switches.has('list') ? 'read' : 'write');
  const session = inLanguageOf(await readSettings(files), given, input);
  const state = await findStateFolder(await openRepositoryRoot(files.root));
  const runs = runsOf(await readRecords(state));
  if (input.switches.has('list')) return showRuns(session, input, { root: files.root, runs });
  const run = chooseRun(runs, input.positionals[0]);
  const records = run.records.map(record => ({ record, contents: readContents(state, record) }));
  const standing = await readStanding(files, run.records);
  const answers = await loadAnswers(session, input);
  const plan = (taken: typeof answers): UndoPlan =>
    planUndo(records, standing, { answers: taken, language: session.language });
  const decided = await decide(session, { plan, answers });
  const commit = await committedIn(files, decided, session);
  const undone = { run, plan: decided, root: files.root, commit };
  const isOpen = decided.decisions.some(({ answer }) => answer === undefined);
  if (!isOpen && decided.changes.changes.length > 0) await write(session, undone);
  showUndo(session, input, { ...undone, written: !isOpen && !session.dryRun });
  return isOpen ? EXIT.decisions : EXIT.done;
}

/** A run that broke the configuration can be undone too. */
async function readSettings(files: RepositoryFiles): Promise<Configuration> {
  try {
    return parseConfiguration((await files.read(CONFIGURATION_FILE))?.toString('utf8') ?? '');
  } catch (error) {
    if (error instanceof UserError) return parseConfiguration('');
    throw error;
  }
}

/** The records of one run together, the last run first. */
function runsOf(records: readonly UndoRecord[]): UndoneRun[] {
  const runs = new Map<string, UndoneRun>();
  for (const record of records) {
    const known = runs.get(record.run.id);
    if (known) known.records.push(record);
    else runs.set(record.run.id, { ...record.run, time: record.time, records: [record] });
  }
  return [...runs.values()].toReversed();
}

function chooseRun(runs: readonly UndoneRun[], wanted: string | undefined): UndoneRun {
  const [last] = runs;
  if (!last) throw new UserError('E_VALUE', say('undo.nothingToUndo'), { hint: say('undo.whatIsKept') });
  if (wanted === undefined) return last;
  const found = runs.filter(({ id }) => id === wanted || id.endsWith(`-${wanted}`));
  if (found.length === 1 && found[0]) return found[0];
  throw new UserError('E_VALUE', say('undo.noSuchRun', { run: display(wanted) }), {
    hint: say('undo.seeList'),
    subject: wanted,
  });
}

/** The files that the records name, and all that is in the folders that they made. */
async function readStanding(
  files: RepositoryFiles,
  records: readonly UndoRecord[],
): Promise<Map<string, Buffer>> {
  const paths = pathsOf(records);
  const inside: string[] = [];
  for (const folder of paths.folders)
    for (const entry of await files.walk(folder)) if (entry.kind !== 'folder') inside.push(entry.path);
  return files.readMany([...new Set([...paths.files, ...inside])]);
}

const MAX_ANSWERS_BYTES = 1 << 20;

async function loadAnswers(
  { cwd }: Session,
  { values }: UndoInput,
): Promise<Readonly<Record<string, UndoAnswer>>> {
  const file = values.decisions;
  if (file === undefined) return {};
  const order = { path: path.resolve(cwd, file), name: file, maxBytes: MAX_ANSWERS_BYTES };
  const data = readAnswerMap((await readInputFile(order)).toString('utf8'), file);
  return Object.fromEntries(
    Object.entries(data).map(([id, answer]) => {
      if (answer === 'ours' || answer === 'theirs') return [id, answer];
      throw new UserError('E_VALUE', say('undo.answerNone', { file, id: display(id) }), { subject: id });
    }),
  );
}

type Deciding = {
  plan(answers: Readonly<Record<string, UndoAnswer>>): UndoPlan;
  answers: Readonly<Record<string, UndoAnswer>>;
};

/** Asks a person what nobody has answered; each answer may show another question. */
async function decide(session: Session, { plan, answers }: Deciding): Promise<UndoPlan> {
  const planned = plan(answers);
  const open = planned.decisions.find(({ answer }) => answer === undefined);
  if (!open || !session.terminal.interactive || session.dryRun) return planned;
  const prompts = await openPrompts(session);
  const answer = await prompts.select({
    message: `${display(open.id)}: ${session.t(open.why)}`,
    choices: decisionChoices(session),
  });
  return decide(session, {
    plan,
    answers: { ...answers, [open.id]: answer === 'theirs' ? 'theirs' : 'ours' },
  });
}

/** The commit that holds what would be taken back, where all of it is committed. */
async function committedIn(
  files: RepositoryFiles,
  { changes: { changes } }: UndoPlan,
  { env, signal }: Session,
): Promise<string | undefined> {
  const [first] = changes.filter(({ action }) => action !== 'create');
  return first && files.isInGit ? readCommitWith(files.root, first.path, { env, signal }) : undefined;
}

type Undone = { run: UndoneRun; plan: UndoPlan; root: string; commit: string | undefined };

async function write(session: Session, undone: Undone): Promise<void> {
  const { terminal, signal } = session;
  const { plan, root } = undone;
  if (terminal.interactive) terminal.say(renderUndoing(session, undone));
  if (session.dryRun) return;
  await confirm(session, { question: say('undo.question'), preset: true, needsYes: say('undo.toUndo') });
  await applyChanges(plan.changes, {
    root,
    now: new Date(),
    run: markFor(session),
    signal,
    uncommitted: 'recorded',
    notify: notice => terminal.say(session.t(describeNotice(notice))),
  });
  const gone = plan.changes.changes.filter(({ action }) => action === 'delete');
  await removeEmptyAround(
    root,
    gone.map(({ path: file }) => path.posix.dirname(file)),
  );
}
