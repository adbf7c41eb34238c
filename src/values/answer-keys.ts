import { addTo } from '../data/append.ts';
import type { WeighScopes } from './merge-answered.ts';

/** What answers for one app alone: `production/blog: replicas#ce0d1999`, or for one chart of it. A plain id answers for every app that has it. */
export function keyFor(app: string, id: string, chart?: string): string {
  return [app, ...(chart === undefined ? [] : [chart]), id].join(': ');
}

/** The app whose values are merged, and what its chart is called: by its own name, or by that of its release. */
export type AnswerSubject = { app: string; names: readonly string[] };

/** How much scopes say of a chart of an app: more where they name the app, and more where the chart too; nothing of another. */
export function scopesOf({ app, names }: AnswerSubject): WeighScopes {
  return scopes => {
    const isAbout = scopes.every(scope => scope === app || names.includes(scope));
    if (!isAbout) return undefined;
    return (scopes.includes(app) ? 2 : 0) + (scopes.some(scope => names.includes(scope)) ? 1 : 0);
  };
}

/** What waits for an answer; `chart` is what tells the charts of one app apart. */
type Waiting = { app: string; id: string; chart?: string };

/**
 * What waits for an answer, by the key that a file answers it by: its plain id; where several apps have that, one with its app;
 * and where several charts of one app have it, one with its chart too.
 */
export function byKey<Item extends Waiting>(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const byId = grouped(items, ({ id }) => id);
  const hasOther = ({ id }: Item, isOther: (other: Item) => boolean): boolean =>
    byId.get(id)?.some(isOther) ?? false;
  return grouped(items, item => {
    const { app, id, chart } = item;
    if (hasOther(item, other => other.app === app && other.chart !== chart)) return keyFor(app, id, chart);
    return hasOther(item, other => other.app !== app) ? keyFor(app, id) : id;
  });
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) addTo(groups, keyOf(item), item);
  return groups;
}
