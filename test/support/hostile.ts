/** Characters that act on a terminal, hide, or turn a text round, each with its name. */
export const HIDDEN: readonly (readonly [string, string])[] = [
  ['NUL', '\u0000'],
  ['a bell', '\u0007'],
  ['a backspace', '\b'],
  ['a carriage return', '\r'],
  ['a colour', '\u001b[31m'],
  ['an operating system command', '\u001b]0;title\u0007'],
  ['a C1 sequence', '\u009b31m'],
  ['DEL', '\u007f'],
  ['a soft hyphen', '\u00ad'],
  ['a grapheme joiner', '\u034f'],
  ['an Arabic letter mark', '\u061c'],
  ['a Hangul filler', '\u115f'],
  ['another Hangul filler', '\u3164'],
  ['a halfwidth Hangul filler', '\uffa0'],
  ['a zero-width space', '\u200b'],
  ['a joiner', '\u200d'],
  ['a left-to-right mark', '\u200e'],
  ['a right-to-left mark', '\u200f'],
  ['a line separator', '\u2028'],
  ['a paragraph separator', '\u2029'],
  ['an override', '\u202e'],
  ['an isolate', '\u2067'],
  ['a word joiner', '\u2060'],
  ['a byte order mark', '\ufeff'],
  ['a variation selector', '\ufe0f'],
  ['a variation selector of the supplement', '\u{e0101}'],
  ['a tag', '\u{e0041}'],
];

const FORBIDDEN =
  /[\u034f\ufe00-\ufe0f\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufeff\uffa0\u{e0000}-\u{e01ef}]/u;

/** What CI runners obey wherever it stands: GitHub and Gitea, Azure, TeamCity. */
export const ORDERS = [
  '##[add-path]/evil',
  '##vso[task.prependpath]/evil',
  "##teamcity[setParameter name='a']",
];

/** The code points of a text that must not leave slipway, and orders to CI runners. */
export function forbiddenIn(text: string): string[] {
  const points = [...text].filter(char => FORBIDDEN.test(char));
  const orders = text.match(/##[\w.-]{0,20}\[/g) ?? [];
  return [...points.map(char => `U+${char.codePointAt(0)?.toString(16)}`), ...orders];
}

/** Everything at once, and everything that a forge or a CI runner acts on. */
export const HOSTILE = `${HIDDEN.map(([, text]) => text)
  .filter(text => !/[\r\n]/.test(text))
  .join(
    '',
  )}@acme/owners https://evil.example/x www.evil.example me@evil.example #12 GH-34 acme/shop#56 deadbeefcafe1234 !78 <img src=x onerror=y> ![p](https://evil.example/p.png) [l](javascript:x) \`\`\` | --- %0A::error::x ${ORDERS.join(' ')}`;

/** What of a Markdown text GitHub or GitLab would act on: all that is outside of code. */
export function liveIn(markdown: string): string[] {
  const prose = markdown.replaceAll(/\\`|(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
  const live =
    /@\w[\w/-]*|[a-z]+:\/\/\S+|www\.\S+|(?:[\w/]+)?#\d+|\bGH-\d+|(?<![\\\w])!\d+|\b[0-9a-f]{12,}\b|(?<!\\)<\/?\w+|(?<!\\)\[[^\]]*(?<!\\)\]\(|^\s*(?:```|~~~).*/gim;
  return prose.match(live) ?? [];
}
