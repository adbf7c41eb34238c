import { largest } from '../data/append.ts';
import type { Change, ChangeSet } from '../change-set.ts';
import { displayBlock } from '../text/display.ts';
import type { Style } from './terminal.ts';
import { structuredPatch } from 'diff';

/** How much room there is, and whether in colour. */
export type Canvas = { style: Style; columns: number };

/** Lines of a new file shown in a preview; of a longer one only the tree speaks. */
const MAX_LINES = 60;
/** Ciphertext and minified files have lines of thousands of characters. */
const MAX_COLUMNS = 160;

/** What a change set would do: the tree, then the content of small new files and the diff of changed ones. */
export function renderPreview(set: ChangeSet, canvas: Canvas): string {
  const blocks = set.changes.filter(isWorthReading).map(change => renderContent(change, canvas.style));
  return [
    ...renderTree(set, canvas),
    ...blocks.filter(block => block !== '').flatMap(block => ['', block]),
  ].join('\n');
}

/** The changed files under their common folders, with what each is for. */
export function renderTree(set: ChangeSet, { style, columns }: Canvas): string[] {
  const rows = treeRows(set.changes.toSorted((a, b) => (a.path < b.path ? -1 : 1)));
  const width = largest(rows.map(({ name, indent }) => indent.length + name.length));
  return rows.map(({ indent, name, change }) => {
    const left = `${indent}${name}`;
    if (!change) return `  ${left}`;
    const { sign, color } = SIGNS[change.action];
    const room = columns - width - 5;
    const text = describe(change);
    const why = room < 12 ? '' : text.length > room ? `${text.slice(0, room - 1)}…` : text;
    return `${style(sign, color)} ${left.padEnd(width + 1)} ${style(why, 'dim')}`.trimEnd();
  });
}

const SIGNS = {
  create: { sign: '+', color: 'green' },
  update: { sign: '~', color: 'yellow' },
  delete: { sign: '-', color: 'red' },
} as const satisfies Record<Change['action'], { sign: string; color: 'green' | 'yellow' | 'red' }>;

type Row = { indent: string; name: string; change?: Change };

/** One row per change, and one for each folder that is entered on the way; folders with a single child share a row. */
function treeRows(changes: readonly Change[], base = '', indent = ''): Row[] {
  const inside = changes.map(change => ({ change, rest: change.path.slice(base.length) }));
  const folders = [
    ...new Set(
      inside.flatMap(({ rest }) => (rest.includes('/') ? [rest.slice(0, rest.indexOf('/') + 1)] : [])),
    ),
  ];
  const rows = folders.flatMap((folder): { at: number; rows: Row[] }[] => {
    const own = changes.filter(({ path }) => path.startsWith(base + folder));
    const shared = sharedFolder(own, base + folder);
    const at = changes.findIndex(({ path }) => path.startsWith(base + folder));
    const [only] = own;
    if (own.length === 1 && only) return [{ at, rows: [{ indent, name: nameOf(only, base), change: only }] }];
    return [
      { at, rows: [{ indent, name: shared.slice(base.length) }, ...treeRows(own, shared, `${indent}  `)] },
    ];
  });
  const files = inside.flatMap(({ change, rest }, at) =>
    rest.includes('/') ? [] : [{ at, rows: [{ indent, name: nameOf(change, base), change }] }],
  );
  return [...rows, ...files].toSorted((a, b) => a.at - b.at).flatMap(group => group.rows);
}

function nameOf(change: Change, base: string): string {
  return change.path.slice(base.length) + (change.kind === 'folder' ? '/' : '');
}

/** The longest folder that all these changes lie in. */
function sharedFolder(changes: readonly Change[], from: string): string {
  const next = new Set(changes.map(({ path }) => path.slice(from.length).split('/')[0] ?? ''));
  const [only] = next;
  const deeper =
    only !== undefined && next.size === 1 && changes.every(({ path }) => path.startsWith(`${from}${only}/`));
  return deeper ? sharedFolder(changes, `${from}${only}/`) : from;
}

function describe(change: Change): string {
  return change.kind === 'folder' ? `${change.why} (${change.files.size})` : change.why;
}

/** Copied defaults are long and known; a diff says what differs. */
function isWorthReading(change: Change): boolean {
  if (change.kind === 'folder' || change.action === 'delete') return false;
  return change.action === 'update' || !change.path.includes('/values/');
}

function renderContent(change: Change, style: Style): string {
  if (change.kind === 'folder' || change.action === 'delete') return '';
  if (change.action === 'update') return renderDiff(change, style);
  const lines = textOf(change.content).trimEnd().split('\n');
  if (lines.length > MAX_LINES) return '';
  return [style(change.path, 'bold'), ...lines.map(line => `  ${cut(line)}`.trimEnd())].join('\n');
}

function renderDiff(change: { path: string; before: Uint8Array; content: Uint8Array }, style: Style): string {
  const colors = { added: 'green', removed: 'red', hunk: 'cyan' } as const;
  const lines = diffLines(textOf(change.before), textOf(change.content)).map(({ kind, text }) =>
    kind === 'same' ? cut(text) : style(cut(text), colors[kind]),
  );
  return [style(change.path, 'bold'), ...lines].join('\n');
}

function cut(line: string): string {
  return line.length > MAX_COLUMNS ? `${line.slice(0, MAX_COLUMNS - 1)}…` : line;
}

function textOf(bytes: Uint8Array): string {
  return displayBlock(Buffer.from(bytes).toString('utf8'));
}

type DiffLine = { kind: 'same' | 'added' | 'removed' | 'hunk'; text: string };

/** The lines that a change touches, with three lines around them, as a unified diff shows them. */
export function diffLines(before: string, after: string): DiffLine[] {
  const patch = structuredPatch('', '', before, after, '', '', { context: 3 });
  return patch.hunks.flatMap(hunk => [
    {
      kind: 'hunk' as const,
      text: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    },
    ...hunk.lines.map(line => ({ kind: KINDS[line[0] ?? ' '] ?? ('same' as const), text: line })),
  ]);
}

const KINDS: Record<string, DiffLine['kind']> = { '+': 'added', '-': 'removed', ' ': 'same' };
