import { expect, test } from 'vitest';
import { chooseLanguage, parseLanguage } from '../../src/text/language.ts';

test.each(['en', 'EN', 'en_US', 'en-GB', 'en_US.UTF-8'])('%s is English', name => {
  expect(parseLanguage(name)).toBe('en');
});

test.each(['zh', 'ZH', 'zh-CN', 'zh-cn', 'zh_CN', 'zh_CN.UTF-8', 'zh-Hans', 'zh-Hans-CN', 'zh_SG.utf8'])(
  '%s is Chinese',
  name => {
    expect(parseLanguage(name)).toBe('zh-CN');
  },
);

test.each(['', 'fr', 'zh-TW', 'zhuang', 'english', 'C', 'en;zh', ' en'])(
  '%j is no language of slipway',
  name => {
    expect(parseLanguage(name)).toBeUndefined();
  },
);

test.each([
  [{}, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'zh_CN' }, 'zh-CN'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: '', SLIPWAY_LANG: 'en' }, 'en'],
] as const)('the environment %j means %s', (env, language) => {
  expect(chooseLanguage(undefined, env)).toBe(language);
});
