import type { ChangeSet } from '../../domain/change-set.ts';
import { display } from '../../display.ts';
import { UserError } from '../../errors.ts';
import { commitPaths } from '../../io/git-commit.ts';
import type { Notify } from '../../io/notice.ts';
import { applyChanges } from '../../io/transaction.ts';
import { failedReport, type PreparedApp } from './prepare-app.ts';

export type WriteOptions = {
  root: string;
  signal: AbortSignal;
  env: Record<string, string | undefined>;
  /** One commit per app. */
  commit: boolean;
  notify: Notify;
};

/**
 * Writes app by app, each in one transaction. One that cannot be written fails by itself. After a cancellation the rest is
 * left as it was, and the next run does it.
 */
export async function writeUpgrade(
  apps: readonly PreparedApp[],
  options: WriteOptions,
): Promise<PreparedApp[]> {
  const written: PreparedApp[] = [];
  for (const app of apps) written.push(app.changes.changes.length > 0 ? await writeApp(app, options) : app);
  return written;
}

async function writeApp(
  app: PreparedApp,
  { root, signal, env, commit, notify }: WriteOptions,
): Promise<PreparedApp> {
  try {
    await applyChanges(app.changes, { root, now: new Date(), signal, notify });
    if (commit)
      await commitPaths({ root, paths: trackedPaths(app.changes), message: messageOf(app), env, signal });
    return app;
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return { ...app, report: failedReport(app.app, error), exit: error.exit };
  }
}

/** Pulled charts stay out of git. */
function trackedPaths({ changes }: ChangeSet): string[] {
  return changes.filter(({ kind }) => kind === 'file').map(({ path }) => path);
}

function messageOf({ app, report }: PreparedApp): string {
  const moves = report.charts.map(
    ({ move }) => `${inert(move.name)} ${inert(move.from)} → ${inert(move.to)}`,
  );
  return `feat(${inert(app.name)}): upgrade ${moves.join(', ')}`;
}

/**
 * A name or a version as it can stand in a commit message, which knows no code: forges act on mentions, references and
 * addresses in it, git on lines of their own.
 */
function inert(text: string): string {
  return display(text)
    .replaceAll(/[^\p{L}\p{N}\s._+/~^<>=*-]/gu, '\ufffd')
    .replaceAll(/\bGH-(?=\d)/gi, 'GH ')
    .replaceAll(/\bwww\./gi, 'www ');
}
