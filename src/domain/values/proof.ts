import type { Meaning, Meanings } from '../yaml/meanings.ts';
import type { Outline } from '../yaml/outline.ts';
import { changedLines } from './changed-lines.ts';
import { flatten, type Leaves, type Place, placeText, upwards } from './flatten.ts';
import type { Answer } from './plan.ts';
import type { Side } from './slots.ts';

/** What a run shows for its result. It is checked on every run; a result that fails is never returned. */
export type Proof = {
  /** How many lines differ between the new defaults and the result. */
  readonly lines: number;
  /** Differences that no customisation, decision or comment of the team accounts for: none. */
  readonly unexplained: readonly string[];
};

export type Claim = {
  readonly files: Readonly<Record<Side, Outline>>;
  readonly result: Outline;
  readonly meanings: Meanings;
  /** Where a person decided or has to, and the answer; without one ours stands. */
  readonly decided: ReadonlyMap<Place, Answer | undefined>;
  /** Where comments of the team came to stand. */
  readonly commented: ReadonlySet<Place>;
};

type Flat = Readonly<Record<Side | 'result', Leaves>>;

/**
 * Checks a result against the three files alone, however it was made: flatten(result) = flatten(theirs) ⊕ the team's
 * customisations, except where a person decides; and every changed line belongs to one of these or to a comment.
 */
export function prove(claim: Claim): Proof {
  const { base, ours, theirs } = claim.files;
  const flat = {
    base: flatten(base),
    ours: flatten(ours),
    theirs: flatten(theirs),
    result: flatten(claim.result),
  };
  const own = customisedPlaces(flat, claim.meanings.of('{}'));
  const named = relatedTo([...own, ...claim.decided.keys()]);
  const decided = relatedTo(claim.decided.keys());
  const wrong = [
    ...[...own].filter(place => !decided(place) && flat.result.get(place) !== flat.ours.get(place)),
    ...strangeLeaves(flat, place => own.has(place) || decided(place)),
    ...[...flat.theirs.keys()].filter(place => !flat.result.has(place) && !named(place)),
    ...[...claim.decided].flatMap(([place, answer]) => (follows(flat, place, answer) ? [] : [place])),
  ];
  const lines = changedLines(claim, relatedTo([...own, ...claim.decided.keys(), ...claim.commented]));
  return { lines: lines.count, unexplained: [...wrong.map(placeText), ...lines.unexplained] };
}

/** What the result says otherwise than the new defaults, for no reason. */
function strangeLeaves({ result, theirs }: Flat, known: (place: Place) => boolean): Place[] {
  const strange: Place[] = [];
  for (const [place, meaning] of result)
    if (theirs.get(place) !== meaning && !known(place)) strange.push(place);
  return strange;
}

/** What ours says otherwise than base. A map that ours emptied says nothing: Helm puts the defaults back. */
function customisedPlaces({ base, ours }: Flat, emptyMap: Meaning): ReadonlySet<Place> {
  const own = new Set<Place>();
  for (const [place, meaning] of ours)
    if (base.get(place) !== meaning && !(meaning === emptyMap && isMapIn(base, place))) own.add(place);
  return own;
}

function isMapIn(leaves: Leaves, place: Place): boolean {
  for (const other of leaves.keys()) if (other.startsWith(`${place}\0`)) return true;
  return false;
}

/** Tells whether a place is one of these, or above or below one. */
function relatedTo(places: Iterable<Place>): (place: Place) => boolean {
  const named = new Set(places);
  const above = new Set([...named].flatMap(upwards));
  return place => above.has(place) || upwards(place).some(at => named.has(at));
}

/** Where a person chose a side, the result is that side. A value of their own is checked when it is written. */
function follows({ ours, theirs, result }: Flat, place: Place, answer: Answer = 'ours'): boolean {
  if (answer !== 'ours' && answer !== 'theirs') return true;
  const wanted = within(answer === 'ours' ? ours : theirs, place);
  const found = within(result, place);
  return found.size === wanted.size && [...found].every(([at, meaning]) => wanted.get(at) === meaning);
}

function within(leaves: Leaves, place: Place): Leaves {
  return new Map([...leaves].filter(([at]) => at === place || at.startsWith(`${place}\0`)));
}
