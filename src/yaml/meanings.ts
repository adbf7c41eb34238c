/** Stands for what a node means; equal numbers of one table mean equal data. */
export type Meaning = number & { readonly meaning: unique symbol };

/** Gives equal texts equal numbers, so that trees compare in one step, however often an alias repeats them. */
export type Meanings = { of(text: string): Meaning };

export function createMeanings(): Meanings {
  const known = new Map<string, Meaning>();
  return {
    of(text) {
      const found = known.get(text);
      if (found !== undefined) return found;
      const meaning = known.size as Meaning;
      known.set(text, meaning);
      return meaning;
    },
  };
}
