import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createFile, joinAll } from '../change-set.ts';
import { parseChart } from '../charts/chart.ts';
import { type PublishedChart, renderIndex } from '../charts/index/published-index.ts';
import { compareVersions, parseVersion } from '../charts/versions/versions.ts';
import { UserError } from '../errors.ts';
import { sha256Of } from '../data/digest.ts';
import { packChart } from '../archive/chart-archive.ts';
import { readChartFolder } from '../system/files/chart-folder.ts';
import { type FileServer, serveFiles } from '../system/http/file-server.ts';
import { openRepositoryFiles } from '../system/files/files.ts';
import { DEMO_MARK, isDemo } from '../repository/demo-mark.ts';
import { readFolder } from '../system/files/folder-files.ts';
import { runProgram } from '../system/tools/process.ts';
import { packagePath } from '../system/files/templates.ts';
import { applyChanges } from '../system/transaction/transaction.ts';
import { say } from '../locales/say.ts';

/** Where the demo's charts pretend to live; the run leads it to this process. */
export const DEMO_REPOSITORY = 'http://charts.slipway.example';

/** The older version of each chart was published on the first date, the newer on the second. */
const PUBLISHED = ['2026-03-02T09:00:00Z', '2026-05-11T09:00:00Z'];

const MARK_TEXT = `# slipway made this folder to try things in: its charts come with slipway, and no network is asked.\n`;

/**
 * Makes the demo's GitOps repository in an empty folder; one that is there already is used as it is.
 * @throws UserError E_EXISTS for a folder that holds anything else
 */
export async function makeDemoRepository(root: string, signal: AbortSignal): Promise<void> {
  const present = await readdir(root);
  if (present.includes('.slipway') && (await isDemo(openRepositoryFiles(root)))) return;
  if (present.length > 0)
    throw new UserError('E_EXISTS', say('scaffold.notEmptyHoldsNoDemo', { root }), {
      hint: say('scaffold.nameEmptyFolder'),
      subject: root,
    });
  const files = await readFolder(packagePath('templates/demo/repository'));
  const set = joinAll(
    [...files, [DEMO_MARK, MARK_TEXT] as const].map(([file, content]) =>
      createFile({ path: nameOf(file), content, why: 'the demo' }),
    ),
  );
  await applyChanges(set, { root, now: new Date(), signal });
  await commitAll(root, 'The demo repository', signal);
}

/** npm leaves every `.gitignore` out of a package, so that of the demo has the name of a template. */
function nameOf(file: string): string {
  return file.replace(/\.gitignore\.hbs$/, '.gitignore');
}

/**
 * A git history makes the demo's own `git diff` and `git commit` work, on a machine without an identity too; without git it is
 * a plain folder.
 */
export async function commitAll(root: string, message: string, signal: AbortSignal): Promise<void> {
  for (const args of [
    ['init', '--quiet', '--initial-branch=main'],
    ['config', 'user.name', 'slipway demo'],
    ['config', 'user.email', 'demo@slipway.example'],
    ['config', 'commit.gpgsign', 'false'],
    ['add', '--all'],
    ['commit', '--quiet', '--message', message],
  ]) {
    const run = {
      command: 'git',
      args,
      kind: 'git' as const,
      env: process.env,
      cwd: root,
      timeoutMs: 20_000,
      maxBytes: 1 << 20,
      signal,
    };
    const done = await runProgram(run).catch(absentTool);
    if (done?.code !== 0) return;
  }
}

function absentTool(error: unknown): undefined {
  if (error instanceof UserError && error.code === 'E_TOOL') return undefined;
  throw error;
}

/** Serves the demo's charts from this process. */
export async function serveDemoCharts(): Promise<FileServer> {
  const folder = packagePath('templates/demo/charts');
  const names = (await readdir(folder)).toSorted();
  const packed = await Promise.all(names.map(name => packOne(path.join(folder, name), `${name}.tgz`)));
  const dated = packed.map(entry => ({ ...entry, created: publicationDate(packed, entry) ?? '' }));
  const served = dated.map(({ file, archive }): [string, Buffer] => [`/${file}`, archive]);
  return serveFiles(new Map([...served, ['/index.yaml', Buffer.from(renderIndex(dated))]]));
}

type Packed = Omit<PublishedChart, 'created'> & { archive: Buffer };

async function packOne(folder: string, file: string): Promise<Packed> {
  const files = await readChartFolder(folder, '.');
  const chart = parseChart(files);
  const archive = packChart(chart.name, files);
  return { chart, file, archive, digest: sha256Of(archive) };
}

function publicationDate(all: readonly Packed[], { chart }: Packed): string | undefined {
  const versions = all
    .filter(other => other.chart.name === chart.name)
    .flatMap(other => parseVersion(other.chart.version) ?? [])
    .toSorted(compareVersions);
  return PUBLISHED[versions.findIndex(({ text }) => text === chart.version)];
}
