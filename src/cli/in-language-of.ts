import type { Configuration } from '../repository/configuration.ts';
import type { Session } from './context.ts';

/** The repository's language, unless this run was given one. */
export function inLanguageOf(
  { language }: Configuration,
  session: Session,
  input: { values: { lang?: string | undefined } },
): Session {
  if (language === undefined || input.values['lang'] !== undefined) return session;
  session.switchLanguage(language);
  return { ...session, language, t: text => text[language] };
}
