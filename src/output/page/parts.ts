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

/** Small counts that lead to their section. */
export function chipLinks(chips: readonly { tone: Tone; text: string; to: string }[]): Markup | undefined {
  if (chips.length === 0) return undefined;
  return markup`<ul class="chips">${chips.map(
    ({ tone, text, to }) => markup`<li><a class="chip ${tone}" href="#${to}">${text}</a></li>`,
  )}</ul>`;
}

/** A row of buttons of which one may be pressed: only the entries with its words stay. */
export function chipButtons(
  chips: readonly { tone: Tone; text: string; words: string }[],
): Markup | undefined {
  if (chips.length === 0) return undefined;
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

export type Card = {
  tone: Tone;
  title: string;
  badges?: readonly { tone: Tone; text: string }[];
  /** What the filter finds it by. */
  words: string;
  isOpen: boolean;
  body: Markup | readonly (Markup | undefined)[];
};

/** Something that folds: its title with what matters of it, and inside all there is. */
export function cardOf({ tone, title, badges = [], words, isOpen, body }: Card): Markup {
  return markup`<details class="card ${tone}" data-entry="${words}"${isOpen ? markup` open` : undefined}>
<summary>${title}${badges.map(badge => markup` ${badgeOf(badge.tone, badge.text)}`)}</summary>
${body}
</details>
`;
}

/** A word in the colour of what it says. */
export function badgeOf(tone: Tone, text: string): Markup {
  return markup`<span class="badge ${tone}">${text}</span>`;
}

/** A part of a page with its heading, which a chip can lead to; it goes when nothing of it fits the filter. */
export function sectionOf(id: string, title: string, body: readonly (Markup | undefined)[]): Markup {
  return markup`<section id="${id}" data-group>
<h2>${title}</h2>
${body}
</section>
`;
}

/** A table that can be moved sideways where the window is narrow. Each row is an entry where it says its words. */
export function tableOf(
  title: string,
  head: readonly string[],
  rows: readonly { cells: readonly (Shown | undefined)[]; words?: string }[],
): Markup | undefined {
  if (rows.length === 0) return undefined;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${head.map(
    text => markup`<th scope="col">${text}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ({ cells, words }) =>
      markup`<tr${words === undefined ? undefined : markup` data-entry="${words}"`}>${cells.map(cell => markup`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
}

/** The last line of a page. */
export function pageFoot(text: string): Markup {
  return markup`<footer><p>${text}</p></footer>`;
}
