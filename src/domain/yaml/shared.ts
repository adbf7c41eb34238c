import { isCollection, isScalar, type Node } from 'yaml';
import { UserError } from '../../errors.ts';
import { positionOf, type Step, type YamlSource } from './source.ts';

/** @throws UserError E_YAML_SHAPE for an anchor or alias: other places would change too, or this one cannot. */
export function requireUnshared(
  source: YamlSource,
  path: readonly Step[],
  node: Node | null | undefined,
): void {
  if (!node) return;
  const isAlias = !isScalar(node) && !isCollection(node);
  if (!isAlias && node.anchor === undefined) return;
  const { line } = positionOf(source, node.range?.[0] ?? 0);
  throw new UserError(
    'E_YAML_SHAPE',
    `${source.name}:${line}: ${path.join('.')} is shared through an anchor or alias`,
    { hint: 'Edit it by hand.', subject: source.name },
  );
}
