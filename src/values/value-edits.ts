import { type Edit, lineEnd, lineStart } from '../yaml/text.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import { noteAt, noteBesideOurs } from './notes.ts';
import type { Action } from './plan.ts';
import type { MergeNode } from './merge-nodes.ts';
import { printYaml } from '../yaml/print.ts';
import { linesOf, shift } from './entry-text.ts';

export type Texts = { readonly ours: string; readonly theirs: string; readonly eol: string };

/** Gives an entry of theirs the value and the comment that the plan wants. */
export function valueEdits(node: MergeNode, action: Action, texts: Texts): Edit[] {
  const { ours, theirs } = node;
  if (!theirs) return [];
  if (action.do === 'delete') {
    const end = lineEnd(texts.theirs, Math.max(theirs.value.end, theirs.colon) - 1);
    return [{ start: lineStart(texts.theirs, theirs.start), end, text: '' }];
  }
  if (isInFlow(theirs)) return flowEdits(node, action, texts);
  if (action.do === 'print') return writeValue(node, writtenData(action.value, theirs), texts);
  return ours ? writeValue(node, writtenIn(texts.ours, ours, theirs), texts) : [];
}

/** Takes an empty value away, so that entries can stand below the key; the team's anchor stays. */
export function emptyEdits(node: MergeNode, texts: Texts): Edit[] {
  const anchor = teamAnchor(node);
  return writeValue(
    node,
    anchor === undefined ? NOTHING_WRITTEN : { ...NOTHING_WRITTEN, line: anchor },
    texts,
    noteAt(node),
  );
}

/** Puts the team's anchor in front of a value that stays theirs. */
export function anchorEdits(node: MergeNode): Edit[] {
  const { theirs } = node;
  const anchor = teamAnchor(node);
  if (!theirs || anchor === undefined || theirs.value.anchor !== undefined) return [];
  const { value, colon } = theirs;
  if (value.layout === 'compact' || value.kind === 'alias' || !theirs.parent) return [];
  if (value.layout === 'block' || value.start <= colon)
    return [{ start: colon, end: colon, text: ` ${anchor}` }];
  return [{ start: value.start, end: value.start, text: `${anchor} ` }];
}

/** An anchor that ours has and base has not, as it is written. */
export function teamAnchor({ base, ours }: MergeNode): string | undefined {
  const anchor = ours?.value.kind === 'alias' ? undefined : ours?.value.anchor;
  return anchor === undefined || base?.value.anchor === anchor ? undefined : `&${anchor}`;
}

/** The comment alone. */
export function noteEdits(node: MergeNode, { ours, theirs: text }: Texts): Edit[] {
  const { theirs } = node;
  const note = noteAt(node);
  if (!theirs || note === undefined || note === theirs.note?.text || isInFlow(theirs)) return [];
  if (theirs.note) return [{ start: theirs.note.start, end: theirs.note.end, text: note }];
  const at = headerEnd(text, theirs);
  return [{ start: at, end: at, text: spaceBeforeNote(ours, node.ours) + note }];
}

function writeValue(
  node: MergeNode,
  written: Written,
  { ours, theirs: text, eol }: Texts,
  note = noteBesideOurs(node),
): Edit[] {
  const { theirs } = node;
  if (!theirs) return [];
  const { value, colon, note: oldNote } = theirs;

  const gap = oldNote
    ? text.slice(endOfWords(text, oldNote.start), oldNote.start)
    : spaceBeforeNote(ours, node.ours);
  const ending = note === undefined ? '' : gap + note;
  const header =
    (written.line === '' ? '' : spaceBefore(text, theirs) + written.line) +
    (written.spansLines ? '' : ending);
  const isLast = value.end === text.length && written.rest.length > 0;
  const rest =
    written.rest.map(line => eol + line).join('') + (written.spansLines ? ending : '') + (isLast ? eol : '');
  if (!theirs.parent) return [{ start: value.start, end: value.end, text: (header + rest).trimStart() }];
  const lineBreaks = rest === '' ? endOfEntry(text, theirs) : endOfLine(text, endOfEntry(text, theirs));
  if (value.layout !== 'block') return [{ start: colon, end: lineBreaks, text: header + rest }];
  const head = { start: colon, end: oldNote?.end ?? endOfWords(text, endOfLine(text, colon)), text: header };
  const end = endOfLine(text, value.end);
  const below = written.line === '' && written.rest.length > 0;
  if (below) return [head, { start: bodyStart(text, theirs), end, text: written.rest.join(eol) }];
  return [head, { start: endOfLine(text, colon), end, text: rest }];
}

function flowEdits({ ours, theirs }: MergeNode, action: Action, texts: Texts): Edit[] {
  if (!theirs || !ours) return [];
  const { start, end } = theirs.value;
  const written = texts.ours.slice(ours.value.start, ours.value.end);
  const quoted =
    isInFlow(ours) || !/[,[\]{}]/.test(written) || ours.value.kind !== 'scalar' || /^['"]/.test(written);
  const text =
    action.do === 'print'
      ? JSON.stringify(action.value)
      : quoted
        ? written
        : JSON.stringify(ours.value.scalar);
  return [{ start, end, text: start === end ? ` ${text}` : text }];
}

function isInFlow({ parent }: YamlNode): boolean {
  return parent?.value.layout === 'inline';
}

/** The space that theirs has between key and value. */
function spaceBefore(text: string, { colon, value }: YamlNode): string {
  const space = value.layout === 'block' ? '' : text.slice(colon, value.start);
  return space === '' || space.includes('\n') ? ' ' : space;
}

function spaceBeforeNote(text: string, entry: YamlNode | undefined): string {
  return entry?.note ? text.slice(endOfWords(text, entry.note.start), entry.note.start) : ' ';
}

/** Behind the last line of an entry, its comment included. */
function endOfEntry(text: string, { value, note }: YamlNode): number {
  const end = value.layout === 'compact' ? endOfLine(text, value.end) : value.end;
  return Math.max(end, note?.end ?? 0);
}

/** Behind the header's last word where a comment could follow. */
function headerEnd(text: string, { value, colon }: YamlNode): number {
  return value.layout === 'inline' ? value.end : endOfWords(text, endOfLine(text, colon));
}

function bodyStart(text: string, { value }: YamlNode): number {
  return lineStart(text, value.entries[0]?.start ?? value.start);
}

/** In front of the line ending. */
function endOfLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return text.slice(0, end).endsWith('\r\n') ? end - 2 : text[end - 1] === '\n' ? end - 1 : end;
}

/** In front of the spaces that end at `offset`. */
function endOfWords(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}

/** A value as lines: what follows the key, and what stands below. */
type Written = {
  readonly line: string;
  readonly rest: readonly string[];
  /** The value goes on below, so a comment can only follow its last line. */
  readonly spansLines: boolean;
};

const NOTHING_WRITTEN: Written = { line: '', rest: [], spansLines: false };

/** How a file writes the value of an entry, moved so that it fits an entry in `column`. */
function writtenIn(text: string, entry: YamlNode, target: YamlNode): Written {
  const { value, note, column } = entry;
  const by = target.column - column;
  if (value.layout === 'compact') {
    const at = target.value.layout === 'compact' ? columnOf(target) : target.column + 2;
    const [line = '', ...rest] = linesOf(text, value.start, lineEnd(text, value.end - 1));
    return { line, rest: shift(rest, at - columnOf(entry)), spansLines: true };
  }
  const header = linesOf(text, value.start, note && note.start > value.start ? note.start : value.end);
  if (value.layout === 'block') return blockWritten(text, entry, by);
  const lines = text.slice(value.start, value.end).split(/\r?\n/);
  const rest = shift(lines.slice(1), by);
  if (value.layout === 'folded') return { line: header[0]?.trimEnd() ?? '', rest, spansLines: false };
  return { line: lines[0] ?? '', rest, spansLines: rest.length > 0 };
}

/** Data in the form that fits an entry: in braces where it has braces. */
function writtenData(data: unknown, { column, value: { layout, entries } }: YamlNode): Written {
  const inBraces = layout === 'inline' && entries.length > 0;
  if (inBraces && typeof data === 'object')
    return { ...NOTHING_WRITTEN, line: printYaml(data, { flow: true }) };
  const [first = '', ...rest] = printYaml({ k: data }).split('\n');
  return { line: first.slice('k:'.length).trimStart(), rest: shift(rest, column), spansLines: false };
}

function blockWritten(text: string, { value }: YamlNode, by: number): Written {
  const [first] = value.entries;
  const from = first ? lineStart(text, first.start) : value.start;
  const properties = value.start < from ? (linesOf(text, value.start, from)[0] ?? '') : '';
  const rest = shift(linesOf(text, from, lineEnd(text, value.end - 1)), by);
  return { line: properties.replace(/(?<!\s)\s+#.*$/, ''), rest, spansLines: false };
}

function columnOf({ start, column, value }: YamlNode): number {
  return column + value.start - start;
}
