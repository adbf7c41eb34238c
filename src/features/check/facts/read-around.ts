import {
  isKustomization,
  KUSTOMIZATION_FILES,
  readKustomization,
} from '../../../repository/kustomization.ts';
import { parseRecord, recordPaths } from '../../../repository/promotion-record.ts';
import { readLocated } from '../../../yaml/read.ts';
import { askRecorded, type CheckSources, type RecordedInputs } from '../incremental/recorded-inputs.ts';
import type { AppPlace } from './app-place.ts';
import { readTexts, type TextRoom } from './read-texts.ts';

type Around = { sources: CheckSources; asked: RecordedInputs; room: TextRoom };

/** The kustomizations of the folders that an app is built on, the files that they name, and the kustomizations that these are built on. */
export async function readBases(around: Around, named: readonly string[]): Promise<Map<string, string>> {
  const own = await readKustomizationsOf(around, named);
  const references = [...own].flatMap(([file, text]) => {
    const result = readLocated(text);
    return result.status === 'read' ? readKustomization(file, result.yaml).references : [];
  });
  const paths = references.flatMap(({ path }) => (path === undefined || path.startsWith('..') ? [] : [path]));
  return new Map([...own, ...(await read(around, paths)), ...(await readKustomizationsOf(around, paths))]);
}

function readKustomizationsOf(around: Around, paths: readonly string[]): Promise<Map<string, string>> {
  const folders = paths.filter(path => around.sources.snapshot.kindOf(path) === 'folder');
  return read(
    around,
    folders.flatMap(folder => KUSTOMIZATION_FILES.map(name => `${folder}/${name}`)),
  );
}

/** What a promotion of the app left, and the kustomizations that it came from. */
export async function readPromotion(around: Around, app: AppPlace): Promise<Map<string, string>> {
  const files = recordPaths(app);
  const records = await read(around, files);
  const sources = [...records.values()].flatMap(text =>
    Object.keys(parseRecord(text)?.source ?? {}).filter(isKustomization),
  );
  return new Map([...records, ...(await read(around, sources))]);
}

async function read(
  { sources, asked, room }: Around,
  files: readonly string[],
): Promise<Map<string, string>> {
  for (const file of new Set(files)) await askRecorded(sources, asked, 'id', file);
  const there = [...new Set(files)].filter(file => sources.snapshot.kindOf(file) === 'file');
  return (await readTexts(sources.snapshot, there, room)).texts;
}
