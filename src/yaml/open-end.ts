import { type Edit, lineEnd } from './text.ts';
import type { YamlNode, SyntaxTree, Value } from './syntax-tree.ts';

/**
 * A file without a final newline may end in a folded scalar, which then holds no newline either. Once something stands
 * behind it, only its header can say so: `|` becomes `|-`.
 */
export function closeOpenEnd({ text, documents }: SyntaxTree): Edit | undefined {
  const last = documents.at(-1)?.value;
  const scalar = last && endingScalar(last);
  if (text.endsWith('\n') || scalar?.layout !== 'folded' || scalar.end !== text.length) return undefined;
  const { start, end } = indicatorsOf(text, scalar);
  return { start, end, text: `${text.slice(start, end).replace(/[-+]/, '')}-` };
}

/** Takes the `+` from `|+` where it keeps no blank lines, so that none that come to stand behind it become content. */
export function closeIdleKeeps({ text, documents }: SyntaxTree): Edit[] {
  const editsIn = ({ value }: YamlNode): Edit[] => {
    if (value.kind !== 'scalar' || !endsKeeping(text, value)) return value.entries.flatMap(editsIn);
    const { start, end } = indicatorsOf(text, value);
    const isIdle = /[^\n]\n$/.test(String(value.scalar));
    return isIdle ? [{ start, end, text: text.slice(start, end).replace('+', '') }] : [];
  };
  return documents.flatMap(editsIn);
}

/** The value ends with a text (`|+`, `>+`) that takes blank lines behind it for its own. */
export function endsKeeping(text: string, value: Value): boolean {
  const scalar = endingScalar(value);
  if (scalar.layout !== 'folded') return false;
  const { start, end } = indicatorsOf(text, scalar);
  return text.slice(start, end).includes('+');
}

/** Behind the `|` or `>` of a folded scalar. */
function indicatorsOf(text: string, { start: from }: Pick<Value, 'start'>): { start: number; end: number } {
  const start = text.slice(from, lineEnd(text, from)).search(/(?<=^|\s)[|>]/) + from + 1;
  return { start, end: start + (/^[-+\d]*/.exec(text.slice(start, start + 3))?.[0].length ?? 0) };
}

/** The scalar that a value ends with. */
export function endingScalar({ entries, ...value }: Value): Omit<Value, 'entries'> {
  const last: YamlNode | undefined = entries.at(-1);
  return last && value.layout !== 'inline' ? endingScalar(last.value) : value;
}
