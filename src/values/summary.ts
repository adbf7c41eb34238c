import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import type { Migration } from './merge-values.ts';
import type { Decision, DecisionKind, Outcome, OutcomeKind } from './plan.ts';

type Translate = (text: Text) => string;

const COUNTED = {
  applied: { en: 'applied', 'zh-CN': '已应用' },
  converged: { en: 'now the default', 'zh-CN': '已成为默认值' },
  restored: { en: 'restored (Helm ignores deleted keys)', 'zh-CN': '已恢复（Helm 会忽略删除的键）' },
  'comment-carried': { en: 'comments carried', 'zh-CN': '已保留注释' },
} satisfies Partial<Record<OutcomeKind, Text>>;

const REMOVED = {
  'moved?': { en: 'gone from the defaults, may be now', 'zh-CN': '已从默认值中移除，可能移到' },
  'removed-kept': { en: 'gone from the defaults, kept', 'zh-CN': '已从默认值中移除，保留' },
  'removed-but-still-read': {
    en: 'gone from the defaults, still read by templates, kept',
    'zh-CN': '已从默认值中移除，但模板仍读取，保留',
  },
  'removed-and-dead': {
    en: 'gone from the chart, kept: delete it if you agree',
    'zh-CN': '已从 chart 中移除，保留：确认后可删除',
  },
} satisfies Partial<Record<OutcomeKind, Text>>;

const KINDS: Record<DecisionKind, Text> = {
  'both-changed': { en: 'both sides changed it', 'zh-CN': '双方都修改了' },
  'type-changed': { en: 'its type changed upstream', 'zh-CN': '上游改变了类型' },
  'list-both-changed': { en: 'both sides changed the list', 'zh-CN': '双方都修改了列表' },
};

const PROVED: Text = {
  en: 'lines differ from the new defaults, and each is accounted for',
  'zh-CN': '行与新默认值不同，每一行都有依据',
};

const ANSWERING: Text = {
  en: 'Until then ours stands. Answer in a file for --decisions, a line each:',
  'zh-CN': '在此之前保留我方的值。请在 --decisions 的文件中作答，每行一条：',
};

/** A migration for people: counts first, then what deserves a look, then what they have to decide. */
export function renderSummary({ outcomes, decisions, proof }: Migration, t: Translate): string {
  const counts = Object.entries(COUNTED).flatMap(([kind, text]) => {
    const count = outcomes.filter(({ outcome }) => outcome === kind).length;
    return count > 0 ? [`${count} ${t(text)}`] : [];
  });
  return [
    ...(counts.length > 0 ? [counts.join(', ')] : []),
    ...outcomes.flatMap(outcome => removedLine(outcome, t)),
    `${proof.lines} ${t(PROVED)}`,
    ...decisions.flatMap(decision => decisionLines(decision, t)),
    ...(decisions[0] ? [`${t(ANSWERING)} ${display(decisions[0].id)}: ours`] : []),
  ].join('\n');
}

function removedLine({ path, outcome, to }: Outcome, t: Translate): string[] {
  if (!(outcome in REMOVED)) return [];
  const text = t(REMOVED[outcome as keyof typeof REMOVED]);
  return [display(`${path}: ${text}${to === undefined ? '' : ` ${to}`}`)];
}

function decisionLines({ id, kind, base, ours, theirs, options }: Decision, t: Translate): string[] {
  const sides = { base, ours, theirs };
  return [
    `? ${display(id)}: ${t(KINDS[kind])} (${options.join(', ')})`,
    ...Object.entries(sides).map(([side, value]) =>
      display(`    ${side.padEnd(6)} ${JSON.stringify(value)}`),
    ),
  ];
}
