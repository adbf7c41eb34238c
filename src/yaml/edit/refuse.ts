import { type Alias, type Document, isAlias, type Node, visit } from 'yaml';
import { UserError } from '../../errors.ts';
import { nodeAt, positionOf, type Step } from '../nodes.ts';
import { indexOf } from './place.ts';
import type { YamlSource } from '../source.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

/** What an edit works on: a document of a file that was read. */
export type Target = { source: YamlSource; text: string; document: Document.Parsed; quoted: boolean };

/** The first `count` steps of a path lead to a node that only this place has. */
export function requireOwn(target: Target, path: readonly Step[]): void {
  for (let length = 1; length <= path.length; length++) {
    const node = nodeAt(target.document.contents, path.slice(0, length));
    if (!node) return;
    if (isAlias(node) || (node.anchor !== undefined && isAliased(target, node.anchor)))
      throw refusal(target, path.slice(0, length), say('yaml.isShared'), say('yaml.editByHand'));
  }
}

function isAliased({ document }: Target, anchor: string): boolean {
  let found = false;
  visit(document, {
    Alias: (_, { source }: Alias) => {
      found ||= source === anchor;
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}

/** What cannot be edited, with its line. */
export function refusal(
  { source, document }: Target,
  path: readonly Step[],
  predicate: Text,
  hint: Text,
): UserError {
  const node = path.length > 0 ? nodeAt(document.contents, path) : document.contents;
  const line = node?.range ? `:${positionOf(source, node.range[0]).line}` : '';
  const what = path.length > 0 ? path.join('.') : say('yaml.theDocument');
  const place = `${source.name}${line}`;
  return new UserError('E_YAML_SHAPE', say('yaml.cannotEdit', { place, what, predicate }), {
    hint,
    subject: source.name,
  });
}

/** What is said where a path leads nowhere. */
export function nothingThere(name: string, path: readonly Step[]): UserError {
  return new UserError('E_YAML_SHAPE', say('yaml.thereNo', { name, path: path.join('.') }), {
    subject: name,
  });
}

type Found = { holder: Node; index: number };

/** The map or list that an entry is in, and its number there. @throws UserError E_YAML_SHAPE if there is nothing at the path */
export function find(target: Target, path: readonly Step[]): Found {
  const holder = nodeAt(target.document.contents, path.slice(0, -1));
  const index = indexOf(holder, path.at(-1));
  if (holder && index >= 0) return { holder, index };
  requireOwn(target, path);
  throw nothingThere(target.source.name, path);
}
