import { type Edit, lineEnding } from './edit.ts';

/** Lines put in before `offset`, which is the start of a line, or the end of a text whose last line is open. */
export function insertLines(text: string, offset: number, lines: readonly string[]): Edit {
  const eol = lineEnding(text);
  const block = lines.join(eol);
  const isOpen = offset === text.length && text !== '' && !text.endsWith('\n');
  return { start: offset, end: offset, text: isOpen ? eol + block : block + eol };
}

/** Each line behind `column` spaces; empty lines stay empty. */
export function indented(lines: readonly string[], column: number): string[] {
  return lines.map(line => (line === '' ? '' : ' '.repeat(column) + line));
}
