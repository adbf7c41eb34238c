import { type SyncedBy, syncedBy, type Syncer } from '../repository/synced-by.ts';
import type { Repository } from '../repository/model.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';

/** Who will sync a folder, in one line; and for programs. */
export type SyncView = { line: Text; synced: boolean; json: readonly Syncer[] };

/** Looks up who syncs a folder, which need not exist yet. */
export function viewSync(repository: Pick<Repository, 'text' | 'isTemplate'>, folder: string): SyncView {
  const found = syncedBy(repository, folder);
  const synced = found.syncers.length > 0;
  return { line: lineOf(found, display(folder)), synced, json: found.syncers };
}

function lineOf({ syncers, unlisted, isKnown }: SyncedBy, folder: string): Text {
  const names = syncers.map(({ kind, name, file }) => display(`${kind} ${name} (${file})`));
  if (names.length > 0) return say('cli.syncedBy', { folder, syncer: names.join(', ') });
  if (unlisted.length > 0)
    return say('cli.syncedByNobodyUntilListed', { folder, files: display(unlisted.join(', ')) });
  return isKnown ? say('cli.syncedByNobody', { folder }) : say('cli.syncUnknown', { folder });
}
