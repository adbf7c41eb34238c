/** Where something stands: a path from the repository's root, line and column from 1. */
export type SourceLocation = { file: string; line: number; column: number };
