import { describe, expect, test } from 'vitest';
import type { Text } from '../../src/text/language.ts';
import { parserReason, withoutPlace } from '../../src/yaml/parser-reasons.ts';
import { readRemoteYaml } from '../../src/yaml/remote-yaml.ts';
import { readLocated } from '../../src/yaml/read.ts';
import { parseSource } from '../../src/yaml/source.ts';
import { thrown } from '../support/thrown.ts';

/** What people get wrong: a text, and what is said of it where it is read, and where it is edited. */
const WRONG: [string, RegExp, RegExp?][] = [
  ['a:\n\tb: 1\n', /tab/],
  ['a: 1\nb: "x\n', /never closed/],
  ["a: 1\nb: 'x\n", /never closed/],
  ['a: {b: 1\n', /never closed/],
  ['a: ["1" "x"]\n', /comma is missing/],
  ['a: [1,, 2]\n', /comma stands/],
  ['a: b: c\n', /quotes are missing/],
  ['a: 1\n b: 2\n', /indentation is off/],
  ['a:\n  - 1\n - 2\n', /indentation/],
  ['a: 1\nb\nc: 2\n', /colon/],
  ['a: "\\q"\n', /backslash/],
  ['a: &x &y 1\n', /two anchors/],
  ['a: |x\n  b\n', /behind \| or >/],
  ['a: @b\n', /need quotes/, /needs quotes/],
  ['a: *b\n', /alias/],
  ['a: 1\n---\n]\n', /./],
];

const said = (read: () => unknown): Text => thrown(read).texts.message;

describe('the usual mistakes, in words of our own', () => {
  test.each(WRONG)('%j', (text, expected, edited = expected) => {
    const result = readLocated(text);
    const problem = result.status === 'unreadable' ? result.problem : result.yaml.dataProblem;
    expect(problem?.reason.en).toMatch(expected);
    const words = [problem?.reason, said(() => readRemoteYaml(text, 'f'))];
    if (!text.includes('*b')) words.push(said(() => parseSource(text, 'f')));
    expect(words.at(-1)?.en).toMatch(edited);
    for (const word of words) {
      expect(word?.en).not.toMatch(/flow collection|implicit|scalar|mapping/i);
      expect(word?.['zh-CN']).toMatch(/\p{Script=Han}/u);
    }
  });

  test('what is rare is told in the words of the parser, without its place', () => {
    expect(parserReason('odd thing', { text: 'x', offset: 0 })).toBeUndefined();
    expect(withoutPlace('odd thing at line 3, column 4:\n\nsecret: x')).toBe('odd thing');
  });
});
