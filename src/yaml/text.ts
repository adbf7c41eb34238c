/** Replaces the characters [start, end) of a text. Offsets are those of the text before any edit. */
export type Edit = { start: number; end: number; text: string };

/** Two edits of one text want the same characters. */
export class OverlapError extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super(`edits overlap at offset ${offset}`);
    this.offset = offset;
  }
}

/** Applies edits; everything outside them keeps its bytes. @throws OverlapError where two of them want the same characters */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let position = 0;
  for (const edit of ordered) {
    if (edit.start < position) throw new OverlapError(edit.start);
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

/** The line ending that a file uses most. */
export function lineEnding(text: string): '\n' | '\r\n' {
  const windows = text.split('\r\n').length - 1;
  const all = text.split('\n').length - 1;
  return windows * 2 > all ? '\r\n' : '\n';
}

/** The offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset just behind the line that holds `offset`, its line ending included. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** The offset of the first character of a text; a byte order mark is none. */
export function startOfText(text: string): number {
  return text.startsWith('\ufeff') ? 1 : 0;
}

/** Characters between the line's start and `offset`; a byte order mark takes no column. */
export function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - start - (start === 0 ? startOfText(text) : 0);
}

/** The `---` in front of a document's content, or -1. */
export function markerIn(text: string, from: number, to: number): number {
  const marker = /^---(?=\s|$)/m.exec(text.slice(from, to + 3));
  return marker ? from + marker.index : -1;
}

/** Whether nothing but spaces stands between two offsets. */
export function isBlank(text: string, from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    const char = text.charCodeAt(index);
    if (char !== 0x20 && char !== 0xfeff) return false;
  }
  return true;
}
