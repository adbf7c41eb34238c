/** What a sentence takes: names, numbers, or a text that has its own translation. */
export type Args<Name extends string> = Readonly<Record<Name, string | number | undefined>>;

/** The same keys, with the same arguments. */
export type Translated<Catalogue> = {
  [Key in keyof Catalogue]: Catalogue[Key] extends (args: infer Given) => string
    ? (args: Given) => string
    : string;
};
