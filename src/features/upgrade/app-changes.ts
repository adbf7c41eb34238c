import {
  type ChangeSet,
  createFile,
  createFolder,
  joinAll,
  joinChangeSets,
  updateFile,
} from '../../change-set.ts';
import {
  editKustomization,
  type EditStyle,
  type KustomizationChange,
} from '../../repository/kustomization-edit.ts';
import { type LockEntry, lockPath, parseLockEntry, renderLockEntry } from '../../repository/lock-entry.ts';
import { chartPins } from '../../charts/pins.ts';
import type { App } from '../../repository/model.ts';
import { nextValuesFile, valuesChanges } from './next-values-file.ts';
import { UserError } from '../../errors.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { chartFolder, pinnedChart } from '../../render/app-tree.ts';
import type { PrepareContext, PreparedChart } from './prepare-chart.ts';

/** The lock entry of an app as it is on disk. */
export type Lock = { path: string; bytes: Buffer | undefined; entry: LockEntry };

/**
 * The lock entry of an app; one without charts if there is none.
 * @throws UserError E_LOCK for one of another shape
 */
export async function readLock(files: RepositoryFiles, app: App): Promise<Lock> {
  const path = lockPath(app.environment, app.name);
  const bytes = await files.read(path);
  return {
    path,
    bytes,
    entry: bytes ? parseLockEntry(bytes.toString('utf8'), path) : { charts: [], manifests: [] },
  };
}

export type Planned = {
  app: App;
  charts: readonly PreparedChart[];
  lock: Lock;
  /** Entries for `images:`. */
  images: readonly { name: string; newName: string }[];
};

export type ChangesContext = PrepareContext & { conventions: { style: EditStyle } };

/** New values files, the kustomization by byte range, unpacked charts, the lock entry: one app, one transaction. */
export async function planAppChanges(context: ChangesContext, planned: Planned): Promise<ChangeSet> {
  const { app, charts, lock } = planned;
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
  return joinAll([kustomizationChange(context, planned), ...values, ...unpacked, lockChange(lock, charts)]);
}

function kustomizationChange({ conventions }: ChangesContext, { app, charts, images }: Planned): ChangeSet {
  const { file: path, text, charts: entries } = app.kustomization;
  const moves = charts.flatMap(({ move, values }): KustomizationChange[] => {
    const entry = entries[move.index];
    const nextValues = entry && values ? nextValuesFile(entry, move.to) : undefined;
    const set = (field: string, value: string): KustomizationChange => ({
      kind: 'set',
      path: ['helmCharts', entry?.index ?? move.index, field],
      text: value,
    });
    return [set('version', move.to), ...(nextValues === undefined ? [] : [set('valuesFile', nextValues)])];
  });
  const additions = images.map(item => ({ kind: 'add', section: 'images', item }) as const);
  const content = editKustomization({
    text,
    path,
    changes: [...moves, ...additions],
    style: conventions.style,
  });
  return updateFile({
    path,
    content,
    before: text,
    why: charts.map(({ move }) => `${move.name} ${move.to}`).join(', '),
  });
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
