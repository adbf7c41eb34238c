import { posix } from 'node:path';
import { addTo } from '../../data/append.ts';
import { recordsAt, stringOf } from '../../data/fields.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { findUses, usingApps } from '../../deliveries/find-uses.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { bareAppsOf } from '../../repository/bare-apps.ts';
import { isDeploying } from '../../repository/deployments.ts';
import { type App, manifestsIn, namespaceOf, type Repository } from '../../repository/model.ts';
import type { Unread } from '../../repository/unread/unread.ts';
import { ANY_KIND, idOfChart, drawContents, filesByApp, type MappedApp } from './app-contents.ts';
import { type Deployer, drawDeployers, findDeployers } from './deployers.ts';
import { type Drawing, type MapUnread, type NodeOf, type RepositoryMap, startMap } from './graph.ts';

/** What is known of the versions of a chart, by the id of its use. */
export type ChartStates = ReadonlyMap<
  string,
  Pick<NodeOf<'chart'>, 'status' | 'newest' | 'released' | 'newestReleased'>
>;

export type MapSources = {
  repository: Repository;
  states: ChartStates;
  /** What stands in front of images that come through a mirror. */
  mirror: string | undefined;
  /** Charts that nobody read. */
  unread: readonly Unread[];
};

/** The map of a repository: the same files and the same states give the same map. */
export function drawMap({ repository, states, mirror, unread }: MapSources): RepositoryMap {
  const drawing = startMap();
  const { apps, files } = mappedApps(repository);
  const deployers = findDeployers(repository);
  drawDeployers(drawing, deployers);
  for (const mapped of apps) {
    const { node, uses } = mapped;
    drawing.put(node);
    for (const use of uses) drawChart(drawing, node.id, use, states);
    drawContents(drawing, repository, mapped, { files: files.get(node.path) ?? [], mirror });
  }
  drawDeployments(drawing, { deployers, apps, files });
  drawReleases(drawing, repository, apps);
  return drawing.finish([
    ...unread.map(each => ({ what: 'chart' as const, ...each })),
    ...unreadOf(deployers),
  ]);
}

/**
 * Every app, by its path: those that are built, those that use charts without that, and folders that are deployed as they are; and the
 * files of each.
 */
export function mappedApps(repository: Repository): {
  apps: MappedApp[];
  files: ReadonlyMap<string, readonly string[]>;
} {
  const uses = findUses(repository);
  const byApp = new Map<string, ChartUse[]>();
  for (const use of uses) addTo(byApp, use.app.path, use);
  const using = usingApps(repository, uses);
  const known = new Set(using.map(({ path }) => path));
  const bare = bareAppsOf(repository).filter(({ folder }) => !known.has(folder));
  const all = [
    ...using.map(app => ({ app, name: app.name, environment: app.environment, path: app.path })),
    ...bare.map(({ name, environment, folder }) => ({ app: undefined, name, environment, path: folder })),
  ];
  const files = filesByApp(repository, all);
  const apps = all
    .filter(({ app, path }) => app !== undefined || runs(repository, files.get(path) ?? []))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ app, name, environment, path }) => {
      const built = app && 'kustomization' in app && app.kustomization ? (app as App) : undefined;
      const own = byApp.get(path) ?? [];
      const file = built?.kustomization.file ?? own[0]?.at.file ?? files.get(path)?.[0] ?? path;
      const namespace = built ? namespaceOf(built) : own[0]?.release.namespace;
      const node = { id: `app:${path}`, kind: 'app' as const, name, environment, path, file };
      return { node: namespace === undefined ? node : { ...node, namespace }, app: built, uses: own };
    });
  return { apps, files };
}

/** Whether some files are more than what only leads elsewhere: what deploys, and where charts come from. */
function runs({ text }: Repository, files: readonly string[]): boolean {
  return files.some(
    file =>
      posix.basename(file) === 'Chart.yaml' ||
      manifestsIn(text, file, ANY_KIND).some(
        manifest => !isDeploying(manifest) && !manifest.apiVersion.startsWith('source.toolkit.'),
      ),
  );
}

function drawChart(drawing: Drawing, app: string, use: ChartUse, states: ChartStates): void {
  const { id, name, version, source, delivery, at } = use;
  const state = states.get(id) ?? {
    status: version.kind === 'none' ? ('current' as const) : ('unknown' as const),
  };
  drawing.put({
    id: idOfChart(use),
    kind: 'chart',
    name,
    version: version.text,
    ...(source === undefined ? {} : { source: source.replace(/\/\/[^/]*@/, '//') }),
    delivery,
    file: at.file,
    ...state,
  });
  drawing.link(app, idOfChart(use), 'uses');
}

type Deployed = {
  deployers: readonly Deployer[];
  apps: readonly MappedApp[];
  files: ReadonlyMap<string, readonly string[]>;
};

/** Who deploys which app: by its folder, by a file of it that is built, or because the chart stands in the Application itself. */
function drawDeployments(drawing: Drawing, { deployers, apps, files }: Deployed): void {
  const byPath = new Map(apps.map(({ node }) => [node.path, node.id]));
  const owners = new Map(
    [...files].flatMap(([path, own]) =>
      own.filter(file => file !== path).map(file => [file, `app:${path}`] as const),
    ),
  );
  const bySource = new Map<string, string[]>();
  for (const { node, uses } of apps)
    for (const { at } of uses) addTo(bySource, `${at.file}#${at.document}`, node.id);
  for (const { node, object, folders, files: built } of deployers) {
    const direct = folders.flatMap(folder => byPath.get(folder) ?? []);
    const through = [...built].flatMap(file => owners.get(file) ?? []);
    const inside = bySource.get(`${object.at.file}#${object.at.document}`) ?? [];
    for (const app of [...direct, ...through, ...inside]) drawing.link(node.id, app, 'deploys');
  }
}

/** What HelmReleases wait for. */
function drawReleases(drawing: Drawing, repository: Repository, apps: readonly MappedApp[]): void {
  const byPlace = new Map(readDeliveries(repository).objects.map(object => [placeOf(object.at), object]));
  const releases = apps.flatMap(({ node, uses }) =>
    uses.flatMap(({ delivery, at }) => {
      const object = delivery === 'flux' ? byPlace.get(placeOf(at)) : undefined;
      return object ? [{ app: node.id, object }] : [];
    }),
  );
  const byName = new Map(releases.map(({ app, object }) => [object.name, app]));
  for (const { app, object } of releases)
    for (const each of recordsAt(object.body, ['spec', 'dependsOn'])) {
      const other = byName.get(stringOf(each['name']) ?? '');
      if (other !== undefined) drawing.link(app, other, 'dependsOn');
    }
}

function placeOf({ file, document, path }: ChartUse['at']): string {
  return `${file}#${document}:${path.join('.')}`;
}

/** What of the deployers nobody could tell, by kind. */
function unreadOf(deployers: readonly Deployer[]): MapUnread[] {
  const found = new Map<string, MapUnread>();
  for (const { node, unread } of deployers)
    for (const what of unread) {
      const known = found.get(`${what} ${node.type}`);
      if (known) known.count++;
      else found.set(`${what} ${node.type}`, { what, kind: node.type, count: 1, first: node.file });
    }
  return [...found.values()];
}
