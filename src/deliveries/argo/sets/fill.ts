import { type Element, parameterAt, type Parameter } from './element.ts';
import { type Evaluated, evaluate } from './go-expression.ts';

/**
 * A text with the parameters of an element filled in; `from`: the one place that gives all of it. `open` says what of it nobody
 * can tell here.
 */
export type FilledText = { text: string; from: Parameter['at'] } | { open: string };

// Never a brace inside: a template in a template is nobody's.
const ACTION = /\{\{(-?)([^{}]*?)(-?)\}\}/g;

/** Fills a text in as Argo CD does: with Go's templates, or the old `{{path.basename}}`. */
export function fill(text: string, element: Element, isGo: boolean): FilledText {
  const parts: string[] = [];
  let end = 0;
  let only: Parameter['at'];
  for (const match of text.matchAll(ACTION)) {
    const [whole, before, inside = '', after] = match;
    const found = isGo ? evaluate(inside, element) : plainParameter(inside.trim(), element);
    if ('open' in found) return found;
    const between = text.slice(end, match.index);
    parts.push(before ? between.trimEnd() : between, found.text);
    end = match.index + whole.length;
    if (after) end += text.slice(end).length - text.slice(end).trimStart().length;
    only = whole === text.trim() ? found.from : undefined;
  }
  const rest = text.slice(end);
  return /\{\{/.test(rest) ? { open: text } : { text: parts.join('') + rest, from: only };
}

/** `{{values.name}}`: the way from key to key, or one key with dots in it. */
function plainParameter(name: string, element: Element): Evaluated {
  const steps = name.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  const found = element.parameters.get(name) ?? parameterAt(element, steps);
  const isText = found && ['string', 'number', 'boolean'].includes(typeof found.value);
  return isText ? { text: String(found.value), from: found.at } : unknownHere(`{{${name}}}`, element);
}

/** What is not there: of a generator that nobody can look into, or of none. */
function unknownHere(name: string, { open }: Pick<Element, 'open'>): { open: string } {
  return { open: open.length > 0 ? `${name}: ${open.join(', ')}` : name };
}
