import type { Style } from './spans.ts';
import { widthOf } from './width.ts';
import { wrap, wrapBlock } from './wrap.ts';

/**
 * What people read, line by line, by what may break it: a text anywhere between words; a command only where its shell reads on;
 * YAML that is to be copied only in its comments; and some things nowhere.
 */
export type Line =
  | string
  | { command: string; indent?: string; format?: Parameters<Style>[1] }
  | { yaml: string }
  | { whole: string };

/** A page for people: one text, or lines of several kinds. */
export type Shown = string | readonly Line[];

/** The page as it is printed at this width; at `Infinity`, the width of a pipe, nothing is broken. */
export function layOut(shown: Shown, { columns, style }: { columns: number; style: Style }): string {
  const lines = typeof shown === 'string' ? [shown] : shown;
  return lines.map(line => linesOf(line, columns, style)).join('\n');
}

function linesOf(line: Line, columns: number, style: Style): string {
  if (typeof line === 'string') return wrapBlock(line, columns);
  if ('whole' in line) return line.whole;
  if ('yaml' in line) return wrapComments(line.yaml, columns);
  const { command, indent, format } = line;
  const broken = wrapCommand(command, columns, indent);
  return broken.map(each => (format ? style(each, format) : each)).join('\n');
}

/** The rest of a comment is a comment too. */
function wrapComments(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap(line => {
      const mark = /^\s*#\s*/.exec(line)?.[0];
      return mark === undefined ? [line] : wrap(line, columns, { hang: `${mark}  ` });
    })
    .join('\n');
}

/**
 * A command line in lines of at most so many cells, where its words allow it: joined by backslashes, so that what is copied is
 * still one command. `Infinity` leaves it whole.
 */
function wrapCommand(line: string, columns: number, indent = '  '): string[] {
  if (widthOf(indent + line) <= columns) return [indent + line];
  const hang = ' '.repeat(widthOf(indent) + 2);
  const lines: string[] = [];
  let current = indent;
  for (const word of wordsOf(line)) {
    const isFirst = current === indent;
    const longer = isFirst ? current + word : `${current} ${word}`;
    // Room for the backslash, which the last line does not need.
    if (isFirst || widthOf(longer) + 2 <= columns) current = longer;
    else {
      lines.push(`${withRoomBehind(current, columns)} \\`);
      current = hang + word;
    }
  }
  return [...lines, current];
}

/** A word that leaves no room for the backslash stands less far in: the terminal would put the backslash on a line alone. */
function withRoomBehind(line: string, columns: number): string {
  const missing = 2 + (widthOf(line) % columns || columns) - columns;
  return missing > 0 && line.startsWith(' '.repeat(missing)) ? line.slice(missing) : line;
}

/** The words of a line as they are written, quotes included; a quote that nothing closes holds the rest. */
function wordsOf(line: string): string[] {
  return line.match(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\]|['"\\][^]*)+/g) ?? [];
}
