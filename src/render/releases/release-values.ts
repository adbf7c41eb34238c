import { posix } from 'node:path';
import type { PlannedRelease } from '../../deliveries/planned-release.ts';
import { readValuesText } from '../../deliveries/read-values-text.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { mergeMaps } from '../../values/merge-maps.ts';
import { applySetLine } from '../../values/set-line.ts';

type ChartFiles = ReadonlyMap<string, Uint8Array>;

/** What Helm is given for a release, and what of it is not known. */
export type ReleaseInput = { values: Buffer; files: ChartFiles; open: readonly Text[] };

/** The values of a planned release over the files of its chart; JSON is YAML. */
export function releaseInput(
  { values, lines, defaults, open }: Pick<PlannedRelease, 'values' | 'lines' | 'defaults' | 'open'>,
  files: ChartFiles,
): ReleaseInput {
  const missing: Text[] = [...open];
  const ofChart = (path: string, isOptional: boolean): Record<string, unknown> => {
    const data = readFile(files, path);
    if (!data && !isOptional) missing.push(say('deliveries.valuesFileNotHere', { file: path }));
    return data ?? {};
  };
  const laid = values.map(layer =>
    layer.kind === 'data' ? layer.data : ofChart(layer.path, layer.isOptional),
  );
  const merged = structuredClone(laid.reduce<Record<string, unknown>>(mergeMaps, {}));
  for (const { line, asText } of lines) {
    const problem = applySetLine(merged, line, { asText });
    if (problem !== undefined)
      missing.push(say('deliveries.parameterNotSet', { line: line.split('=')[0], problem }));
  }
  const own = defaults.map(path => ofChart(path, false)).reduce(mergeMaps, {});
  return {
    values: Buffer.from(JSON.stringify(merged)),
    files:
      defaults.length > 0 ? new Map([...files, ['values.yaml', Buffer.from(JSON.stringify(own))]]) : files,
    open: missing,
  };
}

function readFile(files: ChartFiles, path: string): Record<string, unknown> | undefined {
  const bytes = files.get(posix.normalize(path));
  return bytes && readValuesText(Buffer.from(bytes).toString('utf8'), path);
}
