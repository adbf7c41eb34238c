import { keepRecent } from '../data/recent.ts';
import { outlineText } from '../yaml/outline.ts';
import { dataOf } from '../yaml/data.ts';
import { createMeanings, type Meanings, meaningsOver } from '../yaml/meanings.ts';
import { requireFewNodes } from '../yaml/remote-yaml.ts';
import type { SyntaxTree, YamlNode } from '../yaml/syntax-tree.ts';
import type { Answers, Contested } from './decisions.ts';
import { imageFields } from './image-fields.ts';
import { type MergeNode, pairFiles, type Side } from './merge-nodes.ts';
import { NO_OTHER_LAYERS, type OtherLayers, otherwiseBelow } from './layers.ts';
import { isFilledMap, isMap, isNull, same } from './node-facts.ts';
import { decideOverriddenImage, decideRemovedOverride, decideRetypedOverride } from './override-decisions.ts';
import { editsOf, keysOf, type OverrideDraft, type OverrideEdit } from './override-edits.ts';
import { pathOf } from './path.ts';
import type { Decision, Outcome } from './plan.ts';
import { describeRemovals, type Readers } from './removal.ts';
import { deprecationsIn } from './remarks.ts';
import { requireValues, voidKeys } from './requirements.ts';

export type OverridesRequest = Pick<Readers, 'wasRead'> & {
  /** The chart's old defaults, the team's overrides, the chart's new defaults. */
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly decisions: Answers;
  /** Whether a template of the new chart reads the value at a path. */
  readonly stillRead: (path: string) => boolean;
  /** Takes out what is redundant or dead. */
  readonly tidy: boolean;
  /** What else gives the chart values; nothing if absent. */
  readonly others?: OtherLayers;
  readonly names: Readonly<Record<Side, string>>;
};

export type JudgedOverrides = {
  readonly outcomes: readonly Outcome[];
  readonly decisions: readonly Decision[];
  readonly usedAnswers: readonly string[];
  /** None unless a decision or `tidy` asks for it: overrides stay as they are. */
  readonly edits: readonly OverrideEdit[];
};

type Draft = OverrideDraft & {
  readonly request: OverridesRequest;
  readonly removal: ReturnType<typeof describeRemovals>;
  readonly deprecated: ReturnType<typeof deprecationsIn>;
};

/** The largest chart's defaults have some ten thousand; a million would take a gigabyte. */
const MOST_NODES = 100_000;

/**
 * Says what the new defaults make of each value of a team that keeps overrides only. Helm lays them over whichever defaults
 * there are, so nothing has to be carried over: what counts is which of them are still read, and which say nothing new. What
 * had an effect and has none now, or goes with an image of which upstream changed the rest, is a decision.
 * @throws UserError for a text that is no YAML map; E_VALUE for an answer that is none of a decision's options
 */
export function judgeOverrides(request: OverridesRequest): JudgedOverrides {
  const { meanings, base, theirs } = defaultsOfBoth(request);
  const files = { base, ours: outlined(request, 'ours', meaningsOver(meanings)), theirs };
  for (const file of Object.values(files)) requireValues(file);
  const [root] = pairFiles(files);
  const draft: Draft = {
    request,
    answers: request.decisions,
    removal: describeRemovals(root ? [root] : [], files.theirs, request),
    deprecated: deprecationsIn(files.theirs, files.base),
    outcomes: voidKeys(files).map(({ outcome }) => outcome),
    decisions: [],
    usedAnswers: [],
    removed: new Set(),
    moved: new Map(),
    written: [],
  };
  if (root) judgeInside(draft, root);
  const { outcomes, decisions, usedAnswers } = draft;
  return { outcomes, decisions, usedAnswers, edits: root ? editsOf(draft, root) : [] };
}

/** Many apps make the same step of one chart: its defaults are read once. */
const recent = keepRecent<Record<'base' | 'theirs', SyntaxTree> & { meanings: Meanings }>(2);

function defaultsOfBoth(request: OverridesRequest) {
  const { base, theirs, names } = request;
  const lengths = [names.base, names.theirs, base].map(({ length }) => length);
  return recent(`${lengths.join()} ${names.base}${names.theirs}${base}${theirs}`, () => {
    const meanings = createMeanings();
    const outlines = {
      base: outlined(request, 'base', meanings),
      theirs: outlined(request, 'theirs', meanings),
    };
    return { meanings, ...outlines };
  });
}

function outlined(request: OverridesRequest, side: Side, meanings: Meanings): SyntaxTree {
  requireFewNodes(request[side], request.names[side], MOST_NODES);
  return outlineText(request[side], request.names[side], meanings);
}

function judgeInside(draft: Draft, node: MergeNode): void {
  for (const child of node.children) if (child.ours && !child.ours.shadowed) judge(draft, child);
  const image = imageFields(node);
  if (image) decideOverriddenImage(draft, node, image);
  if (node.parent && changedBeside(node))
    draft.outcomes.push({ path: pathOf(node), outcome: 'default-under-you' });
}

function judge(draft: Draft, node: MergeNode): void {
  const { base, ours, theirs } = node;
  if (!theirs && decidesRemoved(draft, node)) return;
  if (theirs && draft.deprecated.has(theirs)) {
    const to = draft.deprecated.get(theirs);
    draft.outcomes.push({ path: pathOf(node), outcome: 'deprecated', ...(to === undefined ? {} : { to }) });
  }
  if (isFilledMap(ours) && (isMap(theirs) || isNull(theirs) || (!theirs && (!base || isMap(base)))))
    return judgeInside(draft, node);
  if (theirs && same(ours, theirs))
    return isNeeded(draft, node)
      ? report(draft, node, 'kept', false)
      : report(draft, node, 'redundant-now', true);
  if (!theirs) return judgeAbsent(draft, node);
  if (isRetyped(node)) return decideRetypedOverride(draft, node);
  report(draft, node, 'kept', false);
}

/** A layer below would come up, or might, if ours no longer said what the default says. */
function isNeeded({ request: { others = NO_OTHER_LAYERS } }: Draft, node: MergeNode): boolean {
  return otherwiseBelow(others, keysOf(node), node.ours && dataOf(node.ours.value)) !== undefined;
}

/** Asks once about what the new defaults lack, a whole section too, where it had an effect and has none now. */
function decidesRemoved(draft: Draft, node: MergeNode): boolean {
  const { ours, base } = node;
  // A map in the place of a single default is judged by what is in it.
  if (isFilledMap(ours) && !isMap(base) && base) return false;
  const removed = draft.removal(node);
  const isGone = removed.isDead && !draft.request.tidy;
  if (!removed.target && !isGone) return false;
  const isRead = draft.request.stillRead(pathOf(node));
  decideRemovedOverride(draft, node, { removed, isRead });
  return true;
}

/** The new defaults lack the key, and nobody has to be asked. */
function judgeAbsent(draft: Draft, node: MergeNode): void {
  const path = pathOf(node);
  const isRead = draft.request.stillRead(path);
  const hadDefault = node.base !== undefined || inRemovedMap(node);
  const { outcome, to } = hadDefault ? draft.removal(node) : { outcome: 'kept' as const, to: undefined };
  if (outcome === 'moved?') draft.outcomes.push({ path, outcome, ...(to === undefined ? {} : { to }) });
  if (!isRead) return report(draft, node, 'removed-and-dead', true);
  if (outcome !== 'moved?') report(draft, node, hadDefault ? 'removed-but-still-read' : 'kept', false);
}

function inRemovedMap({ parent }: MergeNode): boolean {
  return parent?.base !== undefined && parent.theirs === undefined;
}

function report(draft: Draft, node: MergeNode, outcome: Outcome['outcome'], isNeedless: boolean): void {
  draft.outcomes.push({ path: pathOf(node), outcome });
  if (isNeedless && draft.request.tidy) draft.removed.add(node);
}

type Kind = 'map' | 'list' | 'scalar' | 'alias';

/** Upstream made a map of a scalar, or the like, and ours is still of the old kind. */
function isRetyped(node: MergeNode): node is Contested {
  const { base, ours, theirs } = node;
  if (!base || !ours || !theirs || isNull(base) || isNull(theirs) || isNull(ours)) return false;
  const [old, own, fresh] = [base, ours, theirs].map(kindOf);
  return old !== fresh && own !== fresh;
}

function kindOf({ value }: YamlNode): Kind {
  return (value.target ?? value).kind;
}

/** A block of which we override a part, while a default of another part is a new one. */
function changedBeside({ base, ours, theirs, children }: MergeNode): boolean {
  if (!isMap(base) || !isMap(ours) || !isMap(theirs)) return false;
  const holdsOwn = children.some(child => child.ours && !isFilledMap(child.ours));
  return holdsOwn && children.some(child => !child.ours && !same(child.base, child.theirs));
}
