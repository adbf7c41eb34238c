import type { Node, Pair } from 'yaml';
import type { Section, Style } from './conventions/style.ts';
import { type Kustomization, parseKustomization } from './kustomization.ts';
import { addToList, flowText, listLines, type ListStyle } from './yaml/add-to-list.ts';
import { applyEdits, columnOf, type Edit, lineEnd, lineStart } from './yaml/edit.ts';
import { blockEnd, contentEnd, isEmptyValue, isFlow, skipComments } from './yaml/extent.ts';
import { insertLines } from './yaml/insert-lines.ts';
import { listIndent } from './yaml/layout.ts';
import { putInMap } from './yaml/put-in-map.ts';
import { isList, pairsOf } from './yaml/read.ts';
import { keyOf, nodeAt, pairOf, type Step } from './yaml/source.ts';
import { UserError } from '../errors.ts';

type ListSection = Exclude<Section, 'namespace'>;

/** What goes into which list: paths, or the fields of a chart or an image in their order. */
type Addition =
  | { section: 'resources' | 'transformers'; item: string }
  | { section: 'helmCharts' | 'images'; item: Readonly<Record<string, unknown>> };

/** One step of an edit. */
export type KustomizationChange =
  /** Adds an item, unless the list has it: the same path, the same release, the same image. */
  | ({ kind: 'add' } & Addition)
  /** Gives an existing field another text, in its own quotes: `['helmCharts', 0, 'version']`. */
  | { kind: 'set'; path: readonly Step[]; text: string };

/** The repository's style: it decides what the file itself does not show. */
export type EditStyle = Pick<Style, 'sectionOrder' | 'listIndent'>;

type Request = { text: string; path: string; changes: readonly KustomizationChange[]; style: EditStyle };

/**
 * Edits a kustomization by byte range: only the lines that a change needs differ, in the file's own indentation, quotes
 * and order. The same changes a second time change nothing.
 * @throws UserError E_YAML_* for a file that is broken or cannot be edited without touching more
 */
export function editKustomization({ text, path, changes, style }: Request): string {
  return changes.reduce((edited, change) => {
    const kustomization = parseKustomization(edited, path);
    return applyEdits(edited, editsFor(kustomization, change, style));
  }, text);
}

function editsFor(kustomization: Kustomization, change: KustomizationChange, style: EditStyle): Edit[] {
  if (change.kind === 'set') return setField(kustomization, change);
  return hasItem(kustomization, change) ? [] : addItem(kustomization, change, style);
}

/** Whether a list has an item already, whatever its other fields. */
function hasItem(kustomization: Kustomization, { section, item }: Addition): boolean {
  switch (section) {
    case 'resources':
    case 'transformers':
      return kustomization[section].some(entry => plainPath(entry) === plainPath(item));
    case 'helmCharts':
      return kustomization.charts.some(
        ({ name, releaseName }) => name === item['name'] && releaseName === item['releaseName'],
      );
    case 'images':
      return kustomization.images.some(({ name }) => name === item['name']);
  }
}

function plainPath(entry: string): string {
  return entry.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
}

function addItem(kustomization: Kustomization, addition: Addition, style: EditStyle): Edit[] {
  const { source, root } = kustomization;
  const { section, item } = addition;
  const list = listStyleFor(kustomization, section, style);
  if (!root || !pairsOf(root))
    return [insertLines(source.text, source.text.length, listLines(section, item, list))];
  if (pairOf(root, section)) return addToList(source, { map: root, key: section, item, style: list });
  if (isFlow(root)) return [addFlowSection(kustomization, root, addition)];
  return [addSection(kustomization, addition, { list, order: style.sectionOrder.value })];
}

/** Where all lists of the file agree, they decide the indentation; else the repository's other files do. */
function listStyleFor({ source, keys }: Kustomization, section: ListSection, style: EditStyle): ListStyle {
  const seen = new Set(keys.flatMap(key => listIndent(source, key) ?? []));
  const [only] = seen;
  const indent = seen.size === 1 && only !== undefined ? only : style.listIndent[section].value;
  return { indent, gap: 2 };
}

/** A root between brackets, as in a JSON file. */
function addFlowSection({ source }: Kustomization, root: Node, { section, item }: Addition): Edit {
  const last = pairsOf(root)?.at(-1);
  const end = last?.value ? contentEnd(source.text, last.value) : (root.range?.[0] ?? 0) + 1;
  const quote = last && source.text[last.key.range?.[0] ?? 0] === '"' ? '"' : '';
  const value = quote ? JSON.stringify([item]) : `[${flowText(item, undefined)}]`;
  return { start: end, end, text: `${last ? ', ' : ''}${quote}${section}${quote}: ${value}` };
}

/** A new section goes behind those that the repository's files write before it; the blank lines around it as they are. */
function addSection(
  kustomization: Kustomization,
  { section, item }: Addition,
  { list, order }: { list: ListStyle; order: readonly Section[] },
): Edit {
  const { source, root } = kustomization;
  const pairs = pairsOf(root) ?? [];
  const lines = listLines(section, item, list);
  const before = order.slice(0, order.indexOf(section)) as readonly string[];
  const behind = order.slice(order.indexOf(section) + 1) as readonly string[];
  const previous = pairs.findLastIndex(pair => before.includes(keyOf(pair)));
  const next = pairs.findIndex(pair => behind.includes(keyOf(pair)));
  if (previous < 0 && next > 0) return insertBehind(source.text, pairs, next - 1, lines);
  return insertBehind(source.text, pairs, previous < 0 ? pairs.length - 1 : previous, lines);
}

function insertBehind(
  text: string,
  pairs: readonly Pair<Node, Node | null>[],
  index: number,
  lines: string[],
): Edit {
  const pair = pairs[index];
  const at = pair ? sectionEnd(text, pair) : text.length;
  const apart = index + 1 < pairs.length ? hasGap(text, pairs, index + 1) : hasGap(text, pairs, index);
  return insertLines(text, at, apart ? ['', ...lines] : lines);
}

/** Whether a blank line stands above a section, or above the comments at its head. */
function hasGap(text: string, pairs: readonly Pair<Node, Node | null>[], index: number): boolean {
  const pair = pairs[index];
  const above = pairs[index - 1];
  if (!pair || !above) return false;
  const between = text.slice(sectionEnd(text, above), lineStart(text, pair.key.range?.[0] ?? 0));
  return /^[ \t]*\r?$/m.test(between.replace(/\n$/, '')) && between !== '';
}

/**
 * Behind a section's last line. Comments right below belong to it if they are indented, or if they are entries that
 * somebody commented out; others speak about what follows.
 */
function sectionEnd(text: string, { key, value }: Pair<Node, Node | null>): number {
  const start = key.range?.[0] ?? 0;
  const column = columnOf(text, start);
  const end = value ? blockEnd(text, value, column) : lineEnd(text, start);
  const mayList = isList(value) || isEmptyValue(value);
  let inEntry = false;
  return skipComments(text, end, (comment, indent) => {
    inEntry = /^#\s*-\s/.test(comment) || (inEntry && /^#\s{2,}/.test(comment));
    return indent > column || (mayList && inEntry);
  });
}

/** @throws UserError E_YAML_SHAPE if the field is not there */
function setField(
  { source, root }: Kustomization,
  { path, text }: { path: readonly Step[]; text: string },
): Edit[] {
  const parent = nodeAt(root, path.slice(0, -1));
  const key = String(path.at(-1) ?? '');
  if (!pairOf(parent, key))
    throw new UserError('E_YAML_SHAPE', `${source.name}: there is no ${path.join('.')}`, {
      subject: source.name,
    });
  return putInMap(source, { root: parent, path: [key], value: text });
}
