import type { Change, ChangeSet } from '../domain/change-set.ts';
import { displayBlock } from '../display.ts';
import { diffLines } from '../domain/text-diff.ts';
import type { Style } from '../io/terminal.ts';

/** Lines of a new file shown in a preview; longer ones are cut. */
const MAX_LINES = 60;

/** What a change set would do: the tree, then the content of small new files and the diff of changed ones. */
export function renderPreview(set: ChangeSet, style: Style): string {
  const blocks = set.changes.flatMap(change => renderContent(change, style));
  return [...renderTree(set, style), ...blocks.flatMap(block => ['', block])].join('\n');
}

/** The files of a change set as a tree, with what each is for. */
export function renderTree(set: ChangeSet, style: Style): string[] {
  const width = Math.max(...set.changes.map(({ path }) => path.length));
  return set.changes.map(change => {
    const mark = MARKS[change.action];
    const name = change.kind === 'folder' ? `${change.path}/` : change.path;
    return `${style(mark.sign, mark.color)} ${name.padEnd(width + 1)} ${style(describe(change), 'dim')}`;
  });
}

const MARKS = {
  create: { sign: '+', color: 'green' },
  update: { sign: '~', color: 'yellow' },
  delete: { sign: '-', color: 'red' },
} as const satisfies Record<Change['action'], { sign: string; color: 'green' | 'yellow' | 'red' }>;

function describe(change: Change): string {
  if (change.kind === 'folder') return `${change.files.size} files: ${change.why}`;
  return change.why;
}

function renderContent(change: Change, style: Style): string[] {
  if (change.kind === 'folder' || change.action === 'delete') return [];
  if (change.action === 'update') return [renderDiff(change.path, change.before, change.content, style)];
  const text = displayBlock(Buffer.from(change.content).toString('utf8'));
  const lines = text.split('\n');
  if (lines.length > MAX_LINES) return [];
  return [[style(change.path, 'bold'), ...lines.map(line => `  ${line}`.trimEnd())].join('\n').trimEnd()];
}

function renderDiff(path: string, before: Uint8Array, after: Uint8Array, style: Style): string {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  const colors = { added: 'green', removed: 'red', hunk: 'cyan' } as const;
  const lines = diffLines(text(before), text(after)).map(({ kind, text: line }) =>
    kind === 'same' ? displayBlock(line) : style(displayBlock(line), colors[kind]),
  );
  return [style(path, 'bold'), ...lines].join('\n');
}
