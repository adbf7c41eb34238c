import { displayBlock } from '../../text/display.ts';

/** A piece of a page that is safe as it stands: only `markup` makes one, and it escapes whatever is put in. */
export type Markup = { readonly markup: string };

/** What may be put into a piece: texts are escaped, pieces taken as they are, lists one after the other, nothing left out. */
type Piece = string | number | Markup | undefined | readonly Piece[];

/**
 * A piece of a page from a literal with holes. Text that is put in enters as text, in an element and in a quoted attribute alike:
 * never as markup, and with nothing in it that hides or acts.
 */
export function markup(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const filled = parts.map((part, index) => part + shown(pieces[index]));
  return { markup: filled.join('') };
}

function shown(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'number') return String(piece);
  if (typeof piece === 'string') return escaped(piece);
  if ('markup' in piece) return piece.markup;
  return piece.map(shown).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return displayBlock(text).replaceAll(/[&<>"']/g, char => ENTITIES[char] ?? '');
}
