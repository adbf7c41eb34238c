import { type Markup, markup } from '../../output/page/markup.ts';
import { renderDocument } from '../../output/page/page.ts';
import { filterBox, pageFoot, pageHead } from '../../output/page/parts.ts';
import { displayLine } from '../../text/display.ts';
import type { Language, Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import { type AppPreview, byPile, type Caution, type Pile, type Preview } from './facts.ts';
import { appCard, arrow, cautionList, type PageWriter } from './page-app.ts';
import {
  countsOf,
  LEVEL_TONES,
  maskWords,
  objectWords,
  PILE_WORDS,
  titleOf,
  TONES,
  verdictOf,
} from './words.ts';

/** Keeps a page of a large repository under two megabytes. */
const MOST_LINES = 12_000;
const MOST_DANGERS = 12;
const LONGEST_FAILURE = 180;
/** Of so few apps each is open at once. */
const FEW_APPS = 8;

/**
 * The page: the verdict and how many apps stand in each pile, what is dangerous, a row for each app; then each app with its images,
 * values and objects.
 */
export function renderPage(preview: Preview, language: Language): string {
  const t = (text: Text): string => maskWords(text[language], language);
  const isFew = preview.apps.length <= FEW_APPS;
  const anchors = new Map(preview.apps.map((app, index) => [app, `app-${index + 1}`]));
  const writer: PageWriter = { t, language, anchors, isFew, budget: { lines: MOST_LINES } };
  const title = titleOf(preview, t);
  const { pile, sentences } = verdictOf(preview);
  const piles = byPile(preview.apps);
  // The tiles say the rest.
  const verdict = { tone: TONES[pile], text: sentences.slice(0, 1).map(t).join('') };
  const untouched = preview.untouched > 0 ? t(say('preview.untouched', { count: preview.untouched })) : '';
  const body = markup`${pageHead(title, verdict, t(countsOf(preview)), tiles(piles, t), cautionList(preview.cautions, writer))}<main>
${dangers(preview.apps, writer)}
${overview(preview.apps, writer)}
${filterBox(t(say('preview.filter')), t(say('preview.noMatch')))}
${piles.map(([name, apps]) => pileSection(name, apps, writer))}
${preview.apps.length === 0 ? markup`<p>${t(say('preview.nothingTouched'))}</p>` : undefined}
</main>
${pageFoot(`${untouched}${language === 'en' ? ' ' : ''}${t(say('preview.madeBy'))}`)}`;
  return renderDocument({ language, title, body, styles: LOOKS });
}

function tiles(piles: readonly [Pile, AppPreview[]][], t: PageWriter['t']): Markup | undefined {
  if (piles.length === 0) return undefined;
  return markup`<ul class="tiles">${piles.map(
    ([pile, apps]) =>
      markup`<li><a class="${TONES[pile]}" href="#${pile}"><strong>${apps.length}</strong>${t(PILE_WORDS[pile])}</a></li>`,
  )}</ul>
`;
}

type Danger = { app: AppPreview; level: Caution['level']; about: string; fact: string };

/** What a reviewer has to know before anything else: apps that break, what would be refused or destroyed, what to be careful of. */
function dangers(apps: readonly AppPreview[], { t, anchors }: PageWriter): Markup | undefined {
  const found = apps.flatMap((app): Danger[] => [
    ...(app.failure === undefined
      ? []
      : [{ app, level: 'fatal' as const, about: '', fact: displayLine(t(app.failure), LONGEST_FAILURE) }]),
    ...app.cautions
      .filter(({ level }) => level !== 'low')
      .map(({ level, object, fact }) => ({
        app,
        level,
        about: object ? objectWords(object) : '',
        fact: t(fact),
      })),
  ]);
  if (found.length === 0) return undefined;
  const isFatal = ({ level }: Danger): boolean => level === 'fatal';
  const sorted = [...found.filter(isFatal), ...found.filter(danger => !isFatal(danger))];
  const more = sorted.length - MOST_DANGERS;
  return markup`<section class="danger"><h2>${t(say('preview.dangers'))}</h2><ol>${sorted
    .slice(0, MOST_DANGERS)
    .map(
      ({ app, level, about, fact }) =>
        markup`<li><span class="badge ${level === 'fatal' ? 'red' : LEVEL_TONES[level]}">${t(level === 'fatal' ? PILE_WORDS[app.pile === 'failure' ? 'failure' : 'decision'] : PILE_WORDS.caution)}</span><a href="#${anchors.get(app)}">${app.app}</a><span class="what">${about === '' ? undefined : markup`<strong>${about}</strong>: `}${fact}</span></li>
`,
    )}</ol>${more > 0 ? markup`<p class="soft">${t(say('preview.moreBelow', { count: more }))}</p>` : undefined}</section>`;
}

/** A row for each app that differs. */
function overview(all: readonly AppPreview[], { t, anchors }: PageWriter): Markup | undefined {
  const apps = all.filter(({ pile }) => pile !== 'unchanged');
  if (apps.length < 2) return undefined;
  const head = [say('preview.app'), say('preview.verdict'), say('preview.objects'), say('preview.versions')];
  const title = t(say('preview.overview'));
  return markup`<section><h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="overview"><thead><tr>${head.map(
    text => markup`<th scope="col">${t(text)}</th>`,
  )}</tr></thead><tbody>${apps.map(
    app =>
      markup`<tr><td><a href="#${anchors.get(app)}">${app.app}</a></td><td><span class="badge ${TONES[app.pile]}">${t(PILE_WORDS[app.pile])}</span></td><td class="count">${counts(app, t)}</td><td>${versions(app)}</td></tr>
`,
  )}</tbody></table></div></section>`;
}

function counts({ comparison }: AppPreview, t: PageWriter['t']): Markup | undefined {
  if (!comparison) return undefined;
  const { added, removed, changed } = comparison.changes;
  const count = (sign: string, list: readonly unknown[], looks: string, word: Text): Markup | undefined =>
    list.length === 0
      ? undefined
      : markup`<span class="${looks}" title="${t(word)}">${sign}${list.length}</span> `;
  return markup`${count('+', added, 'plus', say('preview.added'))}${count('−', removed, 'minus', say('preview.removed'))}${count('~', changed, 'tilde', say('preview.changed'))}`;
}

const MOST_STEPS = 2;

function versions({ charts, comparison }: AppPreview): Markup[] {
  const tags = (comparison?.images ?? []).flatMap(image =>
    image.kind === 'tag' ? [{ ...image, name: image.name.slice(image.name.lastIndexOf('/') + 1) }] : [],
  );
  const steps = [...charts, ...tags];
  const more = steps.length - MOST_STEPS;
  return [
    ...steps
      .slice(0, MOST_STEPS)
      .map(step => markup`<div class="step"><code>${step.name}</code> ${arrow(step)}</div>`),
    ...(more > 0 ? [markup`<div class="soft">+${more}</div>`] : []),
  ];
}

function pileSection(pile: Pile, apps: readonly AppPreview[], writer: PageWriter): Markup {
  const { t } = writer;
  const title = t(say('preview.pileCount', { pile: PILE_WORDS[pile], count: apps.length }));
  return markup`<section id="${pile}" data-group>
<h2>${title}</h2>
${apps.map(app => appCard(app, writer))}
</section>
`;
}

/** What the page of a preview adds to the looks of every page: tiles that are read in five seconds, a table for thirty. */
const LOOKS = `
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.6rem;list-style:none;margin:1rem 0;padding:0}
.tiles a{display:block;padding:.65rem .9rem;border-radius:.6rem;border:1px solid var(--line);background:var(--card);text-decoration:none;height:100%}
.tiles a:hover{border-color:currentColor}.tiles a:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
.tiles strong{display:block;font-size:1.7rem;line-height:1.1}
.tiles .red{background:var(--redbg)}.tiles .amber{background:var(--amberbg)}.tiles .green{background:var(--greenbg)}
.danger{border:1px solid var(--line);border-radius:.6rem;background:var(--card);padding:.25rem 1.1rem .6rem;margin:1rem 0}
.danger h2{margin:.8rem 0 .4rem}
.danger ol{list-style:none;margin:0;padding:0}
.danger li{display:grid;grid-template-columns:9.5rem 1fr;gap:.1rem .7rem;align-items:baseline;padding:.5rem 0;border-top:1px solid var(--line)}
.danger li>*{min-width:0;overflow-wrap:anywhere}
.danger .what{grid-column:2}.danger .badge{justify-self:start}
.overview td{vertical-align:middle}.overview td,.overview th{padding-top:.4rem;padding-bottom:.4rem}
.overview .count{font-variant-numeric:tabular-nums;white-space:nowrap}
.plus{color:var(--green)}.minus{color:var(--red)}.tilde{color:var(--soft)}
.step{white-space:nowrap}
details details>summary .hint{display:block;color:var(--soft);font-size:.86em;padding-left:1.05rem;overflow-wrap:anywhere}
.hint del{color:var(--red);text-decoration:none}.hint ins{color:var(--green);text-decoration:none}
details details[open]>summary .hint{display:none}
@media (max-width:40rem){
.tiles{grid-template-columns:repeat(2,1fr)}
.overview thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.overview tr{display:flex;flex-wrap:wrap;gap:.15rem .6rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.overview td{border:0;padding:0}.overview td:first-child{flex:1 0 100%}.overview td:empty{display:none}
.danger li{grid-template-columns:1fr}.danger .what{grid-column:1}
}
@media print{.tiles a,.danger{break-inside:avoid}details.card:not([open])>*{display:block}}
`;
