import { isRecord, stringOf, valueAt } from '../data/fields.ts';
import { directoryGenerators, takerOf } from './application-set.ts';
import type { SetRepository } from './sets/elements.ts';
import { expandSet } from './sets/expand.ts';
import { openAt } from './sets/made.ts';

/** The API server refuses longer names of Applications, for they become the values of labels. */
export const MAX_APPLICATION_NAME = 63;

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);

/** Whether Kubernetes takes the name of an Application. */
export function isApplicationName(name: string): boolean {
  return name.length <= MAX_APPLICATION_NAME && NAME.test(name);
}

/** What the ApplicationSet that takes the folder calls it; undefined where that depends on more than its path. */
export function applicationName(applicationSets: readonly unknown[], folder: string): string | undefined {
  const taker = takersOf(applicationSets).find(({ takes }) => takes(folder));
  if (!isRecord(taker?.set)) return undefined;
  const [only, ...others] = expandSet(taker.set, alone(folder)).applications;
  if (!only || others.length > 0 || openAt(only, 'metadata.name') !== undefined) return undefined;
  return stringOf(valueAt(only.body, ['metadata', 'name']));
}

/** A repository of that folder, which may not be there yet. */
function alone(folder: string): SetRepository {
  return { isOwn: () => true, files: [], folders: [folder], documents: () => undefined, clusters: [] };
}

type Taker = { set: unknown; takes: (folder: string) => boolean };

const takers = new WeakMap<readonly unknown[], Taker[]>();

/** Of sets that take the same folders the first gives the name. */
function takersOf(applicationSets: readonly unknown[]): readonly Taker[] {
  const known = takers.get(applicationSets);
  if (known) return known;
  const own = new Map<string, Taker>();
  for (const set of applicationSets) {
    const generators = directoryGenerators(valueAt(set, ['spec', 'generators']));
    const key = JSON.stringify(generators);
    if (!own.has(key)) own.set(key, { set, takes: takerOf(generators) });
  }
  takers.set(applicationSets, [...own.values()]);
  return [...own.values()];
}
