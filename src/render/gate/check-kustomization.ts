import path from 'node:path';
import { type Kustomization, readKustomization } from '../../repository/kustomization.ts';
import type { Text } from '../../text/language.ts';
import { isRecord, recordsAt } from '../../data/fields.ts';
import type { Step } from '../../yaml/nodes.ts';
import { checkChart } from './check-chart.ts';
import { KUSTOMIZATION_PATHS, misspelledFields, type NamedPath, pathsIn } from './named-paths.ts';
import { readPlainYaml } from './plain-yaml.ts';
import type { At, ChartInput, Refusal } from './refusal.ts';
import { say } from '../../locales/say.ts';

export type JudgedKustomization = {
  refusals: Refusal[];
  charts: ChartInput[];
  paths: NamedPath[];
  at: At;
};

/** What one kustomization asks for, and what of it is refused. */
export function checkKustomization(file: string, bytes: Uint8Array): JudgedKustomization {
  const { yaml, problem } = readPlainYaml(bytes);
  if (problem) return nothing(file, prefixed(path.posix.basename(file), problem));
  if (yaml.documents.filter(document => document !== null).length > 1)
    return nothing(file, say('render.kustomizationHasMoreThanOne'));
  const facts = readKustomization(file, yaml);
  const judged = chartsOf(facts);
  return {
    refusals: [...misspelledFields(facts.data, facts.at), ...judged.refusals, ...oldCharts(facts)],
    charts: judged.charts,
    paths: pathsIn(facts.data, KUSTOMIZATION_PATHS),
    at: facts.at,
  };
}

function prefixed(what: string, { en, 'zh-CN': zh }: Text): Text {
  return say('render.refusal', { what, en, zh });
}

function nothing(file: string, reason: Text): JudgedKustomization {
  const at = () => ({ file, line: 1, column: 1 });
  return { refusals: [{ ...at(), reason }], charts: [], paths: [], at };
}

function chartsOf(facts: Kustomization): { refusals: Refusal[]; charts: ChartInput[] } {
  const { data, folder } = facts;
  const globals = isRecord(data['helmGlobals']) ? data['helmGlobals'] : {};
  const list = Array.isArray(data['helmCharts']) ? (data['helmCharts'] as unknown[]) : [];
  const judged = recordsAt(data, ['helmCharts']).map(entry =>
    checkChart(entry, globals, { folder, at: chartAt(facts, list.indexOf(entry)) }),
  );
  // Without a chart too: nothing else has a use for it.
  const alone = judged.length > 0 ? [] : checkChart({}, globals, { folder, at: chartAt(facts, 0) }).refusals;
  return {
    refusals: [...judged.flatMap(({ refusals }) => refusals), ...alone],
    charts: judged.flatMap(({ chart }) => chart ?? []),
  };
}

/** A chart's own fields stand in its entry, those for all charts in `helmGlobals`. */
function chartAt({ at, data }: Kustomization, index: number): At {
  return (field?: Step) =>
    isRecord(data['helmGlobals']) && (field === 'chartHome' || field === 'configHome')
      ? at('helmGlobals', field)
      : at('helmCharts', index, ...(field === undefined ? [] : [field]));
}

/** The form before `helmCharts` names programs and folders of helm's own. */
function oldCharts({ data, at }: Kustomization): Refusal[] {
  if (data['helmChartInflationGenerator'] === undefined) return [];
  const reason = say('render.helmchartinflationgeneratorCanNameProgramOwn');
  return [{ ...at('helmChartInflationGenerator'), reason }];
}
