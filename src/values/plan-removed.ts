import { UserError } from '../errors.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import { answerName, type Answers, removalDecision } from './decisions.ts';
import type { DecisionAnswer, Action, Decision, Outcome, Plan } from './plan.ts';
import { isFilledMap, same } from './node-facts.ts';
import { type MergeNode, pairMove } from './merge-nodes.ts';
import { pathOf } from './path.ts';
import { say } from '../locales/say.ts';

/** What became of a customised key that the new defaults no longer hold. */
export type Removed = Pick<Outcome, 'outcome' | 'to'> & {
  /** Where the new defaults hold it, if a person has to be asked. */
  readonly target?: YamlNode | undefined;
  /** It had an effect, and has none now. */
  readonly isDead: boolean;
};

/** Says that of a place. */
export type Removal = (node: MergeNode) => Removed;

export type RemovedDraft = {
  readonly answers: Answers;
  readonly actions: Map<MergeNode, Action>;
  readonly outcomes: Outcome[];
  readonly decisions: Decision[];
  readonly contested: Plan['contested'][number][];
  readonly moves: Plan['moves'][number][];
  readonly usedAnswers: string[];
};

/** Asks once about a place, a whole section too, whose customisations would go without effect. Without an answer they stay. */
export function decideRemoved(
  draft: RemovedDraft,
  node: MergeNode,
  { removed, merged }: { removed: Removed; merged(moved: MergeNode): unknown },
): void {
  const { outcome, to, target } = removed;
  const move = target && { base: node.base, ours: node.ours, theirs: target };
  const decision = removalDecision(node, {
    to: move && to,
    theirs: target,
    merged: move && merged(pairMove(move)),
  });
  const answer = draft.answers[decision.id];
  const named = answer === undefined ? {} : { answer: answerName(answer) };
  draft.outcomes.push({ path: pathOf(node), outcome, ...(to === undefined ? {} : { to }), ...named });
  if (answer === undefined) draft.decisions.push(decision);
  else draft.usedAnswers.push(decision.id);
  follow(draft, node, { answer, move: move && { ...move, id: decision.id } });
}

function follow(
  draft: RemovedDraft,
  node: MergeNode,
  { answer = 'ours', move }: { answer: DecisionAnswer | undefined; move: Plan['moves'][number] | undefined },
): void {
  if (answer === 'ours') keepRemoved(draft.actions, node);
  else if (answer === 'theirs')
    draft.contested.push({ node, id: '', answer, isGiven: false, merged: undefined });
  else if (answer === 'merged' && move) draft.moves.push(move);
  else
    throw new UserError('E_VALUE', say('values.noSuchAnswer', { path: pathOf(node) }), {
      hint: say('values.answerOursTheirsMerged'),
    });
}

/** Of an entry that the new defaults lack what is customised comes in, on the way to it the keys above. */
function keepRemoved(actions: Map<MergeNode, Action>, node: MergeNode): boolean {
  const { base, ours, children } = node;
  if (!ours || ours.shadowed || same(ours, base)) return false;
  if (isFilledMap(base) && isFilledMap(ours)) {
    const kept = children.map(child => keepRemoved(actions, child));
    if (!kept.includes(true)) return false;
  }
  actions.set(node, { do: base ? 'keep' : 'insert' });
  return true;
}

/**
 * The answers that would move two values into one place, or one into a value that stays ours: they are not taken, and their
 * decisions stay open.
 */
export function impossibleMoves({ moves, contested }: Pick<Plan, 'moves' | 'contested'>): string[] {
  const isIn = (entry: YamlNode | undefined, holder: YamlNode | undefined): boolean =>
    entry !== undefined && holder !== undefined && (entry === holder || isIn(entry.parent, holder));
  const kept = contested.filter(
    ({ answer }) => answer === undefined || answer === 'ours' || typeof answer === 'object',
  );
  return moves
    .filter(
      ({ theirs }, index) =>
        moves.slice(0, index).some(other => isIn(theirs, other.theirs) || isIn(other.theirs, theirs)) ||
        kept.some(({ node }) => isIn(theirs, node.theirs)),
    )
    .map(({ id }) => id);
}

/** The answers without those with these ids. */
export function withoutAnswers(answers: Answers = {}, ids: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !ids.includes(id)));
}
