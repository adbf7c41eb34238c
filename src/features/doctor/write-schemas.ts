import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inParallel } from '../../data/in-parallel.ts';
import { UserError } from '../../errors.ts';
import type { Session } from '../../cli/context.ts';
import { say } from '../../locales/say.ts';
import { schemaFiles, SCHEMA_PATTERN } from '../../render/schemas/openapi-schemas.ts';
import { makeFolders } from '../../system/files/make-folders.ts';
import { type ApiServer, describedVersions, findCluster } from '../../system/tools/cluster.ts';
import { display } from '../../text/display.ts';
import type { Diagnosis } from './diagnosis.ts';

const AT_ONCE = 4;

/**
 * Writes the schemas of a cluster into a new folder, as kubeconform takes them: strict, with the CRDs that are installed there.
 * @throws UserError E_EXISTS for a folder that holds something; E_CLUSTER, E_TOOL where nobody can be asked
 */
export async function writeSchemas(
  session: Session,
  { folder: given, context }: { folder: string; context: string | undefined },
): Promise<Diagnosis> {
  const folder = path.resolve(session.cwd, given);
  await requireEmpty(folder);
  const options = { env: session.env, signal: session.signal };
  const server = await findCluster(context, options);
  const files = await schemasOf(server, options);
  if (!session.dryRun) for (const [name, text] of files) await writeInto(folder, name, text);
  return told(server, { folder, count: files.size, isWritten: !session.dryRun });
}

async function schemasOf(
  server: ApiServer,
  options: Parameters<typeof findCluster>[1],
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  await inParallel(
    await describedVersions(server, options),
    AT_ONCE,
    async ({ group, version, document }) => {
      const found = schemaFiles({ group, version, document: await document() });
      for (const [name, text] of found) files.set(name, text);
    },
  );
  return files;
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return;
  throw new UserError('E_EXISTS', say('cluster.schemasFolderTaken', { folder: display(folder) }), {
    hint: say('cluster.nameNewFolder'),
    subject: folder,
  });
}

/** Names come from a server: `schemaFiles` makes them of checked parts, and nothing is overwritten or followed. */
async function writeInto(folder: string, name: string, text: string): Promise<void> {
  const file = path.join(folder, name);
  await makeFolders(path.dirname(file));
  await writeFile(file, text, { flag: 'wx' });
}

function told(
  { context, version }: ApiServer,
  { folder, count, isWritten }: { folder: string; count: number; isWritten: boolean },
): Diagnosis {
  const args = { context: display(context), version: display(version), count };
  return {
    topic: 'tools',
    status: 'note',
    subject: folder,
    message: isWritten ? say('cluster.schemasWritten', args) : say('cluster.schemasWouldBeWritten', args),
    hint: say('cluster.useSchemas', { place: path.join(folder, SCHEMA_PATTERN) }),
  };
}
