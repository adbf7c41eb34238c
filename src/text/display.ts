const MAX_LENGTH = 300;

// C0 without newline and tab, DEL, C1, and what Unicode ignores or fills: soft hyphen, joiners, bidi marks, overrides and
// isolates, zero-width and line separators, Hangul fillers, variation selectors, BOM, tag characters. It lets remote text
// move the cursor, hide, carry a hidden message, or read backwards (CVE-2021-21303, CVE-2021-42574 and their kind).
// An emoji loses its variation selector too: which of two pictures is shown is worth less than a channel nobody sees.
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]/gu;

// GitHub, Gitea, Azure and TeamCity obey `##[…]`, `##vso[…]` and `##teamcity[…]` wherever they stand in a line.
const ORDER = /#(?=#[\w.-]*\[)/g;

// Printable ASCII without what an order begins with: nothing of it is ever replaced.
const PLAIN = /^[ !"$-~]*$/;

/** Text of a chart, a server or a file, made safe to show on a terminal: one line, at most 300 characters. */
export function display(text: string): string {
  return displayLine(text, MAX_LENGTH);
}

/** The same, at most as long as told. */
export function displayLine(text: string, most: number): string {
  if (text.length <= most && PLAIN.test(text)) return text;
  const safe = displayBlock(text).replaceAll(/[\n\t]+/g, ' ');
  return safe.length > most ? `${safe.slice(0, most - 1)}…` : safe;
}

/** Like `display`, for text whose lines and length matter: a diff, a file's content. */
export function displayBlock(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replaceAll('\r\n', '\n').replaceAll(UNSAFE, '\ufffd').replaceAll(ORDER, '#\ufffd');
}

// GitHub and Gitea obey `::name …::` where a line begins, behind blanks and, here, colours.
const ORDER_LINE = /^((?:[^\S\n\r\u2028\u2029]|\u001b\[[\d;]*m)*)(?=::[a-z])/gim;

/** The text with everything taken apart that a CI system which shows it would take for an order. */
export function withoutOrders(text: string): string {
  return text.replaceAll(ORDER, '#\ufffd').replaceAll(ORDER_LINE, '$1\ufffd');
}

/** A URL without what may be secret: user, password, query. */
export function displayUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) return display(url.replace(/\/\/[^/@]*@/, '//'));
  return display(`${parsed.protocol}//${parsed.host}${parsed.pathname}`);
}

/** JSON text in which everything that `display` replaces is escaped: the same value, and nothing that acts or hides. */
export function displayJson(json: string): string {
  return json.replaceAll(ORDER, String.raw`\u0023`).replaceAll(UNSAFE, unsafe =>
    Array.from({ length: unsafe.length }, (_, index) => unsafe.charCodeAt(index))
      .map(unit => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/**
 * A name or a version as it can stand in a commit message, which knows no code: forges act on mentions, references and
 * addresses in it, git on lines of their own.
 */
export function inCommit(text: string): string {
  return display(text)
    .replaceAll(/[^\p{L}\p{N}\s._+/~^<>=*-]/gu, '\ufffd')
    .replaceAll(/\bGH-(?=\d)/gi, 'GH ')
    .replaceAll(/\bwww\./gi, 'www ');
}
