import type { Folder } from '../files/folder.ts';
import type { JournalStep } from './journal.ts';
import type { NewContent } from './staging.ts';

/** One thing to do, checked against the disk. */
export type Operation = {
  readonly step: JournalStep;
  /** The folder where it happens, and the name in it. */
  readonly folder: Folder;
  readonly entry: string;
  readonly content: NewContent;
  /** The content that will be replaced or removed. */
  readonly old?: Buffer;
};
