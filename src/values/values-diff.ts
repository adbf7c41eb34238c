import { isFullCopy } from './full-copy.ts';
import { NO_OTHER_LAYERS, type OtherLayers, otherwiseBelow, type SaidBelow } from './layers.ts';
import { pathText } from './path.ts';
import { requireValues } from './requirements.ts';
import { memoized } from '../data/memoized.ts';
import { dataOf } from '../yaml/data.ts';
import { createMeanings, type Meaning, type Meanings } from '../yaml/meanings.ts';
import { outlineText } from '../yaml/outline.ts';
import { saidInText } from '../yaml/read.ts';
import { fieldsOf, type SaidEntry, type SaidValue } from '../yaml/said.ts';
import type { SyntaxTree } from '../yaml/syntax-tree.ts';
import { UserError } from '../errors.ts';
import { saidBy } from '../yaml/leading-trivia.ts';
import { say } from '../locales/say.ts';

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
  comments: string[];
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
  data: unknown;
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

/** The default values of a chart, read once however often values are compared with them. */
export type ReadDefaults = {
  meanings: Meanings;
  /** What they say. @throws UserError for what is no YAML */
  said(): SaidValue | undefined;
  /** The same with its comments. @throws UserError for what is no YAML */
  tree(): SyntaxTree;
  data(): unknown;
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
  budget: { left: number };
};

type Place = {
  keys: readonly string[];
  base: SaidValue | undefined;
  ours: SaidValue;
  entry: SaidEntry | undefined;
};

const MOST_VALUES = 100_000;

/**
 * Compares a values file with the defaults of its chart, key by key, as Helm lays the one over the other. Keys that a
 * full copy lacks say nothing, equal values only something in a file of overrides.
 * @throws UserError for a file that is no YAML
 */
export function diffValues({ base, ours, ...request }: ValuesDiffRequest): ValuesDiff {
  const quick = ours.said?.(base.meanings);
  const own = quick && isMap(quick) ? quick : carefully(base, ours);
  const old = base.said();
  if (!own || !isMap(own)) return { partial: false, customisations: [], data: {} };
  const data = dataOf(own);
  const comparison = {
    others: NO_OTHER_LAYERS,
    ...request,
    partial: !isFullCopy(data, base.data()),
    comments: teamComments(base),
    emptyMap: base.meanings.of('{}'),
    budget: { left: MOST_VALUES },
  };
  const customisations = inMap(comparison, { keys: [], base: old, ours: own, entry: undefined });
  return { partial: comparison.partial, customisations, data };
}

function carefully({ meanings }: ReadDefaults, { name, text }: OurValues): SaidValue | undefined {
  const team = outlineText(text().replace(/^\ufeff/, ''), name, meanings);
  requireValues(team);
  return rootOf(team);
}

const NO_COMMENTS = { isWithout: true };

/** Reads the default values of a chart, as soon as they are asked for. */
export function readDefaults(text: string, name: string): ReadDefaults {
  const meanings = createMeanings();
  const tree = memoized(() => outlineText(text, name, meanings));
  const said = memoized(() => saidInText(text, meanings, NO_COMMENTS) ?? rootOf(tree()));
  const data = memoized((root: SaidValue | undefined = said()) => root && dataOf(root));
  return { meanings, tree, said, data };
}

function rootOf({ documents }: SyntaxTree): SaidValue | undefined {
  return documents[0]?.value;
}

/** Comments above a map, or behind its key, stand at the first customisation in it. */
function inMap(comparison: Comparison, { keys, base, ours, entry }: Place): Customisation[] {
  const defaults = base && isMap(base) ? fieldsOf(heldBy(base).entries) : new Map<string, SaidValue>();
  const { entries } = heldBy(ours);
  const found = [...fieldsOf(entries)].flatMap(([key, value]) =>
    at(comparison, {
      keys: [...keys, key],
      base: defaults.get(key),
      ours: value,
      entry: entries.find(own => own.key === key),
    }),
  );
  const [first, ...others] = found;
  const comments = entry ? comparison.comments.on(entry) : [];
  return first ? [{ ...first, comments: [...comments, ...first.comments] }, ...others] : [];
}

function at(comparison: Comparison, place: Place): Customisation[] {
  const { base, ours } = place;
  requireRoom(comparison);
  const isSilent = base?.meaning === ours.meaning && !comparison.partial;
  if (isSilent && comparison.others.below.length === 0) return [];
  if (isFilled(ours) && isMergedInto(base)) return inMap(comparison, place);
  const found = customisation(comparison, place);
  return isSilent && found.over?.value === undefined ? [] : [found];
}

function customisation(comparison: Comparison, place: Place): Customisation {
  const { keys, base, ours, entry } = place;
  const data = dataOf(ours);
  const isAgain = isLikeDefault(comparison, place);
  const over = isAgain ? otherwiseBelow(comparison.others, keys, data) : undefined;
  return {
    path: pathText(keys),
    keys,
    base: base && dataOf(base),
    ours: data,
    comments: entry ? comparison.comments.onAll(entry) : [],
    mark: isAgain && !over ? 'redundant' : isDead(comparison, place) ? 'dead' : undefined,
    ...(over ? { over } : {}),
  };
}

/** The same value, an emptied map, the deletion of what is not there: but a subchart may have a default of its own. */
function isLikeDefault({ emptyMap, subcharts }: Comparison, { keys, base, ours }: Place): boolean {
  if (base?.meaning === ours.meaning) return true;
  if (base && isFilled(base)) return ours.meaning === emptyMap;
  return !base && ours.type === 'null' && !subcharts.includes(keys[0] ?? '');
}

function isDead({ isRead }: Comparison, { keys, base }: Place): boolean {
  return base === undefined && !isRead(pathText(keys));
}

/** Helm merges maps by key; one that fills an empty default is shown by key too. */
function isMergedInto(base: SaidValue | undefined): boolean {
  return base === undefined || base.type === 'null' || isMap(base);
}

function isFilled(value: SaidValue): boolean {
  return isMap(value) && heldBy(value).entries.length > 0;
}

function isMap(value: SaidValue): boolean {
  const { kind, opaque } = heldBy(value);
  return kind === 'map' && !opaque;
}

function heldBy(value: SaidValue): SaidValue {
  return value.target ?? value;
}

function requireRoom({ budget }: Comparison): void {
  if (--budget.left < 0)
    throw new UserError(
      'E_YAML_LIMIT',
      say('diff.aliasesExpandMoreThanValues', { most_values: MOST_VALUES }),
    );
}

/** The comments of a values file that the defaults do not have. */
type TeamComments = {
  /** Above the entry's line and behind it. */
  on(entry: SaidEntry): string[];
  /** Those inside of it too. */
  onAll(entry: SaidEntry): string[];
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
    onAll: entry => commentsOf(entry).filter(isOwn),
  };
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
