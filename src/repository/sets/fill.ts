import { stringsAt, valueAt } from '../../data/fields.ts';
import { memoized } from '../../data/memoized.ts';
import { type Element, goText, NotTold, type Parameter, SetRefused } from './element.ts';
import { GO_FUNCTIONS } from './go-functions.ts';
import { parseGoTemplate } from './go-parser.ts';
import { runGoTemplate } from './go-template.ts';

/**
 * A text with the parameters of an element filled in; `from`: the one place that gives all of it, `left` what the old syntax leaves
 * as it is for lack of a parameter. `open` says what of it nobody can tell here, `refused` why Argo CD makes nothing of it.
 */
export type FilledText =
  { text: string; from: Parameter['at']; left?: string } | { open: string } | { refused: string };

/** How the texts of a set are filled in. */
export type Filling = {
  isGo: boolean;
  /** Fills a text in as Argo CD does: with Go's templates, or the old `{{path.basename}}`. */
  fill(text: string, element: Element): FilledText;
};

/** How a set, by its `spec`, is filled in. */
export function fillingOf(spec: unknown): Filling {
  const options = stringsAt(spec, ['goTemplateOptions']).flatMap(option => option.split(' '));
  const isGo = valueAt(spec, ['goTemplate']) === true;
  const running = { fails: options.includes('missingkey=error'), functions: GO_FUNCTIONS };
  const parsed = memoized(parseGoTemplate);
  return {
    isGo,
    fill: (text, element) =>
      filled(text, element, () =>
        isGo ? runGoTemplate(parsed(text), element, running) : fillPlain(text, element),
      ),
  };
}

function filled(text: string, element: Element, make: () => FilledText): FilledText {
  if (!text.includes('{{')) return { text, from: undefined };
  try {
    return make();
  } catch (error) {
    if (error instanceof SetRefused) return { refused: error.message };
    if (!(error instanceof NotTold)) throw error;
    return { open: openWith(text.trim(), element) };
  }
}

/** A text that was filled in, or nothing where it could not be, or not wholly. */
export function filledText(result: FilledText): string | undefined {
  return 'text' in result && result.left === undefined ? result.text : undefined;
}

/** What stands where it is shown why something is open. */
export function whyOpen(result: FilledText): string | undefined {
  if ('text' in result) return result.left;
  return 'open' in result ? result.open : result.refused;
}

function openWith(shown: string, { open }: Pick<Element, 'open'>): string {
  return open.length > 0 ? `${shown}: ${open.join(', ')}` : shown;
}

/** Only what a generator gives as a text is filled in; everything else stays as it is written. */
function fillPlain(text: string, element: Element): FilledText {
  const parts: string[] = [];
  let [end, left, from]: [number, string | undefined, Parameter['at']] = [0, undefined, undefined];
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', end)) {
    const close = text.indexOf('}}', open + 2);
    // Without an end in its line nobody takes it for a template; with one later Argo CD refuses it.
    if (close < 0) break;
    const whole = text.slice(open, close + 2);
    const found = element.parameters.get(whole.slice(2, -2).trim());
    if (found?.open !== undefined) return { open: found.open };
    const isText = found !== undefined && typeof found.value === 'string';
    if (!isText && element.open.length > 0) return { open: openWith(whole, element) };
    if (!isText) left ??= whole;
    if (whole === text.trim()) from = found?.at;
    parts.push(text.slice(end, open), isText ? goText(found) : whole);
    end = close + 2;
  }
  const made = { text: parts.join('') + text.slice(end), from };
  return left === undefined ? made : { ...made, left };
}
