import type { RunSchemas } from '../../../charts/schema/run-schemas.ts';
import type { BlobStore } from '../../../system/cache/blob-store.ts';
import type { Committed } from './committed.ts';
import type { Snapshot } from './snapshot.ts';

/** Where answers come from beyond an app's own files. */
export type CheckSources = {
  snapshot: Snapshot;
  /** The work tree, where pulled charts lie whatever is checked. */
  disk: Snapshot;
  blobs: BlobStore;
  committed: Committed | undefined;
  /** What holds values to the schemas of charts; a thread of its own unless given. */
  runSchemas?: RunSchemas;
};

/** Kinds of questions, each with its answer as a text; '' for nothing there. */
const QUESTIONS = {
  kind: async ({ snapshot }, path) => snapshot.kindOf(path) ?? '',
  id: async ({ snapshot }, path) => (await snapshot.idsOf([path])).get(path) ?? '',
  disk: async ({ disk }, path) => (await disk.idsOf([path])).get(path) ?? '',
  blob: async ({ blobs }, digest) => ((await blobs.has(digest)) ? 'there' : ''),
  committed: async ({ committed }, path) => committed?.paths.kustomizations[path] ?? '',
} satisfies Record<string, (sources: CheckSources, subject: string) => Promise<string>>;

type Question = keyof typeof QUESTIONS;

/** What was asked while an app was checked: with the same answers the result is the same. */
export type RecordedInputs = Record<string, string>;

/** Asks and writes the answer down. */
export async function askRecorded(
  sources: CheckSources,
  asked: RecordedInputs,
  question: Question,
  subject: string,
): Promise<string> {
  const answer = await QUESTIONS[question](sources, subject);
  asked[`${question} ${subject}`] = answer;
  return answer;
}

/** Whether everything would be answered as it was. */
export async function isAnsweredTheSame(sources: CheckSources, asked: RecordedInputs): Promise<boolean> {
  for (const [line, answer] of Object.entries(asked)) {
    const end = line.indexOf(' ');
    const question = QUESTIONS[line.slice(0, end) as Question];
    if ((await question(sources, line.slice(end + 1))) !== answer) return false;
  }
  return true;
}

/** The digests of the archives that results rest on. */
export function archivesIn(results: ReadonlyMap<string, { asked: RecordedInputs }>): Set<string> {
  const lines = [...results.values()].flatMap(({ asked }) => Object.keys(asked));
  return new Set(lines.filter(line => line.startsWith('blob ')).map(line => line.slice('blob '.length)));
}
