import { isDeepStrictEqual } from 'node:util';
import type { Meaning } from '../yaml/meanings.ts';
import { changedLines, type Claim } from './changed-lines.ts';
import { flatten, type Leaves, type ValuePath, placeText, upwards } from './flatten.ts';
import type { Side } from './merge-nodes.ts';
import { dataOf } from '../yaml/data.ts';
import type { SyntaxTree, YamlNode } from '../yaml/syntax-tree.ts';

/** What a run shows for its result. It is checked on every run; a result that fails is never returned. */
export type Proof = {
  /** How many lines differ between the new defaults and the result. */
  readonly lines: number;
  /** Differences that no customisation, decision or comment of the team accounts for: none. */
  readonly unexplained: readonly string[];
};

type Flat = Readonly<Record<Side | 'result', Leaves>>;

/**
 * Checks a result against the three files alone, however it was made: flatten(result) = flatten(theirs) ⊕ the team's
 * customisations, except where a person decides; and every changed line belongs to one of these or to a comment.
 */
export function prove(claim: Claim): Proof {
  const { base, ours, theirs } = claim.files;
  const flat = {
    base: withMoved(flatten(base), claim.moved),
    ours: withMoved(flatten(ours), claim.moved),
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
    ...brokenDecisions(flat, claim.decided),
    ...wrongMerges(claim),
  ];
  const { decided: open, commented, rewritten, anchored } = claim;
  const accounted = relatedTo([...own, ...open.keys(), ...commented, ...rewritten]);
  const lines = changedLines(claim, place => accounted(place) || anchored.has(place));
  return { lines: lines.count, unexplained: [...wrong.map(placeText), ...lines.unexplained] };
}

/** What moved counts where it stands now. */
function withMoved(leaves: Leaves, moved: Claim['moved']): Leaves {
  if (moved.length === 0) return leaves;
  const placeNow = (place: ValuePath): ValuePath => {
    const move = moved.find(({ from }) => place === from || place.startsWith(`${from}\0`));
    return move ? move.to + place.slice(move.from.length) : place;
  };
  return new Map(Array.from(leaves, ([place, meaning]) => [placeNow(place), meaning]));
}

/** What the result says otherwise than the new defaults, for no reason. */
function strangeLeaves({ result, theirs }: Flat, known: (place: ValuePath) => boolean): ValuePath[] {
  const strange: ValuePath[] = [];
  for (const [place, meaning] of result)
    if (theirs.get(place) !== meaning && !known(place)) strange.push(place);
  return strange;
}

/** What ours says otherwise than base. A map that ours emptied says nothing: Helm puts the defaults back. */
function customisedPlaces({ base, ours }: Flat, emptyMap: Meaning): ReadonlySet<ValuePath> {
  const own = new Set<ValuePath>();
  for (const [place, meaning] of ours)
    if (base.get(place) !== meaning && !(meaning === emptyMap && isMapIn(base, place))) own.add(place);
  return own;
}

function isMapIn(leaves: Leaves, place: ValuePath): boolean {
  for (const other of leaves.keys()) if (other.startsWith(`${place}\0`)) return true;
  return false;
}

/** Tells whether a place is one of these, or above or below one. */
function relatedTo(places: Iterable<ValuePath>): (place: ValuePath) => boolean {
  const named = new Set(places);
  const above = new Set([...named].flatMap(upwards));
  return place => above.has(place) || upwards(place).some(at => named.has(at));
}

/** Where a person chose a side, the result is that side. A value of their own is checked when it is written. */
function brokenDecisions({ ours, theirs, result }: Flat, decided: Claim['decided']): ValuePath[] {
  const [inOurs, inTheirs, inResult] = [ours, theirs, result].map(leaves => groupUnder(leaves, decided));
  return [...decided].flatMap(([place, answer = 'ours']) => {
    if (answer !== 'ours' && answer !== 'theirs') return [];
    const wanted = (answer === 'ours' ? inOurs : inTheirs)?.get(place) ?? [];
    const found = new Map(inResult?.get(place));
    const holds = found.size === wanted.length && wanted.every(([at, meaning]) => found.get(at) === meaning);
    return holds ? [] : [place];
  });
}

/** Where the changes of both sides stand in one, the result is what was said of it. */
function wrongMerges({ merged, result }: Claim): ValuePath[] {
  return [...merged].flatMap(([place, wanted]) => {
    const found = entryAt(result, place);
    const isWanted = found !== undefined && isDeepStrictEqual(dataOf(found.value), wanted);
    return isWanted ? [] : [place];
  });
}

function entryAt({ documents }: SyntaxTree, place: ValuePath): YamlNode | undefined {
  const [document, ...keys] = place.split('\0');
  let entry = documents[Number(document)];
  for (const key of keys) entry = entry?.value.entries.find(each => String(each.key) === key);
  return entry;
}

type Group = [ValuePath, Meaning][];

/** The leaves at each of these places and below. */
function groupUnder(
  leaves: Leaves,
  places: Pick<ReadonlyMap<ValuePath, unknown>, 'has' | 'size'>,
): Map<ValuePath, Group> {
  const groups = new Map<ValuePath, Group>();
  if (places.size === 0) return groups;
  for (const leaf of leaves)
    for (const place of upwards(leaf[0])) {
      if (!places.has(place)) continue;
      const group = groups.get(place);
      if (group) group.push(leaf);
      else groups.set(place, [leaf]);
    }
  return groups;
}
