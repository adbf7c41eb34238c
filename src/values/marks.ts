import { display } from '../text/display.ts';
import { applyEdits, type Edit, lineEnding, lineStart } from '../yaml/text.ts';
import { createMeanings } from '../yaml/meanings.ts';
import { outlineText } from '../yaml/outline.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import { stepText } from './path.ts';
import type { Decision } from './plan.ts';

const MARK = '# slipway: decide ';
const MARKED_LINE = /^[ \t]*# slipway: decide .*\r?\n/gm;

/** Puts a comment above each open decision, for people who look for it in the file. It stays valid YAML. */
export function markDecisions(text: string, decisions: readonly Decision[]): string {
  const [document] = outlineText(text, 'result', createMeanings()).documents;
  const entries = new Map((document?.value.entries ?? []).flatMap(entry => pathsIn(entry, '')));
  const eol = lineEnding(text);
  const edits = decisions.flatMap((decision): Edit[] => {
    const entry = entries.get(decision.path);
    if (!entry?.ownLine) return [];
    const start = lineStart(text, entry.start);
    return [{ start, end: start, text: ' '.repeat(entry.column) + markOf(decision) + eol }];
  });
  return applyEdits(text, edits);
}

/** Takes the marks out again, so that they are never taken for comments of the team. */
export function withoutMarks(text: string): string {
  return text.replaceAll(MARKED_LINE, '');
}

function markOf({ path, kind, base, theirs }: Decision): string {
  return display(
    `${MARK}${path}: ${kind}; it was ${JSON.stringify(base)}, upstream has ${JSON.stringify(theirs)}`,
  );
}

function pathsIn(entry: YamlNode, above: string): [string, YamlNode][] {
  const path = (above + stepText(entry.key)).replace(/^\./, '');
  const inside = entry.value.kind === 'map' ? entry.value.entries : [];
  return [[path, entry], ...inside.flatMap(child => pathsIn(child, path))];
}
