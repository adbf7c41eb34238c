import { type Markup, markup } from './markup.ts';

/** How grave something is, in the colours that every page uses. */
export type Tone = 'red' | 'amber' | 'grey' | 'green';

type Shown = string | Markup;

/** What a page begins with: what it is, the verdict in one line, and what stands below it. */
export function pageHead(
  title: string,
  verdict: { tone: Tone; text: string },
  ...below: (Shown | undefined)[]
): Markup {
  return markup`<header class="top">
<h1>${title}</h1>
<p class="verdict ${verdict.tone}" role="status">${verdict.text}</p>
${below.map(each => (typeof each === 'string' ? markup`<p>${each}</p>` : each))}
</header>
`;
}

/** A row of buttons of which one may be pressed: only the entries with its words stay. Nothing for fewer than two. */
export function chipButtons(
  chips: readonly { tone: Tone; text: string; words: string }[],
): Markup | undefined {
  if (chips.length < 2) return undefined;
  return markup`<ul class="chips">${chips.map(
    ({ tone, text, words }) =>
      markup`<li><button type="button" class="chip ${tone}" aria-pressed="false" data-words="${words}">${text}</button></li>`,
  )}</ul>`;
}

/** The box that filters the entries, and what is said where none is left. */
export function filterBox(label: string, none: string, ...rows: (Markup | undefined)[]): Markup {
  return markup`<div class="filter"><label for="filter">${label}</label><input id="filter" type="search" autocomplete="off">${rows}<p class="soft"><output id="count" for="filter"></output></p></div>
<p id="none" hidden>${none}</p>
`;
}

/** The last line of a page. */
export function pageFoot(text: string): Markup {
  return markup`<footer><p>${text}</p></footer>`;
}
