import { Lexer } from 'yaml';
import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** The deepest nesting of a file of this machine; deeper documents abort the whole process inside `yaml`. */
export const LOCAL_DEPTH = 100;

/** Refuses a text that nests deeper than `limit`, before any parser recurses into it. @throws UserError E_YAML_DEPTH */
export function requireDepth(text: string, name: string, limit = LOCAL_DEPTH): void {
  if (depthBound(text) > limit && exactDepth(text) > limit)
    throw new UserError(
      'E_YAML_DEPTH',
      say('yaml.yamlNestsDeeperThanLevels', { name: display(name), limit }),
      {
        subject: name,
      },
    );
}

/**
 * A cheap upper bound: indentation, dashes and colons for blocks; open brackets (also inside strings) and all colons
 * since the first of them for flow. A key right behind a key is no YAML, but the parser goes down before it says so.
 */
function depthBound(text: string): number {
  let bound = 0;
  let open = 0;
  let colons = 0;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const blocks = blockBound(text, start, end);
    if (open === 0) colons = 0;
    for (let index = start; index < end; index++) {
      const char = text.charCodeAt(index);
      if (char === COLON) colons++;
      else if (char === 0x5b || char === 0x7b) bound = Math.max(bound, ++open + blocks + colons);
      else if ((char === 0x5d || char === 0x7d) && open > 0) open--;
    }
    bound = Math.max(bound, blocks + open + colons);
    start = end + 1;
  }
  return bound;
}

const COLON = 0x3a;

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
  const flow = new FlowDepth();
  let deepest = 0;
  let indents: number[] = [];
  let column = 0;
  for (const token of new Lexer().lex(text)) {
    const inFlow = flow.take(token);
    if (token === '\n' || token === '\r\n') column = -token.length;
    else if (!inFlow && !/^[ \t#\u0002\u0018\u001f]/.test(token)) {
      indents = indents.filter(indent => indent < column);
      indents.push(column);
    }
    column += token.length;
    deepest = Math.max(deepest, flow.depth + indents.length);
  }
  return deepest;
}

/** Open brackets, and keys that stand behind a key without a comma. */
class FlowDepth {
  depth = 0;
  readonly #colons: number[] = [];

  /** Takes in a token; false for one that stands outside of brackets. */
  take(token: string): boolean {
    if (token === '[' || token === '{') this.#open();
    else if (this.#colons.length === 0) return false;
    else if (token === ']' || token === '}') this.#close();
    else if (token === ',') this.#forget();
    else if (token === ':') this.#count();
    return true;
  }

  #open(): void {
    this.#colons.push(0);
    this.depth++;
  }

  #close(): void {
    this.#forget();
    this.#colons.pop();
    this.depth--;
  }

  #forget(): void {
    this.depth -= Math.max(0, (this.#colons.at(-1) ?? 0) - 1);
    this.#colons[this.#colons.length - 1] = 0;
  }

  #count(): void {
    const colons = (this.#colons.at(-1) ?? 0) + 1;
    this.#colons[this.#colons.length - 1] = colons;
    if (colons > 1) this.depth++;
  }
}
