import type { Repository } from '../../repository/model.ts';
import type { Place } from '../chart-use.ts';
import { type WrittenDocument, writtenDocuments } from './documents.ts';
import type { Part, UnitDocument } from './unit.ts';

/** The documents of a repository's files as they are written, each file taken apart once. */
export type Documents = {
  /** The document at a place; undefined for one inside of a list, and in what cannot be taken apart. */
  at(place: Place, part: Part): UnitDocument | undefined;
  /** The only document of a file; none of several. */
  first(file: string, part: Part): UnitDocument[];
  /** The documents of a file that are objects of a kind. */
  ofKind(file: string, kind: string, part: Part): UnitDocument[];
};

/** Opens the documents of a repository. */
export function openDocuments({ text, isTemplate }: Pick<Repository, 'text' | 'isTemplate'>): Documents {
  const known = new Map<string, readonly WrittenDocument[]>();
  const documentsOf = (file: string): readonly WrittenDocument[] => {
    const found = known.get(file) ?? (isTemplate(file) ? [] : (writtenDocuments(text.get(file) ?? '') ?? []));
    known.set(file, found);
    return found;
  };
  return {
    at: ({ file, document, path }, part) => {
      const found = path.length === 0 ? documentsOf(file)[document] : undefined;
      return found && { ...found, part, file, index: document };
    },
    first: (file, part) => {
      const [only, ...others] = documentsOf(file);
      return only && others.length === 0 ? [{ ...only, part, file, index: 0 }] : [];
    },
    ofKind: (file, kind, part) =>
      documentsOf(file).flatMap((found, index) =>
        found.data['kind'] === kind ? [{ ...found, part, file, index }] : [],
      ),
  };
}
