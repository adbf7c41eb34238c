import type { LocatedYaml } from './read.ts';
import type { Step } from './nodes.ts';
import { lineEnd, lineStart } from './text.ts';

/** What is written behind a scalar and on the lines right above it; undefined for nothing, and for what is no scalar. */
export function commentAt(yaml: LocatedYaml, path: readonly Step[], document = 0): string | undefined {
  const start = yaml.offsetOf(document, path);
  const scalar = yaml.scalarAt(document, path);
  if (start === undefined || !scalar) return undefined;
  const { text } = yaml;
  const [, behind = ''] = /^[ \t]+#(.*)/.exec(text.slice(scalar.end, lineEnd(text, scalar.end))) ?? [];
  const comment = [...linesAbove(text, start), behind].map(line => line.trim()).filter(line => line !== '');
  return comment.length === 0 ? undefined : comment.join(' ');
}

function linesAbove(text: string, offset: number): string[] {
  const lines: string[] = [];
  for (let start = lineStart(text, offset); start > 0;) {
    const above = lineStart(text, start - 1);
    const [, comment] = /^[ \t]*#(.*)/.exec(text.slice(above, start)) ?? [];
    if (comment === undefined) break;
    lines.unshift(comment);
    start = above;
  }
  return lines;
}
