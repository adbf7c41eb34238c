import { describe, expect, test } from 'vitest';
import { readAnswers } from '../../src/values/read-answers.ts';
import { thrown } from '../support/thrown.ts';

test('reads sides and values, YAML or JSON', () => {
  const yaml = 'a#1: ours\nb#2: theirs\nc#3: merged\nd#4: { value: [1, { x: null }] }\n';
  const json = '{"a#1":"ours","b#2":"theirs","c#3":"merged","d#4":{"value":[1,{"x":null}]}}';
  const answers = { 'a#1': 'ours', 'b#2': 'theirs', 'c#3': 'merged', 'd#4': { value: [1, { x: null }] } };
  for (const text of [yaml, json]) expect(readAnswers(text, 'answers')).toEqual(answers);
  expect(readAnswers('# nothing yet\n', 'answers')).toEqual({});
});

describe('H04 refuses, and names the id', () => {
  test.each([
    ['another word', 'a#1: mine', 'a#1'],
    ['a number', 'a#1: 1', 'a#1'],
    ['null', 'a#1:', 'a#1'],
    ['a list', 'a#1: [ours]', 'a#1'],
    ['a key beside the value', 'a#1: { value: 1, note: x }', 'a#1'],
    ['an empty map', 'a#1: {}', 'a#1'],
    ['a prototype that is no answer', '__proto__: { polluted: true }', '__proto__'],
    ['a prototype key', '__proto__: ours', '__proto__'],
    ['a list of answers', '- ours', 'not a map'],
    ['a text', 'ours', 'not a map'],
  ])('%s', (_, text, named) => {
    const error = thrown(() => readAnswers(text, 'answers.yaml'));
    expect([error.code, error.message.includes(named)]).toEqual(['E_VALUE', true]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a tag that builds objects builds none', () => {
    const text = 'a#1: { value: !!js/function "function () {}" }\n';
    const answer = readAnswers(text, 'answers.yaml')['a#1'];
    expect(answer).toEqual({ value: 'function () {}' });
  });

  test('aliases that multiply without end', () => {
    const lines = Array.from(
      { length: 30 },
      (_, at) => `a${at}: &a${at} [${at ? `*a${at - 1}, *a${at - 1}` : '1'}]`,
    );
    expect(thrown(() => readAnswers(lines.join('\n'), 'answers.yaml')).code).toBe('E_YAML_LIMIT');
  });
});
