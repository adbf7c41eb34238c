import { staysWithinLines } from './runaway-text.ts';

// Far beyond any real chart; the expressions below need some stack for each line.
const MAX_LENGTH = 8 << 20;

/**
 * Leaves out the fields of a chart's versions that nobody asked for; dependencies and maintainers are most of an index. Goes by
 * lines, like `scanIndex`: `slice` is one chart's key with its list. A slice in any other form comes back whole.
 */
export function keepFields(slice: string, fields: ReadonlySet<string>): string {
  if (slice.length > MAX_LENGTH) return slice;
  const head = slice.indexOf('\n') + 1;
  const dash = /^( *)- /.exec(slice.slice(head, head + 256))?.[1]?.length;
  if (dash === undefined || !staysWithinLines(Buffer.from(slice), dash + 2)) return slice;
  const form = formOf(dash, fields);
  // Each field on a line of its own, the first of an item too.
  const lines = slice.slice(head - 1).replaceAll(form.itemStart, form.itemLine);
  return slice.slice(0, head - 1) + lines.replaceAll(form.unwantedField, '');
}

/** Lines are told by the newline in front: `^` would also match behind characters that end no line in YAML. */
function formOf(dash: number, fields: ReadonlySet<string>) {
  const item = ' '.repeat(dash);
  const indent = `${item}  `;
  const names = [...fields].join('|');
  const rest = '[^\\n]*(?:\\n|$)';
  return {
    itemStart: new RegExp(`(?<=\\n)${item}- (?=[A-Za-z])`, 'g'),
    itemLine: `${item}-\n${indent}`,
    unwantedField: new RegExp(
      `(?<=\\n)${indent}(?!(?:${names}):)[A-Za-z]\\w*:(?=[ \\r\\n]|$)${rest}(?:[\\r\\n]*${indent}[ -]${rest})*`,
      'g',
    ),
  };
}
