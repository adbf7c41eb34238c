import { type ChangeSet, createFile, deleteFile, joinAll, updateFile } from '../../change-set.ts';
import { sha256Of } from '../../data/digest.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { RecordedChange, UndoRecord } from '../../system/transaction/undo-records.ts';
import type { Language, Text } from '../../text/language.ts';
import { mergeBeside } from '../../values/merge-lines.ts';
import { parseSource } from '../../yaml/source.ts';

/** A record with its contents by digest. */
type OpenRecord = { record: UndoRecord; contents: ReadonlyMap<string, Buffer> };

/** What stands at each path that the records name; a path that is not there has nothing. */
type FilesNow = ReadonlyMap<string, Buffer>;

/** What was changed since the run in a way that cannot be told apart from it: `ours` is what stands now, `theirs` what stood before. */
type UndoDecision = { id: string; why: Text; answer: UndoAnswer | undefined };
export type UndoAnswer = 'ours' | 'theirs';

export type UndoPlan = {
  changes: ChangeSet;
  decisions: readonly UndoDecision[];
  /** Folders that the run made and that hold something else by now. */
  left: readonly { path: string; why: Text }[];
};

type Undoing = {
  now: Map<string, Buffer>;
  modes: Map<string, number>;
  answers: Readonly<Record<string, UndoAnswer>>;
  decisions: UndoDecision[];
  left: { path: string; why: Text }[];
};

/**
 * What takes a run back: its records in reverse, each file three-way. What stands as the run left it becomes what it was; what was
 * changed since keeps those changes where they touch other lines, and is a decision where not. `standing` holds every file below
 * the paths of the records.
 */
export function planUndo(
  records: readonly OpenRecord[],
  standing: FilesNow,
  { answers, language }: { answers: Readonly<Record<string, UndoAnswer>>; language: Language },
): UndoPlan {
  const undoing: Undoing = { now: new Map(standing), modes: new Map(), answers, decisions: [], left: [] };
  for (const { record, contents } of records.toReversed())
    for (const change of inUndoOrder(record.changes)) undoChange(change, contents, undoing);
  const { now, modes, decisions, left } = undoing;
  return { changes: changesBetween(standing, now, { modes, why: BACK[language] }), decisions, left };
}

const BACK = say('undo.asBefore');

/** Every path whose content an undo may look at: files, and folders with all that is in them. */
export function pathsOf(records: readonly UndoRecord[]): { files: string[]; folders: string[] } {
  const changes = records.flatMap(record => record.changes);
  const folders = changes.filter(({ kind }) => kind === 'folder').map(change => change.path);
  const files = changes.flatMap(change => {
    if (change.kind === 'folder') return [];
    return change.kind === 'create' && change.from !== undefined ? [change.path, change.from] : [change.path];
  });
  return { files: [...new Set(files)], folders: [...new Set(folders)] };
}

/** Backwards; what took the place of another file comes last, when that one is back. */
function inUndoOrder(changes: readonly RecordedChange[]): RecordedChange[] {
  const isRename = (change: RecordedChange): boolean => change.kind === 'create' && change.from !== undefined;
  const reversed = changes.toReversed();
  return [...reversed.filter(change => !isRename(change)), ...reversed.filter(isRename)];
}

function undoChange(change: RecordedChange, contents: OpenRecord['contents'], undoing: Undoing): void {
  if (change.kind === 'folder') undoFolder(change, undoing);
  else undoFile(change, contents, undoing);
}

type Folder = Extract<RecordedChange, { kind: 'folder' }>;

/** A pulled chart goes as a whole, or stays: whoever changed one wants it. */
function undoFolder({ path: folder, files }: Folder, { now, left }: Undoing): void {
  const held = [...now.keys()].filter(file => file.startsWith(`${folder}/`));
  if (held.length === 0) return;
  const names = Object.keys(files).map(name => `${folder}/${name}`);
  const isOurs =
    held.length === names.length &&
    names.every(file => sha256Of(now.get(file) ?? '') === files[file.slice(folder.length + 1)]);
  if (isOurs) for (const file of held) now.delete(file);
  else left.push({ path: folder, why: say('undo.folderChanged') });
}

type Sides = { now: Buffer | undefined; after: Buffer | undefined; before: Buffer | undefined };

function undoFile(
  change: Exclude<RecordedChange, Folder>,
  contents: OpenRecord['contents'],
  undoing: Undoing,
): void {
  const { now, modes, answers, decisions } = undoing;
  const from = change.kind === 'create' ? change.from : undefined;
  const kept = 'before' in change ? change.before : undefined;
  const sides: Sides = {
    now: now.get(change.path),
    after: 'after' in change ? contents.get(change.after.digest) : undefined,
    before: kept && contents.get(kept.digest),
  };
  if (kept) modes.set(change.path, kept.mode);
  if (from !== undefined) return undoRename({ path: change.path, from }, sides, undoing);
  const back = takenBack(change.path, sides);
  if (back !== undefined) return put(now, change.path, back.content);
  const answer = answers[change.path];
  decisions.push({ id: change.path, why: whyDecide(sides), answer });
  if (answer === 'theirs') put(now, change.path, sides.before);
}

/**
 * A file that took the place of another: what was changed in it since goes back with it.
 */
function undoRename(
  names: { path: string; from: string },
  { now: stands, after }: Sides,
  undoing: Undoing,
): void {
  const { now, answers, decisions } = undoing;
  const before = now.get(names.from);
  const back = stands && before ? takenBack(names.from, { now: stands, after, before }) : undefined;
  if (back) {
    now.delete(names.path);
    return put(now, names.from, back.content);
  }
  if (stands === undefined) return;
  const answer = answers[names.path];
  decisions.push({ id: names.path, why: whyDecide({ now: stands, after, before }), answer });
  // The other one is back in any case: what names it is.
  if (answer === 'theirs') now.delete(names.path);
}

/** What stands there once the change is undone; undefined where that cannot be told. */
function takenBack(file: string, { now, after, before }: Sides): { content: Buffer | undefined } | undefined {
  if (isSame(now, after)) return { content: before };
  if (isSame(now, before)) return { content: now };
  if (!now || !after || !before) return undefined;
  const [base, ours, theirs] = [after, now, before].map(textOf);
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  const merged = mergeBeside(base.split('\n'), ours.split('\n'), theirs.split('\n'))?.join('\n');
  if (merged === undefined || !staysReadable(file, [base, ours, theirs], merged)) return undefined;
  return { content: Buffer.from(merged) };
}

/** Lines that were merged must still be the YAML that all sides were. */
function staysReadable(file: string, sides: readonly string[], merged: string): boolean {
  if (!/\.ya?ml$/.test(file)) return true;
  return isReadable(file, merged) || !sides.every(side => isReadable(file, side));
}

function isReadable(file: string, text: string): boolean {
  try {
    parseSource(text, file);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

function whyDecide({ now, after, before }: Sides): Text {
  if (now === undefined) return say('undo.goneSince');
  if (after === undefined) return say('undo.madeAnewSince');
  return before === undefined ? say('undo.editedSince') : say('undo.sameLinesSince');
}

/** Undefined for what is no text. */
function textOf(content: Buffer): string | undefined {
  const text = content.toString('utf8');
  return Buffer.from(text, 'utf8').equals(content) && !text.includes('\0') ? text : undefined;
}

function isSame(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}

function put(now: Map<string, Buffer>, file: string, content: Buffer | undefined): void {
  if (content === undefined) now.delete(file);
  else now.set(file, content);
}

function changesBetween(
  old: FilesNow,
  now: FilesNow,
  { modes, why }: { modes: ReadonlyMap<string, number>; why: string },
): ChangeSet {
  const paths = [...new Set([...old.keys(), ...now.keys()])].toSorted((a, b) => (a < b ? -1 : 1));
  return joinAll(
    paths.map(file => {
      const [before, content] = [old.get(file), now.get(file)];
      const mode = modes.get(file);
      if (content === undefined) return before ? deleteFile({ path: file, before, why }) : joinAll([]);
      if (before) return updateFile({ path: file, content, before, why });
      return createFile({ path: file, content, why, ...(mode === undefined ? {} : { mode }) });
    }),
  );
}
