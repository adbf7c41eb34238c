import { dataOf } from '../yaml/data.ts';
import { applyEdits, type Edit } from '../yaml/text.ts';
import type { Entry, Outline, Value } from '../yaml/outline.ts';
import { printYaml } from '../yaml/print.ts';

/** Writes out what each alias stands for, in braces; undefined where there is none. */
export function expandAliases({ text, documents }: Outline): string | undefined {
  const edits = documents.flatMap(document => aliasEdits(text, document));
  return edits.length > 0 ? applyEdits(text, edits) : undefined;
}

function aliasEdits(text: string, { value }: Entry): Edit[] {
  const { kind, target, start, end, entries } = value;
  if (kind === 'alias') return target ? [{ start, end, text: written(text, target) }] : [];
  return entries.flatMap(entry => aliasEdits(text, entry));
}

/** A scalar on one line keeps its spelling, which readers of YAML may disagree on. */
function written(text: string, { start, end, layout, kind, ...target }: Value): string {
  const spelling = text.slice(start, end).replace(/^(?:&\S+\s+)/, '');
  if (kind === 'scalar' && layout === 'inline' && !spelling.includes('\n')) return spelling;
  return printYaml(dataOf({ start, end, layout, kind, ...target }), { flow: true });
}
