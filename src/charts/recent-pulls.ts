import { keepRecent } from '../data/recent.ts';
import type { Charts } from './lookup.ts';

/** The same charts, of which the archives that were pulled last are held: so many, each whole. */
export function withRecentPulls(charts: Charts, most: number): Charts {
  const recent = keepRecent<ReturnType<Charts['pull']>>(most);
  return {
    ...charts,
    pull: (address, version) =>
      recent(JSON.stringify([address, version.version]), () => charts.pull(address, version)),
  };
}
