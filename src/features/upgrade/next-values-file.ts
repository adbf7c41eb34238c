import { type ChangeSet, createFile, deleteFile, joinChangeSets, updateFile } from '../../change-set.ts';

/** `values/grafana-8.5.1.yaml` follows the version; a file named otherwise keeps its name. */
export function nextValuesFile(valuesFile: string, { from, to }: { from: string; to: string }): string {
  const at = valuesFile.lastIndexOf(from);
  return at < 0 ? valuesFile : valuesFile.slice(0, at) + to + valuesFile.slice(at + from.length);
}

export type ValuesEdit = { before: string; after: string; content: string; old: Uint8Array; why: string };

/** The migrated values file; the old one goes unless the name stays. */
export function valuesChanges({ before, after, content, old, why }: ValuesEdit): ChangeSet {
  if (before === after) return updateFile({ path: after, content, before: old, why });
  return joinChangeSets(
    createFile({ path: after, content, why, madeFrom: { name: before, content: old } }),
    deleteFile({ path: before, before: old, why }),
  );
}
