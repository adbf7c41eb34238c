import type { UserError } from '../errors.ts';
import type { Pin } from './pins.ts';
import { type Candidate, candidates, isChoosable, type Release } from './versions/version-policy.ts';
import { parseVersion } from './versions/versions.ts';

/** A published version of whatever is pinned. */
export type PublishedVersion = Release & { readonly appVersion?: string };

/** What looking a pin up came to. */
export type Lookup = { versions: readonly PublishedVersion[] } | { error: UserError };

export type OutdatedItem = {
  app: string;
  kind: Pin['kind'];
  name: string;
  source: string;
  current: string;
  /** Newer versions, newest first, with what stands against each. */
  candidates: Candidate<PublishedVersion>[];
} & (
  | { status: 'current' }
  | { status: 'outdated'; to: string }
  /** A comment pins it. */
  | { status: 'held'; reason: string }
  /** The place that would know does not answer. */
  | { status: 'unreachable'; reason: string }
  /** The pinned version is none that can be compared. */
  | { status: 'unknown'; reason: string }
);

export type AgePolicy = { today: Date; minAgeDays: number };

/** Judges one pin by what is published: never an older version, nothing too young, nothing unfinished. */
export function evaluatePin(pin: Pin, lookup: Lookup, policy: AgePolicy): OutdatedItem {
  const { kind, name, source, current } = pin;
  const item = { app: pin.app.path, kind, name, source, current };
  if ('error' in lookup && pin.held !== undefined)
    return { ...item, candidates: [], status: 'held', reason: pin.held };
  if ('error' in lookup)
    return { ...item, candidates: [], status: 'unreachable', reason: lookup.error.message };
  if (!parseVersion(current))
    return { ...item, candidates: [], status: 'unknown', reason: `${current} is no version` };
  const newer = candidates(lookup.versions, { name, ...policy, current });
  const best = newer.find(isChoosable);
  if (pin.held !== undefined) return { ...item, candidates: newer, status: 'held', reason: pin.held };
  if (!best) return { ...item, candidates: newer, status: 'current' };
  return { ...item, candidates: newer, status: 'outdated', to: best.release.version };
}

export type OutdatedSummary = Record<OutdatedItem['status'], number>;

/** How many items there are of each status. */
export function summarize(items: readonly OutdatedItem[]): OutdatedSummary {
  const summary: OutdatedSummary = { current: 0, outdated: 0, held: 0, unreachable: 0, unknown: 0 };
  for (const { status } of items) summary[status]++;
  return summary;
}
