import { appAround } from '../repository/model.ts';
import type { GitopsRepository } from '../repository/read-repository.ts';
import { type ChartsRead, countCharts } from '../repository/unread/charts-read.ts';
import { parsedByNow } from './parsed-files.ts';
import { findUses, readPlaces, usesIn } from './find-uses.ts';
import { selectUsing } from './select-using.ts';

/**
 * Counts the charts that were read and those that nobody reads: of the whole repository, or of the folders of apps that words name.
 * @throws UserError as `selectUsing` does
 */
export async function chartsRead(gitops: GitopsRepository, words: readonly string[]): Promise<ChartsRead> {
  const { repository } = gitops;
  const apps = selectUsing(repository, words);
  const read = readPlaces(usesIn(findUses(repository), apps));
  const isAsked = (file: string): boolean => words.length === 0 || appAround(apps, file) !== undefined;
  return countCharts(gitops, { isAsked, read, parsed: parsedByNow(repository) });
}
