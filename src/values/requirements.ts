import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import type { YamlNode, SyntaxTree } from '../yaml/syntax-tree.ts';
import { positionOf } from '../yaml/nodes.ts';
import type { Side } from './merge-nodes.ts';
import { say } from '../locales/say.ts';

/** Values are a map, or nothing yet. */
export function requireValues(outline: SyntaxTree): void {
  for (const { value } of outline.documents) {
    if (value.type === 'map' || value.type === 'null') continue;
    const { line, column } = positionOf(outline, value.start);
    throw new UserError('E_YAML_SHAPE', say('values.valuesMustMap', { name: outline.name, line, column }), {
      hint: say('values.giveValuesFileChart'),
    });
  }
}

/** A key that comes twice is a slip, unless the chart itself has it twice. */
export function requireOwnKeysOnce({ base, ours, theirs }: Readonly<Record<Side, SyntaxTree>>): void {
  const repeated = repeatedIn(ours);
  if (repeated.size === 0) return;
  const [inBase, inTheirs] = [repeatedIn(base), repeatedIn(theirs)];
  for (const [place, entry] of repeated)
    if (!inBase.has(place) && !inTheirs.has(place)) throw keyTwice(entry, ours);
}

/** The entries that a later one of the same key makes void. */
function repeatedIn({ documents }: SyntaxTree): Map<string, YamlNode> {
  const repeated = new Map<string, YamlNode>();
  const visit = (entry: YamlNode, above: string): void => {
    const place = `${above}\0${entry.key}`;
    if (entry.shadowed) repeated.set(place, entry);
    for (const child of entry.value.entries) visit(child, place);
  };
  for (const document of documents) visit(document, '');
  return repeated;
}

function keyTwice(first: YamlNode, outline: SyntaxTree): UserError {
  const key = String(first.key).replace(/ \(\d+ below\)$/, '');
  const second = first.parent?.value.entries.find(entry => entry.key === key) ?? first;
  const { line, column } = positionOf(outline, second.start);
  const before = positionOf(outline, first.start).line;
  const where = `${outline.name}:${line}:${column}`;
  return new UserError(
    'E_YAML_SHAPE',
    say('values.keyThereTwiceAlsoLine', { where, key: display(key), before }),
    {
      hint: say('values.deleteOneThemHelmTakes'),
    },
  );
}
