/** Files by path from the repository's root. */
export type Tree = ReadonlyMap<string, Uint8Array>;
