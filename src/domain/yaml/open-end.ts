import type { Edit } from './edit.ts';
import type { Entry, Outline, Value } from './outline.ts';

/**
 * A file without a final newline may end in a folded scalar, which then holds no newline either. Once something stands
 * behind it, only its header can say so: `|` becomes `|-`.
 */
export function closeOpenEnd({ text, documents }: Outline): Edit | undefined {
  const last = documents.at(-1)?.value;
  const scalar = last && lastScalar(last);
  if (text.endsWith('\n') || scalar?.layout !== 'folded' || scalar.end !== text.length) return undefined;
  const header = text.slice(scalar.start).search(/[|>]/) + scalar.start + 1;
  const indicators = /^[-+\d]*/.exec(text.slice(header))?.[0] ?? '';
  return { start: header, end: header + indicators.length, text: `${indicators.replace(/[-+]/, '')}-` };
}

/** The scalar that a value ends with. */
export function lastScalar({ entries, ...value }: Value): Omit<Value, 'entries'> {
  const last: Entry | undefined = entries.at(-1);
  return last && value.layout !== 'inline' ? lastScalar(last.value) : value;
}
