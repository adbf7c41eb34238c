import { largest } from '../../data/append.ts';
import { type Markup, markup } from '../../output/page/markup.ts';
import { cut } from '../../output/width.ts';
import { type Arrow, type LayerBox, placeBoxes } from './layered.ts';

/** How a box looks: by what it is, or by how grave it is. */
export type BoxLook =
  'cluster' | 'deployer' | 'group' | 'app' | 'quiet' | 'route' | 'red' | 'amber' | 'green';

export type PictureBox = LayerBox & {
  look: BoxLook;
  word: string;
  text: string;
  below?: string;
  href?: string | undefined;
};

const [WIDTH, GAP, HEIGHT, BETWEEN] = [232, 72, 46, 14];
/** A letter takes about so much, one of Chinese twice as much. */
const LETTER = 7;

/** Boxes in columns with arrows from left to right, as SVG. */
export function layeredPicture(
  label: string,
  boxes: readonly PictureBox[],
  arrows: readonly Arrow[],
): Markup {
  const placed = placeBoxes(boxes, arrows);
  const sizes = new Map<number, number>();
  for (const { layer } of placed.values()) sizes.set(layer, (sizes.get(layer) ?? 0) + 1);
  const most = largest(sizes.values());
  const height = most * (HEIGHT + BETWEEN) + BETWEEN;
  const width = sizes.size * WIDTH + (sizes.size - 1) * GAP + 8;
  const at = (id: string): { x: number; y: number } => {
    const { layer, row } = placed.get(id) ?? { layer: 0, row: 0 };
    const free = (most - (sizes.get(layer) ?? 0)) / 2;
    return { x: 4 + layer * (WIDTH + GAP), y: BETWEEN + (row + free) * (HEIGHT + BETWEEN) };
  };
  const lines = arrows.map(({ from, to }) => {
    const [a, b] = [at(from), at(to)];
    return curve(a.x + WIDTH, a.y + HEIGHT / 2, b.x, b.y + HEIGHT / 2);
  });
  return svg(label, { width, height }, [strokes(lines), boxes.map(box => bigBox(box, at(box.id)))]);
}

/** The frame of a picture. Its own size is told, so that it is never blown up, and its view box, so that it can shrink on paper. */
export function svg(
  label: string | undefined,
  { width, height }: { width: number; height: number },
  content: readonly (Markup | undefined | readonly Markup[])[],
): Markup {
  const name = label === undefined ? undefined : markup` role="group" aria-label="${label}"`;
  return markup`<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${name}>${content}</svg>`;
}

/** The lines of a picture as one element. */
export function strokes(lines: readonly string[], look?: string): Markup | undefined {
  if (lines.length === 0) return undefined;
  return markup`<path${look === undefined ? undefined : markup` class="${look}"`} d="${lines.join('')}"/>`;
}

/** A line from the side of one box to that of another, in a bow: a part of a path. */
export function curve(x: number, y: number, toX: number, toY: number): string {
  const middle = Math.round((x + toX) / 2);
  return `M${x} ${y}C${middle} ${y} ${middle} ${toY} ${toX} ${toY}`;
}

function bigBox({ look, word, text, below, href }: PictureBox, { x, y }: { x: number; y: number }): Markup {
  const first = fitted(text, WIDTH - 20, word);
  return linked(
    href,
    look,
    markup`${first.isCut ? markup`<title>${text}</title>` : undefined}<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}"/><text x="${x + 10}" y="${y + (below === undefined ? 28 : 20)}">${wordIn(word)}<tspan class="b">${first.text}</tspan></text>${below === undefined ? undefined : markup`<text x="${x + 10}" y="${y + 37}" class="s">${below}</text>`}`,
  );
}

function wordIn(word: string): Markup | undefined {
  return word === '' ? undefined : markup`<tspan>${word} </tspan>`;
}

/** A text as far as there is room for it beside a word. */
function fitted(text: string, room: number, word: string): { text: string; isCut: boolean } {
  const shown = cut(text, Math.floor(room / LETTER - (word.length > 0 ? word.length + 1 : 0)));
  return { text: shown, isCut: shown !== text };
}

function linked(href: string | undefined, look: BoxLook, inside: Markup): Markup {
  return href === undefined
    ? markup`<g class="${look}">${inside}</g>`
    : markup`<a class="${look}" href="${href}">${inside}</a>`;
}

export type SmallBox = {
  look: BoxLook;
  word: string;
  text: string;
  note?: string;
  href?: string | undefined;
  title?: string;
};

/** A box of one line. */
export function smallBox(box: SmallBox, x: number, y: number, width: number): Markup {
  const { look, word, text, note, href, title } = box;
  const shown = fitted(note === undefined ? text : `${text} ${note}`, width - 16, word);
  const isWhole = note !== undefined && !shown.isCut;
  const full = title ?? (shown.isCut ? `${text}${note === undefined ? '' : ` ${note}`}` : undefined);
  return linked(
    href,
    look,
    markup`${full === undefined ? undefined : markup`<title>${full}</title>`}<rect x="${x}" y="${y}" width="${width}" height="22"/><text x="${x + 8}" y="${y + 15}">${wordIn(word)}${isWhole ? text : shown.text}${isWhole ? markup`<tspan> ${note}</tspan>` : undefined}</text>`,
  );
}

/** How pictures look, beside what every page has. */
export const PICTURE_STYLES = `
:root{--violet:#6b3fa0}
@media (prefers-color-scheme:dark){:root{--violet:#c9a7f2}}
svg{display:block;overflow:visible;font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
svg path{fill:none;stroke:var(--grey);stroke-opacity:.45;stroke-width:1.5}
svg rect{fill:var(--card);stroke:var(--grey);stroke-width:1.2;rx:6px}
svg text{fill:var(--ink)}
svg .s,svg tspan{fill:var(--soft);font-size:12px}
svg .b{fill:var(--ink);font-size:13px;font-weight:600}
svg .cluster rect{stroke:var(--mark);stroke-width:2}
svg .app rect,svg .group rect{stroke:var(--mark);fill:var(--code)}
svg .app text{font-weight:600}svg .app .s{font-weight:400}
svg .quiet rect{stroke:var(--line)}
svg .route rect{stroke:var(--violet)}
svg .red rect{stroke:var(--red)}svg .amber rect{stroke:var(--amber);fill:var(--amberbg)}svg .green rect{stroke:var(--green)}
svg a:hover rect{stroke-width:2.5}
svg a:focus-visible{outline:none}
svg a:focus-visible rect{stroke:var(--mark);stroke-width:3.5}
.wide main,.wide header.top,.wide footer{max-width:76rem}
.strip{border-top:1px solid var(--line);padding:.35rem 0}
.strip:first-child{border-top:0}
.map .scroll{padding:.25rem 0}
@media (max-width:48rem){.strip{padding-bottom:2.1rem}.strip .trunk{display:none}.strip .rest{transform:translate(-220px,28px)}}
@media print{svg{max-width:100%;height:auto}.scroll{overflow:visible}}
`;
