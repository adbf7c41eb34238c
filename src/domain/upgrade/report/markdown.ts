/** How much a report shows: lists longer than `most` are cut and counted. */
export type Detail = { most: number };

/** Text of charts and files inside Markdown: no markup, no HTML, no links of its own. */
export function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#]/g, char => `\\${char}`).replaceAll('\n', ' ');
}

/** A literal: a path, a version, a value. */
export function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.replaceAll('\n', ' ')}${fence}`;
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
