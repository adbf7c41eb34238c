import { EXIT, type ExitCode, worst } from '../../errors.ts';
import type { Revision } from '../../cli/revision.ts';
import type { Text } from '../../text/language.ts';
import type { BuildComparison } from '../../render/compare/compare-objects.ts';
import type { DeliveredUnit } from '../../render/render-delivered.ts';
import type { ObjectName } from '../../render/rendered-changes.ts';
import type { RiskLevel } from '../../render/risks/risk.ts';
import type { ObjectDifference } from '../../render/compare/object-differences.ts';
import type { ValuesDifference } from './values-differences.ts';

/**
 * What a reviewer does with an app: `failure` does not build any more; `decision` would be refused or destroys; `caution` is to be
 * read before the merge; `change` is to be read; `routine` is image tags and chart labels; `unchanged` renders as before; `unknown`
 * could not be rendered.
 */
export const PILES = ['failure', 'decision', 'caution', 'unknown', 'change', 'routine', 'unchanged'] as const;
export type Pile = (typeof PILES)[number];

/** What is to be read before the merge, the gravest first. */
export type Caution = {
  id: string;
  level: RiskLevel;
  /** Undefined where it is about the app, or about all of them. */
  object: ObjectName | undefined;
  fact: Text;
  remedy: Text | undefined;
};

/** A chart of an app on both sides; undefined where a side does not use it. */
export type ChartStep = { name: string; before: string | undefined; after: string | undefined };

/** What a branch does to one app. */
export type AppPreview = {
  app: string;
  kind: DeliveredUnit['kind'];
  presence: 'both' | 'added' | 'removed';
  pile: Pile;
  /** Objects that each side renders. */
  objects: { before: number; after: number };
  cautions: readonly Caution[];
  charts: readonly ChartStep[];
  /** Undefined where nothing could be compared. */
  comparison: BuildComparison | undefined;
  differences: readonly ObjectDifference[];
  values: readonly ValuesDifference[];
  /** What was not compared, and why. */
  left: readonly Text[];
  failure: Text | undefined;
};

/** What a branch changes, app by app. */
export type Preview = {
  base: Revision;
  head: Revision;
  /** Those that may differ, in the order of their piles. */
  apps: readonly AppPreview[];
  /** Apps whose files, and all that they name, are the same. */
  untouched: number;
  /** Cautions about the whole. */
  cautions: readonly Caution[];
};

/** An app that no longer builds is an error whoever asks; what differs is a finding only where `--exit-code` asks. */
export function exitOfPreview({ apps }: Preview, isAsked: boolean): ExitCode {
  const codes = apps.map(({ pile }): ExitCode => {
    if (pile === 'failure') return EXIT.upstream;
    if (!isAsked || pile === 'unchanged') return EXIT.done;
    return pile === 'decision' ? EXIT.decisions : EXIT.findings;
  });
  return worst(codes);
}

/** How many objects a preview adds, removes and changes. */
export function countObjects(apps: readonly AppPreview[]): {
  added: number;
  removed: number;
  changed: number;
} {
  const sum = (key: 'added' | 'removed' | 'changed'): number =>
    apps.reduce((total, { comparison }) => total + (comparison?.changes[key].length ?? 0), 0);
  return { added: sum('added'), removed: sum('removed'), changed: sum('changed') };
}

/** The apps of each pile that has some. */
export function byPile(apps: readonly AppPreview[]): [Pile, AppPreview[]][] {
  return PILES.flatMap(pile => {
    const own = apps.filter(app => app.pile === pile);
    return own.length > 0 ? [[pile, own] as [Pile, AppPreview[]]] : [];
  });
}
