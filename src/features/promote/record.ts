import { isDeepStrictEqual } from 'node:util';
import { createFile, type ChangeSet, updateFile } from '../../change-set.ts';
import { parseRecord, renderRecord } from '../../repository/promotion-record.ts';
import type { AppFiles } from './app-files.ts';

type Recording = {
  file: string;
  before: string | undefined;
  from: string;
  source: AppFiles;
  target: AppFiles;
  ahead: readonly string[];
  today: Date;
  /** The id that git gives to a content. */
  idOf(content: Uint8Array): string;
  why: string;
};

/** The change that remembers a promotion; none where the same is remembered, whenever that was. */
export function recordChange(recording: Recording): ChangeSet {
  const { file, before, from, source, target, ahead, today, idOf, why } = recording;
  const ids = (files: AppFiles): Record<string, string> =>
    Object.fromEntries([...files.values()].map(each => [each.file, idOf(Buffer.from(each.text))]));
  const known = parseRecord(before);
  const own = { source: ids(source), target: ids(target) };
  const isKnown =
    known?.from === from &&
    isDeepStrictEqual(
      [{ ...known.source }, { ...known.target }, known.ahead],
      [own.source, own.target, ahead],
    );
  if (isKnown) return { changes: [] };
  const content = renderRecord({ from, date: today.toISOString().slice(0, 10), ...own, ahead });
  return before === undefined
    ? createFile({ path: file, content, why })
    : updateFile({ path: file, content, before, why, leftover: true });
}
