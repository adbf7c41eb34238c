import { UserError } from '../../errors.ts';
import type { ChartPin } from '../../charts/pins.ts';
import { chooseVersion, isChoosable, candidates } from '../../charts/versions/version-policy.ts';
import type { PublishedVersion } from '../../charts/newer-versions.ts';
import { parseVersion } from '../../charts/versions/versions.ts';
import { say } from '../../locales/say.ts';

/** How far a version may jump without being asked for by name. */
export const LEVELS = ['patch', 'minor', 'major'] as const;
export type Level = (typeof LEVELS)[number];

/** One chart of an app, from the version it is pinned at to a newer one. Plain data: plans are kept in files. */
export type ChartMove = {
  app: string;
  /** The id of the `ChartUse`. */
  use: string;
  /** Other uses whose version stands at the same place: they move with it. */
  also?: string[];
  name: string;
  repo: string;
  from: string;
  to: string;
};

export type MoveRequest = {
  level: Level;
  /** A version or range asked for by name. */
  to: string | undefined;
  today: Date;
  minAgeDays: number;
  /** Whether ranges, and versions that are left open, are written as what they come to now. */
  pins?: boolean;
};

/** What becomes of one pinned chart. */
export type MoveDecision =
  | { status: 'move'; move: ChartMove; beyondLevel: string | undefined }
  | { status: 'current'; beyondLevel: string | undefined }
  | { status: 'held'; reason: string; newer: string | undefined };

/**
 * Chooses the version to move to: the highest stable one that is old enough and within the level. A comment that pins
 * holds the chart, whatever is asked for.
 */
export function decideMove(
  pin: ChartPin,
  versions: readonly PublishedVersion[],
  request: MoveRequest,
): MoveDecision {
  const { name, current } = pin;
  const policy = { name, today: request.today, minAgeDays: request.minAgeDays, current, flag: 'to' };
  const newest = candidates(versions, policy).find(isChoosable)?.release.version;
  if (pin.held !== undefined) return { status: 'held', reason: pin.held, newer: newest };
  const range = request.to ?? withinLevel(current, request.level);
  const choice = chooseVersion(versions, { ...policy, ...(range === undefined ? {} : { range }) });
  if (choice.status === 'current') return { status: 'current', beyondLevel: newest };
  const move = {
    app: pin.app.path,
    use: pin.use.id,
    name,
    repo: pin.source,
    from: current,
    to: choice.release.version,
  };
  const isBeyond = request.to === undefined && newest !== move.to;
  return { status: 'move', move, beyondLevel: isBeyond ? newest : undefined };
}

/** A range from the current version up to where the level ends; none for `major`. */
function withinLevel(current: string, level: Level): string | undefined {
  const version = parseVersion(current);
  if (!version)
    throw new UserError('E_VALUE', say('upgrade.pinnedVersionNoVersion', { current }), {
      hint: say('upgrade.pinExactVersion'),
    });
  const { major, minor, patch } = version;
  const ends: Record<Level, string | undefined> = {
    patch: `${major}.${minor + 1}.0`,
    minor: `${major + 1}.0.0`,
    major: undefined,
  };
  const end = ends[level];
  return end === undefined ? undefined : `>=${major}.${minor}.${patch} <${end}`;
}
