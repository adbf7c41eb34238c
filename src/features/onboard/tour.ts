import type { TourPlan } from './tour-plan.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';

/** What a program printed, and how it ended. */
export type StepResult = { code: number; stdout: string };

/** A tour's copy, and what its steps are prepared and judged with. */
export type Tour = {
  /** Holds the copy, and beside it the certificate, the answers and the report. */
  folder: string;
  files: RepositoryFiles;
  place: TourPlan;
  /** Whether a file stands beside the copy. */
  has(name: string): Promise<boolean>;
  /** This program, in the copy. */
  slipway(args: readonly string[]): Promise<StepResult>;
  git(args: readonly string[]): Promise<StepResult>;
};
