import type { Session } from '../../cli/context.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { jsonDocument } from '../../cli/run-end.ts';
import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';
import type { Line } from '../../output/lay-out.ts';
import { wrap } from '../../output/wrap.ts';
import { TOPIC_KINDS, type Explained, type TopicKind } from './topics.ts';

type Input = CommandInput<FlagTable>;

const KINDS = {
  error: say('explain.errors'),
  rule: say('explain.rules'),
  decision: say('explain.decisions'),
  risk: say('explain.risks'),
  concept: say('explain.concepts'),
} as const satisfies Record<TopicKind, unknown>;

/** What the pages say of a word; a word may be of two kinds. */
export function showTopics(session: Session, input: Input, topics: readonly Explained[]): void {
  const { terminal, json, t } = session;
  if (json) return printJson(session, input, topics);
  const blocks = topics.map(topic => [
    `${terminal.style(topic.word, 'bold')}  ${terminal.style(t(KINDS[topic.kind]), 'dim')}`,
    ...wrap(topic.title, terminal.columns),
    ...(topic.text === '' ? [] : ['', ...bodyLines(topic.text, terminal.columns)]),
    '',
    terminal.style(topic.page, 'dim'),
  ]);
  terminal.result(blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block])));
}

/** Every word that can be explained, by kind. */
export function showWords(session: Session, input: Input, topics: readonly Explained[]): void {
  const { terminal, json, t } = session;
  if (json) return printJson(session, input, topics);
  const lines = TOPIC_KINDS.flatMap((kind): Line[] => {
    const words = topics.filter(topic => topic.kind === kind).map(({ word }) => word);
    const listed = wrap([...new Set(words)].join('  '), terminal.columns - 2).map(line => `  ${line}`);
    return [terminal.style(t(KINDS[kind]), 'bold'), ...listed, ''];
  });
  terminal.result(lines.slice(0, -1));
}

function printJson(session: Session, input: Input, topics: readonly Explained[]): void {
  const end = { next: [], command: sameAgain(session, 'explain', input) };
  session.terminal.data(jsonDocument(1, { topics }, end));
}

/** A link to another page is its text; an address that a person can open stays. */
function withoutLinks(line: string): string {
  return line.replaceAll(/\[([^[\]]*)\]\((?!https?:)[^()\s]*\)/g, '$1');
}

/** Paragraphs as wide as there is room, what is code as it stands. */
function bodyLines(text: string, columns: number): string[] {
  let isCode = false;
  return text.split('\n').flatMap(line => {
    if (line.startsWith('```')) isCode = !isCode;
    if (line.startsWith('```')) return [];
    return isCode ? [`  ${line}`] : wrap(withoutLinks(line.replace(/^#+ /, '')), columns);
  });
}
