import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { admitsSuffix, isInRange, parseRange, type VersionRange } from './version-range.ts';
import { compareVersions, isExactVersion, parseVersion, releaseLine, type Version } from './versions.ts';
import { say } from '../../locales/say.ts';
import { joinTexts, type Text, untranslated } from '../../text/language.ts';

/** One published version, as an index or a registry lists it. */
export type Release = {
  readonly version: string;
  /** When it was published, as ISO 8601; absent when nobody says. */
  readonly created?: string;
  readonly deprecated?: boolean;
  /** Taken back by its publisher. */
  readonly removed?: boolean;
};

/**
 * What stands against a version, or is worth knowing of it. Only `age-unknown` does not keep it from being chosen.
 * - `major`: another major version than the current one, where those are taken only when asked for.
 * - `other-line`: its suffix names another line of releases than the current version's, such as `-alpine`.
 */
export type Mark =
  'too-young' | 'age-unknown' | 'pre-release' | 'other-line' | 'deprecated' | 'removed' | 'major';

export type Candidate<R extends Release> = {
  readonly release: R;
  readonly marks: readonly Mark[];
  /** Whole days since it was published. */
  readonly ageDays?: number;
};

export type VersionPolicy = {
  /** The chart or image, for messages. */
  readonly name: string;
  readonly today: Date;
  /** Default 7. */
  readonly minAgeDays?: number | undefined;
  /** A range of versions, or one exact version. */
  readonly range?: string | undefined;
  /** The pinned version: nothing older than it is ever a candidate. */
  readonly current?: string | undefined;
  /** The flag by which the command takes a version, for hints; default `version`. */
  readonly flag?: string | undefined;
};

export type VersionChoice<R extends Release> =
  | {
      readonly status: 'chosen';
      readonly release: R;
      readonly why: 'asked-for' | 'newest' | 'newest-in-range';
      /** What is true of the chosen version all the same. */
      readonly marks: readonly Mark[];
      /** Newer ones that were left out, newest first. */
      readonly passedOver: readonly Candidate<R>[];
    }
  | { readonly status: 'current'; readonly passedOver: readonly Candidate<R>[] };

const MIN_AGE_DAYS = 7;
const DAY = 86_400_000;
const SHOWN = 5;

/**
 * Every version that could be taken, newest first, with what stands against it. With `current` only newer ones, with a
 * range only those in it. Texts that are no versions are left out.
 */
export function candidates<R extends Release>(releases: readonly R[], policy: VersionPolicy): Candidate<R>[] {
  const current = currentVersion(policy);
  const range = policy.range === undefined ? undefined : parseRange(policy.range);
  const line = current && releaseLine(current);
  return inWrittenForm(parsed(releases), policy.current)
    .filter(({ version }) => !current || compareVersions(version, current) > 0)
    .filter(({ version }) => !range || isListed(version, range))
    .toSorted((a, b) => compareVersions(b.version, a.version))
    .map(({ release, version }) => {
      const age = ageDays(release, policy.today);
      const marks = [
        ...ageMarks(age, policy.minAgeDays ?? MIN_AGE_DAYS),
        ...(range && isInRange(version, range) && admitsSuffix(range) ? [] : lineMarks(version, line)),
        ...(release.deprecated ? (['deprecated'] as const) : []),
        ...(release.removed ? (['removed'] as const) : []),
      ];
      return { release, marks, ...(age === undefined ? {} : { ageDays: Math.floor(age) }) };
    });
}

/** Whether the policy lets a version be chosen without being asked for by name. */
export function isChoosable(candidate: Candidate<Release>): boolean {
  return candidate.marks.every(mark => mark === 'age-unknown');
}

/**
 * The version to pin: the one asked for by its exact text, else the highest that nothing stands against.
 * @throws UserError E_NO_VERSION, saying which versions exist; also for one older than `current`.
 */
export function chooseVersion<R extends Release>(
  releases: readonly R[],
  policy: VersionPolicy,
): VersionChoice<R> {
  const asked = policy.range === undefined ? undefined : exactRelease(releases, policy.range);
  if (asked) return takeAsked(asked, policy);
  if (policy.range !== undefined && isExactVersion(policy.range)) throw noVersion(releases, policy);
  const list = candidates(releases, policy);
  const index = list.findIndex(isChoosable);
  const best = list[index];
  if (best)
    return {
      status: 'chosen',
      release: best.release,
      why: policy.range === undefined ? 'newest' : 'newest-in-range',
      marks: best.marks,
      passedOver: list.slice(0, index),
    };
  if (policy.current === undefined) throw noVersion(releases, policy);
  return { status: 'current', passedOver: list };
}

function takeAsked<R extends Release>(release: R, policy: VersionPolicy): VersionChoice<R> {
  const current = currentVersion(policy);
  const version = parseVersion(release.version);
  const order = current && version ? compareVersions(version, current) : 1;
  if (order < 0)
    throw new UserError(
      'E_NO_VERSION',
      say('charts.olderThanCurrent', {
        name: display(policy.name),
        version: display(release.version),
        current: display(policy.current ?? ''),
      }),
      { hint: say('charts.downgradeNeverMadeItselfEdit') },
    );
  if (release.version === policy.current) return { status: 'current', passedOver: [] };
  const [candidate] = candidates([release], { ...policy, range: undefined, current: undefined });
  const marks = candidate?.marks ?? [];
  return { status: 'chosen', release, why: 'asked-for', marks, passedOver: [] };
}

/** As Helm: the identical text first. A missing or added `v` is no other version; a range never is one. */
function exactRelease<R extends Release>(releases: readonly R[], text: string): R | undefined {
  const identical = releases.find(release => release.version === text);
  if (identical || !isExactVersion(text)) return identical;
  return releases.find(release => release.version.replace(/^v/, '') === text.replace(/^v/, ''));
}

function currentVersion(policy: VersionPolicy): Version | undefined {
  if (policy.current === undefined) return undefined;
  const current = parseVersion(policy.current);
  if (current) return current;
  throw new UserError(
    'E_VALUE',
    say('charts.currentVersionNotVersion', { name: display(policy.name), current: display(policy.current) }),
    { hint: say('charts.pinExactVersionFirst') },
  );
}

function parsed<R extends Release>(releases: readonly R[]): { release: R; version: Version }[] {
  return releases.flatMap(release => {
    const version = parseVersion(release.version);
    return version ? [{ release, version }] : [];
  });
}

type Parsed<R extends Release> = { release: R; version: Version };

/** Where `1.2.3` and `v1.2.3` are both there, the one that is written as the pinned version is. */
function inWrittenForm<R extends Release>(list: Parsed<R>[], current: string | undefined): Parsed<R>[] {
  if (current === undefined) return list;
  const hasV = current.startsWith('v');
  const texts = new Set(list.map(({ release }) => release.version));
  return list.filter(({ release: { version } }) => {
    const other = version.startsWith('v') ? version.slice(1) : `v${version}`;
    return version.startsWith('v') === hasV || !texts.has(other);
  });
}

/** A range decides by the three numbers; versions with a suffix are listed, and marked, whether it admits them or not. */
function isListed(version: Version, range: VersionRange): boolean {
  if (isInRange(version, range)) return true;
  const plain = version.suffix === '' ? undefined : parseVersion(version.text.replace(/[-+].*/, ''));
  return plain !== undefined && !admitsSuffix(range) && isInRange(plain, range);
}

function lineMarks(version: Version, current: string | undefined): Mark[] {
  const line = releaseLine(version);
  if (line === undefined) return ['pre-release'];
  return line === (current ?? '') ? [] : ['other-line'];
}

function ageMarks(age: number | undefined, minAgeDays: number): Mark[] {
  if (age === undefined) return ['age-unknown'];
  return age < minAgeDays ? ['too-young'] : [];
}

/** A date that lies ahead by more than clocks differ says nothing about the age. */
function ageDays(release: Release, today: Date): number | undefined {
  const created = release.created === undefined ? Number.NaN : Date.parse(release.created);
  const age = (today.getTime() - created) / DAY;
  return age > -1 ? Math.max(age, 0) : undefined;
}

function noVersion(releases: readonly Release[], policy: VersionPolicy): UserError {
  const { range, flag = 'version' } = policy;
  const all = candidates(releases, { ...policy, range: undefined, current: undefined });
  const exact = range !== undefined && isExactVersion(range);
  const matching =
    range === undefined || exact ? [] : candidates(releases, { ...policy, current: undefined });
  const list = matching.length > 0 ? matching : all;
  const outOfReach = matching.length > 0 || range === undefined;
  const wanted = range === undefined ? '' : ` "${display(range)}"`;
  const problem = outOfReach ? say('charts.canBeChosen') : say('charts.isPublished');
  const newest = list[0]?.release.version;
  return new UserError(
    'E_NO_VERSION',
    say('charts.noVersion', { name: display(policy.name), wanted, problem, list: existing(list) }),
    {
      hint: newest
        ? say('charts.nameOneSuchVersion', { flag, newest: display(newest) })
        : say('charts.checkChartRepository'),
    },
  );
}

function existing(list: readonly Candidate<Release>[]): Text {
  if (list.length === 0) return say('charts.noneAtAll');
  const more = list.length > SHOWN ? say('charts.andMore', { count: list.length - SHOWN }) : '';
  return say('charts.thereAre', { list: joinTexts(list.slice(0, SHOWN).map(describe), ', '), more });
}

const NOTES: Record<Mark, Text> = {
  'too-young': say('charts.tooYoung'),
  'age-unknown': say('charts.ageUnknown'),
  'pre-release': say('charts.preRelease'),
  'other-line': say('charts.anotherLine'),
  deprecated: say('charts.deprecated'),
  removed: say('charts.removed'),
  major: say('charts.anotherMajor'),
};

function describe({ release, marks, ageDays: days = 0 }: Candidate<Release>): Text {
  const age = days === 1 ? say('charts.oneDayOld') : say('charts.daysOld', { days });
  const notes = marks.map(mark => (mark === 'too-young' ? age : NOTES[mark]));
  const version = display(release.version);
  if (notes.length === 0) return untranslated(version);
  return say('charts.versionWithNotes', { version, notes: joinTexts(notes, ', ') });
}
