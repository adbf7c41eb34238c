import { displayBlock } from './display.ts';

/** How much a report shows: lists longer than `most` are cut and counted. */
export type Detail = { most: number };

// What GitHub or GitLab turn into a link, a message to somebody, a formula or a picture: they do so in the text that
// Markdown gives, so that neither a backslash nor an entity helps, but not in code. Addresses, mentions and e-mail; `#12`,
// `GH-12`, `!12`, `$12`, `&12`, `%1`, `~label`, `^alert`; commits; `:emoji:`.
const LIVE =
  /@|:\/\/|www\.|#\d|\bGH-\d|[!$&%~^]\S|\b[0-9a-f]{7,64}\b|:[\w+-]+:|\b(?:mailto|xmpp|javascript|data):/i;

/** Text of charts and files inside Markdown: no markup, no HTML, no links of its own, nothing that is not seen. */
export function plain(text: string): string {
  const words = oneLine(text).split(/(\s+)/);
  return notLeading(words.map(word => (LIVE.test(word) ? code(word) : escaped(word))).join(''));
}

function escaped(word: string): string {
  return word.replaceAll(/[\\`*_{}[\]<>|#~&]/g, char => `\\${char}`);
}

/** At the start of a line these would make a list, a heading or a rule. */
function notLeading(markdown: string): string {
  return markdown.replace(/^\s*[-+=]/, '\\$&').replace(/^(\s*\d+)(?=[.)])/, '$1\\');
}

/** A literal: a path, a version, a value. Its fence is longer than any within, so that it cannot end early. */
export function code(text: string): string {
  const shown = oneLine(text) || ' ';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const gap = longest > 0 ? ' ' : '';
  return `${fence}${gap}${shown}${gap}${fence}`;
}

/** A cell of a table: a bar would begin the next one, in code too. */
export function cell(markdown: string): string {
  return markdown.replaceAll(/\\?\|/g, String.raw`\|`);
}

/** The day of a date that somebody else wrote. */
export function day(text: string | undefined): string {
  return /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0] ?? '?';
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
