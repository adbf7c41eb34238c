import { Lexer } from 'yaml';
import { UserError } from '../../errors.ts';

/** The deepest nesting of a file of this machine; deeper documents abort the whole process inside `yaml`. */
export const LOCAL_DEPTH = 100;

/** Refuses a text that nests deeper than `limit`, before any parser recurses into it. */
export function requireDepth(text: string, limit = LOCAL_DEPTH): void {
  if (depthBound(text) > limit && exactDepth(text) > limit)
    throw new UserError('E_YAML_DEPTH', `YAML nests deeper than ${limit} levels`);
}

/** A cheap upper bound: indentation plus dashes for blocks, open brackets (also inside strings) for flow. */
function depthBound(text: string): number {
  let bound = 0;
  let open = 0;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const blocks = blockBound(text, start, end);
    for (let index = start; index < end; index++) {
      const char = text.charCodeAt(index);
      if (char === 0x5b || char === 0x7b) bound = Math.max(bound, ++open + blocks);
      else if ((char === 0x5d || char === 0x7d) && open > 0) open--;
    }
    bound = Math.max(bound, blocks + open);
    start = end + 1;
  }
  return bound;
}

/** Levels that one line can open: its indentation and each `- ` or `? ` at its start. */
function blockBound(text: string, start: number, end: number): number {
  let index = start;
  let markers = 0;
  while (index < end) {
    const char = text[index];
    if (char === '-' || char === '?') markers++;
    else if (char !== ' ' && char !== '\t') break;
    index++;
  }
  return index - start + markers + 1;
}

function exactDepth(text: string): number {
  let flow = 0;
  let deepest = 0;
  let indents: number[] = [];
  let column = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++;
    else if ((token === ']' || token === '}') && flow > 0) flow--;
    else if (token === '\n' || token === '\r\n') column = -token.length;
    else if (flow === 0 && !/^[ \t#\u0002\u0018\u001f]/.test(token) && token !== '\n') {
      indents = indents.filter(indent => indent < column);
      indents.push(column);
    }
    column += token.length;
    deepest = Math.max(deepest, flow + indents.length);
  }
  return deepest;
}
