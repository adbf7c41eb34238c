import { append } from '../data/append.ts';
import { stringOf, valueAt } from '../data/fields.ts';
import path from 'node:path';
import { readValues } from '../charts/chart-values.ts';
import { inRepository } from '../charts/address.ts';
import { type ChartEntry, KUSTOMIZATION_FILES, parseKustomization } from '../repository/kustomization.ts';
import { type Manifest, parseManifests } from '../repository/manifest.ts';
import type { RemoteReference } from './gate/refusal.ts';
import type { App } from '../repository/model.ts';
import type { Cluster } from '../system/renderer/protocol.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { guessServices } from '../repository/values-hints.ts';
import { insideFrom } from '../repository/kustomization-paths.ts';
import { readDocuments } from '../yaml/read.ts';
import { UserError } from '../errors.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import type { HelmChart } from '../system/tools/helm.ts';
import { inspectFolder, refusalIn } from './build-app.ts';
import { chartHome } from '../charts/chart-files.ts';
import type { Charts } from '../charts/lookup.ts';
import type { Renderers } from './renderers.ts';
import { inspectManifests, type RenderedApp } from './inspect-app.ts';
import { say } from '../locales/say.ts';
import { joinTexts, type Text } from '../text/language.ts';

export type SeeExistingContext = { renderers: Renderers; charts: Charts; files: RepositoryFiles };

/** What an app that exists runs; `ofCharts` is what its charts render of it. */
export type SeenApp = RenderedApp & { ofCharts: readonly Manifest[] };

/**
 * What an app that exists runs: its plain resources, and its charts rendered with its own values. A chart that cannot be
 * rendered is guessed at, and `unseen` says why.
 */
export async function seeExistingApp(context: SeeExistingContext, app: App): Promise<SeenApp> {
  const inspection = await inspectFolder(context.files, app.path);
  const refused = refusalIn({ ...inspection, remote: inspection.remote.filter(isOfChart) });
  const plain = await plainManifests(context.files, app.path);
  const { charts } = app.kustomization;
  const seen =
    refused === undefined
      ? await Promise.all(charts.map(chart => seeChart(context, app, chart)))
      : charts.map(chart => guessed(chart, undefined, say('render.notRendered', { reason: refused })));
  const ofCharts = seen.flatMap(chart => chart.manifests);
  const manifests = [...plain, ...ofCharts];
  const whole = inspectManifests(manifests);
  const reasons = seen.flatMap(({ unseen }) => unseen ?? []);
  return {
    ...whole,
    ofCharts,
    services: [...whole.services, ...seen.flatMap(chart => chart.guesses)],
    unseen: reasons.length > 0 ? joinTexts(reasons, '; ') : undefined,
    cutSchemas: seen.flatMap(({ cutSchemas }) => cutSchemas ?? []),
    warnings: seen.flatMap(({ warnings }) => warnings ?? []),
  };
}

/** A values file that helm would fetch. */
function isOfChart({ steps }: RemoteReference): boolean {
  return steps[0] === 'helmCharts';
}

/** The objects of the files that a kustomization lists, and of the folders that it takes in, each once. */
async function plainManifests(
  files: RepositoryFiles,
  folder: string,
  seen = new Set<string>(),
): Promise<Manifest[]> {
  if (seen.has(folder)) return [];
  seen.add(folder);
  const candidates = KUSTOMIZATION_FILES.map(name => path.posix.join(folder, name));
  const [found] = await files.readMany(candidates);
  if (!found) return [];
  const [file, bytes] = found;
  const { resources } = parseKustomization(bytes.toString('utf8'), file);
  const local = resources
    .filter(entry => !entry.includes('://'))
    .map(entry => path.posix.join(folder, entry));
  const inside = local.filter(entry => !entry.startsWith('..'));
  const manifests: Manifest[] = [];
  for (const entry of inside) append(manifests, await manifestsAt(files, entry, seen));
  return manifests;
}

async function manifestsAt(files: RepositoryFiles, entry: string, seen: Set<string>): Promise<Manifest[]> {
  if (!/\.(?:ya?ml|json)$/.test(entry)) return plainManifests(files, entry, seen);
  const bytes = await files.read(entry);
  return bytes ? parseManifests(readDocuments(bytes.toString('utf8'), entry)) : [];
}

type SeenChart = {
  manifests: Manifest[];
  guesses: RenderedApp['services'];
  unseen?: Text;
  cutSchemas?: readonly string[];
  warnings?: readonly string[];
};

async function seeChart(context: SeeExistingContext, app: App, chart: ChartEntry): Promise<SeenChart> {
  const { renderers, files } = context;
  const file = chart.valuesFile === undefined ? undefined : insideFrom(app.path, chart.valuesFile);
  const values = file === undefined ? undefined : await files.read(file);
  const cannot = await renderers.cannotTemplate();
  if (cannot !== undefined) return guessed(chart, values, cannot);
  // The defaults would be another app.
  if (chart.valuesFile && !values)
    return guessed(chart, values, say('render.thereIsNo', { file: chart.valuesFile }));
  try {
    const release = chart.releaseName ?? chart.name ?? '';
    const namespace = chart.namespace ?? app.kustomization.namespace ?? app.name;
    const request = { release, namespace, values: values ?? Buffer.alloc(0), cluster: clusterOf(chart) };
    const place = await findChart(context, { app, chart });
    const { manifests, cut, warnings } = await renderers.template({ ...request, chart: place });
    return { manifests, guesses: [], cutSchemas: cut, warnings };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return guessed(chart, values, error.texts.message);
  }
}

/** The cluster that an entry names for its chart. */
function clusterOf({ kubeVersion, apiVersions }: ChartEntry): Cluster {
  return {
    ...(kubeVersion === undefined ? {} : { kubeVersion }),
    ...(apiVersions.length === 0 ? {} : { apiVersions }),
  };
}

/** The regular files of the chart where kustomize looks for it: helm follows links. Else a fresh download. */
async function findChart(
  { files, charts }: SeeExistingContext,
  { app, chart }: { app: App; chart: ChartEntry },
): Promise<HelmChart> {
  const { name = '', repo, version = '' } = chart;
  const written = stringOf(valueAt(app.kustomization.data, ['helmGlobals', 'chartHome']));
  const home = path.posix.join(app.path, chartHome({ name, repo, version }, written));
  if (await files.read(`${home}/Chart.yaml`)) {
    const own = (await files.walk(home)).filter(({ kind }) => kind === 'file');
    const tree = await files.readMany(own.map(entry => entry.path));
    return { files: new Map([...tree].map(([file, content]) => [file.slice(home.length + 1), content])) };
  }
  if (repo === undefined)
    throw new UserError('E_NO_CHART', say('render.holdsNoChart', { home }), { subject: home });
  const address = inRepository(name, repo.replace(/(?<!\/)\/+$/, ''));
  const pinned = (await charts.versions(address)).find(entry => entry.version === version);
  if (!pinned)
    throw new UserError('E_NO_VERSION', say('render.hasNo', { repo, name, version }), { subject: name });
  const { archive } = await charts.pull(address, pinned);
  if (!archive) throw new UserError('E_NO_CHART', say('render.hasNoArchive', { repo, name, version }));
  return { archive };
}

function guessed(chart: ChartEntry, values: Buffer | undefined, unseen: Text): SeenChart {
  const release = chart.releaseName ?? chart.name ?? '';
  const data = values && readValues(decodeUtf8(values, chart.valuesFile ?? ''), chart.name ?? '');
  return { manifests: [], guesses: guessServices(data, release, chart.name ?? ''), unseen };
}
