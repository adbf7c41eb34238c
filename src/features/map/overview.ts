import { addTo } from '../../data/append.ts';
import type { Markup } from '../../output/page/markup.ts';
import { say } from '../../locales/say.ts';
import type { Pen } from './app-strip.ts';
import type { NodeOf } from './graph.ts';
import { type Arrow, layersOf } from './layered.ts';
import { layeredPicture, type PictureBox } from './picture.ts';

/** Apps of one environment. */
export type Group = { id: string; environment: string; apps: readonly NodeOf<'app'>[]; outdated: number };

/** The apps by environment, in the order of these. */
export function groupsOf({ view }: Pick<Pen, 'view'>): Group[] {
  const byEnvironment = new Map<string, NodeOf<'app'>[]>();
  for (const app of view.of('app')) addTo(byEnvironment, app.environment, app);
  return [...byEnvironment]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([environment, apps], index) => ({
      id: `group-${index}`,
      environment,
      apps,
      outdated: apps.filter(({ id }) =>
        view.to(id, 'uses', 'chart').some(({ status }) => status === 'outdated'),
      ).length,
    }));
}

/** Deployers that a picture shows as one: alike, and of the same apps. */
type Bundle = {
  id: string;
  layer: number;
  members: NodeOf<'deployer'>[];
  groups: Set<string>;
  above: Set<string>;
  clusters: Set<string>;
};

const MOST_LAYERS = 3;
const MOST_BOXES = 40;

/** The picture of the whole: clusters, what deploys to them, and the environments; deployers that are alike are one box. */
export function overview(pen: Pen, groups: readonly Group[]): Markup | undefined {
  const { view, t } = pen;
  const bundles = bundlesOf(pen, groups);
  const clusters = view.of('cluster');
  if (clusters.length === 0 && bundles.length === 0) return undefined;
  const shown = bundles.toSorted((a, b) => b.members.length - a.members.length).slice(0, MOST_BOXES);
  const ids = new Set([
    ...shown.map(({ id }) => id),
    ...clusters.map(({ id }) => id),
    ...groups.map(({ id }) => id),
  ]);
  const last = 2 + Math.max(0, ...shown.map(({ layer }) => layer));
  const boxes: PictureBox[] = [
    ...clusters.map(({ id, name, server }) => ({
      id,
      layer: 0,
      look: 'cluster' as const,
      word: '',
      text: name,
      below: server ?? t(say('map.cluster')),
    })),
    ...shown.map(bundle => bundleBox(pen, bundle)),
    ...groups.slice(0, MOST_BOXES).map(group => ({ ...groupBox(pen, group), layer: last })),
  ];
  const drawn = new Set(boxes.map(({ id }) => id));
  const arrows = shown.flatMap(({ id, above, clusters: own, groups: into }): Arrow[] => [
    ...[...above, ...own].map(from => ({ from, to: id })),
    ...[...into].map(to => ({ from: id, to })),
  ]);
  const known = arrows.filter(({ from, to }) => ids.has(from) && drawn.has(from) && drawn.has(to));
  return layeredPicture(t(say('map.overview')), boxes, known);
}

function bundleBox({ t, links }: Pen, { id, layer, members }: Bundle): PictureBox {
  const [first] = members;
  const word = first?.type ?? '';
  if (first === undefined || members.length > 1)
    return { id, layer: layer + 1, look: 'deployer', word: '', text: `${members.length} × ${word}` };
  const { wave } = first;
  const below = wave === undefined ? word : `${word} · ${t(say('map.wave', { wave }))}`;
  return {
    id,
    layer: layer + 1,
    look: 'deployer',
    word: '',
    text: first.name,
    below,
    href: links?.to(first.file),
  };
}

function groupBox({ t }: Pen, { id, environment, apps, outdated }: Group): Omit<PictureBox, 'layer'> {
  const counts = [
    t(say('map.apps', { apps: apps.length })),
    ...(outdated > 0 ? [t(say('map.appsOutdated', { outdated }))] : []),
  ];
  return {
    id,
    look: outdated > 0 ? 'amber' : 'group',
    word: '',
    text: environment,
    below: counts.join(' · '),
    href: `#${id}`,
  };
}

function bundlesOf({ view }: Pen, groups: readonly Group[]): Bundle[] {
  const groupOf = new Map(groups.flatMap(({ id, apps }) => apps.map(app => [app.id, id] as const)));
  const deployers = view.of('deployer');
  const arrows = deployers.flatMap(({ id }) =>
    view.to(id, 'deploys', 'deployer').map(below => ({ from: id, to: below.id })),
  );
  const layers = layersOf(
    deployers.map(({ id }) => id),
    arrows,
    MOST_LAYERS,
  );
  const bundles = new Map<string, Bundle>();
  const bundleOf = new Map<string, string>();
  for (const node of deployers) {
    const into = new Set(view.to(node.id, 'deploys', 'app').flatMap(app => groupOf.get(app.id) ?? []));
    const above = view.from(node.id, 'deploys', 'deployer').map(({ id }) => id);
    const clusters = view.from(node.id, 'hosts', 'cluster').map(({ id }) => id);
    const isLeaf = view.to(node.id, 'deploys', 'deployer').length === 0;
    const key = isLeaf ? JSON.stringify([node.type, [...into], above, clusters]) : node.id;
    const known = bundles.get(key);
    if (known) known.members.push(node);
    else {
      const layer = layers.get(node.id) ?? 0;
      // A parent says where it is; what runs elsewhere says so itself.
      const own =
        above.length > 0 &&
        clusters.every(each => view.from(above[0] ?? '', 'hosts', 'cluster').some(({ id }) => id === each));
      bundles.set(key, {
        id: node.id,
        layer,
        members: [node],
        groups: into,
        above: new Set(above),
        clusters: new Set(own ? [] : clusters),
      });
    }
    bundleOf.set(node.id, bundles.get(key)?.id ?? node.id);
  }
  return [...bundles.values()].map(bundle => ({
    ...bundle,
    above: new Set([...bundle.above].map(id => bundleOf.get(id) ?? id)),
  }));
}

const MOST_WAITING = 80;

/** The picture of what waits for what; nothing where nothing does, or where too much does for a picture. */
export function waitingPicture({ view, t, links }: Pen): Markup | undefined {
  const arrows = view.edges.flatMap(({ from, to, kind }) =>
    kind === 'dependsOn' ? [{ from: to, to: from }] : [],
  );
  const ids = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))];
  if (ids.length === 0 || ids.length > MOST_WAITING) return undefined;
  const nodes = new Map(view.nodes.map(node => [node.id, node]));
  const layers = layersOf(ids, arrows, Number.POSITIVE_INFINITY);
  const boxes = ids.map((id): PictureBox => {
    const node = nodes.get(id);
    const word = node?.kind === 'deployer' ? node.type : t(say('map.app'));
    const file = node && 'file' in node ? node.file : undefined;
    return {
      id,
      layer: layers.get(id) ?? 0,
      look: node?.kind === 'app' ? 'app' : 'deployer',
      word: '',
      text: node?.name ?? id,
      below: word,
      href: file === undefined ? undefined : links?.to(file),
    };
  });
  return layeredPicture(t(say('map.waiting')), boxes, arrows);
}
