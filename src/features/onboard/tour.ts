import type { Place } from './place.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';

/** What a program printed, and how it ended. */
export type Outcome = { code: number; stdout: string };

/** A tour's copy, and what its steps are prepared and judged with. */
export type Tour = {
  /** Holds the copy, and beside it the certificate, the answers and the report. */
  folder: string;
  files: RepositoryFiles;
  place: Place;
  /** This program, in the copy. */
  slipway(args: readonly string[]): Promise<Outcome>;
  git(args: readonly string[]): Promise<Outcome>;
};
