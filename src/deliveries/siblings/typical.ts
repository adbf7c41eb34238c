import { abstracted, isAfterNames, namesApp } from './names.ts';
import { namesOf, type Unit } from './unit.ts';
import { countVotes, type Votes, type VotesFor } from './votes.ts';

/** Siblings from the most typical to the least, and what they have in common. */
export type Typical = { models: readonly Unit[]; votes: Votes };

/** The files of an app, as far as they are those of its siblings too. */
function shapeOf(unit: Unit): string {
  const names = namesOf(unit);
  const documents = unit.documents.map(({ part, file }) => `${part} ${abstracted(file, names)}`);
  const values = `${unit.values.style} ${abstracted(unit.values.file ?? '', names)}`;
  return [...documents.toSorted(), values, unit.source.kind, String(unit.source.isOwn)].join('\n');
}

/**
 * Ranks siblings: those whose namespace is found as most find theirs come first, then those of the shape that most have, then
 * the one with the most of what is usual. Undefined where there are none.
 */
export function typicalAmong(units: readonly Unit[], wanted: VotesFor): Typical | undefined {
  if (units.length === 0) return undefined;
  const votes = countVotes(units, wanted);
  const shapes = countBy(units, shapeOf);
  const namespaces = countBy(units, namespacePattern);
  const usual = usualNamespace(namespaces, units.length);
  const ranked = units
    .map(unit => ({
      unit,
      place: namespacePattern(unit) === usual ? 1 : 0,
      like: shapes.get(shapeOf(unit)) ?? 0,
      score: scoreOf(unit, votes),
    }))
    .toSorted((a, b) => b.place - a.place || b.like - a.like || b.score - a.score);
  return { models: ranked.map(({ unit }) => unit), votes };
}

/** A namespace that is not named after app or folder is a new app's only where most are in it. */
function usualNamespace(counts: ReadonlyMap<string, number>, of: number): string {
  const ranked = [...counts].toSorted(
    ([a, one], [b, other]) => other - one || Number(namesApp(b)) - Number(namesApp(a)),
  );
  const found = ranked.find(([pattern, count]) => count * 2 > of || isAfterNames(pattern));
  return found?.[0] ?? ranked[0]?.[0] ?? '';
}

function namespacePattern(unit: Unit): string {
  return abstracted(unit.namespace ?? '', namesOf(unit));
}

function countBy(units: readonly Unit[], keyOf: (unit: Unit) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const unit of units) counts.set(keyOf(unit), (counts.get(keyOf(unit)) ?? 0) + 1);
  return counts;
}

function scoreOf(unit: Unit, votes: Votes): number {
  return unit.documents.reduce((sum, document) => sum + votes.score(unit, document), 0);
}
