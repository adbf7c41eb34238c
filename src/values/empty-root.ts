import { lineEnd, lineStart } from '../yaml/text.ts';
import type { Outline } from '../yaml/outline.ts';

/** A file that says no more than `{}`, without that: what comes in stands below its comments. Undefined for any other. */
export function withoutEmptyRoot({ text, documents }: Outline): string | undefined {
  const [root, ...others] = documents.map(({ value }) => value);
  const isEmpty = root?.kind === 'map' && root.entries.length === 0 && !root.opaque;
  if (!isEmpty || others.length > 0) return undefined;
  const [start, end] = [lineStart(text, root.start), lineEnd(text, root.end)];
  const isAlone = text.slice(start, end).trim() === text.slice(root.start, root.end);
  return isAlone ? text.slice(0, start) + text.slice(end) : text.slice(0, root.start) + text.slice(root.end);
}
