const MAX_LENGTH = 300;

// C0 without newline and tab, DEL, C1, soft hyphen, zero-width and bidi marks, line separators, BOM, tag characters:
// what lets remote text move the cursor, hide, or read backwards (CVE-2021-21303 and its kind).
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Text of a chart, a server or a file, made safe to show on a terminal: one line, at most 300 characters. */
export function display(text: string): string {
  const safe = displayBlock(text).replaceAll(/[\n\t]+/g, ' ');
  return safe.length > MAX_LENGTH ? `${safe.slice(0, MAX_LENGTH - 1)}…` : safe;
}

/** Like `display`, for text whose lines and length matter: a diff, a file's content. */
export function displayBlock(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(UNSAFE, '\ufffd');
}

/** A URL without what may be secret: user, password, query. */
export function displayUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) return display(url.replace(/\/\/[^/@]*@/, '//'));
  return display(`${parsed.protocol}//${parsed.host}${parsed.pathname}`);
}
