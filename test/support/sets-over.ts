import { expandSet } from '../../src/repository/sets/expand.ts';
import type { Sets } from '../../src/repository/sets/set-repository.ts';

/** Sets where there are folders, and a file in each, that nobody has read. */
export function setsOver(folders: readonly string[]): Sets {
  const repository = {
    isOwn: () => true,
    files: folders.map(folder => `${folder}/config.json`),
    folders,
    documents: () => undefined,
    clusters: [],
  };
  return {
    ...repository,
    declared: { clusters: [], problems: [], stray: [] },
    expand: set => expandSet(set, repository),
    elements: () => [],
  };
}
