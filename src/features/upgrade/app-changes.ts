import {
  type Change,
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
import { stringsAt } from '../../data/fields.ts';
import { insideFrom } from '../../repository/kustomization-paths.ts';
import { chartPins } from '../../charts/pins.ts';
import type { App } from '../../repository/model.ts';
import { say } from '../../locales/say.ts';
import { nextValuesFile, valuesChanges } from './next-values-file.ts';
import { ownFailure, UserError } from '../../errors.ts';
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
  const shared = [...eachPathOnce(values).map(set => withoutUsed(set, planned)), ...eachPathOnce(unpacked)];
  return joinAll([kustomizationChange(context, planned), ...shared, lockChange(lock, charts)]);
}

/** A values file that an entry which does not move still names stays. */
function withoutUsed({ changes }: ChangeSet, { app, charts }: Planned): ChangeSet {
  const staying = app.kustomization.charts.filter(
    (_, index) => !charts.some(({ move }) => move.index === index),
  );
  const used = staying.flatMap(({ valuesFile, data }) =>
    [
      ...(valuesFile === undefined ? [] : [valuesFile]),
      ...stringsAt(data, ['additionalValuesFiles']),
    ].flatMap(written => insideFrom(app.path, written) ?? []),
  );
  return { changes: changes.filter(({ path, action }) => action !== 'delete' || !used.includes(path)) };
}

/**
 * Two entries of one chart share its folder, and perhaps a values file.
 * @throws UserError E_VALUE where they would make two different files of one
 */
function eachPathOnce(sets: readonly ChangeSet[]): ChangeSet[] {
  const seen = new Map<string, Change>();
  const isNew = (change: Change): boolean => {
    const twin = seen.get(change.path);
    seen.set(change.path, twin ?? change);
    if (twin && !isSameChange(twin, change))
      throw new UserError('E_VALUE', say('upgrade.oneFileOfTwoCharts', { path: change.path }), {
        hint: say('upgrade.giveEachOwnValuesFile'),
        subject: change.path,
      });
    return twin === undefined;
  };
  return sets.map(({ changes }) => ({ changes: changes.filter(isNew) }));
}

/** A pulled chart is the same wherever it is named: name and version are its path. */
function isSameChange(one: Change, other: Change): boolean {
  if (one.kind !== 'file' || other.kind !== 'file') return one.kind === other.kind;
  if (one.action === 'delete' || other.action === 'delete') return one.action === other.action;
  return Buffer.compare(one.content, other.content) === 0;
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
    ownFailure(error);
    return joinChangeSets();
  }
}

function lockChange({ path, bytes, entry }: Lock, charts: readonly PreparedChart[]): ChangeSet {
  const kept = entry.charts.filter(
    ({ name, version }) => !charts.some(({ move }) => move.name === name && move.from === version),
  );
  const once = charts.filter(
    ({ move: { name, to } }, index) =>
      charts.findIndex(({ move }) => move.name === name && move.to === to) === index,
  );
  const fresh = once.flatMap(({ move, fresh: chart }) =>
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
