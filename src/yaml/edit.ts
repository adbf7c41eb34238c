import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { UserError } from '../errors.ts';
import { addField, addItems, type Field, nested, planInNothing } from './edit/add.ts';
import type { FieldPlace, YamlEdit } from './edit/edits.ts';
import { entriesOf, indexOf, isEmptyValue } from './edit/place.ts';
import { find, refusal, requireOwn, type Target } from './edit/refuse.ts';
import { moveEntry } from './edit/move.ts';
import { emptyDocument, emptyOut, removeEntry, renameKey } from './edit/remove.ts';
import { setInOutline } from './edit/set-in-outline.ts';
import { setValue, setWritten } from './edit/set.ts';
import { closeAtEnd, isAsIntended, type EditPlan } from './edit/verify.ts';
import { indented, itemLines, type Look, lookOf, says } from './edit/write.ts';
import { readTemplate } from './helm-template.ts';
import { nodeAt, type Step, textAt } from './nodes.ts';
import { recentOutline } from './outline.ts';
import { parseSource, type YamlSource } from './source.ts';
import { applyEdits, type Edit, OverlapError } from './text.ts';
import { say } from '../locales/say.ts';

export { withExcerptAt } from './edit/replace-lines.ts';
export type { FieldPlace, YamlEdit };

/**
 * Edits a person's YAML by byte range: one change after the other, each in the file's own style. Every result is read
 * again: its data is that of before with exactly that change, and no comment beside it is gone. What says already what it
 * should is left as it is.
 * @throws UserError E_YAML_* for a text that is no YAML; E_YAML_SHAPE naming what is not there, is shared through an anchor
 * or alias, or cannot be edited without touching more
 */
export function editYaml(text: string, name: string, edits: readonly YamlEdit[]): string {
  const [first] = edits;
  const outline = (whole: string) => recentOutline(whole, name);
  const quick = first && edits.length === 1 ? setInOutline(text, first, outline) : undefined;
  return quick ?? edits.reduce((source, edit) => perform(source, edit).after, read(text, name)).text;
}

/** A key by its path, and what it becomes. */
export type ValueChange = { path: readonly string[]; value: unknown };

/**
 * Gives keys of a values file new values; one that is not there becomes the first key of the deepest map on its path.
 * @throws UserError as `editYaml`
 */
export function putValues(text: string, name: string, changes: readonly ValueChange[]): string {
  return editYaml(
    text,
    name,
    changes.map((change): YamlEdit => ({ kind: 'put', place: 'front', ...change })),
  );
}

/**
 * The byte ranges of one change, for a caller that joins several changes of one text. None if nothing has to change.
 * @throws UserError as `editYaml`
 */
export function rangesOfEdit(text: string, name: string, edit: YamlEdit): readonly Edit[] {
  return perform(read(text, name), edit).edits;
}

/**
 * Edits a template of Helm where it is YAML but for its actions, which stay as they are.
 * @throws UserError as `editYaml`; E_YAML_SHAPE for an edit that would touch an action
 */
export function editTemplate(text: string, name: string, edit: YamlEdit): string {
  const masked = readTemplate(text)?.yaml.text ?? text;
  const edits = rangesOfEdit(masked, name, edit);
  const isApart = edits.every(({ start, end }) => text.slice(start, end) === masked.slice(start, end));
  if (isApart) return applyEdits(text, edits);
  throw new UserError('E_YAML_SHAPE', say('yaml.templateCannotBeEdited', { name }), {
    hint: say('yaml.editByHand'),
    subject: name,
  });
}

type Done = { after: YamlSource; edits: readonly Edit[] };

/** Texts of several lines become blocks where that leads to what is meant, else they stand between quotes. */
function perform(source: YamlSource, edit: YamlEdit): Done {
  const done = attempt(source, edit, false) ?? attempt(source, edit, true);
  if (done) return done;
  const target = targetOf(source, edit.document ?? 0, true);
  if (target) throw refusal(target, edit.path, say('yaml.cannotBeEditedAlone'), say('yaml.editByHand'));
  throw new UserError('E_YAML_SHAPE', say('yaml.cannotTakeKey', { name: source.name }), {
    subject: source.name,
  });
}

function attempt(source: YamlSource, edit: YamlEdit, quoted: boolean): Done | undefined {
  const index = edit.document ?? 0;
  const target = targetOf(source, index, quoted);
  const plan = target ? planOf(target, edit) : planInNothing(source, edit);
  if (!plan || plan.edits.length === 0) return { after: source, edits: [] };
  const text = applied(source.text, plan.edits);
  const after = text === undefined ? undefined : readAgain(source, text);
  const isRight = after && isAsIntended([source, after], index, plan.intent, plan.edits);
  return isRight ? { after, edits: plan.edits } : undefined;
}

/** Undefined where two changes want the same characters, as at an end of file that no line ends. */
function applied(text: string, edits: readonly Edit[]): string | undefined {
  try {
    return applyEdits(text, edits);
  } catch (error) {
    if (error instanceof OverlapError) return undefined;
    throw error;
  }
}

function read(text: string, name: string): YamlSource {
  const source = parseSource(text, name);
  closeAtEnd(source);
  return source;
}

function readAgain({ name }: YamlSource, text: string): YamlSource | undefined {
  try {
    return read(text, name);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function targetOf(source: YamlSource, index: number, quoted: boolean): Target | undefined {
  const document = source.documents[index];
  return document && { source, text: source.text, document, quoted };
}

function planOf(target: Target, edit: YamlEdit): EditPlan | undefined {
  if (isEmptyValue(target.document.contents) && !isMap(target.document.contents))
    return planInNothing(target.source, edit);
  switch (edit.kind) {
    case 'set':
      return planSet(target, edit.path, edit.value, lookOf(target.text, target.document, target));
    case 'put':
      return planPut(target, edit);
    case 'add':
      return planAdd(target, edit);
    case 'quote':
      return planSet(
        target,
        edit.path,
        requireText(target, edit.path),
        lookOf(target.text, target.document, target),
      );
    case 'remove':
      return planRemove(target, edit);
    case 'rename':
      return planRename(target, edit);
    case 'move':
      return planMove(target, edit);
  }
}

function planSet(target: Target, path: readonly Step[], value: unknown, look: Look): EditPlan | undefined {
  const { holder, index } = find(target, path);
  requireOwn(target, path);
  const entry = entriesOf(holder)[index];
  if (!entry) return undefined;
  const isScalarValue = typeof value !== 'object' || value === null;
  if (isScalarValue && !entry.isEmpty && isScalar(entry.node) && says(entry.node, value)) return undefined;
  const edits = setValue(target.text, holder, entry, value, look);
  return { edits, intent: { kind: 'set', path, value } };
}

/** @throws UserError E_YAML_SHAPE if there is no scalar at the path */
function requireText(target: Target, path: readonly Step[]): string {
  const text = textAt(target.document.contents, path);
  if (text === undefined) throw refusal(target, path, say('yaml.isNotScalar'), say('yaml.editByHand'));
  return text;
}

function planPut(target: Target, edit: YamlEdit & { kind: 'put' }): EditPlan | undefined {
  const { path, value } = edit;
  const { text, document } = target;
  const look = lookOf(text, document, target);
  for (let depth = 0; depth < path.length; depth++) {
    const map = nodeAt(document.contents, path.slice(0, depth));
    const [key = '', ...rest] = path.slice(depth);
    requireOwn(target, path.slice(0, depth + 1));
    const [entry, here] = [entriesOf(map)[indexOf(map, key)], path.slice(0, depth + 1)];
    if (entry && (rest.length === 0 || isEmptyValue(entry.node)))
      return planSet(target, here, nested(rest, value), look);
    if (entry) continue;
    if (!isMap<Node, Node | null>(map))
      throw refusal(target, path.slice(0, depth), say('yaml.isNotMap'), say('yaml.fixByHandThenRunAgain'));
    const field = { key: String(key), value: nested(rest, value), place: placeIn(edit.place, depth) };
    return planField(target, path.slice(0, depth), field, look);
  }
  return undefined;
}

function placeIn(place: FieldPlace = 'sorted', depth: number): FieldPlace {
  return place === 'front' && depth === 0 ? { order: [] } : place;
}

function planField(
  { text, document }: Target,
  path: readonly Step[],
  field: Field,
  look: Look,
  lines?: readonly string[],
): EditPlan | undefined {
  const map = path.length > 0 ? nodeAt(document.contents, path) : document.contents;
  if (!isMap<Node, Node | null>(map)) return undefined;
  const { key, value } = field;
  return { edits: addField(text, map, field, look, lines), intent: { kind: 'added', path, key, value } };
}

function planAdd(target: Target, edit: YamlEdit & { kind: 'add' }): EditPlan | undefined {
  const { path, items, after, list = { indent: 2, place: 'sorted' as const } } = edit;
  const { text, document } = target;
  const map = nodeAt(document.contents, path.slice(0, -1));
  const look = lookOf(text, document, { ...target, indentLists: list.indent > 0 });
  const entry = entriesOf(map)[indexOf(map, path.at(-1))];
  const lines = indented(
    items.flatMap(item => itemLines(item, undefined, look)),
    list.indent,
  );
  if (!entry) {
    if (!isMap(map))
      throw refusal(target, path.slice(0, -1), say('yaml.isNotMap'), say('yaml.fixByHandThenRunAgain'));
    requireOwn(target, path.slice(0, -1));
    const key = String(path.at(-1));
    const field = { key, value: items, place: list.place };
    return planField(target, path.slice(0, -1), field, look, [`${key}:`, ...lines]);
  }
  requireOwn(target, path);
  if (isEmptyValue(entry.node)) return planFill(target, edit, lines, look);
  if (!isSeq<Node>(entry.node))
    throw refusal(target, path, say('yaml.isNotList'), say('yaml.makeItListThenRunAgain'));
  const at = (after ?? entry.node.items.length - 1) + 1;
  const edits = addItems(text, entry.node, { items, after }, look);
  return { edits, intent: { kind: 'inserted', path, at, items } };
}

/** The first items of a list that has none, or of a key without a value. */
function planFill(
  target: Target,
  { path, items }: YamlEdit & { kind: 'add' },
  lines: string[],
  look: Look,
): EditPlan | undefined {
  const { holder, index } = find(target, path);
  const entry = entriesOf(holder)[index];
  if (!entry) return undefined;
  const isInBrackets = isMap(holder) && holder.flow === true;
  const edits =
    isInBrackets || entry.isBare
      ? setValue(target.text, holder, entry, items, look)
      : setWritten(target.text, entry, { head: '', tail: lines });
  return { edits, intent: { kind: 'set', path, value: items } };
}

type Remove = YamlEdit & { kind: 'remove' };
function planRemove(target: Target, { path, withComments = false }: Remove): EditPlan | undefined {
  const { holder, index } = find(target, path);
  requireOwn(target, path.slice(0, -1));
  const edits = removeEntry(target.text, holder, index, withComments);
  if (edits) return { edits, intent: { kind: 'removed', path } };
  const parent = path.slice(0, -1);
  const outer = nodeAt(target.document.contents, parent.slice(0, -1));
  const entry = parent.length > 0 ? entriesOf(outer)[indexOf(outer, parent.at(-1))] : undefined;
  const emptied = entry ? emptyOut(target.text, entry) : emptyDocument(target.text, holder, withComments);
  if (!emptied) throw refusal(target, path, say('yaml.isAllOfDocument'), say('yaml.editByHand'));
  return { edits: emptied, intent: { kind: 'removed', path } };
}

function planRename(target: Target, { path, name }: YamlEdit & { kind: 'rename' }): EditPlan | undefined {
  const { holder, index } = find(target, path);
  requireOwn(target, path.slice(0, -1));
  const entry = entriesOf(holder)[index];
  if (!entry?.key) return undefined;
  return { edits: renameKey(target.text, holder, entry, name), intent: { kind: 'renamed', path, name } };
}

function planMove(target: Target, { path, to }: YamlEdit & { kind: 'move' }): EditPlan | undefined {
  const { holder, index } = find(target, path);
  requireOwn(target, path);
  const name = to.at(-1) ?? '';
  const isBeside = path.slice(0, -1).join('\0') === to.slice(0, -1).join('\0');
  if (isBeside && indexOf(holder, name) < 0) return planRename(target, { kind: 'rename', path, name });
  const { text, document } = target;
  const look = lookOf(text, document, target);
  return moveEntry(target, { holder, index, path, to }, look, {
    addTo: (map, field, lines) => addField(text, map, { ...field, place: 'sorted' }, look, lines),
    fill: (entry, tail) => setWritten(text, entry, { head: '', tail: [...tail] }),
    takeAway: () => planRemove(target, { kind: 'remove', path, withComments: true })?.edits ?? [],
  });
}
