import { asList, asMap, asText, type DataMap, field, omitUndefined } from '../data/fields.ts';
import { parseVersion, type Version } from './versions/versions.ts';

/** One version of a chart, as its repository's index lists it. All text is the publisher's: display() it. */
export type ChartVersion = {
  readonly version: string;
  /** ISO 8601, in UTC. */
  readonly created?: string;
  readonly appVersion?: string;
  readonly deprecated: boolean;
  /** Withdrawn by the repository. */
  readonly removed: boolean;
  /** The sha256 of the archive in 64 hexadecimal digits; any other text cannot be verified and must fail. */
  readonly digest?: string;
  /** As written; see `resolveChartUrl`. */
  readonly urls: readonly string[];
  readonly kubeVersion?: string;
  readonly type?: string;
};

/** The fields that a `ChartVersion` is made of; the rest is in the archive's Chart.yaml. */
export const VERSION_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'version',
  'created',
  'digest',
  'appVersion',
  'kubeVersion',
  'type',
  'deprecated',
  'removed',
  'urls',
]);

/** An entry of an index that is one, of which no more is read yet than its version. */
export type ListedVersion = { version: Version; item: DataMap };

/** One entry of an index; undefined when it is no map, has no name, or its version is not one: Helm skips those too. */
export function listedVersion(item: unknown): ListedVersion | undefined {
  const data = asMap(item);
  if ((asText(field(data, 'name')) ?? '') === '') return undefined;
  const text = field(data, 'version');
  // A number is no version: 1.10 would be 1.1.
  const version = typeof text === 'string' ? parseVersion(text) : undefined;
  return version && { version, item: data };
}

/** All that is read of an entry. */
export function chartVersionOf({ version, item }: ListedVersion): ChartVersion {
  return {
    version: version.text,
    ...omitUndefined({
      created: timestamp(field(item, 'created')),
      digest: normalDigest(asText(field(item, 'digest'))),
      appVersion: asText(field(item, 'appVersion')),
      kubeVersion: asText(field(item, 'kubeVersion')),
      type: asText(field(item, 'type')),
    }),
    deprecated: field(item, 'deprecated') === true,
    removed: field(item, 'removed') === true,
    urls: asList(field(item, 'urls')).filter(url => typeof url === 'string'),
  };
}

/** Go writes its zero time, year 1, for a date that is not known. Helm charts exist since 2015. */
function timestamp(value: unknown): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return time >= Date.UTC(2015) ? new Date(time).toISOString() : undefined;
}

/** Index files write the bare digits; the algorithm in front is tolerated. */
function normalDigest(text: string | undefined): string | undefined {
  const digits = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text ?? '')?.[1];
  return digits?.toLowerCase() ?? text;
}
