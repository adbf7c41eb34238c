/** A box of a picture, with the column that it stands in. */
export type LayerBox = { id: string; layer: number };
export type Arrow = { from: string; to: string };

/** Where a box stands: the column, and how many boxes are above it there. */
export type Placed = { layer: number; row: number };

const SWEEPS = 4;

/**
 * Puts boxes into rows so that few arrows cross: each box goes where the middle of its neighbours is, from column to column and back.
 * The same boxes give the same picture; the time is that of reading them and sorting columns.
 */
export function placeBoxes(boxes: readonly LayerBox[], arrows: readonly Arrow[]): Map<string, Placed> {
  const layers: string[][] = [];
  for (const { id, layer } of boxes) (layers[layer] ??= []).push(id);
  const rows = new Map<string, number>();
  const settle = (ids: readonly string[]): void =>
    ids.forEach((id, row) => rows.set(id, row - ids.length / 2));
  const columns = layers.filter(layer => layer !== undefined);
  for (const column of columns) settle(column);
  const [before, after] = [neighbours(arrows, 'to', 'from'), neighbours(arrows, 'from', 'to')];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    for (const column of isDown ? columns : columns.toReversed()) {
      const middles = new Map(
        column.map(id => [id, middleOf((isDown ? before : after).get(id), rows) ?? rows.get(id) ?? 0]),
      );
      column.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
      settle(column);
    }
  }
  return new Map(columns.flatMap((column, layer) => column.map((id, row) => [id, { layer, row }] as const)));
}

function neighbours(
  arrows: readonly Arrow[],
  at: 'from' | 'to',
  other: 'from' | 'to',
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const arrow of arrows) {
    const own = found.get(arrow[at]);
    if (own) own.push(arrow[other]);
    else found.set(arrow[at], [arrow[other]]);
  }
  return found;
}

function middleOf(ids: readonly string[] | undefined, rows: ReadonlyMap<string, number>): number | undefined {
  if (!ids || ids.length === 0) return undefined;
  return ids.reduce((sum, id) => sum + (rows.get(id) ?? 0), 0) / ids.length;
}

/**
 * The column of each box: one behind the last of what leads to it. What leads back to itself stays where it was met.
 * @param most no box stands further back than this
 */
export function layersOf(
  ids: readonly string[],
  arrows: readonly Arrow[],
  most: number,
): Map<string, number> {
  const into = new Map<string, number>(ids.map(id => [id, 0]));
  const out = neighbours(arrows, 'from', 'to');
  for (const { to } of arrows) into.set(to, (into.get(to) ?? 0) + 1);
  const layers = new Map(ids.map(id => [id, 0]));
  const ready = ids.filter(id => into.get(id) === 0);
  for (const id of ready)
    for (const next of out.get(id) ?? []) {
      layers.set(next, Math.min(most, Math.max(layers.get(next) ?? 0, (layers.get(id) ?? 0) + 1)));
      const left = (into.get(next) ?? 0) - 1;
      into.set(next, left);
      if (left === 0) ready.push(next);
    }
  return layers;
}
