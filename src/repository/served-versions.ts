import { recordsAt, stringOf, valueAt } from '../data/fields.ts';

/** The versions of custom kinds that a cluster serves, newest first, by `<group>/<Kind>`, as CustomResourceDefinitions say. */
export type ServedVersions = Readonly<Record<string, readonly string[]>>;

type Definition = { kind: string; body: Readonly<Record<string, unknown>> };

/** What the CustomResourceDefinitions among these objects serve. */
export function servedIn(objects: readonly Definition[]): ServedVersions {
  return joinServed(objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(ofDefinition));
}

function ofDefinition({ body }: Definition): ServedVersions {
  const group = stringOf(valueAt(body, ['spec', 'group']));
  const kind = stringOf(valueAt(body, ['spec', 'names', 'kind']));
  const served = recordsAt(body, ['spec', 'versions']).filter(version => version['served'] === true);
  const names = served.flatMap(({ name }) => stringOf(name) ?? []);
  return group === undefined || kind === undefined || names.length === 0
    ? {}
    : { [`${group}/${kind}`]: names };
}

/** What any of them serves: a repository may be of several clusters. */
export function joinServed(all: readonly ServedVersions[]): ServedVersions {
  const joined = new Map<string, Set<string>>();
  for (const [kind, versions] of all.flatMap(served => Object.entries(served))) {
    const own = joined.get(kind) ?? new Set();
    for (const version of versions) own.add(version);
    joined.set(kind, own);
  }
  const entries = [...joined].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([kind, versions]) => [kind, [...versions].toSorted(byAge)]));
}

/** The API versions (`group/v1`) of a kind, the newest first; undefined of a kind that no definition speaks of. */
export function servedVersionsOf(
  served: ServedVersions,
  { apiVersion, kind }: { apiVersion: string; kind: string },
): readonly string[] | undefined {
  const [group = ''] = apiVersion.split('/');
  const key = `${group}/${kind}`;
  return Object.hasOwn(served, key) ? served[key]?.map(version => `${group}/${version}`) : undefined;
}

const STAGES = ['alpha', 'beta', ''];

/** As the API server ranks versions: stable before beta before alpha, then by number. */
function byAge(a: string, b: string): number {
  const [left, right] = [rankOf(a), rankOf(b)];
  const index = left.findIndex((value, at) => value !== right[at]);
  return index === -1 ? 0 : (right[index] ?? 0) - (left[index] ?? 0);
}

function rankOf(version: string): [stage: number, major: number, minor: number] {
  const [, major, stage = '', minor] = /^v(\d{1,9})(?:(alpha|beta)(\d{1,9}))?$/.exec(version) ?? [];
  if (major === undefined) return [-1, 0, 0];
  return [STAGES.indexOf(stage), Number(major), Number(minor ?? 0)];
}
