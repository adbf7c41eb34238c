import { posix } from 'node:path';
import { isKustomization } from '../../repository/kustomization.ts';
import type { Repository } from '../../repository/model.ts';
import { followIdentities } from './follow-identities.ts';
import { followLists } from './follow-lists.ts';
import { followPaths } from './follow-path.ts';
import { type Move, movedPath, type Renamed } from './move.ts';
import { relocate, treeOf } from './relocate.ts';
import { renameInKustomization, renameInResource, renameSealed } from './rename-namespace.ts';

/** All text of the repository as it is after the move. @throws UserError E_YAML_* for a file that cannot be edited so */
export function editAll(
  repository: Repository,
  {
    move,
    renamed,
    renames,
  }: { move: Move; renamed: Renamed | undefined; renames: readonly (Renamed & { folder: string })[] },
): Map<string, string> {
  const { text, isTemplate } = repository;
  const tree = treeOf(text);
  const lists = followLists(repository, move);
  const after = new Map(
    [...text].map(([file, content]) => {
      if (isTemplate(file)) return [movedPath(move, file), content];
      const isOwn = file.startsWith(`${move.from}/`);
      const isListing = isKustomization(file);
      const listed = lists.get(file) ?? content;
      const mayLead = isListing && (isOwn || listed.includes(posix.basename(move.from)));
      const placed = mayLead ? relocate(listed, file, { move, tree }) : listed;
      const followed = followPaths(placed, file, { move, renamed });
      const own = renames.find(({ folder }) => file.startsWith(`${folder}/`)) ?? renamed;
      const named = isOwn && own ? rename(followed, file, { renamed: own, isListing }) : followed;
      return [movedPath(move, file), isOwn ? moveCommands(named, move) : named];
    }),
  );
  // What is read of a text is kept: another text is another map.
  return new Map([...after, ...followIdentities(repository, after, move)]);
}

/** The lines that stubs hold for a shell. */
function moveCommands(text: string, { from, to }: Move): string {
  return text
    .replaceAll(`slipway seal --into ${from}/`, `slipway seal --into ${to}/`)
    .replaceAll(/^# +sops .*$/gm, line => line.replaceAll(`${from}/`, `${to}/`));
}

function rename(
  text: string,
  file: string,
  { renamed, isListing }: { renamed: Renamed; isListing: boolean },
): string {
  if (isListing) return renameInKustomization(text, file, renamed);
  if (!/^[ {"]*kind["']?:/m.test(text) || file.includes('/values/')) return text;
  return renameSealed(renameInResource(text, file, renamed), file, renamed);
}
