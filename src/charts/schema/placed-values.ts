import { type DataMap, isDataMap } from '../../data/fields.ts';
import type { SourceLocation } from '../../repository/source-location.ts';
import { outlineData, valuesOutline } from '../../yaml/helm-values.ts';
import { positionOf, type Step } from '../../yaml/nodes.ts';
import type { YamlNode } from '../../yaml/syntax-tree.ts';

/** Values that a person gives a chart, and where in a file they say what. */
export type PlacedValues = {
  readonly data: DataMap;
  /** The place of what is said at a path, or of the nearest around it, and how many of its steps are said. */
  placeOf(path: readonly Step[]): { depth: number; at: SourceLocation };
};

/** A file of values. @throws UserError E_YAML_* */
export function placedValues(text: string, file: string): PlacedValues {
  const outline = valuesOutline(text, file);
  const data = outlineData(outline);
  const [root] = outline.documents;
  return {
    data: isDataMap(data) ? data : {},
    placeOf: path => {
      const found = root ? deepest(root, path) : { depth: 0, node: undefined };
      const start = found.depth > 0 ? (found.node?.start ?? 0) : 0;
      return { depth: found.depth, at: { file, ...positionOf(outline, start) } };
    },
  };
}

function deepest(root: YamlNode, path: readonly Step[]): { depth: number; node: YamlNode } {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const next = childAt(node, step);
    if (!next) return { depth, node };
    node = next;
  }
  return { depth: path.length, node };
}

/** A key's own entry, else one that `<<` merges in. */
function childAt({ value }: YamlNode, step: Step): YamlNode | undefined {
  const { entries } = value.target ?? value;
  const own = entries.find(({ key, shadowed }) => String(key) === String(step) && !shadowed);
  if (own) return own;
  for (const merged of entries)
    if (merged.key === '<<')
      for (const source of merged.value.kind === 'list' ? merged.value.entries : [merged]) {
        const found = childAt(source, step);
        if (found) return found;
      }
  return undefined;
}

/** Where a person says what stands at a path: the highest of the layers that say most of it. */
export function placeOfSaid(
  layers: readonly PlacedValues[],
  paths: readonly (readonly Step[])[],
): (SourceLocation & { isWhole: boolean }) | undefined {
  let best: { depth: number; at: SourceLocation; isWhole: boolean } | undefined;
  for (const layer of layers.toReversed())
    for (const path of paths) {
      const { depth, at } = layer.placeOf(path);
      if (!best || depth > best.depth) best = { depth, at, isWhole: depth === path.length };
    }
  return best && { ...best.at, isWhole: best.isWhole };
}
