import { posix } from 'node:path';
import { isRecord, omitUndefined } from '../../data/fields.ts';
import { ignoredIn } from '../../repository/gitignore.ts';
import type { KustomizationStyle } from '../../repository/conventions/style.ts';
import { renderTemplate, type Template } from '../../repository/templates.ts';
import { ignoreChart } from '../../scaffold/ignore-lines.ts';
import { chartItem, kustomizationView } from '../../scaffold/kustomization-view.ts';
import { addFile, editIn, layerFile, manifestsBeside, newList, draftText, placeNamespace } from './draft.ts';
import type { DraftFiles, ReadApp, WrittenApp } from './model.ts';

export type KustomizeLook = { style: KustomizationStyle; template: Template };

/** Writes an app as an entry of `helmCharts`, in the kustomization that it has or in a new one. */
export function toKustomize(draft: DraftFiles, app: ReadApp, { style, template }: KustomizeLook): WrittenApp {
  const { folder, chart, layers } = app;
  const files = layers.map(layer => layerFile(draft, folder, layer, chart.name));
  const file = app.kustomization?.file ?? posix.join(folder, 'kustomization.yaml');
  if (!app.kustomization) addFile(draft, file, newKustomization(draft, app, { style, template }));
  const item = entryOf(
    app,
    files.map(each => posix.relative(folder, each)),
    style,
  );
  const list = newList(draft, file, {
    indent: style.listIndent.helmCharts.value,
    order: style.sectionOrder.value,
  });
  editIn(draft, file, [{ kind: 'add', path: ['helmCharts'], items: [item], list }]);
  placeNamespace(draft, file, app.release.namespace);
  keepPulledOut(draft, app, style);
  return { home: folder, folder, units: [{ kind: 'folder', path: folder }], at: file, emitted: [] };
}

/** Resources beside the app, which a folder without a kustomization deploys as they are. */
function newKustomization(draft: DraftFiles, app: ReadApp, { style, template }: KustomizeLook): string {
  const { folder, group, release } = app;
  const resources = manifestsBeside(draft, folder).map(each => posix.basename(each));
  const request = {
    name: release.namespace,
    environment: group,
    source: { kind: 'charts' as const, charts: [] },
    route: { kind: 'none' as const },
    secrets: [],
    images: [],
  };
  return renderTemplate(
    template,
    kustomizationView({
      app: request,
      namespace: release.namespace,
      resources,
      prefixFile: undefined,
      style,
    }),
  );
}

function entryOf(
  { chart, release, settings }: ReadApp,
  [valuesFile, ...additional]: readonly string[],
  style: KustomizationStyle,
): Record<string, unknown> {
  const order = style.chartKeys.value;
  const usual = chartItem(
    { ...chart, release: release.name },
    { namespace: release.namespace, order, valuesFile: valuesFile ?? '' },
  );
  return omitUndefined({
    ...usual,
    releaseName: release.name,
    namespace: release.namespace,
    includeCRDs: settings.crds ? true : undefined,
    valuesFile,
    additionalValuesFiles: additional.length > 0 ? additional : undefined,
    skipHooks: settings.hooks ? undefined : true,
    skipTests: settings.tests ? undefined : true,
    kubeVersion: settings.kubeVersion,
    apiVersions: settings.apiVersions.length > 0 ? settings.apiVersions : undefined,
  });
}

/** Pulled charts stay out of git. */
function keepPulledOut(draft: DraftFiles, { folder, chart }: ReadApp, style: KustomizationStyle): void {
  const file = posix.join(folder, '.gitignore');
  const texts = [...draft].map(([path, content]) => [path, content.toString()] as const);
  const pulled = posix.join(folder, 'charts', `${chart.name}-${chart.version}`, 'Chart.yaml');
  if (ignoredIn(texts)(pulled)) return;
  draft.set(file, ignoreChart(draftText(draft, file), chart, style.ignoreLine.value));
}

/** Whether a kustomization builds nothing any more. */
export function buildsNothing(data: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(data).every(
    ([key, value]) =>
      ['apiVersion', 'kind', 'metadata', 'namespace', 'helmGlobals'].includes(key) ||
      value === null ||
      (Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0),
  );
}
