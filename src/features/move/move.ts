/** An app folder on its way to another place; a rename changes its last part. */
export type Move = { from: string; to: string };

/** The namespace that goes along with a new name. */
export type Renamed = { from: string; to: string };

/** Where a path of the repository is after the move. */
export function movedPath({ from, to }: Move, path: string): string {
  if (path === from) return to;
  return path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
}
