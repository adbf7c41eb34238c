import { untranslated, type Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
/** Something slipway believes about a repository, and why. */
export type Learned<Value> = {
  value: Value;
  /** `28 of 31 apps`, `configured`, `default`. */
  evidence: Text;
};

/** A convention that the configuration states. */
export function configured<Value>(value: Value): Learned<Value> {
  return { value, evidence: untranslated('.slipway/config.yaml') };
}

/** A convention that no app shows. */
export function byDefault<Value>(value: Value): Learned<Value> {
  return { value, evidence: say('repository.defaultNoAppShowsIt') };
}

/** One thing seen in one app. */
export type Sighting = { app: string; value: string };

export type Ranked = { value: string; apps: number; evidence: Text };

/** Values by the number of apps that show them, most first; equal ones keep the order in which they were seen. */
export function rankByApps(sightings: readonly Sighting[], of: number): Ranked[] {
  const apps = new Map<string, Set<string>>();
  for (const { app, value } of sightings) apps.set(value, (apps.get(value) ?? new Set()).add(app));
  return [...apps]
    .map(([value, seen]) => ({
      value,
      apps: seen.size,
      evidence: say('repository.someOfApps', { count: seen.size, of }),
    }))
    .toSorted((a, b) => b.apps - a.apps);
}

/** What most apps show. */
export function mostCommon(sightings: readonly Sighting[], of: number): Learned<string> | undefined {
  const [first] = rankByApps(sightings, of);
  return first && { value: first.value, evidence: first.evidence };
}
