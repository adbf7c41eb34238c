import type { MergeNode } from './merge-nodes.ts';

/** `server.ingress.hosts[0]["example.com/class"]`: keys that are no plain words are quoted. */
export function pathText(keys: readonly (string | number)[]): string {
  return keys.map(stepText).join('').replace(/^\./, '');
}

/** One step of a path as people write it: `.name`, `[0]`, `["odd name"]`. */
export function stepText(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z0-9_/-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** Where a node is, from the root of its document. */
export function pathOf(node: MergeNode): string {
  const keys: (string | number)[] = [];
  let at = node;
  for (; at.parent; at = at.parent) keys.push(at.key);
  const path = pathText(keys.toReversed());
  return at.key === 0 ? path : `document ${Number(at.key) + 1}: ${path}`;
}
