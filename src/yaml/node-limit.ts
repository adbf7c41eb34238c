import { Lexer } from 'yaml';

/** Nodes that one file may have; a large chart's values have some 20 000, its custom resource definitions some 100 000. */
export const MOST_NODES = 400_000;

/** Whether a text has more nodes than a file may; asked before any parser makes something of each. */
export function hasTooManyNodes(text: string): boolean {
  return text.length * 2 > MOST_NODES && nodeBound(text) > MOST_NODES && countNodes(text) > MOST_NODES;
}

/** What a character may begin: two values for a key alone, and for a bracket with its first item. */
const BEGINS = new Uint8Array(128);
for (const char of '\n[{,') BEGINS[char.charCodeAt(0)] = 2;
for (const char of '\r:-?') BEGINS[char.charCodeAt(0)] = 1;

/** A cheap upper bound, which counts what stands inside of texts too. */
function nodeBound(text: string): number {
  let bound = 1;
  for (let at = 0; at < text.length; at++) bound += BEGINS[text.charCodeAt(at)] ?? 0;
  return bound;
}

/** Counts no further than the limit. */
function countNodes(text: string): number {
  let nodes = 0;
  let isOpen = false;
  for (const token of new Lexer().lex(text)) {
    const isValue = token === SCALAR || token === '[' || token === '{' || token.startsWith('*');
    const isMark = token === ':' || token === '-' || token === ',' || token === '?' || token === '---';
    // Behind a mark without a value stands an empty one.
    if (isValue || (isMark && isOpen)) nodes++;
    if (isValue || isMark) isOpen = isMark;
    if (nodes > MOST_NODES) break;
  }
  return nodes;
}

/** The lexer's mark in front of the text of a scalar. */
const SCALAR = '\u001f';

/** Nodes with every alias written out; a value inside itself counts as endless. */
export function expandedSize(root: unknown): number {
  const sizes = new Map<object, number>();
  const measure = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    sizes.set(value, Number.POSITIVE_INFINITY);
    const size = Object.values(value).reduce<number>((sum, inner) => sum + measure(inner), 1);
    sizes.set(value, size);
    return size;
  };
  return measure(root);
}
