import { isUtf8 } from 'node:buffer';
import { isLfsPointer } from '../../../text/utf8.ts';
import { inBatches } from '../../../data/batches.ts';
import type { Snapshot } from '../incremental/snapshot.ts';
import { isYaml, type OddFile } from './app-facts.ts';

/** Bytes that are kept of the files of one app, and of those outside that it rests on. */
const MOST_BYTES = 48 << 20;

/** Files whose contents are in memory at once, each of which may be as large as a file can be. */
const AT_ONCE = 4;

/** Everything that is beside YAML and larger than this is no setting. */
const MAX_OTHER_BYTES = 256 << 10;

/** What is left for the texts of one app. */
export type TextRoom = { left: number };

/** Room for one app. */
export function roomForTexts(): TextRoom {
  return { left: MOST_BYTES };
}

/** Whether a text still has room, which is taken then. */
export function takeText(room: TextRoom, text: string): boolean {
  const hasRoom = text.length <= room.left;
  if (hasRoom) room.left -= text.length;
  return hasRoom;
}

/** The texts of files, and what of them is none; what has no room beside the others is too large. */
export async function readTexts(
  snapshot: Snapshot,
  files: readonly string[],
  room: TextRoom,
): Promise<{ texts: Map<string, string>; odd: OddFile[] }> {
  const texts = new Map<string, string>();
  const odd: OddFile[] = [];
  for (const some of inBatches(files, () => 1, AT_ONCE)) {
    const contents = await snapshot.read(some);
    for (const file of some) {
      const content = contents.get(file);
      const text = content && textIn(file, content);
      const hasRoom = text === undefined || takeText(room, text);
      if (text !== undefined && hasRoom) texts.set(file, text);
      const found = hasRoom ? oddFile(snapshot, file, content) : ({ kind: 'too-big', detail: '' } as const);
      if (found) odd.push({ file, ...found });
    }
  }
  return { texts, odd };
}

function textIn(file: string, content: Buffer): string | undefined {
  const isWanted = isYaml(file) || (content.length <= MAX_OTHER_BYTES && !content.includes(0));
  return isWanted && isUtf8(content) ? content.toString('utf8') : undefined;
}

function oddFile(
  snapshot: Snapshot,
  file: string,
  content: Buffer | undefined,
): Omit<OddFile, 'file'> | undefined {
  if (!content) return snapshot.unusable(file);
  if (!isYaml(file)) return undefined;
  if (!isUtf8(content)) return { kind: 'not-text', detail: '' };
  return isLfsPointer(content.toString('utf8', 0, 200)) ? { kind: 'lfs-pointer', detail: '' } : undefined;
}
