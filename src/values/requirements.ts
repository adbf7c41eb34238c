import { UserError } from '../errors.ts';
import type { YamlNode, SyntaxTree } from '../yaml/syntax-tree.ts';
import { positionOf } from '../yaml/nodes.ts';
import type { Side } from './merge-nodes.ts';
import { pathText } from './path.ts';
import type { Outcome } from './plan.ts';
import { type Edit, lineEnd, lineStart } from '../yaml/text.ts';
import { say } from '../locales/say.ts';

/** Values are a map, or nothing yet. */
export function requireValues(outline: SyntaxTree): void {
  for (const { value } of outline.documents) {
    if (value.type === 'map' || value.type === 'null') continue;
    const { line, column } = positionOf(outline, value.start);
    throw new UserError('E_YAML_SHAPE', say('values.valuesMustMap', { name: outline.name, line, column }), {
      hint: say('values.giveValuesFileChart'),
    });
  }
}

/** Helm takes the last of a key that comes twice: the ones above that ours has of its own say nothing. */
export type VoidKey = {
  readonly outcome: Outcome;
  /** Takes it out of ours. */
  readonly edit: Edit;
};

/** The keys of ours that a later one of the same name makes void; the chart's own are none of the team's business. */
export function voidKeys({ base, ours, theirs }: Readonly<Record<Side, SyntaxTree>>): VoidKey[] {
  const repeated = repeatedIn(ours);
  if (repeated.size === 0) return [];
  const [inBase, inTheirs] = [repeatedIn(base), repeatedIn(theirs)];
  const own = [...repeated].filter(([place]) => !inBase.has(place) && !inTheirs.has(place));
  return own.map(([, entry]) => ({ outcome: outcomeOf(entry, ours), edit: editOf(entry, ours) }));
}

/** The entries that a later one of the same key makes void, and none inside of these. */
function repeatedIn({ documents }: SyntaxTree): Map<string, YamlNode> {
  const repeated = new Map<string, YamlNode>();
  const visit = (entry: YamlNode, above: string): void => {
    const place = `${above}\0${entry.key}`;
    if (entry.shadowed) repeated.set(place, entry);
    else for (const child of entry.value.entries) visit(child, place);
  };
  for (const document of documents) visit(document, '');
  return repeated;
}

function outcomeOf(entry: YamlNode, { lines }: SyntaxTree): Outcome {
  const keys: (string | number)[] = [];
  for (let at: YamlNode | undefined = entry; at?.parent; at = at.parent) keys.push(nameOf(at));
  const { line } = positionOf({ lines }, entry.start);
  return { path: pathText(keys.toReversed()), outcome: 'key-twice', line };
}

function nameOf({ key, shadowed }: YamlNode): string | number {
  return shadowed ? String(key).replace(/ \(\d+ below\)$/, '') : key;
}

/** A key with lines of its own goes with them; one beside others goes up to the next. */
function editOf(entry: YamlNode, { text }: SyntaxTree): Edit {
  const siblings = entry.parent?.value.entries ?? [];
  const next = siblings[siblings.indexOf(entry) + 1];
  const end = Math.max(entry.value.end, entry.colon);
  if (entry.ownLine || !next)
    return { start: lineStart(text, entry.start), end: lineEnd(text, end), text: '' };
  return { start: entry.start, end: next.start, text: '' };
}
