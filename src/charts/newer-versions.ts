import type { Delivery } from '../deliveries/chart-use.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';
import { EXIT, type ExitCode, type UserError } from '../errors.ts';
import { kindOfRef } from './git-url.ts';
import type { Pin } from './pins.ts';
import { type Candidate, candidates, isChoosable, type Release } from './versions/version-policy.ts';
import { isRange } from './versions/version-range.ts';
import { compareVersions, parseVersion } from './versions/versions.ts';

/** A published version of whatever is pinned. */
export type PublishedVersion = Release & { readonly appVersion?: string };

/** What looking a pin up came to. */
export type Lookup = { versions: readonly PublishedVersion[] } | { error: UserError };

export type OutdatedItem = {
  app: string;
  /** Where it runs, where it stands in a base that apps build on. */
  environments?: readonly string[];
  kind: Pin['kind'];
  /** What makes Helm install a chart. */
  delivery?: Delivery;
  name: string;
  source: string;
  current: string;
  /** Newer versions, newest first, with what stands against each. */
  candidates: Candidate<PublishedVersion>[];
} &
  /** `reason`: what is wrong with it all the same, such as that its publisher has given it up. */
  (
    | { status: 'current'; reason?: string }
    | { status: 'outdated'; to: string; reason?: string }
    /** A comment pins it. */
    | { status: 'held'; reason: string }
    /** The place that would know does not answer; `exit` is what a run that asked in vain ends with. */
    | { status: 'unreachable'; reason: Text; exit: ExitCode }
    /** The pinned version is none that can be compared, or what is asked answers that it does not have it. */
    | { status: 'unknown'; reason: Text; exit: ExitCode }
    /** A range, or no version at all: what it comes to now, and the newest beyond it. */
    | { status: 'range' | 'floating'; resolves?: string; outside?: string }
  );

export type AgePolicy = { today: Date; minAgeDays: number };

/** Judges one pin by what is published: never an older version, nothing too young, nothing unfinished. */
export function evaluatePin(pin: Pin, lookup: Lookup, policy: AgePolicy): OutdatedItem {
  const { kind, name, source, current } = pin;
  const delivery = pin.kind === 'chart' ? { delivery: pin.use.delivery } : {};
  const item = { app: pin.app.path, kind, ...delivery, name, source, current };
  if ('error' in lookup && pin.held !== undefined)
    return { ...item, candidates: [], status: 'held', reason: pin.held };
  if ('error' in lookup) return { ...item, candidates: [], ...describeFailure(pin, lookup.error) };
  const open = openKind(pin);
  if (open) return { ...item, candidates: [], status: open, ...resolveOpen(pin, lookup.versions, policy) };
  const unclear = unclearReason(pin, lookup.versions);
  if (unclear !== undefined && pin.held === undefined) {
    const exit = kind === 'chart' ? EXIT.usage : EXIT.done;
    return { ...item, candidates: [], status: 'unknown', reason: unclear, exit };
  }
  if (!parseVersion(current)) return { ...item, candidates: [], status: 'held', reason: pin.held ?? '' };
  const newer = candidates(within(pin, lookup.versions), { name, ...policy, current }).map(markMajor(pin));
  if (pin.held !== undefined) return { ...item, candidates: newer, status: 'held', reason: pin.held };
  const given = isGivenUp(lookup.versions) ? { reason: 'deprecated upstream' } : {};
  const best = newer.find(isChoosable) ?? newer.find(isChoosableMajor);
  if (!best) return { ...item, ...given, candidates: newer, status: 'current' };
  return { ...item, ...given, candidates: newer, status: 'outdated', to: best.release.version };
}

/** Whether what is written leaves the version to whoever installs it. A comment that holds it is told first. */
function openKind(pin: Pin): 'range' | 'floating' | undefined {
  if (pin.held !== undefined) return undefined;
  if (pin.kind === 'release') return pin.isRange === true && pin.release ? 'range' : undefined;
  if (pin.kind !== 'chart') return undefined;
  const { kind } = pin.use.version;
  return kind === 'range' || kind === 'floating' ? kind : undefined;
}

/** What a range comes to now: as Helm takes it, whatever its age. Nothing for a text that is no range. */
export function resolveOpen(
  { name, current }: Pick<Pin, 'name' | 'current'>,
  versions: readonly PublishedVersion[],
  policy: AgePolicy,
): { resolves?: string; outside?: string } {
  const range = /^(?:latest|HEAD)$/.test(current) ? '*' : current;
  if (!isRange(range)) return {};
  const fitting = candidates(versions, { name, ...policy, minAgeDays: 0, range });
  const resolves = fitting.find(({ marks }) => !marks.includes('pre-release') && !marks.includes('removed'))
    ?.release.version;
  if (resolves === undefined) return {};
  const outside = candidates(versions, { name, ...policy, current: resolves }).find(isChoosable);
  return { resolves, ...(outside ? { outside: outside.release.version } : {}) };
}

/** Why nothing can be said of what is pinned; undefined where versions can be compared. */
function unclearReason(pin: Pin, versions: readonly PublishedVersion[]): Text | undefined {
  if (pin.kind === 'git') return unclearRef(pin, versions);
  if (pin.kind === 'release' && !pin.release && !pin.listed)
    return say('charts.providerUnknown', { name: pin.name });
  if (parseVersion(pin.current))
    return isOutOfSight(pin, versions) ? say('charts.releasesTooNew') : undefined;
  return /^sha\d+:/.test(pin.current)
    ? say('charts.digestAlone')
    : say('charts.currentNotVersion', { current: pin.current });
}

/** The versions that a pin may go to at once. */
function within(pin: Pin, versions: readonly PublishedVersion[]): readonly PublishedVersion[] {
  const ahead = pin.kind === 'release' ? pin.minorsAhead : undefined;
  const own = parseVersion(pin.current);
  if (ahead === undefined || !own) return versions;
  return versions.filter(({ version }) => {
    const found = parseVersion(version);
    return found?.major === own.major && found.minor >= own.minor && found.minor <= own.minor + ahead;
  });
}

/** Whether what is published has nothing as old as the pin: then nobody knows what is between. */
function isOutOfSight(pin: Pin, versions: readonly PublishedVersion[]): boolean {
  return versions.length > 0 && within(pin, versions).length === 0;
}

function unclearRef(
  { git: { ref, host, repository } }: Extract<Pin, { kind: 'git' }>,
  versions: readonly PublishedVersion[],
): Text | undefined {
  const words = {
    none: say('charts.refNone'),
    branch: say('charts.refBranch', { ref }),
    commit: say('charts.refCommit'),
    other: undefined,
  }[kindOfRef(ref)];
  if (words !== undefined) return words;
  if (!parseVersion(ref ?? '')) return say('charts.refNoVersion', { ref });
  if (host !== 'github.com') return say('charts.refElsewhere', { host });
  return versions.length === 0 ? say('charts.refNoReleases', { repository }) : undefined;
}

/** What a failed look-up says of a pin. */
export function describeFailure(
  pin: Pin,
  error: UserError,
): { status: 'unknown' | 'unreachable'; reason: Text; exit: ExitCode } {
  const status = isAnswer(error) ? 'unknown' : 'unreachable';
  return { status, reason: withAddressHint(error.texts.message, pin), exit: error.exit };
}

/** The place answered, and does not have what was asked for. */
function isAnswer({ code, message }: UserError): boolean {
  return (
    code === 'E_NO_CHART' ||
    code === 'E_NO_VERSION' ||
    (code === 'E_HTTP' && / \((?:404|410)\)/.test(message))
  );
}

/** Helm puts the chart's name behind a registry's address: one that ends in it already leads one folder too deep. */
function withAddressHint(message: Text, { kind, name, source }: Pin): Text {
  const tail = `/${name}`;
  const address = source.replace(/\/$/, '');
  const isTooDeep = kind === 'chart' && source.startsWith('oci://') && address.endsWith(tail);
  if (!isTooDeep) return message;
  return say('charts.addressEndsInName', { message, address: address.slice(0, -tail.length) });
}

/** Charts move to another major version only when asked to: `upgrade --major`. */
function markMajor({ kind, current }: Pin) {
  const major = parseVersion(current)?.major;
  return (candidate: Candidate<PublishedVersion>): Candidate<PublishedVersion> =>
    kind !== 'chart' || parseVersion(candidate.release.version)?.major === major
      ? candidate
      : { ...candidate, marks: [...candidate.marks, 'major'] };
}

function isChoosableMajor({ release, marks }: Candidate<PublishedVersion>): boolean {
  return isChoosable({ release, marks: marks.filter(mark => mark !== 'major') });
}

/** A chart counts as deprecated when its newest version says so. */
export function isGivenUp(versions: readonly PublishedVersion[]): boolean {
  const known = versions.flatMap(release => {
    const version = parseVersion(release.version);
    return version ? [{ release, version }] : [];
  });
  const [newest] = known.toSorted((a, b) => compareVersions(b.version, a.version));
  return newest?.release.deprecated === true;
}

/** What is open is counted where there is any. */
export type OutdatedSummary = Record<Exclude<OutdatedItem['status'], Open>, number> &
  Partial<Record<Open, number>>;

type Open = 'range' | 'floating';

/** How many items there are of each status. */
export function summarize(items: readonly OutdatedItem[]): OutdatedSummary {
  const summary: OutdatedSummary = { current: 0, outdated: 0, held: 0, unreachable: 0, unknown: 0 };
  for (const { status } of items) summary[status] = (summary[status] ?? 0) + 1;
  return summary;
}
