import { displayBlock } from '../../../display.ts';

/** How much a report shows: lists longer than `most` are cut and counted. */
export type Detail = { most: number };

/** Text of charts and files inside Markdown: no markup, no HTML, no links of its own, nothing that is not seen. */
export function plain(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_{}[\]<>|#]/g, char => `\\${char}`);
}

/** A literal: a path, a version, a value. Its fence is longer than any within, so that it cannot end early. */
export function code(text: string): string {
  const shown = oneLine(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const gap = longest > 0 ? ' ' : '';
  return `${fence}${gap}${shown}${gap}${fence}`;
}

/** A list of at most `most` items, and a last one that counts the rest. */
export function bullets(
  items: readonly string[],
  { most }: Detail,
  more: (count: number) => string,
): string[] {
  const shown = items.length > most + 1 ? items.slice(0, most) : items;
  const rest = items.length - shown.length;
  return [...shown.map(item => `- ${item}`), ...(rest > 0 ? [`- ${more(rest)}`] : [])];
}

/** A value as JSON, cut to a line. */
export function shortValue(json: string | undefined, absent: string): string {
  if (json === undefined) return absent;
  return code(json.length > 80 ? `${json.slice(0, 79)}…` : json);
}

function oneLine(text: string): string {
  return displayBlock(text).replaceAll(/[\n\t]+/g, ' ');
}
