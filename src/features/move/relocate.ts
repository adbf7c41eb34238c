import { LISTS_WITH_PATH, PATH_LISTS } from '../../repository/kustomization-paths.ts';
import path from 'node:path';
import type { RepositoryText } from '../../repository/model.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import type { Step } from '../../yaml/nodes.ts';
import { parseSource } from '../../yaml/source.ts';
import { stringsBelow } from '../../yaml/strings.ts';
import { type Move, movedPath } from './move.ts';

/** Fields of a kustomization that hold paths, alone or inside of their entries. */
const PATH_FIELDS = new Set<Step>([
  ...PATH_LISTS,
  ...LISTS_WITH_PATH,
  'helmCharts',
  'helmGlobals',
  'configMapGenerator',
  'secretGenerator',
  'openapi',
]);

/**
 * The text of a kustomization after a move: relative paths that lead from the moved folder to outside, or into it, are
 * written anew by byte range. `file` is where it stands before the move.
 * @throws UserError E_YAML_*
 */
export function relocate(
  text: string,
  file: string,
  { move, tree }: { move: Move; tree: KnownPaths },
): string {
  const root = parseSource(text, file).documents[0]?.contents;
  const edits = stringsBelow(root)
    .filter(({ path: steps }) => steps[0] !== undefined && PATH_FIELDS.has(steps[0]))
    .flatMap(({ path: steps, text: entry }): YamlEdit[] => {
      const written = relocated(entry, file, { move, tree });
      return written === entry ? [] : [{ kind: 'set', path: steps, value: written }];
    });
  return editYaml(text, file, edits);
}

/** What exists in the repository: a text counts as a path only if it leads to something. */
export type KnownPaths = ReadonlySet<string>;

/** The files of a repository and the folders that they lie in. */
export function treeOf(text: RepositoryText): KnownPaths {
  return new Set([...text.keys()].flatMap(file => [file, ...foldersOf(file)]));
}

function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function relocated(entry: string, file: string, { move, tree }: { move: Move; tree: KnownPaths }): string {
  if (entry.includes('://') || entry.includes('\n')) return entry;
  // A generator's entry may be `key=path`.
  const [, key = '', written = ''] = /^([^/=]*=)?(.*)$/.exec(entry) ?? [];
  const target = path.posix.join(path.posix.dirname(file), written).replace(/\/$/, '');
  if (written === '' || !tree.has(target)) return entry;
  const before = path.posix.relative(path.posix.dirname(file), target);
  const after = path.posix.relative(path.posix.dirname(movedPath(move, file)), movedPath(move, target));
  if (before === after) return entry;
  const dot = written.startsWith('./') && !after.startsWith('.') ? './' : '';
  return key + dot + after + (written.endsWith('/') ? '/' : '');
}
