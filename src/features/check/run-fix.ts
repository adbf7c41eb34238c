import path from 'node:path';
import type { Change } from '../../change-set.ts';
import { type GitState, readGitStates } from '../../system/git/git.ts';
import { applyChanges } from '../../system/transaction/transaction.ts';
import type { Session } from '../../cli/context.ts';
import type { CheckPlace, OpenedCheck } from './open-check.ts';
import { planFixes, type FixContext, type PlannedFixes } from './plan-fixes.ts';
import { describeNotice } from '../../cli/open-repository.ts';
import { renderPreview } from '../../output/preview.ts';
import type { CheckReport } from './formats/report.ts';
import { markFor } from '../../cli/run-mark.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

export type Fixing = Pick<CheckReport, 'changes' | 'left'>;

type MendRun = {
  session: Session;
  place: CheckPlace;
  opened: OpenedCheck;
  context: FixContext;
  force: boolean;
};

/** Plans what mends the chosen apps, shows it, and writes it unless it is a dry run. */
export async function fix(run: MendRun): Promise<Fixing> {
  const { session, place, opened } = run;
  const planned = await planFixes(run.context, opened.chosen.apps);
  const { changes, left } = await sortOut(run, planned);
  if (changes.length > 0) session.terminal.say(renderPreview({ changes }, session.terminal.aside));
  if (!session.dryRun)
    await applyChanges(
      { changes },
      {
        root: place.repository.root,
        now: new Date(place.now),
        run: markFor(session),
        signal: session.signal,
        force: run.force,
        uncommitted: 'save',
        notify: notice => {
          if (notice.kind !== 'saved' || run.force) session.terminal.say(session.t(describeNotice(notice)));
        },
      },
    );
  return { changes, left };
}

/** What git has of a file, committed or staged, is not lost; anything else has to be asked for with --force. */
const REASONS: Partial<Record<GitState, Text>> = {
  modified: say('check.hasUnstagedChanges'),
  conflicted: say('check.isInConflict'),
  hidden: say('check.isHiddenFromGit'),
  untracked: say('check.isInNoCommit'),
};

async function sortOut(
  { place, opened, session, force }: MendRun,
  { changes: planned, offered }: PlannedFixes,
) {
  const { git, root } = place.repository;
  const existing = planned.filter(({ action }) => action !== 'create');
  const now = await opened.disk.read(existing.map(({ path: file }) => file));
  const address = (file: string): string => path.join(root, file);
  const states = git
    ? await readGitStates(
        git,
        existing.map(({ path: file }) => address(file)),
        session.signal,
      )
    : new Map<string, GitState>();
  const left: { file: string; reason: Text }[] = [...offered];
  const changes = planned.filter(change => {
    const reason = reasonToLeave(change, { now, state: states.get(address(change.path)), force });
    if (reason !== undefined) left.push({ file: change.path, reason });
    return reason === undefined;
  });
  return { changes, left };
}

type Look = { now: ReadonlyMap<string, Buffer>; state: GitState | undefined; force: boolean };

function reasonToLeave(change: Change, { now, state = 'clean', force }: Look): Text | undefined {
  if (change.action !== 'update' || change.kind !== 'file') return undefined;
  // With --staged the plan is made on the index, and the work tree may have gone on.
  if (!now.get(change.path)?.equals(change.before)) return say('check.isNotAsStaged');
  const reason = force ? undefined : REASONS[state];
  return reason && say('check.forceFixesItAllTheSame', { reason });
}
