import { createHash } from 'node:crypto';
import type { Language } from '../../text/language.ts';
import { type Markup, markup } from './markup.ts';
import { STYLES } from './page-styles.ts';

export type PageParts = { language: Language; title: string; body: Markup };

/**
 * One file that stands by itself: nothing in it asks for anything, and its own policy forbids that anything does. The same parts
 * give the same bytes.
 */
export function renderDocument({ language, title, body }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `style-src '${digestOf(STYLES)}'`,
    `script-src '${digestOf(SCRIPT)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const document = markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${verbatim(STYLES)}</style>
</head>
<body>
${body}
<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`;
  return document.markup;
}

/** Our own style and script: no text of anybody else is in them. */
function verbatim(own: string): Markup {
  return { markup: own };
}

/** https://www.w3.org/TR/CSP3/#external-hash: what stands between the tags, byte for byte. */
function digestOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** All that a page does by itself: it hides the entries that do not hold the words that were typed. Without it everything is there. */
const SCRIPT = `
(function(){
var root=document.documentElement;root.classList.add('js');
var box=document.getElementById('filter');if(!box)return;
var entries=[].slice.call(document.querySelectorAll('[data-entry]'));
var groups=[].slice.call(document.querySelectorAll('[data-group]'));
var none=document.getElementById('none');
function show(){
var words=box.value.toLowerCase().split(/\\s+/).filter(Boolean);
var any=false;
entries.forEach(function(entry){
var text=entry.getAttribute('data-entry').toLowerCase();
var fits=words.every(function(word){return text.indexOf(word)!==-1});
entry.hidden=!fits;any=any||fits;
});
groups.forEach(function(group){group.hidden=!group.querySelector('[data-entry]:not([hidden])')});
if(none)none.hidden=any;
}
box.addEventListener('input',show);
})();
`.trim();
