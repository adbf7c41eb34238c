import { type Markup, markup } from '../../output/page/markup.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import type { FileLinks } from './forge-links.ts';
import type { MapItem, MapView, NodeOf } from './graph.ts';
import { curve, strokes, type SmallBox, smallBox, svg } from './picture.ts';
import { behind, chartTone } from './words.ts';

/** What a picture is drawn with. */
export type Pen = { view: MapView; links: FileLinks | undefined; t(text: Text): string };

/** A box and those behind it. */
type Branch = { box: SmallBox; behind: readonly SmallBox[] };

const ROW = 28;
const [APP_AT, APP_WIDTH, NEAR_AT, NEAR_WIDTH, FAR_AT, FAR_WIDTH] = [4, 200, 244, 420, 708, 424];
const WHOLE = FAR_AT + FAR_WIDTH + 4;
/** Where the middle of a row is. */
const MIDDLE = ROW / 2;
const MOST_IMAGES = 6;

/**
 * One app as a picture: itself on the left, what it is made of, and behind that the images, and the gateways of its hosts. Where the
 * window is narrow, all but the app itself moves below it, by the style of the page.
 */
export function appStrip(pen: Pen, app: NodeOf<'app'>): Markup {
  const [trunks, twigs]: [string[], string[]] = [[], []];
  const rest: Markup[] = [];
  let lines = 0;
  for (const [row, branch] of branchesOf(pen, app).entries()) {
    const y = row * ROW + MIDDLE;
    trunks.push(curve(APP_AT + APP_WIDTH, MIDDLE, NEAR_AT, y));
    rest.push(smallBox(branch.box, NEAR_AT, y - 11, NEAR_WIDTH));
    lines = Math.max(lines, row + (branch.behind.length > 0 ? 0 : 1));
    for (const far of branch.behind) {
      const at = Math.max(lines, row) * ROW + MIDDLE;
      twigs.push(curve(NEAR_AT + NEAR_WIDTH, y, FAR_AT, at));
      rest.push(smallBox(far, FAR_AT, at - 11, FAR_WIDTH));
      lines++;
    }
  }
  const own: SmallBox = { look: 'app', word: '', text: app.name, href: linkTo(pen, app) };
  const picture = svg(undefined, { width: WHOLE, height: Math.max(1, lines) * ROW }, [
    smallBox(own, APP_AT, MIDDLE - 11, APP_WIDTH),
    strokes(trunks, 'trunk'),
    rest.length > 0 ? markup`<g class="rest">${strokes(twigs)}${rest}</g>` : undefined,
  ]);
  return markup`<div class="strip" data-entry="${tokensOf(pen, app)}" data-text>${picture}</div>
`;
}

/** What filters beside the words that are seen. */
function tokensOf({ view }: Pen, app: NodeOf<'app'>): string {
  const states = view.to(app.id, 'uses', 'chart').map(({ status }) => `is:${status}`);
  return [` ${app.path}`, ...new Set(states)].join(' ');
}

function linkTo({ links }: Pen, node: MapItem): string | undefined {
  return links && 'file' in node && node.file !== undefined ? links.to(node.file) : undefined;
}

function branchesOf(pen: Pen, app: NodeOf<'app'>): Branch[] {
  const { view, t } = pen;
  const charts = view.to(app.id, 'uses', 'chart');
  const after = view.to(app.id, 'dependsOn', 'app').map(({ name }) => name);
  const waiting =
    after.length > 0
      ? [plain({ look: 'quiet', word: '', text: t(say('map.after', { names: after.join(', ') })) })]
      : [];
  const routes = [app.id, ...charts.map(({ id }) => id)].flatMap(id => view.to(id, 'serves', 'route'));
  const holds = (kind: 'gateway' | 'secret'): Branch[] =>
    view.to(app.id, 'holds', kind).map(node =>
      plain({
        look: kind === 'gateway' ? 'route' : 'quiet',
        word: wordOf(node, t),
        text: node.name,
        href: linkTo(pen, node),
      }),
    );
  return [
    ...charts.map(chart => chartBranch(pen, chart)),
    ...routes.map(route => routeBranch(pen, route)),
    ...holds('gateway'),
    ...holds('secret'),
    ...imageBoxes(pen, app.id).map(plain),
    ...waiting,
  ];
}

function plain(box: SmallBox): Branch {
  return { box, behind: [] };
}

function wordOf(node: NodeOf<'gateway' | 'secret'>, t: Pen['t']): string {
  return node.kind === 'gateway' ? t(say('map.gateway')) : node.type;
}

function chartBranch(pen: Pen, chart: NodeOf<'chart'>): Branch {
  const { t } = pen;
  const remark = chart.status === 'unknown' ? undefined : behind(chart);
  const newest = chart.newest === undefined ? '' : ` → ${chart.newest}`;
  const box = {
    look: chartTone(chart),
    word: 'chart',
    text: `${chart.name} ${chart.version}${newest}`,
    ...(remark ? { note: t(remark) } : {}),
    href: linkTo(pen, chart),
  };
  return { box, behind: imageBoxes(pen, chart.id) };
}

function routeBranch(pen: Pen, route: NodeOf<'route'>): Branch {
  const { view, t } = pen;
  const hosts = route.hosts.join(', ');
  return {
    box: { look: 'route', word: t(say('map.host')), text: hosts || route.name, href: linkTo(pen, route) },
    behind: view.to(route.id, 'attaches', 'gateway').map(gateway => ({
      look: 'route',
      word: t(say('map.gateway')),
      text: gateway.name,
      href: linkTo(pen, gateway),
    })),
  };
}

function imageBoxes(pen: Pen, owner: string): SmallBox[] {
  const { view, t } = pen;
  const images = view.to(owner, 'runs', 'image');
  const shown = images.length > MOST_IMAGES + 1 ? images.slice(0, MOST_IMAGES) : images;
  const rest = images.slice(shown.length);
  const boxes = shown.map(image => ({
    look: 'quiet' as const,
    word: t(say('map.image')),
    text: image.name,
    href: linkTo(pen, image),
  }));
  if (rest.length === 0) return boxes;
  const more = t(say('map.moreImages', { count: rest.length }));
  return [...boxes, { look: 'quiet', word: '', text: more, title: rest.map(({ name }) => name).join('\n') }];
}
