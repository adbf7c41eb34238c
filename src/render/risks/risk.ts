import type { Text } from '../../text/language.ts';
import type { ObjectPair } from '../object-pairs.ts';
import type { ObjectName } from '../rendered-changes.ts';
import { groupOf } from '../object-pairs.ts';
import type { Manifest } from '../../repository/manifest.ts';

/** Fatal: the API server refuses it, data goes, or someone gets everything. High: to be read before the merge. Low: to know. */
export type RiskLevel = 'low' | 'high' | 'fatal';

/** The classes of risks, as `--accept` takes them. */
export const RISK_IDS = [
  'immutable-field',
  'refused',
  'api-removed',
  'data-removed',
  'volume-changed',
  'crd-changed',
  'access-widened',
  'service-exposed',
  'host-access',
  'policy-removed',
  'unavailable',
  'probe-removed',
  'webhook-blocks',
  'route-lost',
  'route-taken',
  'image-moved',
  'image-mutable',
  'hook-runs',
] as const;
type RiskId = (typeof RISK_IDS)[number];

/** What a change of what is deployed may do to the cluster: the fact, the object, and what to do about it. */
export type Risk = { id: RiskId; level: RiskLevel; object: ObjectName; fact: Text; remedy: Text };

/** A risk as a judge gives it: the object is known where it is called. */
export type Found = Omit<Risk, 'object'>;

/** What a judge knows beside the object. */
export type Surroundings = {
  /** Whether the repository's own objects are applied on the server's side (`ServerSideApply=true`). */
  serverSide: boolean;
  /** Whether an object of this API version is in use: `acme.example/v1alpha1`. */
  isUsed(apiVersion: string): boolean;
  /** Where objects land that name no namespace. */
  namespace: string;
  /** The cluster's version, `v1.34.2`, and whether somebody says so. */
  kubernetes: { version: string; isKnown: boolean };
  /** The routes of other apps, each with the namespace that it is in. */
  routesElsewhere(): readonly Manifest[];
};

/** What a judge knows of the build that its object is in: whether all of it goes, as an app does whose folder is removed. */
type JudgedIn = Surroundings & { isAllGone: boolean };

/** Judges what becomes of one object. */
export type Judge = (pair: ObjectPair, surroundings: JudgedIn) => Found[];

/** The kind with its group, `apps/Deployment`; `/Service` in the core group. */
export function kindOf({ apiVersion, kind }: Manifest): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

const ORDER: readonly RiskLevel[] = ['low', 'high', 'fatal'];

/** The worst level among risks; `none` where there is none. */
export function worstLevel(risks: readonly Pick<Risk, 'level'>[]): RiskLevel | 'none' {
  return ORDER.findLast(level => risks.some(risk => risk.level === level)) ?? 'none';
}

/** Fatal ones first, then high, then low; else in the order found. */
export function byLevel<Of extends Pick<Risk, 'level'>>(risks: readonly Of[]): Of[] {
  return risks.toSorted((a, b) => ORDER.indexOf(b.level) - ORDER.indexOf(a.level));
}
