import { UserError } from '../errors.ts';
import { applyEdits } from '../yaml/text.ts';
import { requireFewNodes } from '../yaml/remote-yaml.ts';
import { createMeanings, type Meanings } from '../yaml/meanings.ts';
import { closeIdleKeeps, closeOpenEnd } from '../yaml/open-end.ts';
import { outlineText } from '../yaml/outline.ts';
import type { SyntaxTree } from '../yaml/syntax-tree.ts';
import { countChangedLines, type Claim } from './changed-lines.ts';
import type { Action, Decision, Outcome, Plan } from './plan.ts';
import { type Proof, prove } from './proof.ts';
import { planMerge } from './customisations.ts';
import type { Answers } from './decisions.ts';
import { describeRemovals, type Readers } from './removal.ts';
import { describeRefusal, MergeRefusal } from './refusal.ts';
import { pathOf } from './path.ts';
import { placeInFile, placeOf } from './node-facts.ts';
import { teamAnchor } from './value-edits.ts';
import { deprecationsIn } from './remarks.ts';
import { impossibleMoves, withoutAnswers } from './plan-removed.ts';
import { splice } from './splice.ts';
import { requireValues, voidKeys } from './requirements.ts';
import { partUnread, withUnread } from './unread-documents.ts';
import { entriesIn, type MergeNode, type KeyMove, pairFiles, type Side } from './merge-nodes.ts';
import { expandAliases, expandMerges, expandOverruled, withoutEmptyRoot } from './expand.ts';

export type MergeRequest = Readers & {
  /** The chart's old defaults, the team's edited copy of them, the chart's new defaults. */
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  /** Answers to decisions, by id. */
  readonly decisions?: Answers;
  /** False asks also where the changes of both sides are apart. */
  readonly takesMerged?: boolean;
  /** Ours are overrides: where the defaults stay as they were, what ours lacks of them comes in all the same. */
  readonly completes?: boolean;
  /** Only the form of ours changes: what messages advise is no matter of an upgrade. */
  readonly isRewrite?: true;
  /** What messages call the files. */
  readonly names?: Readonly<Record<Side, string>>;
};

export type Migration = {
  /** The new full copy. Where a decision is open it holds what ours holds. */
  readonly text: string;
  readonly outcomes: readonly Outcome[];
  readonly decisions: readonly Decision[];
  /** The ids of the answers that decided something. */
  readonly usedAnswers: readonly string[];
  readonly proof: Proof;
};

type Files = Readonly<Record<Side, SyntaxTree>>;
type Merge = Omit<Migration, 'proof'> &
  Pick<Claim, 'decided' | 'merged' | 'moved' | 'anchored' | 'commented' | 'rewritten'>;

const NAMES = { base: 'base', ours: 'ours', theirs: 'theirs' };
const MOST_RUNS = 5;
/** The largest chart's defaults have some ten thousand; a million would take a gigabyte. */
const MOST_NODES = 100_000;
const BOM = '\ufeff';

/**
 * Migrates a team's full copy of a chart's default values to the chart's new defaults: the bytes of theirs, and spliced
 * into them what the team changed.
 * @throws UserError for a file that is no YAML map; E_YAML_LIMIT for one of very many values or lines; E_VALUES_MERGE where no result passes its proof
 */
export function mergeValues(request: MergeRequest): Migration {
  const { base, ours, theirs } = request;
  if (![base, ours, theirs].some(text => text.startsWith(BOM))) return mergeTexts(request);
  const plain = { base: withoutBom(base), ours: withoutBom(ours), theirs: withoutBom(theirs) };
  const migration = mergeTexts({ ...request, ...plain });
  if (staysOurs({ ...request, ...plain })) return { ...migration, text: ours };
  return theirs.startsWith(BOM) ? { ...migration, text: BOM + migration.text } : migration;
}

function withoutBom(text: string): string {
  return text.startsWith(BOM) ? text.slice(BOM.length) : text;
}

function mergeTexts(request: MergeRequest): Migration {
  const meanings = createMeanings();
  const outline = outlinesWith(meanings);
  const names = request.names ?? NAMES;
  const files = {
    base: outline(request.base, names.base),
    ours: withClosedEnd(outline(request.ours, names.ours), text => outline(text, names.ours)),
    theirs: outline(request.theirs, names.theirs),
  };
  for (const file of Object.values(files)) requireValues(file);
  const unread = partUnread(files, request.decisions ?? {});
  const own = unread.ours === files.ours.text ? files.ours : outline(unread.ours, names.ours);
  const repeated = voidKeys({ ...files, ours: own });
  const text = applyEdits(
    own.text,
    repeated.map(({ edit }) => edit),
  );
  const ours = repeated.length > 0 ? outline(text, names.ours) : own;
  try {
    const migration = mergeOutlines({ ...files, ours }, request, meanings);
    const outcomes = [...migration.outcomes, ...repeated.map(({ outcome }) => outcome)];
    const whole = { ...migration, outcomes };
    if (staysOurs(request) || unread.ours === files.ours.text) return whole;
    const { proof, ...rest } = withUnread(whole, unread);
    return { ...rest, proof: { ...proof, lines: countChangedLines(request.theirs, rest.text) } };
  } catch (cause) {
    throw cause instanceof UserError ? cause : describeRefusal(cause, files, request);
  }
}

/** Parses files whose values are compared with each other's. */
function outlinesWith(meanings: Meanings): (text: string, name: string) => SyntaxTree {
  return (text, name) => {
    requireFewNodes(text, name, MOST_NODES);
    return outlineText(text, name, meanings);
  };
}

function mergeOutlines(files: Files, request: MergeRequest, meanings: Meanings): Migration {
  if (staysOurs(request)) return withSameDefaults(request, mergeFiles(files, request));
  const outline = outlinesWith(meanings);
  const edited = (file: SyntaxTree, text: string | undefined): SyntaxTree =>
    text === undefined || text === file.text ? file : outline(text, file.name);
  const expanded = (file: SyntaxTree): SyntaxTree => edited(file, expandAliases(file));
  const unmerged = (file: SyntaxTree): SyntaxTree => edited(file, expandMerges(file));
  const closed = (file: SyntaxTree): SyntaxTree => edited(file, applyEdits(file.text, closeIdleKeeps(file)));
  const { base, ours } = files;
  const theirs = edited(files.theirs, withoutEmptyRoot(files.theirs));
  return firstProved(request, meanings, [
    () => files,
    () => ({ base, ours: closed(ours), theirs }),
    () => ({ base, ours: edited(ours, expandOverruled(files)), theirs }),
    () => ({ base: unmerged(base), ours: unmerged(closed(ours)), theirs }),
    () => ({ base: expanded(base), ours: expanded(closed(ours)), theirs }),
    () => ({ base: expanded(base), ours: expanded(closed(ours)), theirs: expanded(theirs) }),
    () => ({
      base: expanded(unmerged(base)),
      ours: expanded(unmerged(closed(ours))),
      theirs: expanded(unmerged(theirs)),
    }),
  ]);
}

/**
 * An alias in one file may stand where another has none, or where its anchor goes away, a `|+` where blank lines
 * follow, a `{}` below all comments: only then ours is written otherwise, and if need be theirs.
 */
function firstProved(request: MergeRequest, meanings: Meanings, ways: readonly (() => Files)[]): Migration {
  const failures: unknown[] = [];
  let tried: Files | undefined;
  for (const way of ways) {
    const files = way();
    if (tried && isSame(tried, files)) continue;
    tried = files;
    try {
      return mergeProved(files, request, meanings);
    } catch (error) {
      if (error instanceof UserError) throw error;
      failures.push(error);
    }
  }
  if (request.takesMerged ?? true) return firstProved({ ...request, takesMerged: false }, meanings, ways);
  throw failures[0];
}

function isSame(a: Files, b: Files): boolean {
  return a.base.text === b.base.text && a.ours.text === b.ours.text && a.theirs.text === b.theirs.text;
}

function mergeProved(files: Files, request: MergeRequest, meanings: Meanings): Migration {
  const merge = mergeFiles(files, request);
  const result = settle(
    merge.text,
    text => outlineOfResult(text, meanings),
    ours => mergeFiles({ ...files, ours }, request).text,
  );
  const proof = prove({ ...merge, files, result, meanings });
  if (proof.unexplained.length > 0) throw new MergeRefusal('changed', proof.unexplained);
  const lines =
    files.theirs.text === request.theirs ? proof.lines : countChangedLines(request.theirs, result.text);
  return {
    text: result.text,
    outcomes: merge.outcomes,
    decisions: merge.decisions,
    usedAnswers: merge.usedAnswers,
    proof: { ...proof, lines },
  };
}

/** Its last value may come to stand elsewhere. */
function withClosedEnd(ours: SyntaxTree, parse: (text: string) => SyntaxTree): SyntaxTree {
  const edit = closeOpenEnd(ours);
  return edit ? parse(applyEdits(ours.text, [edit])) : ours;
}

/** Merges three files by what their values mean; what a person moves is merged at its new place. */
function mergeFiles(files: Files, request: MergeRequest): Merge {
  const first = planFiles(files, request, []);
  if (first.plan.moves.length === 0) return mergePlanned(files, first, []);
  const impossible = impossibleMoves(first.plan);
  if (impossible.length > 0)
    return mergeFiles(files, { ...request, decisions: withoutAnswers(request.decisions, impossible) });
  const moved = planFiles(files, request, first.plan.moves);
  return mergePlanned(files, { ...moved, plan: withFirst(first.plan, moved.plan) }, first.plan.moves);
}

/** What was answered before something moved is said of the whole. */
function withFirst(first: Plan, moved: Plan): Plan {
  const isIn = (outcomes: Plan['outcomes'], { path, outcome }: Outcome): boolean =>
    outcomes.some(each => each.path === path && each.outcome === outcome);
  const told = first.outcomes.filter(each => each.answer !== undefined && !isIn(moved.outcomes, each));
  const places = new Set(moved.contested.map(({ node }) => placeOf(node)));
  // What moved into a value of theirs makes another one of it.
  const dropped = first.contested
    .filter(({ node, answer }) => answer === 'theirs' && !places.has(placeOf(node)))
    .map(each => ({ ...each, answer: { value: undefined } }));
  return {
    ...moved,
    outcomes: [...moved.outcomes, ...told],
    contested: [...moved.contested, ...dropped],
    usedAnswers: [...new Set([...moved.usedAnswers, ...first.usedAnswers])],
  };
}

type Planned = { readonly documents: readonly MergeNode[]; readonly plan: Plan };

function planFiles(files: Files, request: MergeRequest, moves: readonly KeyMove[]): Planned {
  const documents = pairFiles(files, moves);
  const unmoved = moves.length > 0 ? pairFiles(files) : documents;
  const removal = describeRemovals(unmoved, files.theirs, request);
  const { decisions: answers = {}, takesMerged = true } = request;
  const settled = new Set(moves.flatMap(({ theirs }) => entriesIn(theirs)));
  const deprecated = deprecationsIn(files.theirs, files.base);
  return { documents, plan: planMerge(documents, { answers, removal, takesMerged, settled, deprecated }) };
}

function mergePlanned(files: Files, { documents, plan }: Planned, moves: readonly KeyMove[]): Merge {
  const { text, commented } = splice(files, documents, plan);
  const carried = commented.map(node => ({ path: pathOf(node), outcome: 'comment-carried' as const }));
  const given = plan.contested.filter(({ isGiven }) => isGiven).map(({ id }) => id);
  const merged = plan.contested.filter(({ answer }) => answer === 'merged');
  return {
    text,
    outcomes: [...plan.outcomes, ...carried],
    decisions: plan.decisions,
    usedAnswers: [...new Set([...given, ...plan.usedAnswers])],
    decided: new Map(plan.contested.map(({ node, answer }) => [placeOf(node), answer])),
    merged: new Map(merged.map(({ node, merged: value }) => [placeOf(node), value])),
    moved: moves.flatMap(({ base, theirs }) =>
      base ? [{ from: placeInFile(base), to: placeInFile(theirs) }] : [],
    ),
    commented: new Set(commented.map(placeOf)),
    anchored: new Set(files.ours.text.includes('&') ? documents.flatMap(anchoredIn).map(placeOf) : []),
    rewritten: [...plan.actions].flatMap(([node, action]) => (isRewritten(action) ? [placeOf(node)] : [])),
  };
}

/** Where theirs keeps its value and gets the team's anchor. */
function anchoredIn(node: MergeNode): MergeNode[] {
  const inside = node.children.flatMap(anchoredIn);
  return node.theirs && teamAnchor(node) !== undefined ? [node, ...inside] : inside;
}

function isRewritten({ do: kind }: Action): boolean {
  return kind === 'replace' || kind === 'print';
}

function staysOurs({ base, theirs, completes = false }: MergeRequest): boolean {
  return base === theirs && !completes;
}

/** Where the defaults stay as they were, so does every byte of the team's. */
function withSameDefaults(request: MergeRequest, { outcomes, decisions, usedAnswers }: Merge): Migration {
  const lines = countChangedLines(request.theirs, request.ours);
  const kept = outcomes.filter(({ outcome }) => outcome !== 'restored');
  return { text: request.ours, outcomes: kept, decisions, usedAnswers, proof: { lines, unexplained: [] } };
}

/** Repeats the merge on its own result until that changes nothing. */
function settle(
  first: string,
  parse: (text: string) => SyntaxTree,
  again: (ours: SyntaxTree) => string,
): SyntaxTree {
  let result = parse(first);
  for (let run = 1; run < MOST_RUNS; run++) {
    const text = again(result);
    if (text === result.text) return result;
    result = parse(text);
  }
  throw new MergeRefusal('restless');
}

function outlineOfResult(text: string, meanings: Meanings): SyntaxTree {
  try {
    return outlineText(text, 'result', meanings);
  } catch (cause) {
    throw new MergeRefusal('no-yaml', [], { cause });
  }
}
