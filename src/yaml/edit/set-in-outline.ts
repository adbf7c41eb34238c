import { Scalar } from 'yaml';
import type { Step } from '../nodes.ts';
import { entryAt, type SyntaxTree, type Value, type YamlNode } from '../syntax-tree.ts';
import type { YamlEdit } from './edits.ts';
import { says, scalarLike } from './write.ts';

/** A text in outline; undefined where only the parser knows all of it. */
type Outline = (text: string) => SyntaxTree | undefined;

/** The characters that were replaced in a text, and how many more there are now. */
type Replaced = { entry: YamlNode; value: string; end: number; shift: number };

/**
 * Gives a text on the line of its key another one, as `editYaml` does and proves, where the scanner knows the whole file before
 * and after: many times faster than the parser. Undefined for all else, which the parser decides.
 * @throws UserError as `outline` does
 */
export function setInOutline(text: string, edit: YamlEdit, outline: Outline): string | undefined {
  const { kind, document = 0, path } = edit;
  if (kind !== 'set' || document !== 0 || typeof edit.value !== 'string' || /[\r\n]/.test(edit.value))
    return undefined;
  const before = outline(text);
  const entry = before && textOnItsLine(before, path);
  if (!entry) return undefined;
  const { start, end } = entry.value;
  const like = scalarOf(text, entry.value);
  if (says(like, edit.value)) return text;
  const head = scalarLike(edit.value, like);
  const changed = text.slice(0, start) + head + text.slice(end);
  const after = outline(changed);
  const replaced = { entry, value: edit.value, end, shift: head.length - (end - start) };
  return after && isThatChange(before, after, replaced) ? changed : undefined;
}

function textOnItsLine(tree: SyntaxTree, path: readonly Step[]): YamlNode | undefined {
  const entry = entryAt(tree, path);
  const around = entry?.parent?.value;
  if (!entry || around?.kind !== 'map' || around.layout === 'inline') return undefined;
  const { kind, layout, start, end } = entry.value;
  const isText = kind === 'scalar' && layout === 'inline' && end > start;
  return isText && !tree.text.slice(entry.colon, start).includes('\n') ? entry : undefined;
}

/** As the parser would give it: its text, and its quotes. */
function scalarOf(text: string, { start, end, scalar }: Value): Scalar {
  const quote = text.charAt(start);
  const isQuoted = quote === '"' || quote === "'";
  const like = new Scalar(isQuoted ? scalar : text.slice(start, end));
  like.type = isQuoted ? (quote === '"' ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE) : Scalar.PLAIN;
  return like;
}

/** Whether two outlines are of the same data with the same comments, each at its place, but for what was replaced. */
function isThatChange(before: SyntaxTree, after: SyntaxTree, replaced: Replaced): boolean {
  const [old, now] = [before.documents[0], after.documents[0]];
  return (
    old !== undefined &&
    now !== undefined &&
    isSame(old, now, replaced) &&
    isSameLead(before.tail, after.tail)
  );
}

function isSame(old: YamlNode, now: YamlNode, replaced: Replaced): boolean {
  return (
    old.key === now.key &&
    moved(old.start, replaced) === now.start &&
    moved(old.colon, replaced) === now.colon &&
    old.note?.text === now.note?.text &&
    isSameLead(old.lead, now.lead) &&
    (old === replaced.entry ? isReplaced(now.value, replaced) : isSameValue(old.value, now.value, replaced))
  );
}

function isReplaced({ kind, type, layout, scalar, start, end }: Value, replaced: Replaced): boolean {
  const isText = kind === 'scalar' && type === 'string' && layout === 'inline' && scalar === replaced.value;
  return isText && start === replaced.entry.value.start && end === replaced.end + replaced.shift;
}

function isSameValue(old: Value, now: Value, replaced: Replaced): boolean {
  return (
    old.kind === now.kind &&
    old.type === now.type &&
    old.layout === now.layout &&
    old.scalar === now.scalar &&
    moved(old.start, replaced) === now.start &&
    moved(old.end, replaced) === now.end &&
    old.entries.length === now.entries.length &&
    old.entries.every((entry, index) => isSame(entry, now.entries[index] ?? entry, replaced))
  );
}

function moved(offset: number, { end, shift }: Replaced): number {
  return offset >= end ? offset + shift : offset;
}

function isSameLead(old: YamlNode['lead'], now: YamlNode['lead']): boolean {
  return (
    old.blanks === now.blanks &&
    old.comments.length === now.comments.length &&
    old.comments.every(({ text }, index) => text === now.comments[index]?.text)
  );
}
