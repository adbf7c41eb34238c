import { isFullCopy } from './full-copy.ts';
import { type DefaultValue, pathBelow, type ReadDefaults } from './read-defaults.ts';
import { NO_OTHER_LAYERS, type OtherLayers, otherwiseBelow, type SaidBelow } from './layers.ts';
import { requireValues } from './requirements.ts';
import { memoized } from '../data/memoized.ts';
import { countValue, dataOf, type ValuesBudget, valuesBudget } from '../yaml/data.ts';
import type { Meaning, Meanings } from '../yaml/meanings.ts';
import { outlineText } from '../yaml/outline.ts';
import { fieldPairs, isFilled, type SaidEntry, type SaidValue, saysMap, unaliased } from '../yaml/said.ts';
import type { SyntaxTree } from '../yaml/syntax-tree.ts';
import { saidBy } from '../yaml/leading-trivia.ts';

/** A path at which a values file says something else than the defaults, or, needlessly, says something again. */
export type Customisation = {
  /** `server.ingress.hosts`; a list is one. */
  path: string;
  /** The same, key by key. */
  keys: readonly string[];
  /** The default; undefined where there is none. */
  base: unknown;
  ours: unknown;
  /** The team's comments on it, from `#` on, in order. */
  comments: readonly string[];
  /** dead: no default and no template knows it. redundant: Helm gives the same without it. */
  mark: 'dead' | 'redundant' | undefined;
  /** It says what the defaults say, and is needed, since this lies below it. */
  over?: SaidBelow | undefined;
};

export type ValuesDiff = {
  /** The file overrides single values and is no full copy of the defaults. */
  partial: boolean;
  customisations: Customisation[];
  /** All that the file says, as Helm reads it. */
  data(): unknown;
};

export type ValuesDiffRequest = {
  base: ReadDefaults;
  ours: OurValues;
  /** Whether a template reads the value at a path. */
  isRead(path: string): boolean;
  /** The keys that hold the values of subcharts. */
  subcharts: readonly string[];
  /** What else gives the chart values; nothing if absent. */
  others?: OtherLayers;
};

/** Values that are compared with defaults. */
export type OurValues = {
  /** What messages call them. */
  name: string;
  /** @throws UserError where they cannot be had */
  text(): string;
  /** What they say, where that is known without a look at their text. */
  said?(meanings: Meanings): SaidValue | undefined;
};

type Comparison = Pick<ValuesDiffRequest, 'isRead' | 'subcharts'> & {
  others: OtherLayers;
  partial: boolean;
  comments: TeamComments;
  emptyMap: Meaning;
  budget: ValuesBudget;
};

type Place = {
  keys: readonly string[];
  path: string;
  base: DefaultValue | undefined;
  ours: SaidValue;
  entry: SaidEntry | undefined;
};

/**
 * Compares a values file with the defaults of its chart, key by key, as Helm lays the one over the other. Keys that a
 * full copy lacks say nothing, equal values only something in a file of overrides.
 * @throws UserError for a file that is no YAML
 */
export function diffValues({ base, ours, ...request }: ValuesDiffRequest): ValuesDiff {
  const own = saidOfOurs(base, ours);
  if (!own || !saysMap(own)) return { partial: false, customisations: [], data: () => ({}) };
  const comparison = {
    others: NO_OTHER_LAYERS,
    ...request,
    partial: !isFullCopy(own, base),
    comments: teamComments(base),
    emptyMap: base.meanings.of('{}'),
    budget: valuesBudget(),
  };
  const customisations: Customisation[] = [];
  inMap(comparison, { keys: [], path: '', base: base.root(), ours: own, entry: undefined }, customisations);
  return { partial: comparison.partial, customisations, data: () => dataOf(own) };
}

/** Whether values are a full copy of defaults, as `isFullCopy` tells it. @throws UserError for a file that is no YAML */
export function areFullCopy(base: ReadDefaults, ours: OurValues): boolean {
  return isFullCopy(saidOfOurs(base, ours), base);
}

function saidOfOurs({ meanings }: ReadDefaults, { name, text, said }: OurValues): SaidValue | undefined {
  const quick = said?.(meanings);
  if (quick && saysMap(quick)) return quick;
  const team = outlineText(text().replace(/^\ufeff/, ''), name, meanings);
  requireValues(team);
  return rootOf(team);
}

function rootOf({ documents }: SyntaxTree): SaidValue | undefined {
  return documents[0]?.value;
}

/** Comments above a map, or behind its key, stand at the first customisation in it. */
function inMap(comparison: Comparison, place: Place, found: Customisation[]): void {
  const { base, entry } = place;
  const defaults = base?.fields();
  const { entries } = unaliased(place.ours);
  const before = found.length;
  let index = 0;
  for (const { key, value } of fieldPairs(entries)) {
    const next = entries[index++];
    const own = next?.key === key ? next : entries.find(each => each.key === key);
    const known = defaults?.get(key);
    const { keys, path } = known ?? { keys: [...place.keys, key], path: pathBelow(place.path, key) };
    at(comparison, { keys, path, base: known, ours: value, entry: own }, found);
  }
  const comments = entry ? comparison.comments.on(entry) : [];
  const first = found[before];
  if (first && comments.length > 0) found[before] = { ...first, comments: [...comments, ...first.comments] };
}

function at(comparison: Comparison, place: Place, found: Customisation[]): void {
  const { base, ours } = place;
  countValue(comparison.budget);
  const isSilent = !comparison.partial && base?.said.meaning === ours.meaning;
  if (isSilent && comparison.others.below.length === 0) return;
  if (isFilled(ours) && isMergedInto(base?.said)) {
    inMap(comparison, place, found);
    return;
  }
  const own = customisation(comparison, place);
  if (!isSilent || own.over?.value !== undefined) found.push(own);
}

function customisation(comparison: Comparison, place: Place): Customisation {
  const { keys, path, base, ours, entry } = place;
  const data = dataOf(ours);
  const isAgain = isLikeDefault(comparison, place);
  const over = isAgain ? otherwiseBelow(comparison.others, keys, data) : undefined;
  const found: Customisation = {
    path,
    keys,
    base: base?.data(),
    ours: data,
    comments: entry ? comparison.comments.onAll(entry) : NO_COMMENTS,
    mark: isAgain && !over ? 'redundant' : isDead(comparison, place) ? 'dead' : undefined,
  };
  return over ? { ...found, over } : found;
}

/** The same value, an emptied map, the deletion of what is not there: but a subchart may have a default of its own. */
function isLikeDefault({ emptyMap, subcharts }: Comparison, { keys, base, ours }: Place): boolean {
  if (base?.said.meaning === ours.meaning) return true;
  if (base && isFilled(base.said)) return ours.meaning === emptyMap;
  return !base && ours.type === 'null' && !subcharts.includes(keys[0] ?? '');
}

function isDead({ isRead }: Comparison, { path, base }: Place): boolean {
  return base === undefined && !isRead(path);
}

/** Helm merges maps by key; one that fills an empty default is shown by key too. */
function isMergedInto(base: SaidValue | undefined): boolean {
  return base === undefined || base.type === 'null' || saysMap(base);
}

const NO_COMMENTS: readonly string[] = [];

/** The comments of a values file that the defaults do not have. */
type TeamComments = {
  /** Above the entry's line and behind it. */
  on(entry: SaidEntry): string[];
  /** Those inside of it too. */
  onAll(entry: SaidEntry): readonly string[];
};

/** Finds the team's comments: a comment is the same wherever it stands, however it is indented. */
function teamComments(base: ReadDefaults): TeamComments {
  const known = memoized(() => {
    const { documents, tail } = base.tree();
    return new Set([...documents.flatMap(commentsOf), ...tail.comments.map(textOf)].map(saidBy));
  });
  const isOwn = (text: string): boolean => saidBy(text) !== '' && !known().has(saidBy(text));
  return {
    on: entry => aboveAndBehind(entry).filter(isOwn),
    onAll: entry => (isCommented(entry) ? commentsOf(entry).filter(isOwn) : NO_COMMENTS),
  };
}

function isCommented({ lead, note, value }: SaidEntry): boolean {
  return lead.comments.length > 0 || note !== undefined || value.entries.some(isCommented);
}

function commentsOf(entry: SaidEntry): string[] {
  return [...aboveAndBehind(entry), ...entry.value.entries.flatMap(commentsOf)];
}

function aboveAndBehind({ lead, note }: SaidEntry): string[] {
  return [...lead.comments.map(textOf), ...(note ? [note.text] : [])];
}

function textOf({ text }: { text: string }): string {
  return text;
}
