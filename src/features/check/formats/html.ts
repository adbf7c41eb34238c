import { addTo } from '../../../data/append.ts';
import { say } from '../../../locales/say.ts';
import { type Markup, markup } from '../../../output/page/markup.ts';
import { renderDocument } from '../../../output/page/page.ts';
import {
  badgeOf,
  cardOf,
  chipButtons,
  filterBox,
  pageFoot,
  pageHead,
  type Tone,
} from '../../../output/page/parts.ts';
import { SEVERITIES, type Severity } from '../../../repository/rule-level.ts';
import type { Language, Text } from '../../../text/language.ts';
import type { Finding } from '../finding.ts';
import { type CheckReport, countOf, isAllSeen } from './report.ts';
import { FINDING_WORDS, notesOf, unseen, verdictOfCheck } from './terminal.ts';

const TONES = { error: 'red', warning: 'amber', note: 'grey' } as const satisfies Record<Severity, Tone>;

/** The page of a check: the verdict, and the findings file by file, the gravest first. */
export function renderHtml(report: CheckReport, language: Language): string {
  const { findings, summary, mayRender } = report;
  const t = (text: Text): string => text[language];
  const title = t(say('check.pageTitle'));
  const left = unseen(summary).map(t);
  const notes = notesOf(summary, mayRender).map(t);
  const list = (texts: readonly string[]): Markup | undefined =>
    texts.length > 0
      ? markup`<ul class="soft">${texts.map(text => markup`<li>${text}</li>`)}</ul>`
      : undefined;
  const body = markup`${pageHead(title, { tone: toneOf(report), text: t(verdictOfCheck(report)) }, list(left), list(notes))}<main>
${filterBox(t(say('check.filter')), t(say('output.noMatch')), severityChips(findings, t), ruleChips(findings))}
${byFile(findings).map(([file, own]) => fileCard(file, own, t))}
</main>
${pageFoot(t(say('check.madeBy')))}`;
  return renderDocument({ language, title, body });
}

function toneOf({ findings, summary }: CheckReport): Tone {
  const worst = SEVERITIES.find(severity => countOf(findings, severity) > 0);
  if (worst) return TONES[worst];
  return summary.apps > 0 && isAllSeen(summary) ? 'green' : 'amber';
}

/** Files with the gravest findings first; of equal ones by their path. */
function byFile(findings: readonly Finding[]): [string, Finding[]][] {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) addTo(files, finding.file, finding);
  return [...files].toSorted(([, a], [, b]) => gravity(a) - gravity(b));
}

function gravity(findings: readonly Finding[]): number {
  return SEVERITIES.findIndex(severity => countOf(findings, severity) > 0);
}

function severityChips(findings: readonly Finding[], t: (text: Text) => string): Markup | undefined {
  return chipButtons(
    SEVERITIES.flatMap(severity => {
      const count = countOf(findings, severity);
      const text = `${t(FINDING_WORDS[severity])} · ${count}`;
      return count > 0 ? [{ tone: TONES[severity], text, words: `is:${severity}` }] : [];
    }),
  );
}

const MOST_RULES = 16;

function ruleChips(findings: readonly Finding[]): Markup | undefined {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) addTo(rules, finding.code, finding);
  const chips = [...rules]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_RULES)
    .map(([code, own]) => ({
      tone: 'grey' as const,
      text: `${code} · ${own.length}`,
      words: `rule:${code}.`,
    }));
  return chipButtons(chips);
}

function fileCard(file: string, findings: readonly Finding[], t: (text: Text) => string): Markup {
  const [worst = 'note'] = SEVERITIES.filter(severity => countOf(findings, severity) > 0);
  const badges = SEVERITIES.flatMap(severity => {
    const count = countOf(findings, severity);
    return count > 0 ? [{ tone: TONES[severity], text: `${t(FINDING_WORDS[severity])} · ${count}` }] : [];
  });
  return cardOf({
    tone: TONES[worst],
    title: file,
    badges,
    words: [file, ...findings.flatMap(({ code, severity }) => [`is:${severity}`, `rule:${code}.`])].join(' '),
    isOpen: worst !== 'note',
    body: markup`<ul class="cautions">${findings.map(finding => findingItem(finding, t))}</ul>`,
  });
}

function findingItem(
  { code, severity, line, column, message, hint, fixable }: Finding,
  t: (text: Text) => string,
): Markup {
  const tone = TONES[severity];
  const fix = fixable ? markup` ${badgeOf('green', t(say('check.fix')))}` : undefined;
  return markup`<li class="${tone}"><p>${badgeOf(tone, t(FINDING_WORDS[severity]))} <code>${code}</code> <span class="soft">${line}:${column}</span>${fix}</p><p>${t(message)}</p><p class="soft">→ ${t(hint)}</p></li>
`;
}
