import {
  type ChangeSet,
  createFile,
  createFolder,
  joinChangeSets,
  updateFile,
} from '../../domain/change-set.ts';
import { chartPins } from '../../domain/pins.ts';
import { chartFolder, pinnedChart } from '../app-tree.ts';
import { type LockEntry, lockPath, parseLockEntry, renderLockEntry } from '../../domain/lock-entry.ts';
import type { App } from '../../domain/repository.ts';
import { editKustomization, valuesChanges } from '../../domain/upgrade/app-edits.ts';
import type { ChartMove } from '../../domain/upgrade/chart-move.ts';
import type { AppReport } from '../../domain/upgrade/report-facts.ts';
import { type ExitCode, UserError } from '../../errors.ts';
import type { RepositoryFiles } from '../../io/files.ts';
import { type PrepareContext, prepareChart, type PreparedChart } from './prepare-chart.ts';
import { renderApp, type RenderContext } from './render-app.ts';

export type AppContext = PrepareContext & RenderContext & { render: boolean };

/** An app whose upgrade is ready to be written, or not. */
export type PreparedApp = {
  app: App;
  report: AppReport;
  changes: ChangeSet;
  /** The exit code that its failure asks for. */
  exit?: ExitCode;
};

/** Prepares all moves of one app; a failure is its own and becomes part of the report. */
export async function prepareApp(
  context: AppContext,
  app: App,
  moves: readonly ChartMove[],
): Promise<PreparedApp> {
  try {
    const lock = await readLock(context.files, app);
    const charts: PreparedChart[] = [];
    for (const move of moves) {
      const locked = lock.entry.charts.find(
        ({ name, version }) => name === move.name && version === move.from,
      );
      charts.push(await prepareChart(context, { app, move, locked }));
    }
    const changes = await changesOf(context, { app, charts, lock });
    const { rendered, verification } = context.render
      ? await renderApp(context, app, charts, changes)
      : { rendered: undefined, verification: [] };
    const open = charts.some(({ values, report }) => values && (report.values?.decisions.length ?? 0) > 0);
    const report = {
      app: app.path,
      charts: charts.map(chart => chart.report),
      rendered,
      verification,
      status: open ? ('needs-decision' as const) : ('upgraded' as const),
    };
    return { app, report, changes: open ? joinChangeSets() : changes };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return { app, report: failedReport(app, error), changes: joinChangeSets(), exit: error.exit };
  }
}

/** What a failure leaves to say about an app. */
export function failedReport(app: App, { code, message, hint }: UserError): AppReport {
  return {
    app: app.path,
    charts: [],
    rendered: undefined,
    verification: [],
    status: 'failed',
    error: { code, message, hint },
  };
}

type Lock = { path: string; bytes: Buffer | undefined; entry: LockEntry };

async function readLock(files: RepositoryFiles, app: App): Promise<Lock> {
  const path = lockPath(app.environment, app.name);
  const bytes = await files.read(path);
  return {
    path,
    bytes,
    entry: bytes ? parseLockEntry(bytes.toString('utf8'), path) : { charts: [], manifests: [] },
  };
}

type Planned = { app: App; charts: readonly PreparedChart[]; lock: Lock };

/** New values files, the kustomization by byte range, unpacked charts, the lock entry: one app, one transaction. */
async function changesOf(context: PrepareContext, { app, charts, lock }: Planned): Promise<ChangeSet> {
  const { source } = app.kustomization;
  const edits = charts.map(({ move, values }) => ({
    index: move.index,
    version: move.to,
    valuesFile: values?.after.slice(app.path.length + 1),
  }));
  const kustomization = updateFile({
    path: source.name,
    content: editKustomization(app.kustomization, edits),
    before: source.text,
    why: charts.map(({ move }) => `${move.name} ${move.to}`).join(', '),
  });
  const values = charts.flatMap(({ move, values: own }) =>
    own
      ? [
          valuesChanges({
            before: own.before,
            after: own.after,
            content: own.text,
            old: own.old,
            why: `${move.name} ${move.from} → ${move.to}`,
          }),
        ]
      : [],
  );
  const unpacked = await Promise.all([
    ...charts.map(({ move, fresh }) =>
      unpack(context.files, chartFolder({ app, name: move.name, current: move.to }), fresh.files),
    ),
    ...chartPins(app)
      .filter(({ index }) => !charts.some(({ move }) => move.index === index))
      .map(pin => unpackUnmoved(context, pin)),
  ]);
  return joinChangeSets(kustomization, ...values, ...unpacked, lockChange(lock, charts));
}

/** A folder that is there already is left as it is: git ignores it, and it may hold a person's experiments. */
async function unpack(
  files: RepositoryFiles,
  path: string,
  content: ReadonlyMap<string, Uint8Array>,
): Promise<ChangeSet> {
  if (await files.list(path)) return joinChangeSets();
  return createFolder({ path, files: content, why: 'the verified chart' });
}

/** So that the whole app builds without a network. What cannot be had now, kustomize fetches when it builds. */
async function unpackUnmoved(
  { files, charts }: PrepareContext,
  pin: ReturnType<typeof chartPins>[number],
): Promise<ChangeSet> {
  try {
    const content = await pinnedChart(charts, pin);
    return content ? await unpack(files, chartFolder(pin), content) : joinChangeSets();
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return joinChangeSets();
  }
}

function lockChange({ path, bytes, entry }: Lock, charts: readonly PreparedChart[]): ChangeSet {
  const kept = entry.charts.filter(
    ({ name, version }) => !charts.some(({ move }) => move.name === name && move.from === version),
  );
  const fresh = charts.flatMap(({ move, fresh: chart }) =>
    chart.digest === undefined
      ? []
      : [
          {
            name: move.name,
            repo: move.repo,
            version: move.to,
            digest: `sha256:${chart.digest}`,
            ...(chart.version.created ? { created: chart.version.created } : {}),
            ...(chart.chart.appVersion ? { appVersion: chart.chart.appVersion } : {}),
          },
        ],
  );
  const content = renderLockEntry({ ...entry, charts: [...kept, ...fresh] });
  const why = 'what was pinned';
  return bytes ? updateFile({ path, content, before: bytes, why }) : createFile({ path, content, why });
}
