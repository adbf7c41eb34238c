export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A sentence that people read, in every language that slipway speaks. */
export type Text = Record<Language, string>;

/** A text that is the same in every language: names, numbers, evidence. */
export function untranslated(text: string): Text {
  return { en: text, 'zh-CN': text };
}

/** Texts side by side, each language for itself. */
export function joinTexts(texts: readonly Text[], separator: string): Text {
  return {
    en: texts.map(({ en }) => en).join(separator),
    'zh-CN': texts.map(text => text['zh-CN']).join(separator),
  };
}

/** The language of an explicit choice, else of SLIPWAY_LANG and the locale variables, else English. */
export function chooseLanguage(
  choice: string | undefined,
  env: Record<string, string | undefined>,
): Language {
  // An empty variable counts as unset (POSIX, locale).
  const wanted = choice ?? (env['SLIPWAY_LANG'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '');
  return /^zh(?![a-z])/i.test(wanted) ? 'zh-CN' : 'en';
}

const NAMES: Record<Language, RegExp> = {
  en: /^en(?:[-_][a-z]{2})?(?:\.utf-?8)?$/i,
  'zh-CN': /^zh(?:[-_]hans)?(?:[-_](?:cn|sg))?(?:\.utf-?8)?$/i,
};

/** The language that a name means, such as `zh`, `zh_CN.UTF-8`, `zh-Hans` or `EN`; undefined if slipway does not speak it. */
export function parseLanguage(name: string): Language | undefined {
  return LANGUAGES.find(language => NAMES[language].test(name));
}
