import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { mergeValues } from '../../src/values/merge-values.ts';
import { judge } from '../support/values-oracle.ts';

/** One migration: three texts, the exact result, and what is said of it. The oracle's parser refuses a few. */
type Row = {
  it: string;
  base: string;
  ours: string;
  theirs: string;
  result: string;
  outcomes: string[];
  oracle?: false;
};

const ROWS = path.join(import.meta.dirname, 'rows');

describe.each(readdirSync(ROWS))('%s', file => {
  const rows = parse(readFileSync(path.join(ROWS, file), 'utf8')) as Row[];
  test.each(rows)('$it', ({ base, ours, theirs, result, outcomes, oracle }) => {
    const merged = mergeValues({ base, ours, theirs });
    expect(merged.text).toBe(result);
    expect(
      merged.outcomes.map(({ path: at, outcome, to }) => [`${at}:`, outcome, to].join(' ').trim()),
    ).toEqual(outcomes);
    expect(mergeValues({ base: theirs, ours: result, theirs }).text).toBe(result);
    if (oracle === false) return;
    const decisions = merged.decisions.map(decision => decision.path);
    expect(judge({ base, ours, theirs, result, decisions })).toEqual({
      lost: [],
      invented: [],
      needless: [],
    });
  });
});
