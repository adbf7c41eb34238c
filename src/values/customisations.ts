import { UserError } from '../errors.ts';
import { answerName, type Answers, type Contested, decisionAt } from './decisions.ts';
import type { Action, DecisionAnswer, Outcome, Plan } from './plan.ts';
import { planMerged, takeOurs } from './plan-items.ts';
import { pathOf } from './path.ts';
import { isBlock, isEmptyMap, isFilledMap, isMap, isNull, same, sameDefault } from './node-facts.ts';
import { entriesIn, type MergeNode } from './merge-nodes.ts';
import { resultOf } from './result-of.ts';
import { type Home, homeOf, retypedDecision } from './retyped.ts';
import { decideRemoved, type Removal, type RemovedDraft } from './plan-removed.ts';
import { fieldsIn, type ImageFields, imageFields, isChangedByBoth, isTorn } from './image-fields.ts';
import { mergedImage, ownFields, planImage } from './plan-image.ts';
import { say } from '../locales/say.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';

export type PlanOptions = {
  readonly answers: Answers;
  readonly removal: Removal;
  /** Changes that are apart are taken both, unasked. */
  readonly takesMerged: boolean;
  /** Where a person moved ours to: that it is another default there is no new question. */
  readonly settled: ReadonlySet<YamlNode>;
  /** What the new defaults call deprecated, and what they name instead. */
  readonly deprecated: ReadonlyMap<YamlNode, string | undefined>;
};

type Draft = PlanOptions & RemovedDraft;

/** A place that ours and theirs hold. */
type Shared = MergeNode & Pick<Contested, 'ours' | 'theirs'>;

/**
 * The three-way merge by key. Helm merges a values file over the chart's defaults: in maps a key that ours lacks and a
 * map that ours emptied change nothing, while `null` does; lists and scalars replace the default.
 */
export function planMerge(documents: readonly MergeNode[], options: PlanOptions): Plan {
  const draft = draftOf(options);
  for (const document of documents) if (!isNull(document.ours) || !document.theirs) planSlot(draft, document);
  return draft;
}

function draftOf(options: PlanOptions): Draft {
  return {
    ...options,
    actions: new Map(),
    outcomes: [],
    decisions: [],
    contested: [],
    moves: [],
    usedAnswers: [],
  };
}

function planSlot(draft: Draft, node: MergeNode): void {
  const { base, ours, theirs } = node;
  if ((ours ?? base)?.shadowed || (ours && same(ours, base))) return;
  if (theirs && draft.deprecated.has(theirs) && customises(node)) {
    const to = draft.deprecated.get(theirs);
    report(draft, node, { outcome: 'deprecated', ...(to === undefined ? {} : { to }) });
  }
  if (!ours || (isFilledMap(base) && isEmptyMap(ours))) {
    if (base && theirs) report(draft, node, { outcome: 'restored' });
    // What theirs alone has holds places of ours only where they moved there.
    else if (!base) for (const child of node.children) planSlot(draft, child);
  } else if (!isShared(node)) planAbsent(draft, node);
  else if (mergesByKey(node)) planChildren(draft, node);
  else if (same(ours, theirs)) report(draft, node, { outcome: 'converged' });
  else if (!customises(node)) report(draft, node, { outcome: 'restored' });
  else if (isContested(node) && !draft.settled.has(node.theirs)) decide(draft, node);
  else {
    adopt(draft, oursActions(node));
    report(draft, node, { outcome: 'applied' });
  }
}

/** The new defaults lack the key. What the team added stays as it is, what it changed stays and is reported. */
function planAbsent(draft: Draft, node: MergeNode): void {
  const { base, ours, parent } = node;
  const removed = base || (parent?.base && !parent.theirs) ? draft.removal(node) : undefined;
  if (base && removed && (removed.target || removed.isDead) && customises(node)) {
    const merged = (moved: MergeNode): unknown => {
      const settled = new Set(moved.theirs && entriesIn(moved.theirs));
      const trial = draftOf({ ...draft, answers: {}, settled });
      planSlot(trial, moved);
      return resultOf(moved, trial.actions);
    };
    decideRemoved(draft, node, { removed, merged });
  } else if (isFilledMap(base) && isFilledMap(ours)) {
    for (const child of node.children) planSlot(draft, child);
    if (node.children.some(child => draft.actions.has(child))) draft.actions.set(node, { do: 'keep' });
  } else {
    draft.actions.set(node, { do: base ? 'keep' : 'insert' });
    const { outcome, to } = removed ?? { outcome: 'applied' as const };
    report(draft, node, { outcome, ...(to === undefined ? {} : { to }) });
  }
}

function planChildren(draft: Draft, node: Shared): void {
  const image = imageFields(node);
  const torn = image && isTorn(image) ? fieldsIn(image) : [];
  for (const child of node.children) if (!torn.includes(child)) planSlot(draft, child);
  if (image && torn.length > 0) decideImage(draft, node, image);
  else if (image && isChangedByBoth(image))
    draft.outcomes.push(mergedImage(node, image, field => resultOf(field, draft.actions)));
  if (!isFlow(node)) return;
  const inside = actionsInside(node, draft.actions);
  if (inside.every(([child, action]) => fitsInFlow(child, action))) return;
  const value = resultOf(node, draft.actions);
  for (const [child] of inside) draft.actions.delete(child);
  draft.actions.set(
    node,
    same(node.base, node.theirs) && holdsAll(node) ? { do: 'replace' } : { do: 'print', value },
  );
}

/** Its parts are one side's, or each side's own where a person says so. */
function decideImage(draft: Draft, node: MergeNode, image: ImageFields): void {
  const trial = draftOf({ ...draft, answers: {} });
  for (const field of fieldsIn(image)) planSlot(trial, field);
  const mergedIn =
    trial.decisions.length === 0 ? (field: MergeNode) => resultOf(field, trial.actions) : undefined;
  const { decision, answer, outcome } = planImage(node, image, { answers: draft.answers, mergedIn });
  draft.outcomes.push(outcome);
  if (answer === undefined) draft.decisions.push(decision);
  else draft.usedAnswers.push(decision.id);
  if (answer === 'merged') adopt(draft, trial.actions);
  for (const field of answer === 'merged' ? [] : ownFields(image)) {
    draft.contested.push({ node: field, id: decision.id, answer, isGiven: false, merged: undefined });
    if (answer !== 'theirs' && !same(field.ours, field.theirs))
      adopt(draft, isShared(field) ? oursActions(field) : new Map([[field, { do: 'insert' }]]));
  }
}

/** Ours left no key of a map out: Helm would put its default back. */
function holdsAll({ ours, children }: MergeNode): boolean {
  return !isFilledMap(ours) || children.every(child => child.ours !== undefined && holdsAll(child));
}

/** Maps merge by key; a default that is empty in whatever way takes in what the team filled it with. */
function mergesByKey({ base, ours, theirs }: Shared): boolean {
  if (!isFilledMap(ours)) return false;
  if (isNull(theirs) || isEmptyMap(theirs)) return ours.value.layout === 'block' || isFilledMap(base);
  return isMap(theirs);
}

/** Deleting keys from a map and emptying maps changes nothing. */
function customises({ base, ours, children }: MergeNode): boolean {
  if (!ours || same(ours, base)) return false;
  if (!isFilledMap(base) || !isMap(ours)) return true;
  return children.some(customises);
}

/** Both sides changed it, differently. A default map that the team replaced altogether is the team's. */
function isContested(node: Shared): node is Contested {
  const { base, ours, theirs } = node;
  if (!base || sameDefault(base, theirs)) return false;
  if (isFilledMap(ours) && !isMap(base) && (isNull(theirs) || isEmptyMap(theirs))) return false;
  return !(isMap(theirs) && ((isFilledMap(base) && !isMap(ours)) || isEmptyMap(ours)));
}

function decide(draft: Draft, node: Contested): void {
  const home = homeOf(node);
  if (home) return decideRetyped(draft, node, home);
  const merged = planMerged(node);
  const decision = decisionAt(node, merged && resultOf(node, merged.actions));
  const given = draft.answers[decision.id];
  const taken = draft.takesMerged && given === undefined && merged?.isApart ? 'merged' : undefined;
  const answer = given ?? taken;
  const named = answer === undefined ? {} : { answer: answerName(answer), ...(taken && { id: decision.id }) };
  report(draft, node, { outcome: decision.kind, ...named });
  draft.contested.push({
    node,
    id: decision.id,
    answer,
    isGiven: given !== undefined,
    merged: decision.merged,
  });
  if (given === undefined) draft.decisions.push(taken ? { ...decision, taken } : decision);
  adopt(draft, answered(node, answer, merged?.actions));
}

/** The default is of another kind now, and there is one place in it for ours. */
function decideRetyped(draft: Draft, node: Contested, home: Home): void {
  const decision = retypedDecision(node, home);
  const { id, kind, to } = decision;
  const answer = draft.answers[id];
  const named = answer === undefined ? {} : { answer: answerName(answer) };
  report(draft, node, { outcome: kind, ...(to === undefined ? {} : { to }), ...named });
  if (answer === undefined) draft.decisions.push(decision);
  else draft.usedAnswers.push(id);
  const { move, merged } = home;
  if (answer === 'merged' && move) return void draft.moves.push({ ...move, id });
  draft.contested.push({ node, id, answer, isGiven: false, merged });
  adopt(draft, answered(node, answer, new Map([[node, { do: 'print', value: merged }]])));
}

function answered(
  node: Contested,
  answer: DecisionAnswer | undefined,
  merged: ReadonlyMap<MergeNode, Action> | undefined,
): ReadonlyMap<MergeNode, Action> {
  if (answer === undefined || answer === 'ours') return oursActions(node);
  if (answer === 'theirs') return new Map();
  if (answer !== 'merged') return new Map([[node, { do: 'print', value: answer.value }]]);
  if (merged) return merged;
  throw new UserError('E_VALUE', say('values.listsCannotMergedItemItem', { node: pathOf(node) }), {
    hint: say('values.answerOursTheirsValue'),
  });
}

/** What ours holds, in place of what theirs does; comments of a list that both changed are ours too. */
function oursActions(node: Shared): ReadonlyMap<MergeNode, Action> {
  const contested = node.base && !sameDefault(node.base, node.theirs);
  const blocks = isBlock(node.ours.value) && isBlock(node.theirs.value);
  return contested && blocks ? new Map([[node, { do: 'replace' }]]) : takeOurs(node);
}

function isShared(node: MergeNode): node is Shared {
  return node.ours !== undefined && node.theirs !== undefined;
}

function isFlow({ theirs }: Shared): boolean {
  return theirs.value.layout === 'inline' && theirs.value.entries.length > 0;
}

function fitsInFlow({ ours }: MergeNode, action: Action): boolean {
  return action.do === 'replace' && ours?.value.layout === 'inline';
}

function actionsInside(node: MergeNode, actions: ReadonlyMap<MergeNode, Action>): [MergeNode, Action][] {
  return node.children.flatMap(child => {
    const action = actions.get(child);
    const inside = actionsInside(child, actions);
    return action ? [[child, action], ...inside] : inside;
  });
}

function adopt(draft: Draft, actions: ReadonlyMap<MergeNode, Action>): void {
  for (const [node, action] of actions) draft.actions.set(node, action);
}

function report(draft: Draft, node: MergeNode, outcome: Omit<Outcome, 'path'>): void {
  draft.outcomes.push({ path: pathOf(node), ...outcome });
}
