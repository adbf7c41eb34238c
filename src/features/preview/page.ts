import { diffLines } from '../../output/line-diff.ts';
import { type Markup, markup } from '../../output/page/markup.ts';
import { renderDocument } from '../../output/page/page.ts';
import type { Language, Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import { type AppPreview, byPile, type Caution, type Pile, type Preview } from './facts.ts';
import type { ObjectDifference } from './object-differences.ts';
import type { ValuesDifference } from './values-differences.ts';
import {
  countsOf,
  imageSides,
  LEVEL_TONES,
  objectWords,
  OWNER_WORDS,
  PILE_WORDS,
  titleOf,
  TONES,
  verdictOf,
} from './words.ts';

/** What a page writes with: the language, and how many lines of differences it may still hold. */
type Writer = { t(text: Text): string; budget: { lines: number } };

/** Keeps a page of a large repository under two megabytes. */
const MOST_LINES = 12_000;
const MOST_LINES_OF_OBJECT = 400;

/** The page: the verdict, what is to be read first, then each app with its images, values and objects. */
export function renderPage(preview: Preview, language: Language): string {
  const t = (text: Text): string => text[language];
  const writer: Writer = { t, budget: { lines: MOST_LINES } };
  const title = titleOf(preview, t);
  const { pile, sentences } = verdictOf(preview);
  const piles = byPile(preview.apps);
  const body = markup`<header class="top">
<h1>${title}</h1>
<p class="verdict ${TONES[pile]}" role="status">${sentences.map(t).join(' ')}</p>
<p>${t(countsOf(preview))}</p>
${chips(piles, t)}
${cautionList(preview.cautions, writer)}
</header>
<main>
<div class="filter"><label for="filter">${t(say('preview.filter'))}</label><input id="filter" type="search" autocomplete="off"></div>
<p id="none" hidden>${t(say('preview.noMatch'))}</p>
${piles.map(([name, apps]) => pileSection(name, apps, writer))}
${preview.apps.length === 0 ? markup`<p>${t(say('preview.nothingTouched'))}</p>` : undefined}
</main>
<footer><p>${preview.untouched > 0 ? t(say('preview.untouched', { count: preview.untouched })) : ''} ${t(say('preview.madeBy'))}</p></footer>`;
  return renderDocument({ language, title, body });
}

function chips(piles: readonly [Pile, AppPreview[]][], t: Writer['t']): Markup | undefined {
  if (piles.length === 0) return undefined;
  return markup`<ul class="chips">${piles.map(
    ([pile, apps]) =>
      markup`<li><a class="chip ${TONES[pile]}" href="#${pile}">${apps.length} ${t(PILE_WORDS[pile])}</a></li>`,
  )}</ul>`;
}

function pileSection(pile: Pile, apps: readonly AppPreview[], writer: Writer): Markup {
  return markup`<section id="${pile}" data-group>
<h2>${writer.t(PILE_WORDS[pile])} (${apps.length})</h2>
${apps.map(app => appCard(app, writer))}
</section>
`;
}

const OPEN: ReadonlySet<Pile> = new Set(['failure', 'decision', 'caution', 'unknown']);

function appCard(app: AppPreview, writer: Writer): Markup {
  const { t } = writer;
  const isOpen = OPEN.has(app.pile) ? markup` open` : undefined;
  return markup`<details class="card ${TONES[app.pile]}" data-entry="${wordsOf(app)}"${isOpen}>
<summary>${app.app} ${badges(app, t)}</summary>
${app.failure === undefined ? undefined : markup`<pre class="diff" tabindex="0"><span class="removed">${t(app.failure)}</span></pre>`}
${cautionList(app.cautions, writer)}
${list(say('preview.notCompared'), app.left.map(t), t)}
${chartTable(app, t)}
${imageTable(app, t)}
${app.values.map(values => valuesTable(values, t))}
${objectList(app, writer)}
</details>
`;
}

/** What the filter finds an app by. */
function wordsOf({ app, charts, comparison, differences }: AppPreview): string {
  return [
    app,
    ...charts.map(({ name }) => name),
    ...(comparison?.images ?? []).flatMap(image => Object.values(imageSides(image))),
    ...differences.map(({ object }) => objectWords(object)),
  ].join(' ');
}

function badges({ presence, charts, comparison }: AppPreview, t: Writer['t']): Markup[] {
  const { added = [], removed = [], changed = [] } = comparison?.changes ?? {};
  const counts: [number, Text][] = [
    [added.length, say('preview.added')],
    [removed.length, say('preview.removed')],
    [changed.length, say('preview.changed')],
  ];
  const whole = { both: undefined, added: say('preview.newApp'), removed: say('preview.goneApp') }[presence];
  return [
    ...(whole ? [markup` <span class="badge grey">${t(whole)}</span>`] : []),
    ...charts.map(
      ({ name, before, after }) =>
        markup` <span class="badge grey">${name} ${before ?? '–'} → ${after ?? '–'}</span>`,
    ),
    ...counts
      .filter(([count]) => count > 0)
      .map(([count, word]) => markup` <span class="badge grey">${count} ${t(word)}</span>`),
  ];
}

function cautionList(cautions: readonly Caution[], { t }: Writer): Markup | undefined {
  if (cautions.length === 0) return undefined;
  const items = cautions.map(
    ({ id, level, object, fact, remedy }) =>
      markup`<li class="${LEVEL_TONES[level]}"><p><span class="badge ${LEVEL_TONES[level]}">${t(LEVEL_WORDS[level])}</span> <code>${id}</code>${object ? markup` <strong>${objectWords(object)}</strong>` : undefined}</p><p>${t(fact)}</p>${remedy ? markup`<p class="soft">${t(remedy)}</p>` : undefined}</li>
`,
  );
  return markup`<h3>${t(say('preview.cautions'))}</h3><ul class="cautions">${items}</ul>`;
}

const LEVEL_WORDS: Record<Caution['level'], Text> = {
  fatal: say('preview.levelFatal'),
  high: say('preview.levelHigh'),
  low: say('preview.levelLow'),
};

function list(title: Text, items: readonly string[], t: Writer['t']): Markup | undefined {
  if (items.length === 0) return undefined;
  return markup`<h3>${t(title)}</h3><ul>${items.map(item => markup`<li>${item}</li>`)}</ul>`;
}

type Row = { name?: string; before: string | undefined; after: string | undefined; note?: string };

function chartTable({ charts }: AppPreview, t: Writer['t']): Markup | undefined {
  return table(say('preview.charts'), charts, t);
}

function imageTable({ comparison }: AppPreview, t: Writer['t']): Markup | undefined {
  return table(say('preview.imagesTitle'), (comparison?.images ?? []).map(imageSides), t);
}

function valuesTable({ file, changes, more }: ValuesDifference, t: Writer['t']): Markup | undefined {
  const rows = changes.map(({ path, before, after, owner }) => ({
    name: path,
    before,
    after,
    note: t(OWNER_WORDS[owner]),
  }));
  const title = t(say('preview.valuesTitle'));
  return markup`${table({ en: `${title}: ${file}`, 'zh-CN': `${title}: ${file}` }, rows, t)}${more > 0 ? markup`<p class="soft">${t(say('preview.moreValues', { count: more }))}</p>` : undefined}`;
}

function table(title: Text, rows: readonly Row[], t: Writer['t']): Markup | undefined {
  if (rows.length === 0) return undefined;
  const [isNamed, isNoted] = [
    rows.some(({ name }) => name !== undefined),
    rows.some(({ note }) => note !== undefined),
  ];
  const side = (text: string | undefined): Markup =>
    text === undefined
      ? markup`<td class="soft">${t(say('preview.absent'))}</td>`
      : markup`<td><code>${text}</code></td>`;
  const head = [
    ...(isNamed ? [say('preview.name')] : []),
    say('preview.before'),
    say('preview.after'),
    ...(isNoted ? [say('preview.owner')] : []),
  ];
  return markup`<h3>${t(title)}</h3><div class="scroll" tabindex="0" role="region" aria-label="${t(title)}"><table><thead><tr>${head.map(text => markup`<th scope="col">${t(text)}</th>`)}</tr></thead><tbody>${rows.map(
    ({ name, before, after, note }) =>
      markup`<tr>${isNamed ? markup`<td><code>${name ?? ''}</code></td>` : undefined}${side(before)}${side(after)}${isNoted ? markup`<td>${note ?? ''}</td>` : undefined}</tr>
`,
  )}</tbody></table></div>`;
}

function objectList({ differences, comparison }: AppPreview, writer: Writer): Markup | undefined {
  const { t } = writer;
  const noise = comparison?.changes.noise ?? 0;
  if (differences.length === 0 && noise === 0) return undefined;
  return markup`<h3>${t(say('preview.objectsTitle'))}</h3>
${differences.map(difference => objectDetails(difference, writer))}
${noise > 0 ? markup`<p class="soft">${t(say('preview.labelsOnly', { count: noise }))}</p>` : undefined}`;
}

function objectDetails({ object, before, after }: ObjectDifference, writer: Writer): Markup {
  const { t, budget } = writer;
  const lines = diffLines(before, after);
  const shown = lines.slice(0, Math.max(0, Math.min(MOST_LINES_OF_OBJECT, budget.lines)));
  budget.lines -= shown.length;
  const more = lines.length - shown.length;
  const word = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return markup`<details><summary>${objectWords(object)} <span class="badge grey">${t(say(`preview.${word}`))}</span></summary><pre class="diff" tabindex="0">${shown.map(
    ({ kind, text }) => markup`<span class="${kind}">${text}</span>`,
  )}</pre>${more > 0 ? markup`<p class="soft">${t(say('preview.moreLines', { count: more }))}</p>` : undefined}</details>
`;
}
