import assert from 'node:assert';
import { mergeValues } from '../../../src/values/merge-values.ts';
import { judge } from '../../support/values-oracle.ts';
import { seedFiles, type Target } from '../target.ts';

/** Between the three files of an input. */
const BETWEEN = '\n=====\n';

export const merge: Target = {
  about: 'a migration of values: proved, nothing of the team lost, nothing invented, twice is once',
  seeds: seedFiles('merge'),
  run(input) {
    const [base = '', ours = '', theirs = ''] = input
      .toString()
      .split(BETWEEN)
      .map(text => `${text}\n`);
    const request = { base, ours, theirs };
    const { text, decisions, proof } = mergeValues(request);
    assert.deepStrictEqual(proof.unexplained, []);
    requireRest(request, text);
    const verdict = oracle({ ...request, result: text, decisions: decisions.map(({ path }) => path) });
    if (verdict)
      assert.deepStrictEqual({ ...verdict, needless: [] }, { lost: [], invented: [], needless: [] });
  },
};

/** A second run changes nothing. Where an alias had to be written out it may come back, and then stays. */
function requireRest(request: { base: string; ours: string; theirs: string }, first: string): void {
  const again = (ours: string): string => mergeValues({ ...request, ours }).text;
  const second = again(first);
  const aliases = /[^\w]\*\w/.test(`${request.base}${request.ours}${request.theirs}`);
  assert.strictEqual(aliases ? again(second) : first, second, 'a second run changes something');
}

/** The oracle reads one document of plain YAML; what it cannot read has the proof alone. */
function oracle(files: Parameters<typeof judge>[0]) {
  const texts = [files.base, files.ours, files.theirs];
  if (texts.some(text => /^---|^\.\.\.|[&*!%?]|<<|\[|[^\n]\r[^\n]|__proto__|\ufeff/m.test(text)))
    return undefined;
  try {
    return judge(files);
  } catch {
    // A key that is there twice, for example.
    return undefined;
  }
}
