import { say } from '../../locales/say.ts';
import { type Markup, markup } from '../../output/page/markup.ts';
import { renderDocument } from '../../output/page/page.ts';
import {
  badgeOf,
  cardOf,
  chipButtons,
  filterBox,
  pageFoot,
  pageHead,
  tableOf,
  type Tone,
} from '../../output/page/parts.ts';
import { evidenceTexts } from '../../render/effects/describe-proof.ts';
import { sayUnread } from '../../repository/unread/say-unread.ts';
import type { Language, Text } from '../../text/language.ts';
import type { ChartDiff } from '../../render/compare-charts.ts';
import { type ComparedCharts, inlineValue, remarkText, summarizeDiff } from './view.ts';

type Compared = Extract<ChartDiff, { status: 'compared' }>;
type Writer = { t(text: Text): string };

/** So few files are unfolded from the start. */
const FEW = 3;

/** The page of `diff`: how much differs, what of it does nothing, and a table for each values file. What it gets is masked. */
export function renderDiff(charts: readonly ChartDiff[], looked: ComparedCharts, language: Language): string {
  const t = (text: Text): string => text[language];
  const title = t(say('diff.pageTitle'));
  const left = leftTexts(looked).map(t);
  const body = markup`${pageHead(
    title,
    verdictOn(charts, left.length > 0, t),
    left.length > 0 ? markup`<ul class="soft">${left.map(text => markup`<li>${text}</li>`)}</ul>` : undefined,
  )}<main>
${filterBox(t(say('diff.filter')), t(say('output.noMatch')), markChips(charts, t))}
${charts.map(chart => chartCard(chart, { t, isFew: charts.length <= FEW }))}
</main>
${pageFoot(t(say('diff.madeBy')))}`;
  return renderDocument({ language, title, body });
}

function leftTexts({ read, unread, notCompared }: ComparedCharts): Text[] {
  const left = sayUnread(unread, read);
  const places = notCompared.map(({ app, name, place }) => `${app} ${name}: ${place}`).join(', ');
  return [...(notCompared.length > 0 ? [say('diff.notCompared', { places })] : []), ...(left ? [left] : [])];
}

function verdictOn(
  charts: readonly ChartDiff[],
  isLeft: boolean,
  t: Writer['t'],
): { tone: Tone; text: string } {
  if (charts.length === 0) return { tone: 'grey', text: t(say('diff.nothingCompared')) };
  const { customisations, failed, dead, redundant, withoutEffect = 0 } = summarizeDiff(charts);
  const idle = dead + redundant + withoutEffect;
  const texts = [
    say('diff.verdict', { customisations, files: charts.length }),
    ...(idle > 0 ? [say('diff.verdictIdle', { idle })] : []),
    ...(failed > 0 ? [say('diff.chartsFailed', { failed })] : []),
  ];
  const tone = failed > 0 ? 'red' : idle > 0 || isLeft ? 'amber' : 'green';
  return { tone, text: texts.map(t).join(' · ') };
}

function markChips(charts: readonly ChartDiff[], t: Writer['t']): Markup | undefined {
  const { dead, redundant, withoutEffect = 0 } = summarizeDiff(charts);
  const chips = [
    { count: dead, word: say('diff.dead'), words: 'is:dead' },
    { count: redundant, word: say('diff.redundant'), words: 'is:redundant' },
    { count: withoutEffect, word: say('diff.withoutEffect'), words: 'is:none' },
  ];
  return chipButtons(
    chips.flatMap(({ count, word, words }) =>
      count > 0 ? [{ tone: 'amber' as const, text: `${count} ${t(word)}`, words }] : [],
    ),
  );
}

function chartCard(chart: ChartDiff, writer: Writer & { isFew: boolean }): Markup {
  const { t, isFew } = writer;
  const { app, name, version = '', valuesFile } = chart;
  const about = { title: app, badges: [{ tone: 'grey' as const, text: `${name} ${version}`.trim() }] };
  const words = [app, name, version, valuesFile];
  const place = markup`<p class="soft">${valuesFile}</p>`;
  if (chart.status === 'failed')
    return cardOf({
      ...about,
      tone: 'red',
      words: words.join(' '),
      isOpen: true,
      body: [place, markup`<p class="red">${chart.error.code} ${t(chart.error.texts.message)}</p>`],
    });
  const marks = chart.customisations.map((each, index) => each.mark ?? chart.proof?.effects[index]);
  const count = t(say('diff.customisations', { customisations: chart.customisations.length }));
  const isIdle = marks.some(mark => mark !== undefined && mark !== 'effective' && mark !== 'unknown');
  return cardOf({
    ...about,
    badges: [...about.badges, { tone: isIdle ? 'amber' : 'grey', text: count }],
    tone: isIdle ? 'amber' : 'grey',
    words: [
      ...words,
      ...chart.customisations.map(({ path }) => path),
      ...marks.flatMap(mark => (mark === undefined ? [] : [`is:${mark}`])),
    ].join(' '),
    isOpen: isIdle || isFew,
    body: [place, ...remarks(chart, writer), valuesTable(chart, writer)],
  });
}

function remarks({ partial, customisations, proof }: Compared, { t }: Writer): Markup[] {
  const texts = [
    ...(partial ? [say('diff.overridesOnlyNoFullCopy')] : []),
    ...(!partial && customisations.length === 0 ? [say('diff.defaults')] : []),
    ...(proof ? evidenceTexts(proof) : []),
  ];
  return texts.map(text => markup`<p class="soft">${t(text)}</p>`);
}

function valuesTable(
  { valuesFile, name, customisations, proof }: Compared,
  { t }: Writer,
): Markup | undefined {
  const rows = customisations.map(({ path, base, ours, comments, mark, over }, index) => {
    const remark = remarkText({ mark, over }, proof?.effects[index]);
    const said = comments.map(comment => markup`<p class="soft">${comment}</p>`);
    return {
      cells: [
        markup`<code>${path}</code>${said}`,
        valueOf(base, t),
        valueOf(ours, t),
        remark ? badgeOf(over && mark === undefined ? 'grey' : 'amber', t(remark)) : '',
      ],
    };
  });
  const head = [say('diff.path'), say('diff.theDefault'), say('diff.ours'), say('diff.remark')].map(t);
  return tableOf(`${valuesFile} ${name}`, head, rows);
}

function valueOf(value: unknown, t: Writer['t']): Markup {
  if (value === undefined) return markup`<span class="soft">${t(say('diff.absent'))}</span>`;
  return markup`<code>${inlineValue(value)}</code>`;
}
