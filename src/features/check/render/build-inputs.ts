import { type Inspection, inspectBuild } from '../../../render/gate/inspect-build.ts';
import type { AppPlace } from '../facts/app-place.ts';
import type { Snapshot } from '../incremental/snapshot.ts';

/** What a build of an app rests on. */
export type BuildInputs = Inspection & {
  /** Of the app and of what it shares, without charts. */
  files: readonly string[];
};

/** Follows an app's kustomization through all folders that it leads to. */
export async function buildInputs(snapshot: Snapshot, app: AppPlace): Promise<BuildInputs> {
  const read = async (file: string): Promise<Buffer | undefined> =>
    snapshot.files.get(file) === 'file' ? (await snapshot.read([file])).get(file) : undefined;
  const { refusals, remote, charts, named } = await inspectBuild(read, app.folder);
  const files = new Set(app.files.filter(file => snapshot.files.get(file) === 'file'));
  for (const target of named.keys()) for (const file of filesAt(snapshot, target)) files.add(file);
  return { refusals, remote, charts, named, files: [...files].toSorted() };
}

/** A shared file; of a shared folder everything. */
function filesAt(snapshot: Snapshot, target: string): string[] {
  if (snapshot.files.get(target) === 'file') return [target];
  if (snapshot.kindOf(target) !== 'folder') return [];
  return [...snapshot.files]
    .filter(([file, kind]) => kind === 'file' && file.startsWith(`${target}/`))
    .map(([file]) => file);
}
