import { posix } from 'node:path';
import { type ChangeSet, createFile, deleteFile, updateFile } from '../../change-set.ts';
import { updateChartLock } from '../../deliveries/umbrella/chart-lock.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import type { PrepareContext, PreparedChart } from './prepare-chart.ts';

/**
 * What goes with the dependencies of a chart: its lock, and the archives that lie under `charts/`.
 * @param textOf the text of a file as it will be
 * @throws UserError E_VALUE where only `helm dependency update` can do it
 */
export async function umbrellaChanges(
  context: PrepareContext,
  charts: readonly PreparedChart[],
  textOf: (file: string) => string,
): Promise<ChangeSet[]> {
  const moved = charts.filter(({ use }) => use.delivery === 'umbrella');
  const owners = [...new Set(moved.map(({ use }) => use.at.file))];
  const sets = await Promise.all(
    owners.map(async file => {
      const own = moved.filter(({ use }) => use.at.file === file);
      const archives = await Promise.all(own.map(chart => archiveChanges(context.files, chart)));
      return [...(await lockChanges(context, { file, text: textOf(file) }, own)), ...archives.flat()];
    }),
  );
  return sets.flat();
}

async function lockChanges(
  { files, session }: PrepareContext,
  chart: { file: string; text: string },
  moved: readonly PreparedChart[],
): Promise<ChangeSet[]> {
  const path = chart.file.replace(/\.ya?ml$/, '.lock');
  const before = await files.read(path);
  if (!before) return [];
  const steps = moved.map(({ use, move }) => ({ index: Number(use.at.path.at(-1)), to: move.to }));
  const content = updateChartLock({ lock: before.toString('utf8'), file: path }, chart, steps);
  return [updateFile({ path, content, before, why: session.t(say('upgrade.followsDependencies')) })];
}

/** An archive that lies there is replaced; a folder is a person's to update. */
async function archiveChanges(
  files: RepositoryFiles,
  { use, move, fresh }: PreparedChart,
): Promise<ChangeSet[]> {
  const root = posix.dirname(use.at.file);
  const folder = posix.join(root, 'charts');
  const entries = (await files.list(folder)) ?? [];
  if (entries.some(({ name, kind }) => kind !== 'file' && name === move.name))
    throw new UserError('E_VALUE', say('upgrade.dependencyUnpacked', { path: `${folder}/${move.name}` }), {
      hint: say('upgrade.runDependencyUpdate', { folder: root }),
      subject: folder,
    });
  const path = `${folder}/${move.name}-${move.from}.tgz`;
  const before = await files.read(path);
  if (!before || !fresh.archive) return [];
  const why = `${move.name} ${move.from} → ${move.to}`;
  const next = `${folder}/${move.name}-${move.to}.tgz`;
  return [deleteFile({ path, before, why }), createFile({ path: next, content: fresh.archive, why })];
}
