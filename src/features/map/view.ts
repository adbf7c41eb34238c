import { jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import type { Session } from '../../cli/context.ts';
import { append } from '../../data/append.ts';
import { say } from '../../locales/say.ts';
import type { Line } from '../../output/lay-out.ts';
import { paint, plainText, type Span } from '../../output/spans.ts';
import { widthOf } from '../../output/width.ts';
import { wrap } from '../../output/wrap.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { FileLinks } from './forge-links.ts';
import { countMap, type MapItem, type MapView, type NodeOf, type RepositoryMap, lookInto } from './graph.ts';
import { behind, chartFormat, countLines, unknownLine, unreadLines, mapVerdict } from './words.ts';

/** What `map --json` prints. */
export function mapJson(map: RepositoryMap, links: FileLinks | undefined, end: RunEnd): string {
  const nodes = map.nodes.map(node =>
    links && 'file' in node && node.file !== undefined ? { ...node, url: links.to(node.file) } : node,
  );
  const summary = countMap(lookInto(map));
  const { commit } = links ?? {};
  return jsonDocument(
    1,
    { ...(commit === undefined ? {} : { commit }), summary, nodes, edges: map.edges, unread: map.unread },
    end,
  );
}

type Tree = { spans: readonly Span[]; below: readonly Tree[] };
type Screen = Pick<Session, 't' | 'terminal'>;

/** What a person reads: what there is in a line, and the tree from the clusters down. */
export function mapTree(map: RepositoryMap, session: Screen, isWritten: boolean): Line[] {
  const { t, terminal } = session;
  const view = lookInto(map);
  const counts = countMap(view);
  const [verdict, held] = [mapVerdict(counts), countLines(counts)].map(texts => texts.map(t).join(' · '));
  const head = [terminal.style(verdict ?? '', 'bold'), held ?? '', ...unknownLine(counts).map(t)];
  const left = unreadLines(map.unread).map(text => terminal.style(t(text), 'yellow'));
  // The page shows the same, and better.
  const tree = isWritten
    ? []
    : rootsOf(view, t).flatMap(root => ['', { whole: drawn(root, session).join('\n') }]);
  return [...head, ...tree, ...(left.length > 0 ? ['', ...left] : [])];
}

/** The clusters, and below none of them what nothing in the repository deploys. */
function rootsOf(view: MapView, t: Screen['t']): Tree[] {
  const shown = new Set<string>();
  const clusters = view.of('cluster').map(cluster => clusterTree(view, cluster, { shown, t }));
  const alone = view.of('deployer').filter(({ id }) => !shown.has(id));
  const apps = view.of('app').filter(({ id }) => !shown.has(id));
  const rest = [
    ...alone.map(each => deployerTree(view, each, { shown, t })),
    ...apps.filter(({ id }) => !shown.has(id)).map(each => appTree(view, each, { shown, t })),
  ];
  if (rest.length === 0) return clusters;
  return [...clusters, { spans: [{ text: t(say('map.notDeployed')), format: 'bold' }], below: rest }];
}

type Growing = {
  shown: Set<string>;
  t: Screen['t'];
  /** The cluster of the tree: what deploys to others stands there. */
  cluster?: string;
  depth?: number;
};

/** Deployers that deploy deployers: a repository may hold a chain of any length. */
const DEEPEST = 30;

function clusterTree(view: MapView, cluster: NodeOf<'cluster'>, around: Growing): Tree {
  const growing = { ...around, cluster: cluster.id };
  const { name, server } = cluster;
  const own = view.to(cluster.id, 'hosts', 'deployer');
  const ids = new Set(own.map(({ id }) => id));
  const roots = own.filter(
    ({ id }) => !view.from(id, 'deploys', 'deployer').some(above => ids.has(above.id)),
  );
  // Two that deploy each other: whoever comes first.
  const below = (roots.length > 0 ? roots : own).map(each => deployerTree(view, each, growing));
  const address = server === undefined || server === name ? [] : [' ', dim(server)];
  return { spans: [{ text: display(name), format: 'bold' }, ...address], below };
}

function deployerTree(view: MapView, node: NodeOf<'deployer'>, growing: Growing): Tree {
  const { t, shown } = growing;
  const head: Span[] = [dim(node.type), ' ', display(node.name)];
  if (node.wave !== undefined) head.push(' ', dim(t(say('map.wave', { wave: node.wave }))));
  const after = view.to(node.id, 'dependsOn', 'deployer').map(({ name }) => display(name));
  if (after.length > 0) head.push(' ', dim(t(say('map.after', { names: after.join(', ') }))));
  const clusters = view.from(node.id, 'hosts', 'cluster');
  const others = clusters.filter(({ id }) => id !== growing.cluster).map(({ name }) => display(name));
  if (others.length > 0) head.push(' ', dim(`→ ${others.join(', ')}`));
  if (others.length > 0 && others.length === clusters.length) return { spans: head, below: [] };
  const { depth = 0 } = growing;
  if (shown.has(node.id)) return { spans: [...head, ' ', dim(t(say('map.shownAbove')))], below: [] };
  if (depth === DEEPEST) return { spans: [...head, ' …'], below: [] };
  shown.add(node.id);
  const inner = { ...growing, depth: depth + 1 };
  return {
    spans: head,
    below: [
      ...view.to(node.id, 'deploys', 'deployer').map(each => deployerTree(view, each, inner)),
      ...view.to(node.id, 'deploys', 'app').map(each => appTree(view, each, growing)),
    ],
  };
}

function appTree(view: MapView, app: NodeOf<'app'>, { shown, t }: Growing): Tree {
  const spans: Span[] = [{ text: display(app.path), format: 'cyan' }];
  const after = view.to(app.id, 'dependsOn', 'app').map(({ name }) => display(name));
  if (after.length > 0) spans.push(' ', dim(t(say('map.after', { names: after.join(', ') }))));
  if (shown.has(app.id)) return { spans: [...spans, ' ', dim(t(say('map.shownAbove')))], below: [] };
  shown.add(app.id);
  const charts = view.to(app.id, 'uses', 'chart');
  const owners = [app.id, ...charts.map(({ id }) => id)];
  const images = unique(owners.flatMap(id => view.to(id, 'runs', 'image')));
  return {
    spans,
    below: [
      ...charts.map(chart => leaf('chart', chartSpans(chart, t))),
      ...owners
        .flatMap(id => view.to(id, 'serves', 'route'))
        .map(route => leaf(t(say('map.host')), routeSpans(view, route))),
      ...view.to(app.id, 'holds', 'gateway').map(each => leaf(t(say('map.gateway')), [display(each.name)])),
      ...view.to(app.id, 'holds', 'secret').map(each => leaf(display(each.type), [display(each.name)])),
      ...cutList(images, t),
    ],
  };
}

const MOST_IMAGES = 6;

function cutList(images: readonly MapItem[], t: Screen['t']): Tree[] {
  const shown = images.length > MOST_IMAGES + 1 ? images.slice(0, MOST_IMAGES) : images;
  const more = images.length - shown.length;
  return [
    ...shown.map(({ name }) => leaf(t(say('map.image')), [display(name)])),
    ...(more > 0 ? [{ spans: [dim(t(say('map.moreImages', { count: more })))], below: [] }] : []),
  ];
}

function unique<Item extends { name: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map(item => [item.name, item])).values()];
}

function leaf(word: string, spans: readonly Span[]): Tree {
  return { spans: [dim(word), ' ', ...spans], below: [] };
}

function dim(text: string): Span {
  return { text: display(text), format: 'dim' };
}

function chartSpans(chart: NodeOf<'chart'>, t: (text: Text) => string): Span[] {
  const format = chartFormat(chart);
  const newest =
    chart.newest === undefined
      ? []
      : [` → `, { text: display(chart.newest), ...(format && { format }) } as Span];
  // That nobody looked is said once, above.
  const remark = chart.status === 'unknown' ? undefined : behind(chart);
  return [
    display(`${chart.name} ${chart.version}`.trim()),
    ...newest,
    ...(remark ? [' ', dim(t(remark))] : []),
  ];
}

function routeSpans(view: MapView, route: NodeOf<'route'>): Span[] {
  const gateways = view.to(route.id, 'attaches', 'gateway').map(({ name }) => display(name));
  const hosts = route.hosts.map(display).join(', ') || display(route.name);
  return gateways.length > 0 ? [hosts, dim(` → ${gateways.join(', ')}`)] : [hosts];
}

const WIDE = { last: '└─ ', more: '├─ ', over: '│  ', none: '   ' };
const NARROW = { last: '└ ', more: '├ ', over: '│ ', none: '  ' };
const NARROWER_THAN = 60;

/** The lines of a tree; a text that is too long hangs beside its own branch. */
function drawn(tree: Tree, { terminal }: Screen): string[] {
  const { columns, style } = terminal;
  const arms = columns < NARROWER_THAN ? NARROW : WIDE;
  const lines: string[] = [];
  const grow = ({ spans, below }: Tree, first: string, rest: string): void => {
    const room = Math.max(12, columns - widthOf(first));
    const text = paint(wrap(plainText(spans), room, { hang: '  ', hard: true }), spans, style);
    const trunk = below.length > 0 ? arms.over : arms.none;
    append(
      lines,
      text.map((line, index) => (index === 0 ? first : rest + trunk) + line),
    );
    for (const [index, each] of below.entries()) {
      const isLast = index === below.length - 1;
      grow(each, rest + (isLast ? arms.last : arms.more), rest + (isLast ? arms.none : arms.over));
    }
  };
  grow(tree, '', '');
  return lines;
}
