import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { systemCode, UserError } from '../../errors.ts';
import { readRegularFile } from './regular-file.ts';
import { say } from '../../locales/say.ts';

const MAX_BYTES = 100 << 20;
const MAX_FILES = 10_000;

/**
 * The regular files of a chart's folder, by posix path from it.
 * @throws UserError E_NO_CHART without a Chart.yaml, or without the folder, E_SYMLINK for a link in it, E_LIMIT
 */
export async function readChartFolder(cwd: string, folder: string): Promise<Map<string, Buffer>> {
  const root = path.resolve(cwd, folder);
  const files = new Map<string, Buffer>();
  if (!(await isFolder(root)))
    throw new UserError('E_NO_CHART', say('system.noSuchChartFolder', { folder: display(folder) }), {
      hint: say('system.nameFolderChart'),
      subject: folder,
    });
  await readInto({ files, root, bytes: 0 }, '');
  if (!files.has('Chart.yaml'))
    throw new UserError('E_NO_CHART', say('system.holdsNoChartYaml', { folder: display(folder) }), {
      hint: say('system.nameFolderChart'),
      subject: folder,
    });
  return files;
}

async function isFolder(root: string): Promise<boolean> {
  return (await stat(root).catch(() => undefined))?.isDirectory() === true;
}

type Reading = { files: Map<string, Buffer>; root: string; bytes: number };

async function readInto(reading: Reading, folder: string): Promise<void> {
  for (const entry of await entriesOf(path.join(reading.root, folder))) {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) await readInto(reading, name);
    else if (entry.isFile()) readOne(reading, name);
    else
      throw new UserError('E_SYMLINK', say('system.chartLinkNoRegularFile', { name: display(name) }), {
        subject: name,
      });
  }
}

function readOne(reading: Reading, name: string): void {
  if (reading.files.size >= MAX_FILES) throw tooLarge(reading);
  const content = contentOf(reading, name);
  if (!content) return;
  reading.files.set(name, content);
  reading.bytes += content.length;
}

/** Its size is looked at before it is read. */
function contentOf(reading: Reading, name: string): Buffer | undefined {
  try {
    return readRegularFile(path.join(reading.root, name), name, MAX_BYTES - reading.bytes);
  } catch (error) {
    throw error instanceof UserError && error.code === 'E_LIMIT' ? tooLarge(reading) : error;
  }
}

function tooLarge({ root }: Reading): UserError {
  return new UserError(
    'E_LIMIT',
    say('system.largerThanChartMayFiles', {
      root: display(root),
      max_files: MAX_FILES,
      max_bytes: MAX_BYTES,
    }),
  );
}

async function entriesOf(folder: string) {
  try {
    if ((await lstat(folder)).isSymbolicLink())
      throw new UserError('E_SYMLINK', say('system.link', { folder: display(folder) }));
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
