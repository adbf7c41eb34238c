import { applyEdits, type Edit, lineEnd, lineStart } from '../yaml/text.ts';
import { fieldsOf } from '../yaml/said.ts';
import type { SyntaxTree, Value, YamlNode } from '../yaml/syntax-tree.ts';
import { dataOf } from '../yaml/data.ts';
import { printYaml } from '../yaml/print.ts';
import { entriesIn, type Side } from './merge-nodes.ts';

/** Writes out what each alias stands for, in braces; undefined where there is none. */
export function expandAliases({ text, documents }: SyntaxTree): string | undefined {
  return edited(
    text,
    documents.flatMap(document => aliasEdits(text, document)),
  );
}

/** Writes out each `<<` as the fields that it brings; undefined where there is none. */
export function expandMerges({ text, documents }: SyntaxTree): string | undefined {
  return edited(
    text,
    documents.flatMap(document => mergeEdits(text, document)),
  );
}

/**
 * Writes out the `<<` of ours where theirs has a key of its own that it brings: beside that it would count for nothing.
 * Undefined where there is none.
 */
export function expandOverruled({ ours, theirs }: Record<Side, SyntaxTree>): string | undefined {
  let known: Map<Value, YamlNode> | undefined;
  const holders = (): Map<Value, YamlNode> => (known ??= holdersOf(ours));
  const edits = ours.documents.flatMap((document, index) => {
    const root = theirs.documents[index];
    return overruledEdits({ ours, theirs, root, holders }, document, root);
  });
  return edited(ours.text, edits);
}

function edited(text: string, edits: readonly Edit[]): string | undefined {
  return edits.length > 0 ? applyEdits(text, edits) : undefined;
}

function aliasEdits(text: string, { value }: YamlNode): Edit[] {
  const { kind, target, start, end, entries } = value;
  if (kind === 'alias') return target ? [{ start, end, text: written(text, target) }] : [];
  return entries.flatMap(entry => aliasEdits(text, entry));
}

function mergeEdits(text: string, { value }: YamlNode): Edit[] {
  return value.entries.flatMap(entry =>
    entry.key === '<<' ? mergeEdit(text, entry, value) : mergeEdits(text, entry),
  );
}

type Overruled = Record<'ours' | 'theirs', SyntaxTree> & {
  readonly root: YamlNode | undefined;
  /** Which entry of ours has a value. */
  readonly holders: () => ReadonlyMap<Value, YamlNode>;
};

function overruledEdits(files: Overruled, { value }: YamlNode, theirs: YamlNode | undefined): Edit[] {
  const theirOwn = new Map(theirs?.value.entries.map(entry => [entry.key, entry]));
  return value.entries.flatMap(entry => {
    if (entry.key !== '<<') return overruledEdits(files, entry, theirOwn.get(entry.key));
    const isOverruled = broughtBy(entry, value).some(([key]) => theirOwn.has(key));
    if (!isOverruled) return [];
    return mergeEdit(files.ours.text, entry, value, newFields(files, entry, theirs));
  });
}

/** What the new defaults added to a map that a `<<` of ours brings in, and to the one that it brings it into. */
function newFields(
  { theirs, root, holders }: Overruled,
  { value, parent }: YamlNode,
  holder: YamlNode | undefined,
): string[] {
  const { target } = value;
  const anchored = target && holders().get(target);
  const source =
    anchored &&
    wayTo(anchored).reduce<YamlNode | undefined>(
      (at, key) => at?.value.entries.find(entry => entry.key === key),
      root,
    );
  const own = new Set([...(target?.entries ?? []), ...(parent?.value.entries ?? [])].map(({ key }) => key));
  const sourced = new Map(source?.value.entries.map(entry => [entry.key, entry.value.meaning]));
  return (holder?.value.entries ?? []).flatMap(({ key, value: field }) =>
    !own.has(key) && sourced.get(key) === field.meaning
      ? [`${printYaml(key, { flow: true })}: ${written(theirs.text, field)}`]
      : [],
  );
}

/** The keys that lead to an entry. */
function wayTo(entry: YamlNode): (string | number)[] {
  return entry.parent ? [...wayTo(entry.parent), entry.key] : [];
}

function holdersOf({ documents }: SyntaxTree): Map<Value, YamlNode> {
  return new Map(documents.flatMap(entriesIn).map(entry => [entry.value, entry]));
}

/** The fields that a `<<` brings into its map: those that the map has itself, or one above, win. */
function broughtBy(merge: YamlNode, { entries }: Value): [string, Value][] {
  const above = entries.slice(0, entries.indexOf(merge)).filter(({ key }) => key === '<<');
  const taken = new Set([
    ...entries.filter(({ key }) => key !== '<<').map(({ key }) => String(key)),
    ...fieldsOf(above).keys(),
  ]);
  return [...fieldsOf([merge])].filter(([key]) => !taken.has(key));
}

/** None for a `<<` that brings nothing: that stays. */
function mergeEdit(text: string, merge: YamlNode, map: Value, more: readonly string[] = []): Edit[] {
  const brought = broughtBy(merge, map).map(
    ([key, value]) => `${printYaml(key, { flow: true })}: ${written(text, value)}`,
  );
  if (brought.length === 0) return [];
  const fields = [...brought, ...more];
  const between = map.layout === 'inline' ? ', ' : `\n${' '.repeat(merge.column)}`;
  return [{ start: merge.start, end: merge.value.end, text: fields.join(between) }];
}

/** A scalar on one line keeps its spelling, which readers of YAML may disagree on. */
function written(text: string, value: Value): string {
  const { start, end, layout, kind } = value;
  const spelling = text.slice(start, end).replace(/^(?:&\S+\s+)/, '');
  if (kind === 'scalar' && layout === 'inline' && !spelling.includes('\n')) return spelling;
  return printYaml(dataOf(value), { flow: true });
}

/** A file that says no more than `{}`, without that: what comes in stands below its comments. Undefined for any other. */
export function withoutEmptyRoot({ text, documents }: SyntaxTree): string | undefined {
  const [root, ...others] = documents.map(({ value }) => value);
  const isEmpty = root?.kind === 'map' && root.entries.length === 0 && !root.opaque;
  if (!isEmpty || others.length > 0) return undefined;
  const [start, end] = [lineStart(text, root.start), lineEnd(text, root.end)];
  const isAlone = text.slice(start, end).trim() === text.slice(root.start, root.end);
  return isAlone ? text.slice(0, start) + text.slice(end) : text.slice(0, root.start) + text.slice(root.end);
}
