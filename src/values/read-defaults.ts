import { memoized } from '../data/memoized.ts';
import { countValue, dataOf, valuesBudget } from '../yaml/data.ts';
import { createMeanings, type Meanings } from '../yaml/meanings.ts';
import { outlineText } from '../yaml/outline.ts';
import { saidInText } from '../yaml/read.ts';
import { fieldPairs, type SaidValue, saysMap, unaliased } from '../yaml/said.ts';
import type { SyntaxTree } from '../yaml/syntax-tree.ts';
import { pathText, stepText } from './path.ts';

/** The default values of a chart, read once however often values are compared with them. */
export type ReadDefaults = {
  meanings: Meanings;
  /** What they say; undefined for nothing. @throws UserError for what is no YAML */
  root(): DefaultValue | undefined;
  /** How many keys that is, at every depth. @throws UserError E_YAML_LIMIT */
  keys(): number;
  /** The same with its comments. @throws UserError for what is no YAML */
  tree(): SyntaxTree;
};

/** One of them with the way to it, which is the same for all that say something else. */
export type DefaultValue = {
  keys: readonly string[];
  path: string;
  said: SaidValue;
  data(): unknown;
  /** Its fields, if it is a map. */
  fields(): ReadonlyMap<string, DefaultValue>;
};

const NO_COMMENTS = { isWithout: true };

/** Reads the default values of a chart, as soon as they are asked for. */
export function readDefaults(text: string, name: string): ReadDefaults {
  const meanings = createMeanings();
  const tree = memoized(() => outlineText(text, name, meanings));
  const said = memoized(() => saidInText(text, meanings, NO_COMMENTS) ?? tree().documents[0]?.value);
  return {
    meanings,
    tree,
    root: memoized(() => rootValue(said())),
    keys: memoized(() => countKeys(said())),
  };
}

function rootValue(said: SaidValue | undefined): DefaultValue | undefined {
  return said && defaultValue(said, [], '');
}

function defaultValue(said: SaidValue, keys: readonly string[], path: string): DefaultValue {
  return {
    keys,
    path,
    said,
    data: memoized(() => dataOf(said)),
    fields: memoized(() => {
      const pairs = saysMap(said) ? fieldPairs(unaliased(said).entries) : [];
      return new Map(
        pairs.map(({ key, value }) => [key, defaultValue(value, [...keys, key], pathBelow(path, key))]),
      );
    }),
  };
}

/** The path of a key of the map at another path, as `pathText` writes it. */
export function pathBelow(path: string, key: string): string {
  return path === '' ? pathText([key]) : path + stepText(key);
}

function countKeys(value: SaidValue | undefined, budget = valuesBudget()): number {
  if (!value || !saysMap(value)) return 0;
  return fieldPairs(unaliased(value).entries).reduce((sum, field) => {
    countValue(budget);
    return sum + 1 + countKeys(field.value, budget);
  }, 0);
}
