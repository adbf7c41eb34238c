import Handlebars from 'handlebars';
import { UserError } from '../errors.ts';
import { isRecord } from '../data/fields.ts';
import { readDocuments } from '../yaml/read.ts';
import { yamlScalar } from '../yaml/print.ts';
import { say } from '../locales/say.ts';

// An instance of our own: plop and the rest of the process share the global one. No HTML escaping: this is YAML.
const handlebars = Handlebars.create();
handlebars.registerHelper('yaml', (text: unknown) => yamlScalar(String(text)));
handlebars.registerHelper('eq', (a: unknown, b: unknown) => a === b || String(a) === String(b));

/** What loops have made in the template that is rendered now: a short one, and lists of a clone, may ask for terabytes. */
let looped = 0;
const MOST_LOOPED = 8 << 20;
/** What one that makes nothing counts. */
const EACH_COSTS = 32;

const each = handlebars.helpers['each'];
handlebars.registerHelper('each', function (this: unknown, list: unknown, options: Handlebars.HelperOptions) {
  const fn: Handlebars.TemplateDelegate = (item, more) => {
    const made = options.fn(item, more);
    looped += made.length + EACH_COSTS;
    if (looped > MOST_LOOPED) throw new Error(`loops make more than ${MOST_LOOPED} characters`);
    return made;
  };
  return each?.call(this, list, { ...options, fn });
});

const OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { yaml: true, eq: true },
  preventIndent: true,
};

export type Template = { name: string; text: string };

/**
 * Places a view into a template. Every variable must be in the view: an unknown one is an error.
 * @throws UserError E_TEMPLATE naming the template; also if a YAML result does not parse.
 */
export function renderTemplate(template: Template, view: object): string {
  const result = place(template, view);
  if (/\.ya?ml(\.hbs)?$/.test(template.name)) requireYaml(template, result);
  return result;
}

function place(template: Template, view: object): string {
  try {
    requireBounded(template.text);
    looped = 0;
    return handlebars.compile(template.text, OPTIONS)(view, { allowProtoPropertiesByDefault: false });
  } catch (error) {
    throw templateError(template, error);
  }
}

const MAX_LENGTH = 256 << 10;
/** Loops in loops: with the few items that a view holds, their product stays small. */
const MAX_NESTING = 3;
/** What calls itself or others again and again, or prints. */
const REFUSED = new Set(['PartialStatement', 'PartialBlockStatement', 'Decorator', 'DecoratorBlock']);
const REFUSED_HELPERS = new Set(['log', 'lookup', 'with']);

/** Templates may come with a clone: what they cost is bounded by their own length and the view. */
function requireBounded(text: string): void {
  if (text.length > MAX_LENGTH) throw new Error(`is longer than ${MAX_LENGTH} characters`);
  requireShallow(text);
  requireTame(handlebars.parse(text), 0);
}

/** What is open inside of what else at most; each `else if` opens one more. */
const MOST_CALLS = 10;
const MOST_BLOCKS = 100;
const OPENS_BLOCK = new Set(['OPEN_BLOCK', 'OPEN_PARTIAL_BLOCK', 'OPEN_RAW_BLOCK', 'OPEN_INVERSE']);

/** By its tokens alone, in linear time: the parser copies all that is open at every step, and calls itself. */
function requireShallow(text: string): void {
  const outer: number[] = [];
  let [calls, blocks] = [0, 0];
  for (const token of tokensOf(text)) {
    if (token === 'OPEN_SEXPR') calls++;
    if (token === 'CLOSE_SEXPR') calls--;
    if (OPENS_BLOCK.has(token)) outer.push(blocks++);
    if (token === 'OPEN_INVERSE_CHAIN') blocks++;
    if (token === 'OPEN_ENDBLOCK' || token === 'END_RAW_BLOCK') blocks = outer.pop() ?? 0;
    if (calls > MOST_CALLS) throw new Error(`calls are nested deeper than ${MOST_CALLS}`);
    if (blocks > MOST_BLOCKS) throw new Error(`blocks are nested deeper than ${MOST_BLOCKS}`);
  }
}

/** Handlebars has these, its types do not. */
const { lexer, terminals_: names } = (
  handlebars as unknown as {
    Parser: {
      lexer: { yy: object; setInput(text: string): void; lex(): number | string };
      terminals_: Readonly<Record<number, string>>;
    };
  }
).Parser;

/** The names of a template's tokens, up to its end or to what is none: the parser says what that is. */
function* tokensOf(text: string): Generator<string> {
  lexer.setInput(text);
  lexer.yy = {};
  for (;;) {
    const token = lexer.lex();
    const name = typeof token === 'number' ? names[token] : token;
    if (name === undefined || name === 'EOF' || name === 'INVALID') return;
    yield name;
  }
}

function requireTame(node: unknown, loops: number): void {
  if (Array.isArray(node)) for (const child of node) requireTame(child, loops);
  if (!isRecord(node)) return;
  const { type, path } = node;
  if (typeof type === 'string' && REFUSED.has(type))
    throw new Error('partials and decorators are not allowed');
  const parts = type === 'PathExpression' && Array.isArray(node['parts']) ? node['parts'] : [];
  const inherited = parts.find(part => typeof part === 'string' && part in Object.prototype);
  if (inherited !== undefined) throw new Error(`${String(inherited)} is no value`);
  const helper = isRecord(path) ? path['original'] : undefined;
  if (typeof helper === 'string' && REFUSED_HELPERS.has(helper)) throw new Error(`${helper} is not allowed`);
  const isLoop = type === 'BlockStatement' && helper !== 'if' && helper !== 'unless';
  const depth = isLoop ? loops + 1 : loops;
  if (depth > MAX_NESTING) throw new Error(`loops are nested deeper than ${MAX_NESTING}`);
  for (const [key, child] of Object.entries(node)) if (key !== 'loc') requireTame(child, depth);
}

function requireYaml(template: Template, result: string): void {
  try {
    readDocuments(result, template.name);
  } catch (error) {
    throw templateError(template, error);
  }
}

function templateError(template: Template, error: unknown): UserError {
  const lines = error instanceof Error ? error.message.split('\n') : [String(error)];
  // A parse error draws the line between what it is and what it would have taken.
  const reason = lines.length > 2 ? `${lines[0] ?? ''} ${lines.at(-1) ?? ''}` : lines[0];
  return new UserError('E_TEMPLATE', say('repository.template', { name: template.name, reason }), {
    hint: template.name.includes('.slipway/generators/')
      ? say('generators.mendTemplate')
      : say('repository.ifOverrideUnderSlipwayTemplates'),
    subject: template.name,
    cause: error,
  });
}
