import {
  type ChangeSet,
  createFile,
  deleteFile,
  type FileCreation,
  joinAll,
  joinChangeSets,
  updateFile,
} from '../change-set.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/** Files of the repository under way: several edits of one file become one change. */
export type Drafts = {
  /** The text as edited so far; undefined for a file that does not exist. @throws UserError E_ENCODING for one that is no UTF-8 */
  read(path: string): Promise<string | undefined>;
  write(file: { path: string; text: string; why: string } & Pick<FileCreation, 'madeFrom'>): Promise<void>;
  /** Takes a file away; one that does not exist stays so. */
  remove(file: { path: string; why: string }): Promise<void>;
  changes(): ChangeSet;
};

type Draft = { before: Buffer | undefined; text: string | undefined; why: string } & Pick<
  FileCreation,
  'madeFrom'
>;

/** Drafts of a repository's files: each is read once, edited any number of times, and becomes one change. */
export function createDrafts(files: Pick<RepositoryFiles, 'read'>): Drafts {
  const drafts = new Map<string, Draft>();
  const open = async (path: string): Promise<Draft> => {
    const known = drafts.get(path);
    if (known) return known;
    const before = await files.read(path);
    const draft = { before, text: before?.toString('utf8'), why: '' };
    drafts.set(path, draft);
    return draft;
  };
  return {
    read: async path => textOf(path, await open(path)),
    write: async ({ path, ...file }) => void drafts.set(path, { ...(await open(path)), ...file }),
    remove: async ({ path, why }) => void drafts.set(path, { ...(await open(path)), text: undefined, why }),
    changes: () => joinAll([...drafts].map(([path, draft]) => changeOf(path, draft))),
  };
}

/** The byte order mark is a part of it. What is no text would be written back as something else. */
function textOf(path: string, { before, text }: Draft): string | undefined {
  if (before) decodeUtf8(before, path);
  return text;
}

/** Changes one file's text; one that does not exist counts as empty. */
export async function editDraft(
  drafts: Drafts,
  { path, why, change }: { path: string; why: string; change(text: string): string },
): Promise<void> {
  await drafts.write({ path, text: change((await drafts.read(path)) ?? ''), why });
}

function changeOf(path: string, { before, text, why, madeFrom }: Draft): ChangeSet {
  // Only read: bytes that are no text are not written back as one.
  if (text === before?.toString('utf8')) return joinChangeSets();
  if (text === undefined) return before === undefined ? joinChangeSets() : deleteFile({ path, before, why });
  return before === undefined
    ? createFile({ path, content: text, why, ...(madeFrom ? { madeFrom } : {}) })
    : updateFile({ path, content: text, before, why });
}
