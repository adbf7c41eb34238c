import { dataOf } from './data.ts';
import { createMeanings } from './meanings.ts';
import { outlineText } from './outline.ts';
import type { SyntaxTree } from './syntax-tree.ts';

/** A values file in outline, to find places in it. @throws UserError E_YAML_* */
export function valuesOutline(text: string, name: string): SyntaxTree {
  return outlineText(text, name, createMeanings());
}

/**
 * What a values file says, as Helm reads it: merge keys laid in, `yes` true, of a key that comes twice the last.
 * @throws UserError E_YAML_*
 */
export function helmValues(text: string, name: string): unknown {
  return outlineData(valuesOutline(text, name));
}

/** The data of the first document of an outline. @throws UserError E_YAML_LIMIT */
export function outlineData({ documents }: SyntaxTree): unknown {
  const [document] = documents;
  return document ? dataOf(document.value) : undefined;
}
