import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';
import type { Answers } from './decisions.ts';
import type { Decision } from './plan.ts';
import { editYaml, type YamlEdit } from '../yaml/edit.ts';
import { readDocuments } from '../yaml/read.ts';
import { dataAt, type DataChange, dataChanges, nameOfItem, changePath, stepsTo } from './data-changes.ts';

/** Three states of a file: as the source was, as the target is, as the source is; without a base nobody knows who changed what. */
export type FileSides = { name: string; base: string | undefined; ours: string; theirs: string };

export type MergeRules = {
  /** Why a path belongs to the environment, undefined where it does not. */
  ownedBy(path: readonly string[]): Text | undefined;
  /** Whether the run is about a path at all. */
  isWanted(path: readonly string[]): boolean;
  answers: Answers;
};

export type MergedFile = {
  text: string;
  /** What the target takes over. */
  taken: DataChange[];
  /** What it holds of its own and keeps, with why. */
  kept: { change: DataChange; why: Text }[];
  /** What it changed itself since, and the source has not. */
  ahead: DataChange[];
  decisions: Decision[];
  usedAnswers: string[];
};

/**
 * Merges by data: what the source changed is edited into the target's own bytes, each place alone.
 * @throws UserError E_YAML_* for what is no YAML, or cannot be edited alone
 */
export function mergeManifest({ name, base, ours, theirs }: FileSides, rules: MergeRules): MergedFile {
  const [old, own, fresh] = [base, ours, theirs].map(text =>
    text === undefined ? undefined : manifestData(text, name),
  );
  const changes = base === undefined ? dataChanges(own, fresh) : dataChanges(old, fresh);
  const merged = emptyMerge(ours);
  for (const change of changes) {
    const held = dataAt(own, change.path);
    if (!rules.isWanted(change.path) || isDeepStrictEqual(held, change.after)) continue;
    const why = rules.ownedBy(change.path);
    if (why !== undefined) merged.kept.push({ change: { ...change, before: held }, why });
    else if (base !== undefined && isDeepStrictEqual(held, change.before))
      take(merged, name, change, change.after);
    else
      decide(
        merged,
        name,
        { ...change, before: base === undefined ? undefined : change.before },
        held,
        rules.answers,
      );
  }
  if (base !== undefined) merged.ahead = aheadIn(dataChanges(old, own), changes, rules);
  return merged;
}

/** A merge that has not begun. */
export function emptyMerge(text: string): MergedFile {
  return { text, taken: [], kept: [], ahead: [], decisions: [], usedAnswers: [] };
}

/** What a side changed itself, where the other changed nothing. */
export function aheadIn(
  own: readonly DataChange[],
  theirs: readonly DataChange[],
  rules: MergeRules,
): DataChange[] {
  const moved = new Set(theirs.map(({ path }) => changePath(path)));
  return own.filter(
    ({ path }) => rules.isWanted(path) && rules.ownedBy(path) === undefined && !moved.has(changePath(path)),
  );
}

function take(merged: MergedFile, name: string, change: DataChange, value: unknown): void {
  merged.text = editedPlace(merged.text, name, change.path, value);
  merged.taken.push({ ...change, after: value });
}

function decide(merged: MergedFile, name: string, change: DataChange, held: unknown, answers: Answers): void {
  const { before, after } = change;
  const path = changePath(change.path);
  const evidence = JSON.stringify([before, held, after]);
  const id = `${path}#${createHash('sha256').update(evidence).digest('hex').slice(0, 8)}`;
  const sides = { base: before ?? null, ours: held ?? null, theirs: after ?? null };
  const decision: Decision = { id, path, kind: 'both-changed', ...sides, options: ['ours', 'theirs'] };
  const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
  if (answer === undefined) {
    merged.decisions.push(decision);
    return;
  }
  merged.usedAnswers.push(id);
  if (answer === 'ours') return;
  if (answer === 'merged')
    throw new UserError('E_VALUE', say('values.noSuchAnswer', { path }), { hint: say('promote.answers') });
  take(merged, name, { ...change, before: held }, answer === 'theirs' ? after : answer.value);
}

/** One document as its data; several by kind and name. @throws UserError E_YAML_* */
export function manifestData(text: string, name: string): unknown {
  const documents = readDocuments(text, name);
  return documents.length > 1 ? documents.filter(each => each !== null) : (documents[0] ?? {});
}

/** The text with one place of its data changed. @throws UserError E_YAML_* for what cannot be edited alone */
export function editedPlace(text: string, name: string, path: readonly string[], value: unknown): string {
  // Maps that were read have no prototype; the editor compares with what it writes.
  const plain: unknown = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
  return editYaml(text, name, [editOf(text, name, path, plain)]);
}

/** The edit of one place; `[Kind/name]` at first is a document of a file of several. */
function editOf(text: string, name: string, path: readonly string[], value: unknown): YamlEdit {
  const documents = readDocuments(text, name);
  const isMany = documents.length > 1;
  const [first = ''] = path;
  const document = isMany ? documents.findIndex(each => `[${nameOfItem(each) ?? ''}]` === first) : 0;
  const inner = isMany ? path.slice(1) : path;
  const data = documents[document];
  if (document < 0 || inner.length === 0) throw byHand(name, path);
  const steps = stepsTo(data, inner);
  if (steps && value === undefined) return { kind: 'remove', document, path: steps, withComments: true };
  if (steps) return { kind: 'set', document, path: steps, value };
  if (value === undefined) throw byHand(name, path);
  const around = stepsTo(data, inner.slice(0, -1));
  const last = inner.at(-1) ?? '';
  if (last.startsWith('[') && around) return { kind: 'add', document, path: around, items: [value] };
  const keys = inner.every(part => !part.startsWith('[')) ? [...inner] : around && [...around, last];
  if (!keys) throw byHand(name, path);
  return { kind: 'put', document, path: keys, value };
}

function byHand(name: string, path: readonly string[]): UserError {
  return new UserError('E_YAML_SHAPE', say('promote.byHand', { file: name, path: changePath(path) }), {
    hint: say('yaml.editByHand'),
    subject: name,
  });
}
