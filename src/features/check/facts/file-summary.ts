import { sizeOfData } from '../../../data/no-room.ts';
import { isKustomization, type Kustomization } from '../../../repository/kustomization.ts';
import { type Snapshot, textsOf } from '../incremental/snapshot.ts';
import { parentOf } from './convention-summary.ts';
import {
  joinFiles,
  kustomizationIn,
  type FolderSummary,
  type SummarizedFile,
  summarizeFile,
} from './folder-summary.ts';

/** Values that the summaries of one repository keep together: an app has some 120, a fleet of 10 000 apps 1 200 000. */
const MOST_SURVEYED = 2_000_000;

/** What is left for the summaries of a repository. */
export type SummaryRoom = { left: number };

/** Room for one run. */
export function roomForSummaries(): SummaryRoom {
  return { left: MOST_SURVEYED };
}

/** Takes what is kept of data off the room for all; false, and nothing taken, where it is larger. */
export function takeRoom(room: SummaryRoom, kept: unknown): boolean {
  const size = sizeOfData(kept, room.left);
  const hasRoom = size <= room.left;
  if (hasRoom) room.left -= size;
  return hasRoom;
}

/** Summaries a folder file by file; what is left of the room is not enough for is named, and kept nothing of. */
export async function summarizeFiles(
  snapshot: Snapshot,
  { folder, files }: { folder: string; files: readonly string[] },
  room: SummaryRoom,
): Promise<FolderSummary> {
  const root = await rootOf(snapshot, folder, files);
  const hasRoom = takeRoom(room, joinFiles(folder, root, []));
  const kustomization = hasRoom ? root : undefined;
  const found: SummarizedFile[] = [];
  const unread = !hasRoom && root ? [root.file] : [];
  for await (const [file, text] of textsOf(snapshot, files)) {
    const own = unread[0] === file ? undefined : summarizeFile(file, text, kustomization);
    const isKept = own !== undefined && takeRoom(room, own);
    if (own && !isKept) unread.push(file);
    found.push(isKept ? own : nothingOf(file));
  }
  return joinFiles(folder, kustomization, found, unread);
}

async function rootOf(
  snapshot: Snapshot,
  folder: string,
  files: readonly string[],
): Promise<Kustomization | undefined> {
  const contents = await snapshot.read(
    files.filter(file => isKustomization(file) && parentOf(file) === folder),
  );
  return kustomizationIn(
    folder,
    new Map([...contents].map(([file, content]) => [file, content.toString('utf8')])),
  );
}

/** It counts as one that nobody could read. */
function nothingOf(file: string): SummarizedFile {
  const place = { kind: 'unreadable', file, document: 0, line: 1, charts: 1 } as const;
  return {
    routes: [],
    gateways: [],
    grants: [],
    capi: [],
    served: {},
    deploying: [],
    clusterFiles: [],
    secrets: [],
    chartPlaces: [place],
    prefixes: [],
  };
}
