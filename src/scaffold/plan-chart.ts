import { type ChangeSet, createFile } from '../change-set.ts';
import { CHART_KEYS, type ChartKey, type KustomizationStyle } from '../repository/conventions/style.ts';
import { editKustomization, type KustomizationChange } from '../repository/kustomization-edit.ts';
import { isSamePath } from '../repository/kustomization-paths.ts';
import { lockPath, lockWith } from '../repository/lock-entry.ts';
import type { PinnedChart } from '../charts/pinned-chart.ts';
import { valuesReason } from './app-files.ts';
import { ignoreChart } from './ignore-lines.ts';
import { chartItem, valuesFileIn } from './kustomization-view.ts';
import { type App, namespaceOf } from '../repository/model.ts';
import type { Text } from '../text/language.ts';
import { UserError } from '../errors.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import { lockedChart } from '../charts/chart-files.ts';
import { unpackNew } from './unpack-new.ts';
import { type Drafts, editDraft } from '../repository/drafts.ts';
import { say } from '../locales/say.ts';

export type ChartAddition = { chart: PinnedChart; images: readonly { name: string; newName: string }[] };

export type ChartContext = {
  drafts: Drafts;
  files: RepositoryFiles;
  style: KustomizationStyle;
  t(text: Text): string;
};

/**
 * A further chart for an app: values file, kustomization, .gitignore, lock entry, and the unpacked chart, which is what is
 * returned beside the drafts. The same chart, release and version again change nothing.
 * @throws UserError E_EXISTS for a release that is there in another version, E_VALUE for one of another chart
 */
export async function planChart(
  context: ChartContext,
  app: App,
  { chart, images }: ChartAddition,
): Promise<ChangeSet[]> {
  if (hasChart(app, chart)) return [];
  const { drafts, style, t } = context;
  const values = valuesPlace(app, chart, style);
  const valuesFile = values.path;
  const path = app.kustomization.file;
  const changes = kustomizationChanges(app, { chart, images, valuesFile, style });
  await editDraft(drafts, {
    path,
    why: t(CHART_ADDED),
    change: text => editKustomization({ text, path, changes, style }),
  });
  await editDraft(drafts, {
    path: `${app.path}/.gitignore`,
    why: t(IGNORED),
    change: text => ignoreChart(text, chart, style.ignoreLine.value),
  });
  const lock = lockPath(app.path);
  if (chart.repo !== undefined)
    await drafts.write({
      path: lock,
      text: lockWith(await drafts.read(lock), lock, lockedChart(chart)),
      why: t(LOCKED),
    });
  const unpacked = await unpackNew(context, app.path, chart);
  return [...(await valuesChange(context, `${app.path}/${valuesFile}`, { chart, ...values })), ...unpacked];
}

const CHART_ADDED = say('scaffold.chart');
const IGNORED = say('scaffold.pulledChartsStayOutGit');
const LOCKED = say('scaffold.whatPinned');

/** Helm names objects after the release, so that each can be there once. */
function hasChart({ path, kustomization }: App, { name, release, repo, version }: PinnedChart): boolean {
  const twin = kustomization.charts.find(chart => (chart.releaseName ?? chart.name) === release);
  if (!twin) return false;
  if (twin.name === name && (repo === undefined || twin.version === version)) return true;
  if (twin.name === name)
    throw new UserError(
      'E_EXISTS',
      say('scaffold.hasChartAlready', { path, name, version: twin.version ?? '', release }),
      {
        hint: say('scaffold.slipwayUpgradeMovesSecondOne', { path }),
        subject: path,
      },
    );
  throw new UserError('E_VALUE', say('scaffold.hasReleaseAlreadyChart', { path, release, name: twin.name }), {
    hint: say('scaffold.chooseAnotherRelease'),
    subject: path,
  });
}

/** Two releases of one chart and version each have values of their own. */
function valuesPlace(
  { kustomization }: App,
  chart: PinnedChart,
  style: KustomizationStyle,
): ReturnType<typeof valuesFileIn> {
  const usual = valuesFileIn(chart, { style, isOnly: true });
  const taken = kustomization.charts.some(({ valuesFile = '' }) => isSamePath(valuesFile, usual.path));
  if (!taken) return usual;
  const own = valuesFileIn({ ...chart, name: chart.release }, { style, isOnly: false });
  return { ...own, content: usual.content };
}

type Entry = ChartAddition & { valuesFile: string; style: KustomizationStyle };

function kustomizationChanges(app: App, { chart, images, valuesFile, style }: Entry): KustomizationChange[] {
  const order = keyOrder(app, style);
  const item = chartItem(chart, { namespace: namespaceOf(app), order, valuesFile });
  return [
    { kind: 'add', section: 'helmCharts', item },
    ...images.map((image): KustomizationChange => ({ kind: 'add', section: 'images', item: image })),
  ];
}

/** As the app's first chart is written, else as the repository's usually are. */
function keyOrder({ kustomization }: App, style: KustomizationStyle): ChartKey[] {
  const keys = kustomization.charts[0]?.keys ?? [];
  const own = keys.flatMap(key => CHART_KEYS.find(known => known === key) ?? []);
  return [...own, ...style.chartKeys.value.filter(key => !own.includes(key))];
}

async function valuesChange(
  { files, t }: ChartContext,
  path: string,
  { chart, content, isCopy }: { chart: PinnedChart } & ReturnType<typeof valuesFileIn>,
): Promise<ChangeSet[]> {
  const before = await files.read(path);
  if (before && Buffer.compare(before, Buffer.from(content)) === 0) return [];
  const why = isCopy ? valuesReason(chart) : say('scaffold.valuesOfApp');
  if (!before) return [createFile({ path, content, why: t(why) })];
  throw new UserError('E_EXISTS', say('scaffold.thereAlreadyNoChartApp', { path }), {
    hint: say('scaffold.removeListUnderHelmchartsHand'),
    subject: path,
  });
}
