import type { LocatedYaml } from './read.ts';
import { columnOf } from './text.ts';

/** Spaces between a top-level key's column and the dashes of its block list; undefined if it holds none. */
export function listIndent(yaml: LocatedYaml, key: string): number | undefined {
  const keyStart = yaml.offsetOf(0, [key]);
  const dash = yaml.dashOf(0, [key]);
  return keyStart === undefined || dash === undefined
    ? undefined
    : columnOf(yaml.text, dash) - columnOf(yaml.text, keyStart);
}
