import { inRepository } from '../../../charts/address.ts';
import type { LockedChart } from '../../../repository/lock-entry.ts';
import { UserError } from '../../../errors.ts';
import { outdated, type OutdatedContext } from '../../../charts/find-newer.ts';
import type { News } from '../facts/gather-app.ts';
import type { AppPlace } from '../facts/app-place.ts';

/** What repositories publish by now for the charts of these apps. One that does not answer tells nothing. */
export async function findNews(
  context: OutdatedContext,
  apps: readonly AppPlace[],
  locked: readonly LockedChart[],
): Promise<News> {
  const folders = new Set(apps.map(({ folder }) => folder));
  const items = await outdated(context, {
    apps: context.repository.apps.filter(app => folders.has(app.path)),
    images: false,
    minAgeDays: context.conventions.minimumAge.value,
    progress: () => undefined,
  });
  const newer = items.flatMap(item =>
    item.kind === 'chart' && item.status === 'outdated'
      ? [{ chart: item.name, repo: item.source, current: item.current, newest: item.to }]
      : [],
  );
  const published = await Promise.all(locked.map(chart => publishedDigest(context, chart)));
  return { newer, published: published.flat() };
}

async function publishedDigest(
  { charts }: OutdatedContext,
  { name, repo, version }: LockedChart,
): Promise<News['published']> {
  try {
    const versions = await charts.versions(inRepository(name, repo));
    const digest = versions.find(each => each.version === version)?.digest;
    return digest === undefined ? [] : [{ chart: name, repo, version, digest }];
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return [];
    throw error;
  }
}
