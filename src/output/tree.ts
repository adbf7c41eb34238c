/** A leaf with its path, or a folder that is entered on the way to several of them. */
export type TreeRow<Leaf> = { depth: number; name: string; leaf?: Leaf };

/** One row per leaf and one per folder; folders with a single child share a row. The order is that of the paths. */
export function treeRows<Leaf extends { path: string }>(leaves: readonly Leaf[]): TreeRow<Leaf>[] {
  return rowsBelow(
    leaves.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    '',
    0,
  );
}

function rowsBelow<Leaf extends { path: string }>(
  leaves: readonly Leaf[],
  base: string,
  depth: number,
): TreeRow<Leaf>[] {
  const done = new Set<Leaf>();
  return leaves.flatMap(leaf => {
    if (done.has(leaf)) return [];
    const rest = leaf.path.slice(base.length);
    const folder = base + rest.slice(0, rest.indexOf('/') + 1);
    const own = folder === base ? [leaf] : leaves.filter(({ path }) => path.startsWith(folder));
    for (const each of own) done.add(each);
    if (own.length === 1) return [{ depth, name: rest, leaf }];
    const shared = sharedFolder(own, folder);
    return [{ depth, name: shared.slice(base.length) }, ...rowsBelow(own, shared, depth + 1)];
  });
}

/** The longest folder that all of these lie in. */
function sharedFolder(leaves: readonly { path: string }[], from: string): string {
  const next = new Set(leaves.map(({ path }) => path.slice(from.length).split('/')[0] ?? ''));
  const [only] = next;
  const deeper =
    only !== undefined && next.size === 1 && leaves.every(({ path }) => path.startsWith(`${from}${only}/`));
  return deeper ? sharedFolder(leaves, `${from}${only}/`) : from;
}
