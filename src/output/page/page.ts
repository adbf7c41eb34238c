import { createHash } from 'node:crypto';
import type { Language } from '../../text/language.ts';
import { type Markup, markup } from './markup.ts';
import { STYLES } from './page-styles.ts';

export type PageParts = {
  language: Language;
  title: string;
  body: Markup;
  /** Behind those that every page has. Our own, as they are: no text of anybody else is in them. */
  styles?: string;
};

/**
 * One file that stands by itself: nothing in it asks for anything, and its own policy forbids that anything does. The same parts
 * give the same bytes.
 */
export function renderDocument({ language, title, body, styles = '' }: PageParts): string {
  const looks = STYLES + styles;
  const policy = [
    "default-src 'none'",
    `style-src '${digestOf(looks)}'`,
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
<style>${verbatim(looks)}</style>
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

/**
 * All that a page does by itself: it hides the entries that do not hold the words that were typed, or those of the buttons that are
 * pressed, of each row of buttons one. Without it everything is there.
 */
const SCRIPT = `
(function(){
var root=document.documentElement;root.classList.add('js');
function all(selector){return [].slice.call(document.querySelectorAll(selector))}
function reveal(){
var target=location.hash.length>1&&document.getElementById(location.hash.slice(1));
if(target&&target.tagName==='DETAILS')target.open=true;
}
window.addEventListener('hashchange',reveal);reveal();
var box=document.getElementById('filter');if(!box)return;
var entries=all('[data-entry]');
var groups=all('[data-group]');
var buttons=all('button[data-words]');
var none=document.getElementById('none');
var count=document.getElementById('count');
var texts=entries.map(function(entry){
var own=entry.getAttribute('data-entry');
return (entry.hasAttribute('data-text')?own+' '+entry.textContent:own).toLowerCase();
});
function wanted(){
var words=box.value.toLowerCase().split(/\\s+/).filter(Boolean);
buttons.forEach(function(button){
if(button.getAttribute('aria-pressed')==='true')words.push(button.getAttribute('data-words').toLowerCase());
});
return words;
}
function show(){
var words=wanted();
var shown=0;
entries.forEach(function(entry,index){
var fits=words.every(function(word){return texts[index].indexOf(word)!==-1});
entry.hidden=!fits;if(fits)shown++;
});
groups.forEach(function(group){
group.hidden=!group.querySelector('[data-entry]:not([hidden])');
if(group.tagName!=='DETAILS')return;
if(group.wasOpen===undefined)group.wasOpen=group.open;
group.open=words.length>0||group.wasOpen;
if(words.length===0)group.wasOpen=undefined;
});
if(none)none.hidden=shown>0;
if(count)count.textContent=shown+' / '+entries.length;
}
box.addEventListener('input',show);
buttons.forEach(function(button){
button.addEventListener('click',function(){
var on=button.getAttribute('aria-pressed')!=='true';
buttons.forEach(function(other){
if(other.parentNode.parentNode===button.parentNode.parentNode)other.setAttribute('aria-pressed','false');
});
button.setAttribute('aria-pressed',String(on));
show();
});
});
})();
`.trim();
