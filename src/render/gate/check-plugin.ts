import type { Text } from '../../text/language.ts';
import { isRecord, stringOf } from '../../data/fields.ts';
import { CHART_FIELDS } from '../../repository/chart-fields.ts';
import { checkChart } from './check-chart.ts';
import { misspelledFields, type NamedPath, pathsIn, PLUGIN_PATHS } from './named-paths.ts';
import type { At, ChartInput, Refusal } from './refusal.ts';
import { say } from '../../locales/say.ts';

export type JudgedPlugin = { refusals: Refusal[]; charts: ChartInput[]; paths: NamedPath[] };

/**
 * One document of `generators`, `transformers` or `validators`: only the plugins that are part of kustomize pass.
 * `folder` is that of the kustomization which lists it.
 */
export function checkPlugin(document: unknown, where: { folder: string; at: At }): JudgedPlugin {
  const { at } = where;
  if (document === null || document === undefined) return { refusals: [], charts: [], paths: [] };
  const data = isRecord(document) ? document : {};
  const kind = stringOf(data['kind']) ?? '';
  const program = programIn(data, kind);
  if (program) return { refusals: [{ ...at(), reason: program }], charts: [], paths: [] };
  const refusals = misspelledFields(data, at);
  const paths = pathsIn(data, PLUGIN_PATHS[kind] ?? []);
  if (kind !== 'HelmChartInflationGenerator') return { refusals, charts: [], paths };
  const judged = checkChart(data, data, where);
  const charts = judged.chart ? [judged.chart] : [];
  return { refusals: [...refusals, ...unknownFields(data, at), ...judged.refusals], charts, paths };
}

/** What program this stands for; undefined for what kustomize does itself. */
function programIn(data: Record<string, unknown>, kind: string): Text | undefined {
  const annotations = isRecord(data['metadata']) ? data['metadata']['annotations'] : undefined;
  const marks = isRecord(annotations) ? Object.entries(annotations) : [];
  const mark = marks.find(([key]) => /^config\.(?:kubernetes|k8s)\.io\/function$/.test(key));
  const what = `${kind} (${stringOf(data['apiVersion']) ?? ''})`;
  if (mark) {
    const isExec = /exec/.test(JSON.stringify(mark[1]));
    return isExec
      ? say('render.execFunctionProgram', { what })
      : say('render.containerFunctionProgram', { what });
  }
  if (data['apiVersion'] === 'builtin' && Object.hasOwn(PLUGIN_PATHS, kind)) return undefined;
  return say('render.execGoPluginProgramKustomize', { what });
}

const CHART_PLUGIN_FIELDS = new Set([
  ...Object.keys(CHART_FIELDS),
  'apiVersion',
  'kind',
  'metadata',
  'chartHome',
  'configHome',
]);

function unknownFields(data: Record<string, unknown>, at: At): Refusal[] {
  return Object.keys(data)
    .filter(key => !CHART_PLUGIN_FIELDS.has(key))
    .map(key => ({
      ...at(key),
      reason: say('render.noFieldHelmchartinflationgenerator', { key }),
    }));
}
