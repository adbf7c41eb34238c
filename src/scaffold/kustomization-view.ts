import type { ChartKey, KustomizationSection, KustomizationStyle } from '../repository/conventions/style.ts';
import { overridesText } from '../deliveries/siblings/values-file.ts';
import { yamlScalar } from '../yaml/print.ts';
import type { AppRequest } from './app-request.ts';
import type { PinnedChart } from '../charts/pinned-chart.ts';

type Item = { lines: string[] };

/** What the kustomization template places. */
export type KustomizationView = {
  sections: { key: KustomizationSection; comment: string; value: string; indent: string; items: Item[] }[];
  patches: { file: string; target: string }[];
  /** Where an overlay finds the charts of its base. */
  chartHome: string;
  /** Patches that name what they are laid over themselves. */
  patchFiles: readonly string[];
};

export type KustomizationParts = {
  app: AppRequest;
  /** Where its objects land; empty for a base. */
  namespace: string;
  /** What an overlay has besides: the way to its base, and files of its own, in the order of the charts. */
  overlay?: { base: string; values: readonly string[]; patches: readonly string[] };
  /** Paths under `resources:`, relative to the app. */
  resources: string[];
  /** Path under `transformers:`, if the repository sends images through a mirror. */
  prefixFile: string | undefined;
  style: KustomizationStyle;
};

/** Arranges the sections of kustomization.yaml the way the repository's other apps do. */
export function kustomizationView(parts: KustomizationParts): KustomizationView {
  const items = sectionItems(parts);
  return {
    sections: parts.style.sectionOrder.value.map(key => ({
      key,
      comment: key === 'namespace' && parts.namespace !== '' ? namespaceComment(parts.app) : '',
      value: key === 'namespace' && setsNamespace(parts.app) ? parts.namespace : '',
      indent: key === 'namespace' ? '' : ' '.repeat(parts.style.listIndent[key].value),
      items: key === 'namespace' ? [] : items[key],
    })),
    patches: (parts.app.patches ?? []).map(({ file, target }) => ({ file, target })),
    chartHome: parts.overlay && parts.app.source.kind === 'charts' ? `${parts.overlay.base}/charts` : '',
    patchFiles: parts.overlay?.patches ?? [],
  };
}

/**
 * The values file of a chart: a copy named after chart and version, so that a stale one is seen at once, or what differs where
 * the repository's apps keep that; of several charts of an app each has a name of its own.
 */
export function valuesFileIn(
  chart: PinnedChart,
  { style, isOnly }: { style: Pick<KustomizationStyle, 'valuesFile'>; isOnly: boolean },
): { path: string; content: string | Uint8Array; isCopy: boolean } {
  const pattern = style.valuesFile.value;
  if (pattern === '')
    return { path: `values/${chart.name}-${chart.version}.yaml`, content: chart.values, isCopy: true };
  const slash = pattern.lastIndexOf('/') + 1;
  const own = isOnly || pattern.includes('<chart>') ? '' : `${chart.release}-`;
  const path = `${pattern.slice(0, slash)}${own}${pattern.slice(slash)}`.replace('<chart>', () => chart.name);
  return { path, content: overridesText(chart), isCopy: false };
}

function sectionItems({
  app,
  namespace,
  overlay,
  resources,
  prefixFile,
  style,
}: KustomizationParts): Record<Exclude<KustomizationSection, 'namespace'>, Item[]> {
  const charts = app.source.kind === 'charts' ? app.source.charts : [];
  return {
    resources: resources.map(file => ({ lines: [yamlScalar(file)] })),
    helmCharts: charts.map((chart, index) => ({
      lines: [
        ...chartLines(chart, namespace, { style, isOnly: charts.length === 1, base: overlay?.base }),
        ...(overlay ? ['additionalValuesFiles:', `  - ${yamlScalar(overlay.values[index] ?? '')}`] : []),
      ],
    })),
    images: app.images.map(({ name, newName }) => ({
      lines: [`name: ${yamlScalar(name)}`, `newName: ${yamlScalar(newName)}`],
    })),
    transformers: prefixFile === undefined ? [] : [{ lines: [yamlScalar(prefixFile)] }],
  };
}

function chartLines(
  chart: PinnedChart,
  namespace: string,
  place: { style: KustomizationStyle; isOnly: boolean; base: string | undefined },
): string[] {
  const order = place.style.chartKeys.value;
  const own = valuesFileIn(chart, place).path;
  const valuesFile = place.base === undefined ? own : `${place.base}/${own}`;
  const item = Object.entries(chartItem(chart, { namespace, order, valuesFile }));
  return item.map(([key, value]) => `${key}: ${typeof value === 'string' ? yamlScalar(value) : value}`);
}

/** An entry of `helmCharts`, its fields in order; a local chart has neither repo nor version. */
export function chartItem(
  chart: Pick<PinnedChart, 'name' | 'repo' | 'version' | 'release'>,
  { namespace, order, valuesFile }: { namespace: string; order: readonly ChartKey[]; valuesFile: string },
): Record<string, string | boolean> {
  const values: Record<ChartKey, string | boolean | undefined> = {
    name: chart.name,
    repo: chart.repo,
    version: chart.repo && chart.version,
    releaseName: chart.release,
    namespace,
    includeCRDs: true,
    valuesFile,
  };
  return Object.fromEntries(order.flatMap(key => (values[key] === undefined ? [] : [[key, values[key]]])));
}

/** Several Namespace objects cannot all take one name: kustomize reports an ID conflict. */
function setsNamespace(app: AppRequest): boolean {
  return app.source.kind !== 'manifest' || app.source.namespaces.length <= 1;
}

function namespaceComment(app: AppRequest): string {
  if (setsNamespace(app) || app.source.kind !== 'manifest') return '';
  return `no namespace here: the manifest brings its own (${app.source.namespaces.join(', ')})`;
}
