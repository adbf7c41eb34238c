import { joinAll, pathsForGit } from '../../change-set.ts';
import { display, inCommit } from '../../text/display.ts';
import { ownFailure, UserError } from '../../errors.ts';
import { commitPaths } from '../../system/git/git-commit.ts';
import type { Notify } from '../../system/transaction/notice.ts';
import type { RunMark } from '../../system/transaction/undo-records.ts';
import { applyChanges } from '../../system/transaction/transaction.ts';
import { type CommittedContents, readCommitted } from '../../system/transaction/uncommitted.ts';
import { failedApp, failedReport, lateApp, type PreparedApp } from './prepared-app.ts';
import { objectText } from './risk-words.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

export type WriteUpgradeOptions = {
  root: string;
  signal: AbortSignal;
  /** Apps that are not written when it aborts are left as they are. */
  deadline: AbortSignal;
  env: Record<string, string | undefined>;
  /** One commit per app. */
  commit: boolean;
  /** What git leaves out stays out of it. */
  isIgnored(file: string): boolean;
  notify: Notify;
  /** What the records of what is written bear. */
  run: RunMark;
};

/**
 * Writes app by app, each in one transaction. One that cannot be written fails by itself. After a cancellation the rest is
 * left as it was, each with that as its failure, and the next run does it.
 */
export async function writeUpgrade(
  apps: readonly PreparedApp[],
  options: WriteUpgradeOptions,
): Promise<PreparedApp[]> {
  const written: PreparedApp[] = [];
  const committed = await committedOf(apps, options);
  for (const app of apps) {
    const ended = [options.signal, options.deadline].find(({ aborted }) => aborted);
    if (app.changes.changes.length === 0) written.push(app);
    else written.push(ended ? lateApp(app.app, ended) : await writeApp(app, { ...options, committed }));
  }
  return written;
}

/** Git is asked once about all apps: each time it takes longer than to write one. */
async function committedOf(
  apps: readonly PreparedApp[],
  { root, signal }: WriteUpgradeOptions,
): Promise<CommittedContents> {
  const replaced = apps.map(({ changes }) => changes.changes.filter(({ action }) => action !== 'create'));
  if (replaced.filter(({ length }) => length > 0).length < 2) return new Map();
  return readCommitted(root, [...new Set(replaced.flat().map(({ path }) => path))], signal);
}

/**
 * Writes all apps in one transaction, or none: not if one has failed or needs a decision, nor if one cannot be written.
 * Commits, if wanted, come after it, one per app.
 */
export async function writeAllOrNothing(
  apps: readonly PreparedApp[],
  options: WriteUpgradeOptions & { leftOut: readonly string[] },
): Promise<PreparedApp[]> {
  const failed = apps.filter(({ report }) => report.status !== 'upgraded').map(({ app }) => app.path);
  const missing = [...failed, ...options.leftOut];
  if (missing.length > 0) return apps.map(app => (isReady(app) ? heldBack(app, missing) : app));
  if (options.deadline.aborted) return apps.map(({ app }) => lateApp(app, options.deadline));
  try {
    const { root, signal, notify } = options;
    await applyChanges(joinAll(apps.map(({ changes }) => changes)), {
      root,
      now: new Date(),
      run: { ...options.run, lasting: apps.flatMap(lastingOf) },
      signal,
      notify,
    });
  } catch (error) {
    const failure = failureOf(error, options.signal);
    return apps.map(({ app }) => failedApp(app, failure));
  }
  const written: PreparedApp[] = [];
  for (const app of apps) written.push(await withCommit(app, options));
  return written;
}

function isReady({ report }: PreparedApp): boolean {
  return report.status === 'upgraded';
}

function heldBack({ app }: PreparedApp, missing: readonly string[]): PreparedApp {
  const named = missing.slice(0, 5).map(display).join(', ');
  return failedApp(
    app,
    new UserError('E_ALL_OR_NOTHING', say('upgrade.notWrittenSinceOthersCannot', { named }), {
      hint: say('upgrade.seeThoseLeaveAllNothing'),
    }),
  );
}

/** Classes of risks whose effect stays when the files are as before: data that went, definitions that moved on. */
const LASTING = new Set(['data-removed', 'volume-changed', 'crd-changed']);

/** What an undo has to say of an app: it takes back files, not these. */
function lastingOf({ report: { rendered } }: PreparedApp): Text[] {
  const risks = rendered?.risks.filter(({ id, level }) => LASTING.has(id) && level !== 'low') ?? [];
  return risks.map(({ object, fact }) => {
    const subject = display(objectText(object));
    return say('text.aboutSubject', { subject, problem: fact });
  });
}

async function writeApp(
  app: PreparedApp,
  options: WriteUpgradeOptions & { committed: CommittedContents },
): Promise<PreparedApp> {
  const { root, signal, notify, committed } = options;
  const run = { ...options.run, lasting: lastingOf(app) };
  try {
    await applyChanges(app.changes, { root, now: new Date(), signal, notify, run, committed });
  } catch (error) {
    return notDone(app, failureOf(error, signal));
  }
  return withCommit(app, options);
}

/** An app whose files are written, with its commit or with why there is none. */
async function withCommit(app: PreparedApp, options: WriteUpgradeOptions): Promise<PreparedApp> {
  const written = { ...app, written: app.changes.changes.length > 0 };
  try {
    await commitApp(app, options);
    return written;
  } catch (error) {
    return notDone(written, failureOf(error, options.signal));
  }
}

function notDone(app: PreparedApp, failure: UserError): PreparedApp {
  return { ...app, report: failedReport(app.app, failure) };
}

/** A run that was ended says so of each app that it left, whatever the program that it stopped said. */
function failureOf(error: unknown, { aborted, reason }: AbortSignal): UserError {
  return aborted && reason instanceof UserError ? reason : ownFailure(error);
}

async function commitApp(
  app: PreparedApp,
  { root, env, signal, commit, isIgnored }: WriteUpgradeOptions,
): Promise<void> {
  if (!commit || app.changes.changes.length === 0) return;
  await commitPaths({
    root,
    paths: pathsForGit(app.changes, isIgnored),
    message: messageOf(app),
    env,
    signal,
  });
}

/** What the commit of an app is called. */
export function messageOf({ app, report }: PreparedApp): string {
  const moves = report.charts.map(
    ({ move }) => `${inCommit(move.name)} ${inCommit(move.from)} → ${inCommit(move.to)}`,
  );
  return `feat(${inCommit(app.name)}): upgrade ${[...new Set(moves)].join(', ')}`;
}
