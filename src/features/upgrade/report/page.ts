import { say } from '../../../locales/say.ts';
import { type Markup, markup } from '../../../output/page/markup.ts';
import { markdownParts } from '../../../output/page/markdown.ts';
import { renderDocument } from '../../../output/page/page.ts';
import { cardOf, chipButtons, filterBox, pageFoot, pageHead, type Tone } from '../../../output/page/parts.ts';
import { maskedChange } from '../../../render/compare/masks.ts';
import type { Language, Text } from '../../../text/language.ts';
import type { Decision } from '../../../values/plan.ts';
import type { AppReport, ChartReport, RenderReport, UpgradeReport } from '../report-facts.ts';
import { LEVEL_WORDS, riskOf } from '../risk-words.ts';
import { REPORT_STATUS, reportParts } from './render-report.ts';

/** So many items of a list are shown: a page has room. */
const MOST = 500;
/** So few apps are unfolded from the start. */
const FEW = 3;

/** The report of a run as a page: how it went, the table, and each app folded with all that the Markdown has. Secrets are masked. */
export function renderUpgradePage(given: UpgradeReport, language: Language): string {
  const report = { ...given, apps: given.apps.map(maskedApp) };
  const t = (text: Text): string => text[language];
  const { overview, leftAlone, app } = reportParts(report, { t, detail: { most: MOST } });
  const title = `${t(say('upgrade.chartUpgrade'))} ${report.date}`;
  const body = markup`${pageHead(title, verdictOn(report, t), markup`${markdownParts(overview, t(say('upgrade.chartUpgrade')))}`)}<main>
${filterBox(t(say('upgrade.filter')), t(say('output.noMatch')), statusChips(report.apps, t))}
${report.apps.length > 0 ? markup`<h2>${t(say('upgrade.pageApps'))} (${report.apps.length})</h2>` : undefined}
${report.apps.map(each => appCard(each, { lines: app(each), isOpen: report.apps.length <= FEW }, t))}
${leftAlone.length > 0 ? markup`<h2>${t(say('upgrade.leftAlone'))} (${leftAlone.length})</h2>${markdownParts(leftAlone, t(say('upgrade.leftAlone')))}` : undefined}
</main>
${pageFoot(t(say('upgrade.madeBy')))}`;
  return renderDocument({ language, title, body });
}

/** The gravest first. */
const STATUSES: readonly [AppReport['status'], Tone][] = [
  ['failed', 'red'],
  ['needs-decision', 'red'],
  ['upgraded', 'green'],
  ['unchanged', 'grey'],
];

/** Without the sign that Markdown has in front: here a colour says it. */
function wordsOf(status: AppReport['status'], t: (text: Text) => string): string {
  return t(REPORT_STATUS[status]).replace(/^\P{L}+/u, '');
}

function countStatus(apps: readonly AppReport[]) {
  return STATUSES.flatMap(([status, tone]) => {
    const count = apps.filter(app => app.status === status).length;
    return count > 0 ? [{ status, tone, count }] : [];
  });
}

function verdictOn({ apps, unread }: UpgradeReport, t: (text: Text) => string): { tone: Tone; text: string } {
  const counts = countStatus(apps);
  const [first] = counts;
  if (!first) return { tone: unread.length > 0 ? 'amber' : 'green', text: t(say('upgrade.nothingUpgraded')) };
  const isRisky = apps.some(app => app.status === 'upgraded' && riskOf(app) !== 'low');
  const text = counts.map(({ status, count }) => `${count} ${wordsOf(status, t)}`).join(' · ');
  return { tone: first.tone === 'green' && isRisky ? 'amber' : first.tone, text };
}

function statusChips(apps: readonly AppReport[], t: (text: Text) => string): Markup | undefined {
  return chipButtons(
    countStatus(apps).map(({ status, tone, count }) => ({
      tone,
      text: `${wordsOf(status, t)} · ${count}`,
      words: `is:${status}.`,
    })),
  );
}

const RISK_TONES: Partial<Record<string, Tone>> = { fatal: 'red', high: 'amber' };

function appCard(
  app: AppReport,
  { lines, isOpen }: { lines: readonly string[]; isOpen: boolean },
  t: (text: Text) => string,
): Markup {
  const tone = STATUSES.find(([status]) => status === app.status)?.[1] ?? 'grey';
  const risk = riskOf(app);
  const riskTone = RISK_TONES[risk];
  const moves = app.charts.map(({ move }) => `${move.name} ${move.from} → ${move.to}`);
  return cardOf({
    tone: riskTone ?? tone,
    title: app.app,
    badges: [
      { tone, text: wordsOf(app.status, t) },
      ...(riskTone ? [{ tone: riskTone, text: t(LEVEL_WORDS[risk]) }] : []),
      ...moves.map(text => ({ tone: 'grey' as const, text })),
    ],
    words: [app.app, ...moves, `is:${app.status}.`].join(' '),
    isOpen: isOpen || tone === 'red',
    body: markdownParts(lines, app.app),
  });
}

function maskedApp(app: AppReport): AppReport {
  return { ...app, charts: app.charts.map(maskedChart), rendered: app.rendered && maskedBuild(app.rendered) };
}

function maskedChart(chart: ChartReport): ChartReport {
  return {
    ...chart,
    defaults: chart.defaults.map(change => maskedChange(change)),
    values: chart.values.map(place => ({ ...place, decisions: place.decisions.map(maskedDecision) })),
  };
}

function maskedBuild(build: RenderReport): RenderReport {
  const changed = build.changes.changed.map(object => ({
    ...object,
    fields: object.fields.map(field => maskedChange(field, object.kind)),
  }));
  return { ...build, changes: { ...build.changes, changed } };
}

function maskedDecision(decision: Decision): Decision {
  const { path, base, ours, theirs, merged } = decision;
  const shown = (value: unknown): unknown => {
    if (value === undefined) return undefined;
    const { after } = maskedChange({ path, before: undefined, after: JSON.stringify(value) });
    return after === undefined ? undefined : (JSON.parse(after) as unknown);
  };
  return {
    ...decision,
    base: shown(base),
    ours: shown(ours),
    theirs: shown(theirs),
    ...(merged === undefined ? {} : { merged: shown(merged) }),
  };
}
