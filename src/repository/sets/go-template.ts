import { isRecord } from '../../data/fields.ts';
import {
  type Element,
  fieldOf,
  goText,
  isTrue,
  madeUp,
  mapOf,
  NotTold,
  type Operand,
  type Parameter,
  SetRefused,
} from './element.ts';
import type { GoFunction } from './go-functions.ts';
import type { GoNode, GoPipeline, GoTerm } from './go-parser.ts';

/** What a template makes; `from` is the place that alone gives all of it. */
type MadeText = { text: string; from: Parameter['at'] };

const MOST_STEPS = 100_000;
const MOST_TEXT = 1 << 20;

/** How a template is run: `fails` says whether a field that is not there ends it, `missingkey=error`. */
type Running = { fails: boolean; functions: ReadonlyMap<string, GoFunction> };

/**
 * Runs a template with the parameters of an element.
 * @throws NotTold for what cannot be told here, SetRefused for what Argo CD refuses
 */
export function runGoTemplate(nodes: readonly GoNode[], element: Element, running: Running): MadeText {
  const run = new Run(element, running);
  run.list(nodes, run.root);
  const text = run.parts.join('');
  const [only, ...others] = nodes.filter(node => node.kind !== 'text' || node.text.trim() !== '');
  return { text, from: only?.kind === 'print' && others.length === 0 ? run.last?.at : undefined };
}

type Variable = { name: string; value: Operand };

class Run {
  readonly parts: string[] = [];
  readonly root: Parameter;
  last: Operand;
  private variables: Variable[] = [];
  private steps = 0;
  private length = 0;

  private readonly element: Element;
  private readonly running: Running;

  constructor(element: Element, running: Running) {
    this.element = element;
    this.running = running;
    this.root = mapOf([...element.parameters]);
    this.variables.push({ name: '', value: this.root });
  }

  list(nodes: readonly GoNode[], dot: Operand): void {
    const known = this.variables.length;
    for (const node of nodes) {
      this.step();
      if (node.kind === 'text') this.write(node.text);
      else if (node.kind === 'print') this.print(node.pipeline, dot);
      else this.branch(node, dot);
    }
    this.variables.length = known;
  }

  private step(): void {
    if (++this.steps > MOST_STEPS) throw new NotTold('a template that takes too long');
  }

  private write(text: string): void {
    this.length += text.length;
    if (this.length > MOST_TEXT) throw new NotTold('a template that writes too much');
    this.parts.push(text);
  }

  private print(pipeline: GoPipeline, dot: Operand): void {
    const value = this.pipeline(pipeline, dot);
    this.last = value;
    if (pipeline.declares.length === 0) this.write(goText(value));
  }

  private branch(node: Exclude<GoNode, { kind: 'text' | 'print' }>, dot: Operand): void {
    const known = this.variables.length;
    const { kind, pipeline, body, otherwise } = node;
    if (kind === 'range') this.range(node, dot);
    else {
      const value = this.pipeline(pipeline, dot);
      this.list(isTrue(value) ? body : otherwise, kind === 'with' && isTrue(value) ? value : dot);
    }
    this.variables.length = known;
  }

  private range(
    { pipeline, body, otherwise }: Exclude<GoNode, { kind: 'text' | 'print' }>,
    dot: Operand,
  ): void {
    const { declares, ...bare } = pipeline;
    const value = this.pipeline({ ...bare, declares: [] }, dot);
    const items: unknown = value?.value ?? [];
    if (!Array.isArray(items)) throw new NotTold('range over what is no list');
    const known = this.variables.length;
    for (const index of items.keys()) {
      const item = fieldOf(value, index);
      const given = declares.length > 1 ? [madeUp(BigInt(index)), item] : [item];
      for (const [at, name] of declares.entries()) this.variables.push({ name, value: given[at] });
      this.list(body, item);
      this.variables.length = known;
    }
    if (items.length === 0) this.list(otherwise, dot);
  }

  private pipeline({ declares, assigns, commands }: GoPipeline, dot: Operand): Operand {
    let value: Operand;
    for (const [index, terms] of commands.entries())
      value = this.command(terms, dot, index > 0 ? [value] : []);
    for (const name of declares)
      if (assigns) this.variable(name).value = value;
      else this.variables.push({ name, value });
    return value;
  }

  private command(terms: readonly GoTerm[], dot: Operand, piped: readonly Operand[]): Operand {
    this.step();
    const [first, ...others] = terms;
    if (first?.kind === 'function') return this.call(first.name, others, dot, piped);
    if (!first || others.length > 0 || piped.length > 0)
      throw new SetRefused("can't give argument to non-function");
    return this.term(first, dot);
  }

  private call(name: string, terms: readonly GoTerm[], dot: Operand, piped: readonly Operand[]): Operand {
    if (name === 'and' || name === 'or') return this.shortened(name === 'or', terms, dot, piped);
    const own = this.running.functions.get(name);
    if (!own) throw new NotTold(name);
    return own([...terms.map(term => this.term(term, dot)), ...piped]);
  }

  /** `and` ends at what is not true, `or` at what is. */
  private shortened(
    end: boolean,
    terms: readonly GoTerm[],
    dot: Operand,
    piped: readonly Operand[],
  ): Operand {
    let value: Operand;
    for (const term of terms) {
      value = this.term(term, dot);
      if (isTrue(value) === end) return value;
    }
    return piped.length > 0 ? piped[0] : value;
  }

  private term(term: GoTerm, dot: Operand): Operand {
    this.step();
    switch (term.kind) {
      case 'literal':
        return madeUp(term.value);
      case 'function':
        return this.call(term.name, [], dot, []);
      case 'inner':
        return this.fields(this.pipeline(term.pipeline, dot), term.fields);
      case 'variable':
        return this.fields(this.variable(term.name).value, term.fields);
      case 'dot':
        return this.fields(dot, term.fields);
    }
  }

  private variable(name: string): Variable {
    const found = this.variables.findLast(each => each.name === name);
    if (!found) throw new SetRefused(`undefined variable $${name}`);
    return found;
  }

  private fields(from: Operand, names: readonly string[]): Operand {
    return names.reduce<Operand>((inner, name) => this.field(inner, name), from);
  }

  private field(from: Operand, name: string): Operand {
    if (from !== undefined && !isRecord(from.value)) throw new SetRefused(`can't evaluate field ${name}`);
    const found = fieldOf(from, name);
    if (found?.open !== undefined) throw new NotTold(found.open);
    if (found) return found;
    // What is not there may be what a generator gives that nobody can look into here.
    if (this.element.open.length > 0) throw new NotTold(`.${name}: ${this.element.open.join(', ')}`);
    if (this.running.fails) throw new SetRefused(`map has no entry for key "${name}"`);
    return undefined;
  }
}
