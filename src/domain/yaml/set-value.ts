import { isCollection, isScalar, type Node, type Pair } from 'yaml';
import { UserError } from '../../errors.ts';
import { columnOf, type Edit, lineEnd, lineEnding, lineStart } from './edit.ts';
import { printYaml, yamlScalar } from './print.ts';
import { requireUnshared } from './shared.ts';
import { nodeAt, pairOf, type Step, type YamlSource } from './source.ts';

/**
 * The edits that give an existing key a new value; every byte outside that value stays, the comment behind it too.
 * @throws UserError E_YAML_SHAPE if the key does not exist, or is reached through an alias or carries an anchor.
 */
export function setValue(source: YamlSource, path: readonly Step[], value: unknown): Edit[] {
  const parent = nodeAt(source.documents[0]?.contents, path.slice(0, -1));
  const pair = pairOf(parent, String(path.at(-1) ?? ''));
  if (!pair)
    throw new UserError('E_YAML_SHAPE', `${source.name}: there is no key ${path.join('.')}`, {
      subject: source.name,
    });
  requireUnshared(source, path, pair.value);
  return typeof value === 'object' && value !== null
    ? setCollection(source, pair, value)
    : [setScalar(pair, printYaml(value))];
}

/**
 * The edit that gives an existing scalar another text, in the quotes that it has.
 * @throws UserError E_YAML_SHAPE if the key does not exist or is no scalar of its own
 */
export function setScalarText(source: YamlSource, path: readonly Step[], text: string): Edit[] {
  const node = nodeAt(source.documents[0]?.contents, path);
  if (!isScalar(node) || !node.range || node.anchor !== undefined) throw noScalar(source, path);
  const [start, end] = node.range;
  const quote = source.text[start];
  const written =
    quote === '"'
      ? JSON.stringify(text)
      : quote === "'"
        ? `'${text.replaceAll("'", "''")}'`
        : yamlScalar(text);
  return source.text.slice(start, end) === written ? [] : [{ start, end, text: written }];
}

function noScalar(source: YamlSource, path: readonly Step[]): UserError {
  return new UserError('E_YAML_SHAPE', `${source.name}: ${path.join('.')} is no scalar of its own`, {
    hint: 'Edit it by hand.',
    subject: source.name,
  });
}

function setScalar(pair: Pair<Node, Node | null>, text: string): Edit {
  const range = valueRange(pair);
  return { ...range, text: range.start === range.end ? ` ${text}` : text };
}

/** Where the value stands; for an empty one, just behind the key's colon. */
function valueRange(pair: Pair<Node, Node | null>): { start: number; end: number } {
  const range = pair.value?.range;
  if (range && range[1] > range[0]) return { start: range[0], end: range[1] };
  const behindColon = (pair.key.range?.[1] ?? 0) + 1;
  return { start: behindColon, end: behindColon };
}

/** Writes a list or map as a block under its key. What stands on the key's own line besides the value stays. */
function setCollection(source: YamlSource, pair: Pair<Node, Node | null>, value: object): Edit[] {
  const { text } = source;
  const keyStart = pair.key.range?.[0] ?? 0;
  const eol = lineEnding(text);
  const indent = columnOf(text, keyStart) + 2;
  const inserted = `${' '.repeat(indent)}${printYaml(value, { indent }).replaceAll('\n', eol)}${eol}`;
  const old = valueRange(pair);
  if (isBlock(pair.value)) {
    const start = lineStart(text, old.start);
    return [{ start, end: blockEnd(text, old.end), text: inserted }];
  }
  const behind = lineEnd(text, old.end);
  const gap = text[old.start - 1] === ' ' ? 1 : 0;
  const needsBreak = behind === text.length && !text.endsWith('\n');
  return [
    { start: old.start - gap, end: old.end, text: '' },
    { start: behind, end: behind, text: needsBreak ? eol + inserted.slice(0, -eol.length) : inserted },
  ];
}

function isBlock(node: Node | null): boolean {
  return isCollection(node) && !node.flow && node.items.length > 0;
}

/** The end of the last line of a block collection. */
function blockEnd(text: string, end: number): number {
  return end > 0 && text[end - 1] === '\n' ? end : lineEnd(text, end);
}
