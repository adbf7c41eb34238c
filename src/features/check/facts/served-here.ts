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
