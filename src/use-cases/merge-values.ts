import { readAnswers } from '../domain/upgrade/read-answers.ts';
import { markDecisions, withoutMarks } from '../domain/values/marks.ts';
import { mergeValues, type Migration } from '../domain/values/merge-values.ts';
import { display } from '../display.ts';

/** What the use case needs of the file system. */
export type ValuesFiles = {
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
};

export type ValuesPaths = {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly decisions?: string | undefined;
};

/** Merges three values files and returns the result; writes nothing. */
export async function mergeValuesFiles(
  { read }: Pick<ValuesFiles, 'read'>,
  paths: ValuesPaths,
): Promise<Migration> {
  const [base, ours, theirs] = await Promise.all([read(paths.base), read(paths.ours), read(paths.theirs)]);
  const answers = paths.decisions === undefined ? '' : await read(paths.decisions);
  const names = { base: display(paths.base), ours: display(paths.ours), theirs: display(paths.theirs) };
  const decisions = readAnswers(answers, display(paths.decisions ?? 'decisions'));
  return mergeValues({ base, ours: withoutMarks(ours), theirs, names, decisions });
}

/** Merges for git: the result replaces ours, with a comment above each open decision unless `markerFree`. */
export async function mergeForGit(
  files: ValuesFiles,
  paths: ValuesPaths,
  { markerFree }: { markerFree: boolean },
): Promise<Migration> {
  const migration = await mergeValuesFiles(files, paths);
  const { text, decisions } = migration;
  await files.write(paths.ours, markerFree ? text : markDecisions(text, decisions));
  return migration;
}
