import type { ChangeSet } from '../../change-set.ts';
import type { JudgedRisk } from '../../output/risks.ts';
import type { UserError } from '../../errors.ts';
import type { Text } from '../../text/language.ts';
import type { GivenAnswers } from '../../values/merge-answered.ts';
import type { Decision } from '../../values/plan.ts';
import type { AppFiles } from './app-files.ts';
import type { LearnedPaths, PromotedPart } from './environment-owned.ts';

/** Where a promotion starts from: the source at the last one, and what the target was then. */
export type PromotionBase = {
  source: AppFiles;
  learned: LearnedPaths | undefined;
  /** What tells it, for people. */
  evidence: Text;
};

export type PromotionRequest = {
  app: string;
  source: { path: string; namespace: string; files: AppFiles };
  target: { path: string; namespace: string; files: AppFiles };
  /** Undefined where nobody knows: then every difference is a decision. */
  base: PromotionBase | undefined;
  keep: readonly string[];
  only: ReadonlySet<PromotedPart>;
  given: readonly GivenAnswers[];
  /** Risks that a person takes: classes, keys, and patterns. */
  accepted: readonly string[];
  /** What the changes are for, for people. */
  why: string;
};

/** One thing that the target lacks. */
export type Behind = {
  kind: 'chart' | 'image' | 'value' | 'resource';
  what: string;
  from?: string;
  to?: string;
};

export type PromotionStatus = 'in-step' | 'behind' | 'ahead' | 'diverged';

export type Promotion = {
  app: string;
  status: PromotionStatus;
  behind: Behind[];
  ahead: string[];
  /** The same by the files' keys: what is remembered is no environment's own. */
  aheadKeys: string[];
  kept: { what: string; why: Text }[];
  /** By release; `locked` is the chart's own name, which the lock goes by. */
  held: { chart: string; locked: string; why: string }[];
  decisions: (Decision & { file: string })[];
  usedAnswers: string[];
  /** Secrets to be sealed again, by the target's file. */
  reseal: string[];
  /** What the SealedSecrets of such a file are called where the target has none of it yet. */
  sealNames: Map<string, string[]>;
  /** Objects that the cluster deletes. */
  deletes: string[];
  /** What takes data with it; the app waits until somebody accepts it. */
  risks: JudgedRisk[];
  changes: ChangeSet;
  evidence: Text;
  failure: UserError | undefined;
};

/** What is known while the files of an app are gone through. */
export type PromotionPlan = Omit<Promotion, 'status' | 'changes' | 'failure' | 'evidence' | 'risks'> & {
  changes: ChangeSet[];
};

/** What a part is called in what is behind. */
export const BEHIND_KINDS = {
  charts: 'chart',
  images: 'image',
  values: 'value',
  resources: 'resource',
} as const;
