/** What a sentence takes: names, numbers, or a text that has its own translation. */
export type Args<Name extends string> = Readonly<Record<Name, string | number | undefined>>;

/** Words counted in the form that a language has for a number: `1 error`, `2 errors`. */
export type Plural = (count: unknown, one: string, other?: string) => string;

/** The same keys, with the same arguments. */
export type Translated<Catalogue> = {
  [Key in keyof Catalogue]: Catalogue[Key] extends (args: infer Given, plural: Plural) => string
    ? (args: Given, plural: Plural) => string
    : string;
};
