import { inRepository } from '../../charts/address.ts';
import type { Charts } from '../../charts/lookup.ts';
import { evaluatePin, type Lookup, type OutdatedItem } from '../../charts/newer-versions.ts';
import { type ChartPin, chartPins } from '../../charts/pins.ts';
import { findVersion } from '../../charts/versions/versions.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { ownFailure } from '../../errors.ts';
import type { ChartStates } from './draw-map.ts';

export type VersionsContext = { charts: Charts; today: Date; minAgeDays: number };

/** What the sources of charts say of the versions in use, by the id of the use; a chart that many use is asked for once. */
export async function openVersions(
  { charts, today, minAgeDays }: VersionsContext,
  uses: readonly ChartUse[],
): Promise<ChartStates> {
  const lookups = new Map<string, Promise<Lookup>>();
  const states = await Promise.all(
    chartPins(uses).map(async pin => {
      const key = `${pin.source} ${pin.name}`;
      const lookup = lookups.get(key) ?? lookUp(charts, pin);
      lookups.set(key, lookup);
      const found = await lookup;
      return [pin.use.id, stateOf(evaluatePin(pin, found, { today, minAgeDays }), found)] as const;
    }),
  );
  return new Map(states);
}

async function lookUp(charts: Charts, { name, source }: ChartPin): Promise<Lookup> {
  try {
    return { versions: await charts.versions(inRepository(name, source)) };
  } catch (error) {
    return { error: ownFailure(error) };
  }
}

type State = ChartStates extends ReadonlyMap<string, infer Own> ? Own : never;

function stateOf(item: OutdatedItem, lookup: Lookup): State {
  const status = item.status === 'unreachable' ? 'unknown' : item.status;
  if ('error' in lookup) return { status };
  const day = (version: string | undefined): string | undefined =>
    version === undefined
      ? undefined
      : /^\d{4}-\d\d-\d\d/.exec(findVersion(lookup.versions, version)?.created ?? '')?.[0];
  const newest = newestOf(item);
  const [released, newestReleased] = [day('resolves' in item ? item.resolves : item.current), day(newest)];
  return {
    status,
    ...(newest === undefined ? {} : { newest }),
    ...(released === undefined ? {} : { released }),
    ...(newestReleased === undefined ? {} : { newestReleased }),
  };
}

function newestOf(item: OutdatedItem): string | undefined {
  if (item.status === 'outdated') return item.to;
  if ('outside' in item) return item.outside;
  return item.status === 'held' ? item.candidates[0]?.release.version : undefined;
}
