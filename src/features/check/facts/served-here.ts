import { digestOfJson } from '../../../data/digest.ts';
import { joinServed, type ServedVersions } from '../../../repository/served-versions.ts';
import type { RenderState } from './rendered-facts.ts';
import type { RepositorySummary } from './repository-summary.ts';

/** The versions of custom kinds that a repository's files hold, and that its apps render to where somebody looked. */
export function servedHere(
  { served }: RepositorySummary,
  rendered: ReadonlyMap<string, { state: RenderState }>,
): ServedVersions {
  const states = [...rendered.values()].map(({ state }) => state);
  return joinServed([
    served,
    ...states.map(state => (state.status === 'rendered' ? state.facts.served : {})),
  ]);
}

const digests = new WeakMap<ServedVersions, string>();

/** The digest of served versions: there may be many, and many apps that rest on them. */
export function digestOfServed(served: ServedVersions): string {
  const known = digests.get(served) ?? digestOfJson(served);
  digests.set(served, known);
  return known;
}
