import { parseJson } from '../../data/json.ts';
import { say } from '../../locales/say.ts';
import { diffLines } from '../../output/line-diff.ts';
import { type Markup, markup } from '../../output/page/markup.ts';
import type { FieldChange } from '../../render/rendered-changes.ts';
import { displayLine } from '../../text/display.ts';
import type { Language, Text } from '../../text/language.ts';
import type { AppPreview, Caution, Pile } from './facts.ts';
import type { ObjectDifference } from '../../render/compare/object-differences.ts';
import type { ValuesDifference } from './values-differences.ts';
import { imageSides, LEVEL_TONES, maskWords, objectWords, OWNER_WORDS, TONES } from './words.ts';

/** What a page writes with: the language, where each app stands, and how many lines of differences it may still hold. */
export type PageWriter = {
  t(text: Text): string;
  language: Language;
  anchors: ReadonlyMap<AppPreview, string>;
  /** So few apps that what changes can be open at once. */
  isFew: boolean;
  budget: { lines: number };
};

const MOST_LINES_OF_OBJECT = 400;
const OPEN: ReadonlySet<Pile> = new Set(['failure', 'decision', 'caution', 'unknown']);

/** An app: why it does not build, what is to be read of it, its charts, images and values, and each object that differs. */
export function appCard(app: AppPreview, writer: PageWriter): Markup {
  const { t, anchors, isFew } = writer;
  const isOpen = OPEN.has(app.pile) || (isFew && app.pile === 'change') ? markup` open` : undefined;
  return markup`<details class="card ${TONES[app.pile]}" id="${anchors.get(app) ?? ''}" data-entry="${wordsOf(app)}"${isOpen}>
<summary>${app.app} ${badges(app, t)}</summary>
${app.failure === undefined ? undefined : failureOf(app.failure, writer)}
${cautionList(app.cautions, writer)}
${list(say('preview.notCompared'), app.left.map(t), t)}
${table(say('preview.charts'), app.charts, writer)}
${table(say('preview.imagesTitle'), (app.comparison?.images ?? []).map(imageSides), writer)}
${app.values.map(values => valuesTable(values, writer))}
${objectList(app, writer)}
</details>
`;
}

/** What the renderer says is in its own language. */
function failureOf(failure: Text, { t }: PageWriter): Markup {
  const own = t(failure) === failure.en ? markup` lang="en"` : undefined;
  return markup`<h3>${t(say('preview.saidByRenderer'))}</h3><pre class="diff" tabindex="0"${own}><span class="removed">${t(failure)}</span></pre>`;
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

function badges({ presence, charts, comparison }: AppPreview, t: PageWriter['t']): Markup[] {
  const { added = [], removed = [], changed = [] } = comparison?.changes ?? {};
  const counts: [number, Text][] = [
    [added.length, say('preview.added')],
    [removed.length, say('preview.removed')],
    [changed.length, say('preview.changed')],
  ];
  const whole = { both: undefined, added: say('preview.newApp'), removed: say('preview.goneApp') }[presence];
  return [
    ...(whole ? [markup` <span class="badge grey">${t(whole)}</span>`] : []),
    ...charts.map(step => markup` <span class="badge grey">${step.name} ${arrow(step)}</span>`),
    ...counts
      .filter(([count]) => count > 0)
      .map(([count, word]) => markup` <span class="badge grey">${count} ${t(word)}</span>`),
  ];
}

/** `1.0.0 → 1.1.0`; a dash for what is not there. */
export function arrow({ before, after }: { before: string | undefined; after: string | undefined }): string {
  return `${before ?? '–'} → ${after ?? '–'}`;
}

/** Cautions with what to do about each; nothing without any. */
export function cautionList(cautions: readonly Caution[], { t }: PageWriter): Markup | undefined {
  if (cautions.length === 0) return undefined;
  const items = cautions.map(
    ({ id, level, object, fact, remedy }) =>
      markup`<li class="${LEVEL_TONES[level]}"><p><span class="badge ${LEVEL_TONES[level]}">${t(LEVEL_WORDS[level])}</span> <code>${id}</code>${object ? markup` <strong>${objectWords(object)}</strong>` : undefined}</p><p>${t(fact)}</p>${remedy ? markup`<p class="soft">→ ${t(remedy)}</p>` : undefined}</li>
`,
  );
  return markup`<h3>${t(say('preview.cautions'))}</h3><ul class="cautions">${items}</ul>`;
}

const LEVEL_WORDS: Record<Caution['level'], Text> = {
  fatal: say('preview.levelFatal'),
  high: say('preview.levelHigh'),
  low: say('preview.levelLow'),
};

function list(title: Text, items: readonly string[], t: PageWriter['t']): Markup | undefined {
  if (items.length === 0) return undefined;
  return markup`<h3>${t(title)}</h3><ul>${items.map(item => markup`<li>${item}</li>`)}</ul>`;
}

type Row = { name?: string; before: string | undefined; after: string | undefined; note?: string };

function valuesTable({ file, changes, more }: ValuesDifference, writer: PageWriter): Markup | undefined {
  const { t } = writer;
  const rows = changes.map(({ path, before, after, owner }) => ({
    name: path,
    before,
    after,
    note: t(OWNER_WORDS[owner]),
  }));
  return markup`${table(say('preview.valuesOf', { file }), rows, writer)}${more > 0 ? markup`<p class="soft">${t(say('preview.moreValues', { count: more }))}</p>` : undefined}`;
}

function table(title: Text, rows: readonly Row[], { t, language }: PageWriter): Markup | undefined {
  if (rows.length === 0) return undefined;
  const [isNamed, isNoted] = [
    rows.some(({ name }) => name !== undefined),
    rows.some(({ note }) => note !== undefined),
  ];
  const side = (text: string | undefined): Markup =>
    text === undefined
      ? markup`<td class="soft">${t(say('preview.absent'))}</td>`
      : markup`<td><code>${maskWords(text, language)}</code></td>`;
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

function objectList({ differences, comparison }: AppPreview, writer: PageWriter): Markup | undefined {
  const { t } = writer;
  const noise = comparison?.changes.noise ?? 0;
  if (differences.length === 0 && noise === 0) return undefined;
  const changed = new Map(
    (comparison?.changes.changed ?? []).map(({ fields, ...object }) => [objectWords(object), fields]),
  );
  return markup`<h3>${t(say('preview.objectsTitle'))}</h3>
${differences.map(difference => objectDetails(difference, changed.get(objectWords(difference.object)) ?? [], writer))}
${noise > 0 ? markup`<p class="soft">${t(say('preview.labelsOnly', { count: noise }))}</p>` : undefined}`;
}

function objectDetails(
  { object, before, after }: ObjectDifference,
  fields: readonly FieldChange[],
  writer: PageWriter,
): Markup {
  const { t, budget, language } = writer;
  const lines = diffLines(before, after);
  const shown = lines.slice(0, Math.max(0, Math.min(MOST_LINES_OF_OBJECT, budget.lines)));
  budget.lines -= shown.length;
  const more = lines.length - shown.length;
  const word = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const tone = { added: 'green', removed: 'red', changed: 'grey' }[word];
  return markup`<details><summary>${objectWords(object)} <span class="badge ${tone}">${t(say(`preview.${word}`))}</span>${hintOf(fields, writer)}</summary><pre class="diff" tabindex="0">${shown.map(
    ({ kind, text }) => markup`<span class="${kind}">${maskWords(text, language)}</span>`,
  )}</pre>${more > 0 ? markup`<p class="soft">${t(say('preview.moreLines', { count: more }))}</p>` : undefined}</details>
`;
}

const MOST_HINTS = 3;
const LONGEST_HINT = 60;

/** What differs, before anybody opens the object: the first fields, each with both sides where they are short. */
function hintOf(fields: readonly FieldChange[], { language }: PageWriter): Markup | undefined {
  if (fields.length === 0) return undefined;
  const more = fields.length - MOST_HINTS;
  const side = (json: string | undefined): string =>
    json === undefined ? '∅' : maskWords(displayLine(textOf(json), LONGEST_HINT), language);
  return markup`${fields
    .slice(0, MOST_HINTS)
    .map(
      ({ path, before, after }) =>
        markup`<span class="hint"><code>${displayLine(path, 2 * LONGEST_HINT)}</code> <del>${side(before)}</del> → <ins>${side(after)}</ins></span>`,
    )}${more > 0 ? markup`<span class="hint">+${more}</span>` : undefined}`;
}

function textOf(json: string): string {
  const value = parseJson(json);
  return typeof value === 'string' ? value : json;
}
