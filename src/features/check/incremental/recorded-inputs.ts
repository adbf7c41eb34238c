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

/** Kinds of questions about some subjects, each with its answers as texts; '' for nothing there. */
const QUESTIONS = {
  kind: async ({ snapshot }, paths) => paths.map(path => snapshot.kindOf(path) ?? ''),
  id: ({ snapshot }, paths) => idsIn(snapshot, paths),
  disk: ({ disk }, paths) => idsIn(disk, paths),
  blob: ({ blobs }, digests) =>
    Promise.all(digests.map(async digest => ((await blobs.has(digest)) ? 'there' : ''))),
  committed: async ({ committed }, paths) => paths.map(path => committed?.paths.kustomizations[path] ?? ''),
} satisfies Record<string, (sources: CheckSources, subjects: readonly string[]) => Promise<string[]>>;

async function idsIn(snapshot: Snapshot, paths: readonly string[]): Promise<string[]> {
  const ids = await snapshot.idsOf(paths);
  return paths.map(path => ids.get(path) ?? '');
}

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
  const [answer = ''] = await QUESTIONS[question](sources, [subject]);
  asked[`${question} ${subject}`] = answer;
  return answer;
}

/** Whether everything would be answered as it was. */
export async function isAnsweredTheSame(sources: CheckSources, asked: RecordedInputs): Promise<boolean> {
  const lines = new Map<Question, { subjects: string[]; answers: string[] }>();
  for (const [line, answer] of Object.entries(asked)) {
    const end = line.indexOf(' ');
    const question = line.slice(0, end) as Question;
    const own = lines.get(question) ?? { subjects: [], answers: [] };
    lines.set(question, own);
    own.subjects.push(line.slice(end + 1));
    own.answers.push(answer);
  }
  for (const [question, { subjects, answers }] of lines) {
    const now = await QUESTIONS[question](sources, subjects);
    if (!now.every((answer, index) => answer === answers[index])) return false;
  }
  return true;
}

/** The digests of the archives that a result rests on. */
export function archivesIn({ asked }: { asked: RecordedInputs }): string[] {
  const lines = Object.keys(asked).filter(line => line.startsWith('blob '));
  return lines.map(line => line.slice('blob '.length));
}
