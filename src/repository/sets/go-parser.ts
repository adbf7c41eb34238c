import { NotTold, SetRefused } from './element.ts';

/** A value in an action: what begins it, and the fields that follow. */
export type GoTerm = (
  | { kind: 'literal'; value: unknown }
  /** `.a.b` of the dot, `$x.a` of a variable; `$` is the variable with no name. */
  | { kind: 'dot' }
  | { kind: 'variable'; name: string }
  | { kind: 'inner'; pipeline: GoPipeline }
  | { kind: 'function'; name: string }
) & { fields: readonly string[] };

/** Commands, each a list of terms: the first may be a function, what comes out goes into the next. */
export type GoPipeline = { declares: readonly string[]; assigns: boolean; commands: readonly GoTerm[][] };

/** A part of a template. */
export type GoNode =
  | { kind: 'text'; text: string }
  | { kind: 'print'; pipeline: GoPipeline }
  | {
      kind: 'if' | 'with' | 'range';
      pipeline: GoPipeline;
      body: readonly GoNode[];
      otherwise: readonly GoNode[];
    };

/** Nobody nests deeper by hand. */
const MOST_DEPTH = 50;
const MOST_TOKENS = 20_000;

/**
 * Reads a template of Go. @throws NotTold for what is not known here, SetRefused for what Go itself refuses
 */
export function parseGoTemplate(text: string): GoNode[] {
  const parser = new Parser(piecesOf(text));
  const nodes = parser.list(0, []);
  if (parser.ended !== '') throw new SetRefused(`unexpected {{ ${parser.ended} }}`);
  return nodes;
}

type Piece = { text: string } | { action: readonly string[] };

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let [end, trims, tokens] = [0, false, 0];
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', end)) {
    const close = closingOf(text, open + 2);
    const inside = text.slice(open + 2, close);
    const [before, after] = [/^-\s/.test(inside), /\s-$/.test(inside)];
    const own = inside.slice(before ? 1 : 0, after ? -1 : undefined);
    const between = trimmed(text.slice(end, open), trims, before);
    if (between !== '') pieces.push({ text: between });
    const action = tokensOf(own.trim());
    tokens += action.length;
    if (tokens > MOST_TOKENS) throw new NotTold('a template without end');
    if (!isComment(own.trim())) pieces.push({ action });
    [end, trims] = [close + 2, after];
  }
  const rest = trimmed(text.slice(end), trims, false);
  return rest === '' ? pieces : [...pieces, { text: rest }];
}

/** Texts inside of an action may hold braces. */
function closingOf(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('}}', at)) return at;
    const quote = text[at];
    if (text.startsWith('/*', at)) at = text.indexOf('*/', at + 2) + 1;
    else if (quote === '`') at = text.indexOf('`', at + 1);
    else if (quote === '"') at = closingQuote(text, at + 1);
    else if (quote === "'") throw new NotTold('a character in quotes');
    if (at <= 0) break;
  }
  throw new SetRefused('unclosed action');
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at++;
  }
  return -1;
}

function isComment(inside: string): boolean {
  return inside.startsWith('/*') && inside.endsWith('*/');
}

function trimmed(text: string, atStart: boolean, atEnd: boolean): string {
  const from = atStart ? text.trimStart() : text;
  return atEnd ? from.trimEnd() : from;
}

// A word, or fields from a dot on, each in one.
const TOKEN =
  /\s*("(?:[^"\\\n]|\\.)*"|`[^`]*`|[()|,=]|:=|\.(?:[\p{L}_][\p{L}\p{N}_.]*)?|[$\p{L}_][\p{L}\p{N}_.]*|\$|[-+]?\d[\w.]*)/uy;

/** What is written behind a parenthesis without a space between them is a field of what stands inside: `).a`. */
function tokensOf(inside: string): string[] {
  const tokens: string[] = [];
  if (isComment(inside)) return tokens;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < inside.length) {
    const began = TOKEN.lastIndex;
    const token = TOKEN.exec(inside)?.[1];
    if (token === undefined) throw new NotTold(`{{ ${inside} }}`);
    const isOn = token.length > 1 && inside[began] === '.' && inside[began - 1] === ')';
    tokens.push(isOn ? `)${token}` : token);
  }
  return tokens;
}

class Parser {
  private at = 0;
  /** The action that ended a list: `end`, `else`; '' at the end of the text. */
  ended = '';
  private tokens: readonly string[] = [];
  private token = 0;

  private readonly pieces: readonly Piece[];

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
  }

  list(depth: number, ends: readonly string[]): GoNode[] {
    if (depth > MOST_DEPTH) throw new NotTold('a template that is nested without end');
    const nodes: GoNode[] = [];
    for (let piece = this.pieces[this.at]; piece; piece = this.pieces[this.at]) {
      this.at++;
      if ('text' in piece) nodes.push({ kind: 'text', text: piece.text });
      else {
        this.begin(piece.action);
        const [word = ''] = piece.action;
        if (word === 'end' || word === 'else') {
          if (!ends.includes(word)) throw new SetRefused(`unexpected {{ ${word} }}`);
          this.ended = word;
          return nodes;
        }
        nodes.push(this.node(word, depth));
      }
    }
    if (ends.length > 0) throw new SetRefused('unexpected EOF');
    this.ended = '';
    return nodes;
  }

  private begin(tokens: readonly string[]): void {
    this.tokens = tokens;
    this.token = 0;
  }

  private node(word: string, depth: number): GoNode {
    if (/^(?:define|template|block|break|continue)$/.test(word)) throw new NotTold(`{{ ${word} }}`);
    if (word !== 'if' && word !== 'with' && word !== 'range')
      return { kind: 'print', pipeline: this.whole() };
    this.token++;
    return this.branch(word, depth);
  }

  private branch(kind: 'if' | 'with' | 'range', depth: number): GoNode {
    const pipeline = this.whole();
    const body = this.list(depth + 1, ['end', 'else']);
    if (this.ended === 'end') return { kind, pipeline, body, otherwise: [] };
    const [, chained] = this.tokens;
    if (chained === 'if' || chained === 'with') {
      this.token = 2;
      return { kind, pipeline, body, otherwise: [this.branch(chained, depth + 1)] };
    }
    return { kind, pipeline, body, otherwise: this.list(depth + 1, ['end']) };
  }

  private whole(): GoPipeline {
    const pipeline = this.pipeline(0);
    if (this.token < this.tokens.length) throw new SetRefused(`unexpected ${this.tokens[this.token]}`);
    return pipeline;
  }

  private pipeline(depth: number): GoPipeline {
    if (depth > MOST_DEPTH) throw new NotTold('parentheses without end');
    const { declares, assigns } = this.declared();
    const commands = [this.command(depth)];
    while (this.tokens[this.token] === '|') {
      this.token++;
      commands.push(this.command(depth));
    }
    return { declares, assigns, commands };
  }

  /** `$x :=`, `$i, $x :=`, `$x =`. */
  private declared(): Pick<GoPipeline, 'declares' | 'assigns'> {
    const rest = this.tokens.slice(this.token, this.token + 4);
    const names = rest[1] === ',' ? [rest[0] ?? '', rest[2] ?? ''] : [rest[0] ?? ''];
    const sign = rest[names.length * 2 - 1];
    if ((sign !== ':=' && sign !== '=') || !names.every(name => /^\$\w+$/.test(name)))
      return { declares: [], assigns: false };
    this.token += names.length * 2;
    return { declares: names.map(name => name.slice(1)), assigns: sign === '=' };
  }

  private command(depth: number): GoTerm[] {
    const terms: GoTerm[] = [];
    for (let token = this.tokens[this.token]; token !== undefined; token = this.tokens[this.token]) {
      if (token === '|' || token.startsWith(')')) break;
      this.token++;
      terms.push(token === '(' ? this.inner(depth) : termOf(token));
    }
    if (terms.length === 0) throw new SetRefused('missing value for command');
    return terms;
  }

  private inner(depth: number): GoTerm {
    const pipeline = this.pipeline(depth + 1);
    const closing = this.tokens[this.token++];
    if (closing !== ')') throw new SetRefused('unclosed left paren');
    const next = this.tokens[this.token];
    const isOn = next !== undefined && next.startsWith(')') && next.length > 1;
    if (isOn) this.token++;
    return { kind: 'inner', pipeline, fields: isOn ? fieldsIn(next.slice(1)) : [] };
  }
}

function fieldsIn(text: string): string[] {
  return text.split('.').filter(name => name !== '');
}

function termOf(token: string): GoTerm {
  const literal = literalOf(token);
  if (literal !== undefined) return { kind: 'literal', value: literal.value, fields: [] };
  if (token.startsWith('.')) return { kind: 'dot', fields: fieldsIn(token) };
  const [first = '', ...fields] = token.split('.');
  if (first.startsWith('$')) return { kind: 'variable', name: first.slice(1), fields };
  if (fields.length > 0 || !/^[a-zA-Z]\w*$/.test(first)) throw new NotTold(token);
  return { kind: 'function', name: first, fields: [] };
}

function literalOf(token: string): { value: unknown } | undefined {
  if (/^[-+]?\d{1,15}$/.test(token)) return { value: BigInt(token.replace('+', '')) };
  if (token === 'true' || token === 'false') return { value: token === 'true' };
  if (token === 'nil') return { value: null };
  if (token.startsWith('`')) return { value: token.slice(1, -1) };
  return token.startsWith('"') ? { value: unquoted(token) } : undefined;
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    throw new NotTold(token);
  }
}
