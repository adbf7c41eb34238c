import stringWidth from 'string-width';

/** How many cells of a terminal a text takes: two for Chinese and emoji, none for colours and combining marks. */
export function widthOf(text: string): number {
  const bare = text.replace(COLOURS, '');
  return PLAIN.test(bare) ? bare.length + (bare.match(WIDE)?.length ?? 0) : stringWidth(text);
}

// What slipway itself prints, in both languages, is counted here: string-width reads the list of all emoji first, which takes a
// sixth of a short run.
const COLOURS = /\u001b\[\d{1,2}(?:;\d{1,3})*m/g;
const PLAIN = /^[ -~·×–—‘’“”…→✓✗\u4e00-\u9fff，。、：；？！（）《》「」]*$/;
const WIDE = /[\u4e00-\u9fff，。、：；？！（）《》「」]/g;

/** The beginning of a plain text that fits into so many cells, with `…` where something is missing. Style it afterwards. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 1) return '';
  return `${cells(text, columns - 1)}…`;
}

/** A text, styled or not, filled up with spaces to so many cells. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** As much of a plain text as fits; never half of a character. */
export function cells(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  for (const grapheme of graphemesOf(text)) {
    width += widthOf(grapheme);
    if (width > columns) break;
    end += grapheme.length;
  }
  return text.slice(0, end);
}

/** The characters as people count them. */
export function graphemesOf(text: string): string[] {
  return [...(segmenter ??= new Intl.Segmenter('en')).segment(text)].map(({ segment }) => segment);
}

/** Made for the first text that needs it: most runs have none. */
let segmenter: Intl.Segmenter | undefined;
