import { omitUndefined, stringOf, valueAt } from '../../../data/fields.ts';
import type { Expansion } from '../../../repository/sets/made.ts';

/** A cluster as `destination` names it. */
export type Destination = { name?: string; server?: string };

/**
 * The clusters that an Application deploys to, or those that a set makes, each once, in their order; `isWhole` is false where some
 * are filled in by what nobody can look into here.
 */
export function argoClusters(applications: Expansion['applications']): {
  clusters: Destination[];
  isWhole: boolean;
} {
  const found = new Map<string, Destination>();
  let isWhole = applications.length > 0;
  for (const { body, open } of applications) {
    const destination = valueAt(body, ['spec', 'destination']);
    const [name, server] = ['name', 'server'].map(key =>
      open.has(`spec.destination.${key}`) ? undefined : stringOf(valueAt(destination, [key])) || undefined,
    );
    const own = omitUndefined({ name, server });
    if (name === undefined && server === undefined) isWhole = false;
    else found.set(`${name} ${server}`, own);
  }
  return { clusters: [...found.values()], isWhole };
}
