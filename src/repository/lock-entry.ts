import { isRecord, stringOf } from '../data/fields.ts';
import { printYaml } from '../yaml/print.ts';
import { requireYaml } from '../yaml/read.ts';

/** What was pinned, so that a version published again with other bytes is noticed. */
export type LockedChart = {
  name: string;
  repo: string;
  version: string;
  /** `sha256:` and 64 hex digits. */
  digest: string;
  created?: string;
  appVersion?: string;
};

type LockedManifest = { url: string; version: string; digest: string };

export type LockEntry = { charts: LockedChart[]; manifests: LockedManifest[] };

/** `.slipway/lock/<environment>/<app>.yaml`: after the app's folder; an app may be a file of its own, `shop.yaml`. */
export function lockPath(app: string): string {
  return `.slipway/lock/${app.replace(/\.ya?ml$/, '')}.yaml`;
}

/** The lock entry's file: generated, sorted, small diffs. */
export function renderLockEntry(entry: LockEntry): string {
  const body = {
    schemaVersion: 1,
    ...(entry.charts.length > 0 ? { charts: entry.charts } : {}),
    ...(entry.manifests.length > 0 ? { manifests: entry.manifests } : {}),
  };
  return `# What slipway pinned. Commit it: a version whose bytes change later is an error.\n${printYaml(body)}\n`;
}

/** Reads a lock entry back; entries of another shape are left out. */
export function parseLockEntry(text: string, path: string): LockEntry {
  const data = requireYaml(text, path).documents[0];
  const listOf = (key: string): Record<string, unknown>[] => {
    const list = isRecord(data) ? data[key] : undefined;
    return Array.isArray(list) ? list.filter(isRecord) : [];
  };
  return {
    charts: listOf('charts').flatMap(lockedChart),
    manifests: listOf('manifests').flatMap(lockedManifest),
  };
}

/** The text of a lock entry with a chart in it, in the place of what it said of that version. @throws UserError for what is no YAML */
export function lockWith(text: string | undefined, path: string, charts: readonly LockedChart[]): string {
  const known: LockEntry = text === undefined ? { charts: [], manifests: [] } : parseLockEntry(text, path);
  const others = known.charts.filter(
    own => !charts.some(({ name, version }) => own.name === name && own.version === version),
  );
  return renderLockEntry({ ...known, charts: [...others, ...charts] });
}

function lockedChart(entry: Record<string, unknown>): LockedChart[] {
  const { name, repo, version, digest } = entry;
  if (typeof name !== 'string' || typeof repo !== 'string') return [];
  if (typeof version !== 'string' || typeof digest !== 'string') return [];
  const created = stringOf(entry['created']);
  const appVersion = stringOf(entry['appVersion']);
  return [
    { name, repo, version, digest, ...(created ? { created } : {}), ...(appVersion ? { appVersion } : {}) },
  ];
}

function lockedManifest(entry: Record<string, unknown>): LockedManifest[] {
  const { url, version, digest } = entry;
  if (typeof url !== 'string' || typeof version !== 'string' || typeof digest !== 'string') return [];
  return [{ url, version, digest }];
}
