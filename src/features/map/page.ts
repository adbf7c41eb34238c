import { type Markup, markup } from '../../output/page/markup.ts';
import { renderDocument } from '../../output/page/page.ts';
import { chipButtons, filterBox, pageFoot, pageHead, type Tone } from '../../output/page/parts.ts';
import { say } from '../../locales/say.ts';
import type { Language, Text } from '../../text/language.ts';
import { appStrip, type Pen } from './app-strip.ts';
import type { FileLinks } from './forge-links.ts';
import { countMap, type MapCounts, type MapView, type RepositoryMap, lookInto } from './graph.ts';
import { type Group, groupsOf, overview, waitingPicture } from './overview.ts';
import { PICTURE_STYLES } from './picture.ts';
import { countLines, unknownLine, unreadLines, mapVerdict } from './words.ts';

/** More apps than this, and their groups are folded at first. */
const MOST_OPEN = 60;

/** The page of a map: the whole in one picture, then each app in one of its own, in folding groups. */
export function renderMap(
  map: RepositoryMap,
  { language, links }: { language: Language; links: FileLinks | undefined },
): string {
  const t = (text: Text): string => text[language];
  const pen: Pen = { view: lookInto(map), links, t };
  const groups = groupsOf(pen);
  const title = t(say('map.title'));
  const counts = countMap(pen.view);
  const left = [...unknownLine(counts), ...unreadLines(map.unread)].map(t);
  const isFolded = pen.view.of('app').length > MOST_OPEN;
  const body = markup`<div class="wide map">${pageHead(
    title,
    headOf(counts, left, t),
    countLines(counts).map(t).join(' · '),
    links?.commit === undefined ? undefined : t(say('map.ofCommit', { commit: links.commit.slice(0, 10) })),
    left.length > 0 ? markup`<ul class="soft">${left.map(text => markup`<li>${text}</li>`)}</ul>` : undefined,
    picture(t(say('map.overview')), overview(pen, groups)),
    folded(t(say('map.waiting')), waitingPicture(pen)),
  )}<main>
<h2>${t(say('map.appsTitle'))}</h2>
${filterBox(t(say('map.filter')), t(say('output.noMatch')), environmentChips(groups, t), statusChips(pen.view, t))}
${groups.map(group => groupCard(pen, group, isFolded))}
</main>
${pageFoot(t(say('map.madeBy')))}</div>`;
  return renderDocument({ language, title, body, styles: PICTURE_STYLES });
}

/** Amber where charts wait, grey where nobody asked, green where all is known and well. */
function headOf(counts: MapCounts, left: readonly string[], t: Pen['t']): { tone: Tone; text: string } {
  const isUnknown = counts.unknown + left.length > 0;
  const tone = counts.outdated > 0 ? 'amber' : isUnknown ? 'grey' : 'green';
  return { tone, text: mapVerdict(counts).map(t).join(' · ') };
}

function picture(label: string, drawn: Markup | undefined): Markup | undefined {
  return drawn && markup`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${drawn}</div>`;
}

function folded(label: string, drawn: Markup | undefined): Markup | undefined {
  return (
    drawn && markup`<details class="card grey"><summary>${label}</summary>${picture(label, drawn)}</details>`
  );
}

const MOST_CHIPS = 12;

function environmentChips(groups: readonly Group[], t: Pen['t']): Markup | undefined {
  if (groups.length < 2 || groups.length > MOST_CHIPS) return undefined;
  return chipButtons(
    groups.map(({ environment, apps }) => ({
      tone: 'grey',
      text: `${environment} · ${t(say('map.apps', { apps: apps.length }))}`,
      words: ` ${environment}/`,
    })),
  );
}

function statusChips({ of }: MapView, t: Pen['t']): Markup | undefined {
  const charts = of('chart');
  const states = [
    ['outdated', 'amber', say('map.isOutdated')],
    ['current', 'green', say('map.isCurrent')],
    ['held', 'grey', say('map.held')],
    ['floating', 'amber', say('map.floating')],
    ['range', 'grey', say('map.range')],
    ['unknown', 'grey', say('map.isUnknown')],
  ] as const;
  const found = states.flatMap(([status, tone, word]) => {
    const count = charts.filter(chart => chart.status === status).length;
    return count === 0 ? [] : [{ tone, text: `${t(word)} · ${count}`, words: `is:${status}` }];
  });
  return found.length > 1 ? chipButtons(found) : undefined;
}

function groupCard(pen: Pen, { id, environment, apps, outdated }: Group, isFolded: boolean): Markup {
  const { t } = pen;
  const badge =
    outdated > 0
      ? markup` <span class="badge amber">${t(say('map.appsOutdated', { outdated }))}</span>`
      : undefined;
  return markup`<details class="card ${outdated > 0 ? 'amber' : 'grey'}" id="${id}" data-group${isFolded ? undefined : markup` open`}>
<summary>${environment} <span class="badge grey">${t(say('map.apps', { apps: apps.length }))}</span>${badge}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${environment}">
${apps.map(app => appStrip(pen, app))}</div>
</details>
`;
}
