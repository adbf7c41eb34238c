import { staysWithinLines } from '../../yaml/runaway-text.ts';

// Far beyond any real chart; the expressions below need some stack for each line.
const MAX_LENGTH = 4 << 20;

/**
 * Leaves out the fields of a chart's versions that nobody asked for; dependencies and maintainers are most of an index. Goes by
 * lines, like `scanIndex`: `slice` is one chart's key with its list. A slice in any other form comes back whole.
 */
export function keepFields(slice: string, fields: ReadonlySet<string>): string {
  const head = slice.indexOf('\n') + 1;
  const dash = /^( *)- /.exec(slice.slice(head, head + 256))?.[1]?.length;
  if (dash === undefined || slice.length > MAX_LENGTH) return slice;
  if (!staysWithinLines(Buffer.from(slice), dash + 2)) return slice;
  const form = formOf(dash, fields);
  // Each field on a line of its own, the first of an item too.
  const lines = slice.slice(head - 1).replaceAll(form.itemStart, form.itemLine);
  if (form.otherLine.test(lines)) return slice;
  return slice.slice(0, head - 1) + lines.replaceAll(form.unwantedField, '');
}

/** Lines are told by the newline in front: `^` would also match behind characters that end no line in YAML. */
function formOf(dash: number, fields: ReadonlySet<string>) {
  const item = ' '.repeat(dash);
  const indent = `${item}  `;
  const rest = '[^\\n]*(?:\\n|$)';
  const key = '[A-Za-z]\\w*:(?=[ \\r\\n]|$)';
  const unwanted = `(?!(?:${[...fields].join('|')}):)${key}`;
  const comment = `[ ]*#${rest}`;
  const inner = `${indent}[ -]${rest}`;
  return {
    itemStart: new RegExp(`(?<=\\n)${item}- (?=[A-Za-z])`, 'g'),
    itemLine: `${item}-\n${indent}`,
    otherLine: new RegExp(`(?<=\\n)(?!${item}-\\n|${indent}${key}|${inner}|${comment}|[ \\r]*(?:\\n|$))`),
    unwantedField: new RegExp(
      `(?<=\\n)${indent}${unwanted}${rest}(?:${inner}|${comment}|[ \\r\\n]*\\n)*`,
      'g',
    ),
  };
}
