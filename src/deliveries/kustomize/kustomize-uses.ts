import { isRecord, stringsAt } from '../../data/fields.ts';
import { pinReason } from '../../repository/pin.ts';
import type { ChartEntry } from '../../repository/kustomization.ts';
import { pathFrom } from '../../repository/kustomization-paths.ts';
import type { App } from '../../repository/model.ts';
import { type ChartUse, inside, type Place, placeId, type ValuesPlace, versionKind } from '../chart-use.ts';

/** The charts of an app's `helmCharts`, in their order. */
export function kustomizeUses(app: App): ChartUse[] {
  return app.kustomization.charts.map(chart => chartUse(app, chart));
}

function chartUse(app: App, chart: ChartEntry): ChartUse {
  const { name = '', repo, version } = chart;
  const at: Place = { file: app.kustomization.file, document: 0, path: ['helmCharts', chart.index] };
  return {
    delivery: 'kustomize',
    id: placeId(at),
    app,
    at,
    name,
    source: repo,
    version: {
      kind: version === undefined && repo === undefined ? 'none' : versionKind(version),
      text: version ?? '',
      at: version === undefined ? undefined : inside(at, 'version'),
    },
    get held() {
      return pinReason(chart.versionComment);
    },
    release: { name: chart.releaseName ?? name, namespace: chart.namespace ?? app.kustomization.namespace },
    reads: name === '' ? [] : [{ kind: 'helmCharts', file: at.file, document: 0, charts: 1 }],
    values: valuesPlaces(app, chart, at),
  };
}

/**
 * In the order of kustomize: `valuesInline` lies over the values file, unless `valuesMerge` says that it lies below it or in its
 * place; the additional files come last.
 */
function valuesPlaces(app: App, { valuesFile, data }: ChartEntry, at: Place): ValuesPlace[] {
  const file: ValuesPlace[] =
    valuesFile === undefined ? [] : [filePlace(app, valuesFile, inside(at, 'valuesFile'), 'valuesFile')];
  const inline: ValuesPlace[] = isRecord(data['valuesInline'])
    ? [{ kind: 'map', at: inside(at, 'valuesInline') }]
    : [];
  const additional = stringsAt(data, ['additionalValuesFiles']).map((written, index) =>
    filePlace(app, written, inside(at, 'additionalValuesFiles', index), 'additional'),
  );
  const merge = inline.length > 0 ? data['valuesMerge'] : undefined;
  const [low, high] = merge === 'merge' ? [inline, file] : [merge === 'replace' ? [] : file, inline];
  return [...low, ...high, ...additional];
}

function filePlace(
  app: App,
  written: string,
  at: Place,
  via: 'valuesFile' | 'additional',
): Extract<ValuesPlace, { kind: 'file' }> {
  const reference = { at, prefix: '', folder: app.path, written };
  return { kind: 'file', path: pathFrom(app.path, written) ?? written, reference, via };
}
