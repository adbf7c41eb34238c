import type { Change, ChangeSet, FileCreation } from '../change-set.ts';
import { displayBlock } from '../text/display.ts';
import { type Cell, type Page, renderTable } from './table.ts';
import { cut } from './width.ts';
import { wrap } from './wrap.ts';
import { type DiffLine, diffLines } from './line-diff.ts';

/** Lines of a new file, or of what a renamed one differs in, shown in a preview; of a longer new one only the tree speaks. */
const MAX_LINES = 60;
/** On a terminal: ciphertext and minified files have lines of thousands of characters. */
const MAX_COLUMNS = 160;

/**
 * What a change set would do: the content of small new files and the diff of changed ones, and last, so that it stays on the
 * screen, the tree of all of them.
 */
export function renderPreview(set: ChangeSet, page: Page): string {
  return [...renderContents(set, page), ...renderTree(set, page)].join('\n');
}

/** The same without the tree: what is read, each with an empty line behind it. */
export function renderContents(set: ChangeSet, page: Page): string[] {
  const blocks = set.changes.filter(isWorthReading).map(change => renderContent(change, page));
  return blocks.filter(block => block !== '').flatMap(block => [block, '']);
}

/** The changed files under their common folders, with what each is for. */
export function renderTree(set: ChangeSet, page: Page): string[] {
  const rows = treeRows(set.changes).map(({ depth, name, leaf }): Cell[] => {
    const text = '  '.repeat(depth) + name;
    if (!leaf) return [`  ${text}`, ''];
    const { sign, color } = SIGNS[leaf.action];
    const mark = { text: sign, format: color };
    const slash = leaf.kind === 'folder' ? '/' : '';
    return [[mark, ` ${text}${slash}`], { text: describe(leaf), format: 'dim' }];
  });
  return renderTable(rows, page);
}

const SIGNS = {
  create: { sign: '+', color: 'green' },
  update: { sign: '~', color: 'yellow' },
  delete: { sign: '-', color: 'red' },
} as const satisfies Record<Change['action'], { sign: string; color: 'green' | 'yellow' | 'red' }>;

function describe(change: Change): string {
  return change.kind === 'folder' ? `${change.why} (${change.files.size})` : change.why;
}

/** Copied defaults are long and known; a diff says what differs, from the file before where one is replaced. */
function isWorthReading(change: Change): boolean {
  if (change.kind === 'folder' || change.action === 'delete') return false;
  return change.action === 'update' || change.madeFrom !== undefined || !change.path.includes('/values/');
}

function renderContent(change: Change, page: Page): string {
  if (change.kind === 'folder' || change.action === 'delete') return '';
  if (change.action === 'update')
    return renderDiff(change.path, change.before, change.content, page).join('\n');
  if (change.madeFrom) return renderRenamed(change, change.madeFrom, page);
  const lines = textOf(change.content).trimEnd().split('\n');
  if (lines.length > MAX_LINES) return '';
  const shown = lines.flatMap(line => brokenLine(`  ${line}`, page));
  return [page.style(change.path, 'bold'), ...shown].join('\n');
}

/** What differs between a file and what it was made from, as long as it is read at all; the rest is counted. */
function renderRenamed(
  { path, content }: FileCreation,
  old: NonNullable<FileCreation['madeFrom']>,
  page: Page,
): string {
  const name = `${old.name} → ${path}`;
  const [head = '', ...lines] = renderDiff(name, old.content, content, page);
  const rest = diffLines(textOf(old.content), textOf(content)).slice(MAX_LINES);
  const count = (wanted: DiffLine['kind']): number => rest.filter(({ kind }) => kind === wanted).length;
  const cutOff = rest.length > 0 ? [page.style(`… +${count('added')} -${count('removed')}`, 'dim')] : [];
  return [head, ...lines.slice(0, MAX_LINES), ...cutOff].join('\n');
}

/** The diff of one file, under its path. */
function renderDiff(path: string, before: Uint8Array, after: Uint8Array, page: Page): string[] {
  const colors = { added: 'green', removed: 'red', hunk: 'cyan' } as const;
  const lines = diffLines(textOf(before), textOf(after)).flatMap(({ kind, text }) =>
    brokenLine(text, page).map(shown => (kind === 'same' ? shown : page.style(shown, colors[kind]))),
  );
  return [page.style(path, 'bold'), ...lines];
}

/** A line of a file in as many as it needs, each behind the mark of a diff, and further in than what it goes on with. */
function brokenLine(line: string, { columns }: Page): string[] {
  const shown = cut(line, columns === Number.POSITIVE_INFINITY ? columns : MAX_COLUMNS).trimEnd();
  const begin = /^[-+]?\s*/.exec(shown)?.[0] ?? '';
  const hang = `${begin}  `;
  return wrap(shown, columns, { hang: hang.length < columns / 2 ? hang : begin.slice(0, 1), hard: true });
}

function textOf(bytes: Uint8Array): string {
  return displayBlock(Buffer.from(bytes).toString('utf8'));
}

/** A leaf with its path, or a folder that is entered on the way to several of them. */
type TreeRow<Leaf> = { depth: number; name: string; leaf?: Leaf };

/** One row per leaf and one per folder; folders with a single child share a row. The order is that of the paths. */
function treeRows<Leaf extends { path: string }>(leaves: readonly Leaf[]): TreeRow<Leaf>[] {
  return rowsBelow(
    leaves.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    '',
    0,
  );
}

function rowsBelow<Leaf extends { path: string }>(
  leaves: readonly Leaf[],
  base: string,
  depth: number,
): TreeRow<Leaf>[] {
  const done = new Set<Leaf>();
  return leaves.flatMap(leaf => {
    if (done.has(leaf)) return [];
    const rest = leaf.path.slice(base.length);
    const folder = base + rest.slice(0, rest.indexOf('/') + 1);
    const own = folder === base ? [leaf] : leaves.filter(({ path }) => path.startsWith(folder));
    for (const each of own) done.add(each);
    if (own.length === 1) return [{ depth, name: rest, leaf }];
    const shared = sharedFolder(own, folder);
    return [{ depth, name: shared.slice(base.length) }, ...rowsBelow(own, shared, depth + 1)];
  });
}

/** The longest folder that all of these lie in. */
function sharedFolder(leaves: readonly { path: string }[], from: string): string {
  const next = new Set(leaves.map(({ path }) => path.slice(from.length).split('/')[0] ?? ''));
  const [only] = next;
  const deeper =
    only !== undefined && next.size === 1 && leaves.every(({ path }) => path.startsWith(`${from}${only}/`));
  return deeper ? sharedFolder(leaves, `${from}${only}/`) : from;
}
