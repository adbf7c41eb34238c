import { parseSource } from './source.ts';

/** All documents of a file of the repository as plain data. */
export function readDocuments(text: string, name: string): unknown[] {
  return parseSource(text, name).documents.map(document => document.toJS({ maxAliasCount: 10_000 }));
}
