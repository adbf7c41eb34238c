/** The generators that `slipway` and `npx plop` offer. */
export const GENERATORS: readonly string[] = [];
