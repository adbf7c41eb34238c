import { expect, test } from 'vitest';
import { CATALOGUES, plural } from '../../src/locales/say.ts';

const { en, 'zh-CN': zhCN } = CATALOGUES;

type Sentence = string | ((args: Record<string, unknown>, many: typeof plural) => string);

/** A sentence with its placeholders in place of the arguments. */
function textOf(sentence: unknown): string {
  const given = new Proxy({}, { get: (_, name) => (typeof name === 'string' ? `{${name}}` : undefined) });
  return typeof sentence === 'string' ? sentence : (sentence as Exclude<Sentence, string>)(given, plural);
}

/** Without what is the same in every language: placeholders, code, names, punctuation. */
function words(text: string): string {
  return text
    .replaceAll(/\{\w+\}/g, '')
    .replaceAll(/^(?:slipway|openssl) .*$|^\[?--[a-z-]+\]?$/g, '')
    .replaceAll(/\b(?:CI|CRD|Helm|Kubernetes|SealedSecret|TLSRoute)\b/g, '')
    .replaceAll(/[^\p{L}]/gu, '');
}

const KEYS = Object.keys(en) as (keyof typeof en)[];

test.each(['en', 'zh-CN'] as const)('every sentence of %s says something', language => {
  const catalogue = { en, 'zh-CN': zhCN }[language];
  expect(KEYS.filter(key => textOf(catalogue[key]).trim() === '')).toEqual([]);
});

test('every sentence is translated: only names and code are equal in both languages', () => {
  const equal = KEYS.filter(key => textOf(en[key]) === textOf(zhCN[key]));
  expect(equal.filter(key => words(textOf(en[key])) !== '')).toEqual([]);
});

test('a Chinese sentence has Chinese characters, wherever the English one has words', () => {
  const foreign = KEYS.filter(
    key => words(textOf(en[key])) !== '' && !/\p{Script=Han}/u.test(textOf(zhCN[key])),
  );
  expect(foreign).toEqual([]);
});

test('one of a thing is one of it, in every English sentence that counts', () => {
  const one = new Proxy(
    {},
    {
      get: (_, name) =>
        /^(?:count|of|counts|days|ageDays|sealed|templates|problems)$/.test(String(name)) ? 1 : '…',
    },
  );
  const said = KEYS.map(key => {
    const sentence: unknown = en[key];
    return typeof sentence === 'string' ? sentence : (sentence as Exclude<Sentence, string>)(one, plural);
  });
  const THINGS =
    /\b1 (?:[a-z]+ )?(?:answers|apps|changes|charts|days|errors|files|findings|levels|problems|versions)\b/;
  expect(said.filter(text => THINGS.test(text))).toEqual([]);
});
