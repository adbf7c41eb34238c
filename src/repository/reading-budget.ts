import { fitting, noRoom } from '../data/no-room.ts';
import type { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { nodesIn } from '../yaml/node-limit.ts';

/** What the YAML of one repository may be long together, in bytes: what is read of it is kept as text. */
export const MOST_BYTES = 64 << 20;

/**
 * What it may hold together: each file has a limit of its own, but memory is one. A large fleet has some 300 000 nodes; of a
 * repository of rendered manifests, what is beyond this are its largest files.
 */
export const MOST_TOGETHER = 1_000_000;

/** Of files with fewer nodes the bound does: what it counts too much is little. */
const PLAIN = 20_000;

/**
 * Why files of a repository have no room: the largest, so that no app loses its files for those of another.
 * @param text every file, by path
 */
export function filesWithoutRoom(
  text: ReadonlyMap<string, string>,
  most = MOST_TOGETHER,
): Map<string, UserError> {
  const all = [...text];
  if (all.reduce((sum, [, { length }]) => sum + length, 0) * 2 <= most) return new Map();
  const sizes = all.map(([file, content]) => ({ file, nodes: nodesIn(content, PLAIN) }));
  const kept = fitting(sizes, ({ nodes }) => nodes, most);
  const limit = say('system.nodesTogether', { most });
  return new Map(
    sizes.filter(each => !kept.has(each)).map(({ file }) => [file, noRoom(file, limit)] as const),
  );
}
