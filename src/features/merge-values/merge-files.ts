import { display } from '../../text/display.ts';
import { readAnswers } from '../../values/read-answers.ts';
import { markDecisions, withoutMarks } from '../../values/marks.ts';
import { unusedAnswers } from '../../values/decisions.ts';
import { mergeValues, type Migration } from '../../values/merge-values.ts';

/** What the use case needs of the file system. */
export type ValuesFiles = {
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
};

export type ValuesPaths = {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly decisions: string | undefined;
  /** Where the result goes; it may be one of the three. */
  readonly into: string | undefined;
};

export type ValuesRequest = {
  readonly paths: ValuesPaths;
  /** A comment above each open decision; one left from an earlier run is never taken for a comment of the team. */
  readonly mark: boolean;
};

export type MergedFiles = Migration & { readonly unusedAnswers: readonly string[] };

/** Merges three values files; writes only where the request says so. */
export async function mergeValuesFiles(
  { read, write }: ValuesFiles,
  { paths, mark }: ValuesRequest,
): Promise<MergedFiles> {
  const [base, ours, theirs] = await Promise.all([read(paths.base), read(paths.ours), read(paths.theirs)]);
  const answers = paths.decisions === undefined ? '' : await read(paths.decisions);
  const names = { base: display(paths.base), ours: display(paths.ours), theirs: display(paths.theirs) };
  const decisions = readAnswers(answers, display(paths.decisions ?? 'decisions'));
  const migration = mergeValues({ base, ours: withoutMarks(ours), theirs, names, decisions });
  const text = mark ? markDecisions(migration.text, migration.decisions) : migration.text;
  if (paths.into !== undefined) await write(paths.into, text);
  return { ...migration, text, unusedAnswers: unusedAnswers(decisions, migration.usedAnswers) };
}
