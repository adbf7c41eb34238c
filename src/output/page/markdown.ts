import { append } from '../../data/append.ts';
import { type Markup, markup } from './markup.ts';
import { tableOf } from './parts.ts';

/**
 * Lines of our own Markdown as parts of a page: headings, lists, tables, paragraphs; in them code, bold, and the escapes that
 * `text/markdown.ts` writes. Whatever else they hold is text.
 * @param label what tables are called for those who do not see them
 */
export function markdownParts(lines: readonly string[], label: string): Markup[] {
  const parts: Markup[] = [];
  let at = 0;
  let tables = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const kind = kindOf(line);
    let end = at + 1;
    if (kind === 'list' || kind === 'table')
      while (end < lines.length && kindOf(lines[end] ?? '') === kind) end++;
    const block = lines.slice(at, end);
    if (kind === 'heading') parts.push(headingOf(line));
    if (kind === 'text') parts.push(markup`<p>${inlineParts(line)}</p>`);
    if (kind === 'list') parts.push(listOf(block));
    if (kind === 'table') append(parts, rowsOf(block, tables++ === 0 ? label : `${label} ${tables}`));
    at = end;
  }
  return parts;
}

function kindOf(line: string): 'heading' | 'list' | 'table' | 'blank' | 'text' {
  if (line.trim() === '') return 'blank';
  if (/^#{1,6} /.test(line)) return 'heading';
  if (/^ *- /.test(line)) return 'list';
  return line.startsWith('|') ? 'table' : 'text';
}

/** A card has its title already: below it all headings are of one level. */
function headingOf(line: string): Markup {
  return markup`<h3>${inlineParts(line.replace(/^#+ /, ''))}</h3>`;
}

function listOf(lines: readonly string[]): Markup {
  const items: { text: string; inner: string[] }[] = [];
  for (const line of lines) {
    const last = items.at(-1);
    if (line.startsWith('- ') || !last) items.push({ text: line.replace(/^ *- /, ''), inner: [] });
    else last.inner.push(line.replace(/^ {1,2}/, ''));
  }
  return markup`<ul>${items.map(
    ({ text, inner }) => markup`<li>${inlineParts(text)}${inner.length > 0 ? listOf(inner) : undefined}</li>
`,
  )}</ul>`;
}

function rowsOf(lines: readonly string[], label: string): Markup[] {
  const [head = [], , ...rows] = lines.map(line =>
    line
      .replace(/^\| ?/, '')
      .replace(/ ?\|$/, '')
      .split(/(?<!\\)\|/)
      .map(cell => cell.trim().replaceAll(String.raw`\|`, '|')),
  );
  const table = tableOf(
    label,
    head.map(cell => cell.replaceAll(/\\(.)/g, '$1')),
    rows.map(cells => ({ cells: cells.map(cell => markup`${inlineParts(cell)}`) })),
  );
  return table ? [table] : [];
}

const PIECE = /\\([!-/:-@[-`{-~])|(`+)|\*\*/g;

/** The pieces of a line. What is begun and not ended is text. */
function inlineParts(text: string): (string | Markup)[] {
  const parts: (string | Markup)[] = [];
  let done = 0;
  PIECE.lastIndex = 0;
  for (let found = PIECE.exec(text); found; found = PIECE.exec(text)) {
    const [whole, escaped, fence] = found;
    const begin = found.index + whole.length;
    const end = escaped === undefined ? text.indexOf(whole, begin) : begin;
    // A longer fence is another one.
    if (end < 0 || (fence !== undefined && text[end + whole.length] === '`')) continue;
    parts.push(text.slice(done, found.index));
    const inner = text.slice(begin, end);
    if (escaped !== undefined) parts.push(escaped);
    else if (fence !== undefined)
      parts.push(markup`<code>${fence.length > 1 ? inner.replace(/^ | $/g, '') : inner}</code>`);
    else parts.push(markup`<strong>${inner.replaceAll(/\\(.)/g, '$1')}</strong>`);
    done = escaped === undefined ? end + whole.length : begin;
    PIECE.lastIndex = done;
  }
  return [...parts, text.slice(done)];
}
