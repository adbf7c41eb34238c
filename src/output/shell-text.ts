import { widthOf } from './width.ts';

/**
 * A command line in lines of at most so many cells, where its words allow it: joined by backslashes, so that what is copied is
 * still one command. `Infinity` leaves it whole.
 */
export function wrapCommand(line: string, columns: number, indent = '  '): string[] {
  if (widthOf(indent + line) <= columns) return [indent + line];
  const hang = `${indent}  `;
  const lines: string[] = [];
  let current = indent;
  for (const word of wordsOf(line)) {
    const longer = current.trim() === '' ? current + word : `${current} ${word}`;
    // Room for the backslash, which the last line does not need.
    if (current.trim() === '' || widthOf(longer) + 2 <= columns) current = longer;
    else {
      lines.push(`${current} \\`);
      current = hang + word;
    }
  }
  return [...lines, current];
}

/** The words of a line as they are written, quotes included. */
function wordsOf(line: string): string[] {
  return line.match(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/g) ?? [];
}
