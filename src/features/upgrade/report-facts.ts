import type { Text } from '../../text/language.ts';
import type { ExitCode } from '../../errors.ts';
import type { Decision, Outcome } from '../../values/plan.ts';
import type { StandingAnswer } from '../../values/merge-answered.ts';
import type { ValuesVerdict } from '../../charts/schema/verdict.ts';
import type { Proof } from '../../values/proof.ts';
import type { Evidence } from '../../render/effects/describe-proof.ts';
import type { Effect } from '../../render/effects/prove-values.ts';
import type { JudgedRisk } from '../../output/risks.ts';
import type { ChartMove } from './chart-move.ts';
import type { DocumentNote } from './upgrade-notes.ts';
import type { DefaultChange } from './default-changes.ts';
import type { BuildComparison } from '../../render/compare/compare-objects.ts';
import type { Unread } from '../../repository/unread/unread.ts';
import type { RenderedWith } from '../../render/rendered-with.ts';

/** A version of a chart as a report names it. */
export type ReportVersion = { version: string; created: string | undefined; appVersion: string | undefined };

/** A change that a chart's author announces (`artifacthub.io/changes`). */
export type AnnouncedChange = { version: string; kind: string | undefined; description: string };

/** What may break, as far as it can be known before something is rendered. */
type BreakingNotes = {
  /** What the author announces as removed, changed or a matter of security. */
  announced: AnnouncedChange[];
  /** A major step of the app itself. */
  appMajor: { from: string; to: string } | undefined;
  /** Sections of the chart's documents about versions that the step passes: its author's words. */
  documents: DocumentNote[];
  /** Files of `crds/` that change, and that whoever installs the chart leaves as they are. */
  crds: string[];
};

/** What happens to one chart. */
export type ChartReport = {
  move: ChartMove;
  /** The name that Helm gives the installed chart. */
  release: string;
  from: ReportVersion;
  to: ReportVersion;
  /** The versions between them, newest first. */
  between: ReportVersion[];
  deprecated: boolean;
  /** The Kubernetes versions that old and new chart ask for. */
  kubeVersion: { before: string | undefined; after: string | undefined };
  defaults: DefaultChange[];
  /** Places of values that were not held against the new chart: a file of overrides, `valuesInline`, further files. */
  notCompared: string[];
  /** Files of `crds/` that the new version adds or changes, where whoever installs the chart leaves them as they are. */
  crdsSkipped: string[];
  announced: AnnouncedChange[];
  breaking: BreakingNotes;
  /** What the schemas of the new chart make of the values that result; `stops` where helm would refuse what it takes now. */
  schema: ValuesVerdict & { stops: boolean };
  /** One for each place that holds values, from low to high precedence. */
  values: readonly ValuesReport[];
  /** What the customisations do, where somebody asked for the proof. */
  effects?: ProvedStep;
};

/** What a customisation does with the old chart and with the new one. */
export type StepEffect = {
  path: string;
  /** Where it stands now. */
  valuesFile: string;
  effect: Effect;
  /** With the new chart; undefined where nothing of it is left: it is the default now, or was dropped. */
  after: Effect | undefined;
  /** It changes what is rendered, and will not any more. */
  lostEffect: boolean;
};

/** What the customisations of a chart do before and after its upgrade. */
export type ProvedStep = { customisations: StepEffect[]; before: Evidence; after: Evidence };

/** What the migration of a values file came to. */
export type ValuesReport = {
  before: string;
  after: string;
  /** The file overrides single values and is no full copy: it is kept as it is. */
  partial: boolean;
  outcomes: readonly Outcome[];
  decisions: readonly Decision[];
  /** The answers that decided something, and where they stand. */
  answered: readonly StandingAnswer[];
  proof: Proof;
  /** Where templates of the new chart still read a value whose default is gone, by path. */
  readers: ReadonlyMap<string, string>;
};

/** A program that was run to check the result. */
export type Verification = { command: string; ok: boolean; detail: Text };

/** What rendering before and after shows of an app; undefined parts could not be seen. */
export type RenderReport = Omit<BuildComparison, 'risks'> & { risks: JudgedRisk[] };

/** It was not asked for, no program can, or it was tried in vain. */
export type NotRendered = 'not-asked' | 'no-tools' | 'failed';

export type AppReport = {
  app: string;
  charts: ChartReport[];
  rendered: RenderReport | undefined;
  verification: Verification[];
  /** Why there is nothing of what reaches the cluster; undefined where it was compared. */
  notRendered?: NotRendered | undefined;
} & (
  | { status: 'upgraded' | 'needs-decision' | 'unchanged' }
  | { status: 'failed'; error: { code: string; message: Text; hint: Text | undefined } }
);

/** A chart that stays where it is, or whose step leaves something newer out, and why. */
export type LeftAlone = { app: string; name: string; current: string; newer: string | undefined } & (
  | { status: 'held'; reason: string }
  | { status: 'beyond-level' }
  /** No version is pinned: what it comes to now, where that is known. */
  | { status: 'range' | 'floating'; resolves: string | undefined }
  /** Not of a kind that `upgrade` moves; nobody looked for newer versions. */
  | { status: 'not-moved'; reason: string }
  /** Its publisher has given it up. */
  | { status: 'deprecated' }
  /** `unknown`: the place answered, and does not have it; or what is pinned is no version. */
  | { status: 'unreachable' | 'unknown'; reason: Text; exit: ExitCode }
);

/** One run of `upgrade`. */
export type UpgradeReport = {
  date: string;
  /** What rendered, and for which cluster; undefined where nothing was rendered. */
  renderer: RenderedWith | undefined;
  apps: AppReport[];
  leftAlone: LeftAlone[];
  /** Charts that were looked up. */
  looked: number;
  /** Charts of the apps of this run that nobody read. */
  unread: readonly Unread[];
};
