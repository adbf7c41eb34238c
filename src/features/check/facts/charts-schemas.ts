import { posix } from 'node:path';
import { readChartArchive } from '../../../archive/chart-archive.ts';
import { readMetadata } from '../../../charts/chart.ts';
import { mayHoldSchema } from '../../../charts/schema/chart-tree.ts';
import { type PlacedValues, placedValues } from '../../../charts/schema/placed-values.ts';
import { judgeValues, type RunSchemas } from '../../../charts/schema/run-schemas.ts';
import type { ValuesVerdict } from '../../../charts/schema/verdict.ts';
import { kustomizeValues } from '../../../deliveries/kustomize/kustomize-uses.ts';
import { locateAt, valuesAt } from '../../../deliveries/values-at.ts';
import { UserError } from '../../../errors.ts';
import type { ChartEntry, Kustomization } from '../../../repository/kustomization.ts';
import { askRecorded, type CheckSources, type RecordedInputs } from '../incremental/recorded-inputs.ts';

type Known = { sources: CheckSources; asked: RecordedInputs };
type Files = Map<string, Buffer>;

const NAMED = ['Chart.yaml', 'values.yaml', 'values.schema.json', 'requirements.yaml'];
const MAX_NESTING = 8;

/**
 * What of a chart that lies unpacked in the work tree says something about its values: its own files, and those of the charts
 * in it that it names. Empty where it does not lie there.
 */
export async function unpackedChart(known: Known, home: string, nesting = 0): Promise<Files> {
  const files = await readNamed(known, home, NAMED);
  if (!files.has('Chart.yaml') || nesting >= MAX_NESTING) return files;
  for (const { name, version = '' } of dependenciesIn(files)) {
    const inner = await unpackedChart(known, `${home}/charts/${name}`, nesting + 1);
    for (const [file, content] of inner) files.set(`charts/${name}/${file}`, content);
    const archive = `charts/${name}-${version}.tgz`;
    for (const [file, content] of await readNamed(known, home, [archive])) files.set(file, content);
  }
  return files;
}

function dependenciesIn(files: Files): readonly { name: string; version?: string }[] {
  try {
    return readMetadata(files).dependencies;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

async function readNamed({ sources, asked }: Known, home: string, names: readonly string[]): Promise<Files> {
  const wanted: string[] = [];
  for (const name of names) {
    const file = posix.join(home, name);
    if ((await askRecorded(sources, asked, 'disk', file)) !== '') wanted.push(file);
  }
  const found = await sources.disk.read(wanted);
  return new Map([...found].map(([file, content]) => [posix.relative(home, file), content]));
}

/** The files of a chart in the archive with a digest. Empty where it is not at hand. @throws UserError E_ARCHIVE_* */
export async function archivedChart(
  { sources, asked }: Known,
  digest: string | undefined,
): Promise<ReadonlyMap<string, Buffer>> {
  if (digest === undefined || (await askRecorded(sources, asked, 'blob', digest)) === '') return new Map();
  const stored = await sources.blobs.read(digest);
  return stored.state === 'found' ? readChartArchive(stored.bytes).files : new Map<string, Buffer>();
}

type Given = {
  chart: ChartEntry;
  kustomization: Kustomization;
  text(file: string): string | undefined;
  /** What judges; a thread of its own unless given. */
  run: RunSchemas | undefined;
};

/**
 * What the schemas of a chart make of the values that a kustomization gives it; undefined where it has none, or where the
 * values cannot be read, which others say.
 */
export async function judgeEntry(
  files: ReadonlyMap<string, Buffer>,
  { run, ...given }: Given,
): Promise<ValuesVerdict | undefined> {
  if (!files.has('Chart.yaml') || !mayHoldSchema(files)) return undefined;
  try {
    const layers = layersOf(given);
    return layers && (await judgeValues({ files, layers, signal: undefined, run }));
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return undefined;
    throw error;
  }
}

/** Undefined where one of them is not at hand. */
function layersOf({ chart, kustomization, text }: Omit<Given, 'run'>): PlacedValues[] | undefined {
  const { folder, file } = kustomization;
  const at = { file, document: 0, path: ['helmCharts', chart.index] };
  const layers: PlacedValues[] = [];
  for (const place of kustomizeValues(folder, chart, at)) {
    const manifest = text(place.kind === 'map' ? file : place.kind === 'file' ? place.path : '');
    if (manifest === undefined) return undefined;
    if (place.kind === 'file') layers.push(placedValues(manifest, place.path));
    else if (place.kind === 'map') {
      const own = placedValues(valuesAt(manifest, place), file);
      layers.push({
        data: own.data,
        placeOf: path => {
          const { depth } = own.placeOf(path);
          return { depth, at: locateAt(manifest, place, path.slice(0, depth)) };
        },
      });
    }
  }
  return layers;
}
