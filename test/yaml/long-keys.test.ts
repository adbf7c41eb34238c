import { expect, test } from 'vitest';
import { parseConfiguration } from '../../src/repository/configuration.ts';
import { readAnswers } from '../../src/values/read-answers.ts';
import { mergeValues } from '../../src/values/merge-values.ts';
import { parseSource } from '../../src/yaml/source.ts';
import { thrown } from '../support/thrown.ts';

const LONG = 'k'.repeat(100_000);
const HIDDEN = '"a\\e]0;x\\a\\u202e"';

test.each([
  ['a setting', () => parseConfiguration(`${HIDDEN}: 1\n`)],
  ['a long setting', () => parseConfiguration(`${LONG}: 1\n`)],
  ['a decision', () => readAnswers(`${HIDDEN}: 1\n`, 'answers.yaml')],
  ['a long decision', () => readAnswers(`${LONG}: 1\n`, 'answers.yaml')],
  ['a key twice', () => parseSource(`${LONG}: 1\n${LONG}: 2\n`, 'a.yaml')],
  ['a hidden key twice', () => parseSource(`${HIDDEN}: 1\n${HIDDEN}: 2\n`, 'a.yaml')],
  ['a broken header', () => parseSource(`a: |${LONG}\n`, 'a.yaml')],
  ['a value twice', () => mergeValues({ base: '', ours: `${LONG}: 1\n${LONG}: 2\n`, theirs: 'a: 1\n' })],
])('Y19 H04 %s that is echoed is short and plain', (_, run) => {
  const { message } = thrown(run);
  expect(message.length).toBeLessThan(1000);
  expect(message).not.toMatch(/[\u0007\u001b\u202e]/);
});
