const ENGLISH = new Intl.PluralRules('en');

/** `1 error`, `2 errors`: the number, and the word in the form that English has for it. Chinese has one form. */
export function plural(count: unknown, one: string, other = `${one}s`): string {
  return `${String(count)} ${ENGLISH.select(Number(count)) === 'one' ? one : other}`;
}
