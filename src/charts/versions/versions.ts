import { compare } from 'semver';

/** A chart version: `text` as its chart writes it (`v1.20.2`, `1.2`), and what Helm compares. */
export type Version = {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** The part behind `-`; empty for a plain version. */
  readonly suffix: string;
  /** Build metadata, which orders nothing. */
  readonly build: string;
};

const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const LENIENT = new RegExp(
  `^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:-(${IDENTIFIERS}))?(?:\\+(${IDENTIFIERS}))?$`,
);
// The library refuses more than 256, and a suffix is compared behind `0.0.0-`.
const MAX_LENGTH = 250;

/**
 * A version with the leniency of Helm (Masterminds/semver `NewVersion`): a leading `v`, missing parts and leading
 * zeros are accepted. Undefined for anything else, and for numbers beyond 2^53.
 */
export function parseVersion(text: string): Version | undefined {
  const match = text.length <= MAX_LENGTH ? LENIENT.exec(text) : null;
  if (!match) return undefined;
  const [, major = '0', minor = '0', patch = '0', suffix = '', build = ''] = match;
  const numbers = { major: Number(major), minor: Number(minor), patch: Number(patch) };
  const isBad = !Object.values(numbers).every(Number.isSafeInteger) || /(?:^|\.)0\d+(?:\.|$)/.test(suffix);
  return isBad ? undefined : { text, ...numbers, suffix, build };
}

/** Whether all three numbers are written, so that the text can mean one version only. */
export function isExactVersion(text: string): boolean {
  return parseVersion(text) !== undefined && /^v?\d+\.\d+\.\d+/.test(text);
}

/** The release of a version: of that very text, else of one that differs in its leading `v` only. */
export function findVersion<R extends { readonly version: string }>(
  releases: readonly R[],
  text: string,
): R | undefined {
  const bare = text.replace(/^v/, '');
  return (
    releases.find(({ version }) => version === text) ??
    releases.find(({ version }) => version.replace(/^v/, '') === bare)
  );
}

/**
 * Of a list of versions those that are newer than one, in the same order; the newest of all where none is. More is not needed to
 * judge what is pinned at that one.
 */
export function versionsAfter<R extends { readonly version: string }>(
  releases: readonly R[],
  current: Version,
): R[] {
  const known = releases.flatMap(release => {
    const version = parseVersion(release.version);
    return version ? [{ release, version }] : [];
  });
  return partAfter(known, current).map(({ release }) => release);
}

/** The same of what is parsed. */
export function partAfter<R extends { readonly version: Version }>(
  known: readonly R[],
  current: Version,
): R[] {
  const newer = known.filter(({ version }) => compareVersions(version, current) > 0);
  if (newer.length > 0) return newer;
  return known.toSorted((a, b) => compareVersions(b.version, a.version)).slice(0, 1);
}

/** Negative when `a` is older than `b`. Build metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || compareSuffixes(a, b);
}

/** Only the suffixes of two versions, as SemVer orders pre-releases: none is the highest. */
export function compareSuffixes(a: Version, b: Version): number {
  if (a.suffix === b.suffix) return 0;
  return compare(withSuffix(a), withSuffix(b));
}

function withSuffix({ suffix }: Version): string {
  return suffix === '' ? '0.0.0' : `0.0.0-${suffix}`;
}

// What publishers call work in progress. Any other word behind a version names a line of releases of its own.
const UNFINISHED = new Set(
  (
    'a alpha b beta c rc cr pre preview prerelease dev devel develop development snapshot nightly canary next edge ' +
    'unstable test testing experimental exp m milestone ea eap tp draft wip tmp temp insiders latest head main ' +
    'master trunk branch pr mr sha git g commit build ci'
  ).split(' '),
);

/**
 * The line of releases that a version with a suffix belongs to: `stable` for `1.83.14-stable` and
 * `1.83.7-stable.patch.1`, `alpine` for `2.1.0-alpine3.18`. Empty for plain versions, undefined for pre-releases.
 */
export function releaseLine(version: Version): string | undefined {
  if (version.suffix === '') return '';
  const word = /^[a-z]+(?:-[a-z]+)*/i.exec(version.suffix)?.[0].toLowerCase();
  if (word === undefined) return undefined;
  const words = version.suffix.toLowerCase().split(/[^a-z]+/);
  return words.some(part => UNFINISHED.has(part)) ? undefined : word;
}

/** Work in progress by its name, such as `-rc.1`; `-stable` is not. */
export function isPreRelease(version: Version): boolean {
  return releaseLine(version) === undefined;
}

/** How far a newer version is away. */
export type VersionStep = 'major' | 'minor' | 'patch';

/** The first number in which two versions differ; undefined for texts that are none, and for suffixes and builds. */
export function stepBetween(from: string, to: string): VersionStep | undefined {
  const [old, next] = [parseVersion(from), parseVersion(to)];
  if (!old || !next) return undefined;
  return (['major', 'minor', 'patch'] as const).find(part => old[part] !== next[part]);
}
