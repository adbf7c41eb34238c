import {
  type Change,
  type ChangeSet,
  createFile,
  createFolder,
  deleteFile,
  joinAll,
  joinChangeSets,
  updateFile,
} from '../../change-set.ts';
import type { ChartUse, UsingApp } from '../../deliveries/chart-use.ts';
import { usesIn } from '../../deliveries/find-uses.ts';
import { umbrellaChanges } from './umbrella-changes.ts';
import { type FileEdit, renameValuesFile, setVersion } from '../../deliveries/set-version.ts';
import { editKustomization, type EditStyle } from '../../repository/kustomization-edit.ts';
import { isKustomization } from '../../repository/kustomization.ts';
import { editTemplate, editYaml } from '../../yaml/edit.ts';
import { type LockEntry, lockPath, parseLockEntry, renderLockEntry } from '../../repository/lock-entry.ts';
import { type ChartPin, chartPins } from '../../charts/pins.ts';
import type { ChartMove } from './chart-move.ts';
import type { PlaceMigration } from './migrate-values.ts';
import { nextValuesFile, valuesChanges } from './next-values-file.ts';
import { ownFailure, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { pinnedChartFiles } from '../../render/app-tree.ts';
import type { PrepareContext, PreparedChart } from './prepare-chart.ts';

/** The lock entry of an app as it is on disk. */
export type Lock = { path: string; bytes: Buffer | undefined; entry: LockEntry };

/**
 * The lock entry of an app; one without charts if there is none.
 * @throws UserError E_LOCK for one of another shape
 */
export async function readLock(files: RepositoryFiles, app: UsingApp): Promise<Lock> {
  const path = lockPath(app.path);
  const bytes = await files.read(path);
  return {
    path,
    bytes,
    entry: bytes ? parseLockEntry(bytes.toString('utf8'), path) : { charts: [], manifests: [] },
  };
}

export type Planned = {
  app: UsingApp;
  charts: readonly PreparedChart[];
  /** The lock entry of each app that has one of them. */
  locks: ReadonlyMap<string, Lock>;
  /** Entries for `images:`. */
  images: readonly { name: string; newName: string }[];
};

export type ChangesContext = PrepareContext & {
  conventions: { style: EditStyle };
};

/** New values files, the manifests by byte range, unpacked charts, the lock entry: one app, one transaction. */
export async function planAppChanges(context: ChangesContext, planned: Planned): Promise<ChangeSet> {
  const { charts, locks } = planned;
  const values = charts.flatMap(({ move, values: own }) => own.flatMap(value => valuesChange(value, move)));
  const unpacked = await unpackCharts(context, planned);
  const manifests = manifestChanges(context, planned);
  const umbrellas = await umbrellaChanges(context, charts, file => textAfter(context, manifests, file));
  const shared = [
    ...eachPathOnce(values).map(set => withoutUsed(set, context, planned)),
    ...eachPathOnce(unpacked),
  ];
  const locked = [...locks].map(([path, lock]) =>
    lockChange(
      context,
      lock,
      charts.filter(({ use }) => use.app.path === path),
    ),
  );
  return joinAll([...manifests, ...umbrellas, ...shared, ...locked]);
}

function valuesChange(value: PlaceMigration, { name, from, to }: ChartMove): ChangeSet[] {
  if (value.kind !== 'file') return [];
  const { before, after, text, old, isThere } = value;
  const why = `${name} ${from} → ${to}`;
  if (isThere) return [deleteFile({ path: before, before: old, why })];
  return [valuesChanges({ before, after, content: text, old, why })];
}

/** A values file that a use which does not move still names stays. */
function withoutUsed({ changes }: ChangeSet, { uses }: ChangesContext, { charts }: Planned): ChangeSet {
  const staying = uses.filter(({ id }) => !charts.some(({ move }) => move.use === id));
  const used = new Set(
    staying.flatMap(({ values }) => values.flatMap(place => (place.kind === 'file' ? [place.path] : []))),
  );
  return { changes: changes.filter(({ path, action }) => action !== 'delete' || !used.has(path)) };
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
    if (twin && !isSameChange(twin, change)) throw madeTwice(change.path);
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

/** The charts of kustomize, which looks for them under `charts/`. */
async function unpackCharts(context: ChangesContext, { app, charts }: Planned): Promise<ChangeSet[]> {
  const moved = charts.filter(({ use }) => use.delivery === 'kustomize');
  const own = usesIn(context.uses, [app]).filter(({ delivery }) => delivery === 'kustomize');
  return Promise.all([
    ...moved.map(({ use, move, fresh }) => unpack(context, chartFolder(use, move.to), fresh.files)),
    ...chartPins(own)
      .filter(({ use }) => !charts.some(({ move }) => move.use === use.id))
      .map(pin => unpackUnmoved(context, pin)),
  ]);
}

function manifestChanges(context: ChangesContext, { charts, images }: Planned): ChangeSet[] {
  const inManifests = charts.flatMap(({ values }) =>
    values.flatMap(value => (value.kind === 'manifest' ? [value] : [])),
  );
  const edits = [
    ...charts.flatMap(({ use, move, values }) =>
      [...setVersion(use, move.to), ...values.flatMap(value => renamed(value, move))].map(each =>
        asTextEdit(context, each),
      ),
    ),
    ...eachPlaceOnce(inManifests),
  ];
  const why = [...new Set(charts.map(({ move }) => `${move.name} ${move.to}`))].join(', ');
  const built = new Set(charts.flatMap(({ use }) => (isKustomization(use.at.file) ? [use.at.file] : [])));
  return [...new Set(edits.map(({ file }) => file))].map(path => {
    const before = context.repository.text.get(path) ?? '';
    const own = edits.filter(({ file }) => file === path);
    const edited = own.reduce((text, { edit }) => edit(text), before);
    const content = built.has(path) ? withImages(context, path, edited, images) : edited;
    return updateFile({ path, content, before, why });
  });
}

type InManifest = Extract<PlaceMigration, { kind: 'manifest' }>;

/**
 * Uses of one chart may share a place: that of a base to which overlays give different versions. What not all of them agree
 * on is left as it is.
 * @throws UserError E_VALUE where they would make two different things of one
 */
function eachPlaceOnce(values: readonly InManifest[]): InManifest[] {
  const chosen = new Map<string, InManifest>();
  for (const value of values) {
    const place = value.report.after;
    const twin = chosen.get(place) ?? value;
    const [before, after] = [twin.next(), value.next()];
    if (before !== after && ![before, after].includes(value.ours)) throw madeTwice(place);
    chosen.set(place, after === value.ours ? value : twin);
  }
  return [...chosen.values()];
}

function madeTwice(path: string): UserError {
  return new UserError('E_VALUE', say('upgrade.oneFileOfTwoCharts', { path }), {
    hint: say('upgrade.giveEachOwnValuesFile'),
    subject: path,
  });
}

function textAfter({ repository }: ChangesContext, sets: readonly ChangeSet[], file: string): string {
  const changed = sets.flatMap(({ changes }) => changes).find(({ path }) => path === file);
  return changed?.kind === 'file' && changed.action === 'update'
    ? Buffer.from(changed.content).toString('utf8')
    : (repository.text.get(file) ?? '');
}

function renamed(value: PlaceMigration, move: ChartMove): FileEdit[] {
  if (value.kind !== 'file' || value.before === value.after) return [];
  const { reference } = value.place;
  return renameValuesFile(reference, nextValuesFile(reference.written, move));
}

function asTextEdit(
  { repository }: ChangesContext,
  { file, edit }: FileEdit,
): { file: string; edit: (text: string) => string } {
  const isTemplate = repository.isTemplate(file);
  return { file, edit: text => (isTemplate ? editTemplate(text, file, edit) : editYaml(text, file, [edit])) };
}

function withImages(
  { conventions }: ChangesContext,
  path: string,
  text: string,
  images: Planned['images'],
): string {
  const changes = images.map(item => ({ kind: 'add', section: 'images', item }) as const);
  return editKustomization({ text, path, changes, style: conventions.style });
}

/** Where kustomize looks for a pulled chart before it fetches it. */
function chartFolder({ chartHome = 'charts', name }: ChartUse, version: string): string {
  return `${chartHome}/${name}-${version}/${name}`;
}

/** A folder that is there already is left as it is: git ignores it, and it may hold a person's experiments. */
async function unpack(
  { files, session }: PrepareContext,
  path: string,
  content: ReadonlyMap<string, Uint8Array>,
): Promise<ChangeSet> {
  if (await files.list(path)) return joinChangeSets();
  return createFolder({ path, files: content, why: session.t(say('upgrade.verifiedChart')) });
}

/** So that the whole app builds without a network. What cannot be had now, kustomize fetches when it builds. */
async function unpackUnmoved(context: PrepareContext, pin: ChartPin): Promise<ChangeSet> {
  try {
    const content = await pinnedChartFiles(context.charts, pin);
    return content ? await unpack(context, chartFolder(pin.use, pin.current), content) : joinChangeSets();
  } catch (error) {
    ownFailure(error);
    return joinChangeSets();
  }
}

/** Where nothing is unpacked, an entry is kept up, and none is begun. */
function lockChange(
  { session }: PrepareContext,
  { path, bytes, entry }: Lock,
  charts: readonly PreparedChart[],
): ChangeSet {
  if (!bytes && charts.every(({ use }) => use.delivery !== 'kustomize')) return joinChangeSets();
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
  const why = session.t(say('scaffold.whatPinned'));
  return bytes ? updateFile({ path, content, before: bytes, why }) : createFile({ path, content, why });
}
