export type Style = (
  text: string,
  format: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'magenta',
) => string;

/** A plain text, in the colour that it gets once it was laid out. */
export type Span = string | { text: string; format: Parameters<Style>[1] };

/** The plain text of spans. */
export function plainText(spans: readonly Span[]): string {
  return spans.map(textOf).join('');
}

/**
 * Colours lines that were wrapped out of the text of these spans. Wrapping adds and drops nothing but spaces, so that every
 * other character still belongs to its span; each line begins and ends its own colours.
 */
export function paint(lines: readonly string[], spans: readonly Span[], style: Style): string[] {
  if (spans.every(span => typeof span === 'string')) return [...lines];
  const owners = spans.flatMap(span => [...textOf(span)].filter(isVisible).map(() => span));
  let position = 0;
  return lines.map(line => {
    const runs: { span: Span; text: string }[] = [];
    for (const char of line) {
      const last = runs.at(-1);
      const span = isVisible(char) ? owners[position++] : last?.span;
      if (last && last.span === span) last.text += char;
      else runs.push({ span: span ?? '', text: char });
    }
    return runs.map(({ span, text }) => colored(span, text, style)).join('');
  });
}

function colored(span: Span, text: string, style: Style): string {
  if (typeof span === 'string') return text;
  const end = text.trimEnd();
  return style(end, span.format) + text.slice(end.length);
}

function textOf(span: Span): string {
  return typeof span === 'string' ? span : span.text;
}

function isVisible(char: string): boolean {
  return char !== '…' && !/\s/.test(char);
}
