import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { dataOf } from '../yaml/data.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import {
  answerName,
  type Contested,
  decisionAt,
  imageDecision,
  removalDecision,
  takesValue,
} from './decisions.ts';
import { fieldsIn, type ImageFields, imageName, isTorn } from './image-fields.ts';
import type { MergeNode } from './merge-nodes.ts';
import { isFilledMap, same } from './node-facts.ts';
import { keysOf, type OverrideDraft } from './override-edits.ts';
import { pathOf, stepText } from './path.ts';
import type { Removed } from './plan-removed.ts';
import type { DecisionAnswer, Decision, OutcomeKind } from './plan.ts';
import { homeOf, retypedDecision } from './retyped.ts';

/**
 * A place or a section that the new defaults lack, and that had an effect: ours keeps it, theirs drops it, merged moves it to
 * where the new defaults hold it, unless ours says something there already.
 */
export function decideRemovedOverride(
  draft: OverrideDraft,
  node: MergeNode,
  { removed, isRead }: { removed: Removed; isRead: boolean },
): void {
  const { to, target } = removed;
  const way = target && keysTo(target);
  const merged = way && node.ours && isFree(node, way) ? dataOf(node.ours.value) : undefined;
  const decision = removalDecision(node, { to, theirs: target, merged });
  const isMoved = draft.answers[decision.id] === 'merged';
  // Two cannot move to one place: the second stays open.
  const answer = isMoved && way && isTaken(draft, way) ? undefined : answerTo(draft, decision);
  if (isMoved && answer === undefined) draft.decisions.push(decision);
  for (const leaf of ownLeaves(node)) {
    if (to !== undefined) tell(draft, leaf, { outcome: 'moved?', to: to + stepsBelow(leaf, node), answer });
    if (!isRead) tell(draft, leaf, { outcome: 'removed-and-dead', to: undefined, answer });
  }
  if (answer === 'theirs') draft.removed.add(node);
  else if (answer === 'merged' && way) draft.moved.set(node, way);
}

/** What ours says in a section, place by place. */
function ownLeaves(node: MergeNode): MergeNode[] {
  const own = isFilledMap(node.ours) ? node.children.filter(({ ours }) => ours && !ours.shadowed) : [];
  return own.length > 0 ? own.flatMap(ownLeaves) : [node];
}

function stepsBelow(node: MergeNode, top: MergeNode): string {
  return node === top || !node.parent ? '' : stepsBelow(node.parent, top) + stepText(node.key);
}

/** The default is of another kind now, and ours is still of the old one. */
export function decideRetypedOverride(draft: OverrideDraft, node: Contested): void {
  const home = homeOf(node);
  const decision = home
    ? retypedDecision(node, home)
    : { ...decisionAt(node, undefined), kind: 'type-changed' as const };
  const answer = answerTo(draft, decision);
  tell(draft, node, { outcome: 'type-changed', to: decision.to, answer });
  const path = keysOf(node);
  if (answer === 'theirs') draft.removed.add(node);
  else if (answer === 'merged') draft.written.push({ kind: 'set', path, value: home?.own });
  else if (typeof answer === 'object') draft.written.push({ kind: 'set', path, value: answer.value });
}

/**
 * Ours overrides parts of an image of which upstream changed others: what results is an image that neither side has. ours is
 * the image of now, written out; theirs is the new default; merged is what results where nothing is changed.
 */
export function decideOverriddenImage(draft: OverrideDraft, node: MergeNode, fields: ImageFields): void {
  if (!isTorn(asOverridden(fields))) return;
  const [base, theirs] = (['base', 'theirs'] as const).map(side =>
    imageName(fields, field => field[side]?.value.scalar),
  );
  const ours = imageName(fields, field => (field.ours ?? field.base)?.value.scalar);
  const merged = imageName(fields, field => (field.ours ?? field.theirs)?.value.scalar);
  const answer = answerTo(draft, imageDecision(node, { base, ours, theirs, merged }));
  const to = answer === 'ours' ? ours : answer === 'theirs' ? theirs : merged;
  tell(draft, node, { outcome: 'image-changed', to, answer });
  if (answer === 'theirs') for (const field of fieldsIn(fields)) if (field.ours) draft.removed.add(field);
  if (answer !== 'ours') return;
  for (const field of fieldsIn(fields))
    if (!field.ours && field.base && !same(field.base, field.theirs))
      draft.written.push({ kind: 'put', path: keysOf(field), value: dataOf(field.base.value) });
}

/** A part that ours says is ours, whatever the defaults are; what it does not say is theirs. */
function asOverridden({ registry, repository, tag, digest }: ImageFields): ImageFields {
  const path = (field: MergeNode): MergeNode => (field.ours ? { ...field, theirs: undefined } : field);
  const version = (field: MergeNode): MergeNode =>
    field.ours ? { ...field, base: undefined, theirs: undefined } : field;
  return {
    registry: registry && path(registry),
    repository: path(repository),
    tag: tag && version(tag),
    digest: digest && version(digest),
  };
}

type Told = { outcome: OutcomeKind; to: string | undefined; answer: DecisionAnswer | undefined };

function tell({ outcomes }: OverrideDraft, node: MergeNode, { outcome, to, answer }: Told): void {
  const named = answer === undefined ? {} : { answer: answerName(answer) };
  outcomes.push({ path: pathOf(node), outcome, ...(to === undefined ? {} : { to }), ...named });
}

/** The answer to a decision, which is open without one. @throws UserError E_VALUE for one that is none of the options */
function answerTo(
  { answers, decisions, usedAnswers }: OverrideDraft,
  decision: Decision,
): DecisionAnswer | undefined {
  const answer = answers[decision.id];
  if (answer === undefined) {
    decisions.push(decision);
    return undefined;
  }
  const isOption = typeof answer === 'object' ? takesValue(decision) : decision.options.includes(answer);
  if (!isOption)
    throw new UserError('E_VALUE', say('values.noSuchAnswer', { path: decision.path }), {
      hint: say('values.answerOursTheirsMerged'),
    });
  usedAnswers.push(decision.id);
  return answer;
}

function keysTo(entry: YamlNode): string[] {
  return entry.parent ? [...keysTo(entry.parent), String(entry.key)] : [];
}

/** Another value moves there already, or into it, or around it. */
function isTaken({ moved }: OverrideDraft, way: readonly string[]): boolean {
  return [...moved.values()].some(other => {
    const [short, long] = other.length < way.length ? [other, way] : [way, other];
    return short.every((key, depth) => key === long[depth]);
  });
}

/** Ours says nothing at a place, and it can be written there by lines. */
function isFree(node: MergeNode, way: readonly string[]): boolean {
  let root = node;
  while (root.parent) root = root.parent;
  let at = root.ours;
  for (const key of way) {
    const { kind, entries, layout, opaque, type } = at?.value ?? {};
    if (!at || type === 'null' || (kind === 'map' && entries?.length === 0)) return true;
    if (kind !== 'map' || layout === 'inline' || opaque || at.value.anchor !== undefined) return false;
    at = entries?.find(entry => entry.key === key && !entry.shadowed);
  }
  return at === undefined;
}
