import { isKustomization } from '../kustomization.ts';
import { asList, isRecord } from '../../data/fields.ts';
import { listItems } from '../manifest.ts';
import { lineColumn, type LocatedYaml, readLocated } from '../../yaml/read.ts';
import { readTemplate } from '../../yaml/helm-template.ts';
import { chartsInLines } from './chart-lines.ts';
import {
  type ChartPlaceKind,
  chartsOf,
  type GivenCharts,
  isNamedForCharts,
  MAY_GIVE_CHARTS,
} from './chart-places.ts';
import { type ChartPlace, HELM_TEMPLATE } from './unread.ts';

/**
 * Every place in a file that gives charts to a cluster, whoever reads it: `withoutRead` takes off what somebody does. Most files
 * need no parser; the others are parsed once, or not at all where the caller has done that. Never throws for what stands in it.
 * @param file its path from the root
 * @param parsed the same text as `readLocated` gives it, where that is at hand
 */
export function findChartPlaces(file: string, text: string, parsed?: LocatedYaml): ChartPlace[] {
  const lines = chartsInLines(file, text);
  if (lines) return [{ file, document: 0, ...lines }];
  if (!isWorthParsing(file, text)) return [];
  const result = parsed ? ({ status: 'read', yaml: parsed } as const) : readLocated(text);
  if (result.status === 'read' && !result.yaml.dataProblem) return placesIn(file, result.yaml);
  const template = text.includes('{{') ? readTemplate(text) : undefined;
  const places = template ? placesIn(file, template.yaml) : placesInTemplate(file, text);
  return text.includes('{{') ? places.map(place => ({ ...place, source: HELM_TEMPLATE })) : places;
}

/** No chart is given without the word. */
function isWorthParsing(file: string, text: string): boolean {
  if (isNamedForCharts(file)) return true;
  const isMentioned = isKustomization(file) && /helmChart/.test(text);
  return isMentioned || (MAY_GIVE_CHARTS.test(text) && /chart|oci:/i.test(text));
}

function placesIn(file: string, yaml: LocatedYaml): ChartPlace[] {
  const lines = linesOf(yaml.text, yaml.documentStarts);
  return yaml.documents.flatMap((document, index) =>
    opened(document)
      .flatMap(object => chartsOf(file, object) ?? (isKustomization(file) ? kustomized(object) : []))
      .map(found => ({ file, document: index, line: lines[index] ?? 1, ...found })),
  );
}

/** An object, or those of a list. */
function opened(document: unknown): unknown[] {
  return listItems(document)?.flatMap(opened) ?? [document];
}

/** The lines of offsets that rise, in one pass. */
function linesOf(text: string, offsets: readonly number[]): number[] {
  let [line, from] = [1, 0];
  return offsets.map(offset => {
    if (offset <= from) return line;
    line += lineColumn(text.slice(from, offset), offset - from).line - 1;
    from = offset;
    return line;
  });
}

/** Kustomize inflates what `helmCharts` lists, what it listed before that, and generators, in files and written inline. */
function kustomized(object: unknown): GivenCharts[] {
  if (!isRecord(object)) return [];
  const entries = (key: string): number => asList(object[key]).filter(isRecord).length;
  const inline = asList(object['generators']).flatMap(entry =>
    typeof entry === 'string' && entry.includes('\n') ? findChartPlaces('', entry) : [],
  );
  const generators = entries('helmChartInflationGenerator') + inline.length;
  const found: GivenCharts[] = [
    { kind: 'helmCharts', charts: entries('helmCharts') },
    { kind: 'HelmChartInflationGenerator', charts: generators },
  ];
  return found.filter(({ charts }) => charts > 0);
}

/** What another program fills in before it is YAML: each object that its lines begin, and that speaks of a chart. */
function placesInTemplate(file: string, text: string): ChartPlace[] {
  let [line, document] = [1, 0];
  return text.split(/^---.*$/m).flatMap(part => {
    const kind = MAY_GIVE_CHARTS.exec(part);
    const place = {
      file,
      document: document++,
      line: line + (kind ? lineColumn(part, kind.index).line - 1 : 0),
    };
    line += part.split('\n').length - 1;
    const own = kind?.groups?.['kind'];
    return own !== undefined && GIVEN.test(part)
      ? [{ ...place, kind: own as ChartPlaceKind, charts: 1 }]
      : [];
  });
}

const GIVEN = /^[ \t-]*(?:chart|chartRef|chartName):/m;
