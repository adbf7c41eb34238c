export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A sentence that people read, in every language that slipway speaks. */
export type Text = Record<Language, string>;

/** The language of an explicit choice, else of the locale variables, else English. */
export function chooseLanguage(
  choice: string | undefined,
  env: Record<string, string | undefined>,
): Language {
  const wanted = choice ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return /^zh(?![a-z])/i.test(wanted) ? 'zh-CN' : 'en';
}
