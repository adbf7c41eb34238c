import { isMap, isScalar, type Node, type Pair, Scalar } from 'yaml';
import { printYaml, yamlScalar } from './print.ts';
import { keyOf } from './source.ts';

/** One string on one line, in the quotes of a scalar that stands beside it; plain or double where those cannot hold it. */
export function scalarLike(text: string, sibling: Node | null | undefined): string {
  const type = isScalar(sibling) ? sibling.type : undefined;
  const printable = !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text);
  if (type === Scalar.QUOTE_DOUBLE && printable) return JSON.stringify(text);
  if (type === Scalar.QUOTE_SINGLE && printable) return `'${text.replaceAll("'", "''")}'`;
  return yamlScalar(text);
}

/** Like `scalarLike`, between brackets: a comma or a bracket would end a plain scalar there. */
export function flowScalarLike(text: string, sibling: Node | null | undefined): string {
  const like = scalarLike(text, sibling);
  return /^["']/.test(like) || !/[,[\]{}]/.test(like) ? like : JSON.stringify(text);
}

/** What shows how a new pair is written: a pair of the same map, or of the item beside it. */
export type PairStyle = { like: Pair<Node, Node | null> | undefined; step: number; indentLists: boolean };

/** `key: value` as lines, those below the first indented relative to the key. */
export function pairLines(key: string, value: unknown, { like, step, indentLists }: PairStyle): string[] {
  if (typeof value === 'string' && !value.includes('\n'))
    return [`${scalarLike(key, like?.key)}: ${scalarLike(value, like?.value)}`];
  return printYaml({ [key]: value }, { step, indentLists }).split('\n');
}

/** Whether the keys of a map stand in alphabetical order, so that a new one has its place. */
export function isSorted(map: Node): boolean {
  const keys = isMap<Node, Node | null>(map) ? map.items.map(keyOf) : [];
  return keys.length > 1 && keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
}
