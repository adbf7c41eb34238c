import { createHash } from 'node:crypto';
import { dataOf } from '../yaml/data.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import type { DecisionAnswer, AnswerName, Decision, ContestedKind } from './plan.ts';
import { pathOf } from './path.ts';
import { isList, isNull } from './node-facts.ts';
import type { MergeNode } from './merge-nodes.ts';

export type Answers = Readonly<Record<string, DecisionAnswer>>;

/** A node that both sides changed, differently. */
export type Contested = MergeNode & {
  readonly base: YamlNode;
  readonly ours: YamlNode;
  readonly theirs: YamlNode;
};

/** Why a person must decide. */
function decisionKind({ base, ours, theirs }: Contested): ContestedKind {
  if (isList(ours) && isList(theirs)) return 'list-both-changed';
  const retyped = !isNull(base) && !isNull(theirs) && base.value.type !== theirs.value.type;
  return retyped ? 'type-changed' : 'both-changed';
}

/** The id hangs on the evidence: an answer never speaks for values that its author did not see. */
export function decisionAt(node: Contested, merged: unknown): Decision & { kind: ContestedKind } {
  const path = pathOf(node);
  const kind = decisionKind(node);
  const [base, ours, theirs] = [node.base, node.ours, node.theirs].map(entry => dataOf(entry.value));
  const sides = withId({ path, kind, base, ours, theirs });
  if (merged === undefined) return { ...sides, options: ['ours', 'theirs'] };
  return { ...sides, options: ['ours', 'theirs', 'merged'], merged };
}

type Evidence = Pick<Decision, 'path' | 'kind' | 'base' | 'ours' | 'theirs'>;

function withId<T extends Evidence>(evidence: T): T & Pick<Decision, 'id'> {
  const { path, kind, base, ours, theirs } = evidence;
  const text = JSON.stringify([kind, base, ours, theirs]);
  return { id: `${path}#${createHash('sha256').update(text).digest('hex').slice(0, 8)}`, ...evidence };
}

/** What to do with a customised place that the new defaults no longer hold, where it had an effect. */
export function removalDecision(
  node: MergeNode,
  { to, theirs, merged }: { to?: string | undefined; theirs: YamlNode | undefined; merged: unknown },
): Decision {
  const [base, ours, now] = [node.base, node.ours, theirs].map(entry => entry && dataOf(entry.value));
  const sides = { path: pathOf(node), base, ours, theirs: now ?? null };
  if (to === undefined) return { ...withId({ ...sides, kind: 'dead' }), options: ['ours', 'theirs'] };
  const moved = withId({ ...sides, kind: 'moved' as const });
  if (merged === undefined) return { ...moved, options: ['ours', 'theirs'], to };
  return { ...moved, options: ['ours', 'theirs', 'merged'], merged, to };
}

/** What to do with an image that both sides changed, in parts that go together. */
export function imageDecision(
  node: MergeNode,
  images: Pick<Decision, 'base' | 'ours' | 'theirs' | 'merged'>,
): Decision {
  const { base, ours, theirs, merged } = images;
  const sides = withId({ path: pathOf(node), kind: 'image-changed' as const, base, ours, theirs });
  if (merged === undefined) return { ...sides, options: ['ours', 'theirs'] };
  return { ...sides, options: ['ours', 'theirs', 'merged'], merged };
}

/** What to do with documents that Helm does not read; `number` is that of the first. */
export function documentDecision(
  number: number,
  { ours, merged }: Pick<Decision, 'ours' | 'merged'>,
): Decision {
  const path = `document ${number}`;
  const sides = withId({ path, kind: 'document-unread' as const, base: null, ours, theirs: null });
  if (merged === undefined) return { ...sides, options: ['ours', 'theirs'] };
  return { ...sides, options: ['ours', 'theirs', 'merged'], merged };
}

/** A person can answer it with a value of their own. */
export function takesValue({ kind }: Decision): boolean {
  return kind === 'both-changed' || kind === 'type-changed' || kind === 'list-both-changed';
}

/** What `merged` gives cannot be told from the sides of some decisions. */
export function showsMerged({ kind, options }: Decision): boolean {
  return (kind === 'image-changed' || kind === 'type-changed') && options.includes('merged');
}

/** The decisions that somebody has to take: the others are taken, since the changes are apart. */
export function openDecisions(decisions: readonly Decision[]): Decision[] {
  return decisions.filter(({ taken }) => taken === undefined);
}

/** The ids of answers that no decision asked for: it was decided otherwise, or its evidence is another now. */
export function unusedAnswers(answers: Answers, used: Iterable<string>): string[] {
  const asked = new Set(used);
  return Object.keys(answers).filter(id => !asked.has(id));
}

/** The word for an answer: `ours`, `theirs`, `merged`, or `value` for one of a person's own. */
export function answerName(answer: DecisionAnswer): AnswerName {
  return typeof answer === 'string' ? answer : 'value';
}
