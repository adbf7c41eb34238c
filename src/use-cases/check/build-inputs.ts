import path from 'node:path';
import { isKustomization } from '../../domain/check/app-facts.ts';
import {
  isRemote,
  type KustomizationFacts,
  kustomizationFacts,
} from '../../domain/check/kustomization-facts.ts';
import { readLocated } from '../../domain/located-yaml.ts';
import { stringOf, valueAt } from '../../domain/manifest.ts';
import type { AppPlace } from './gather-app.ts';
import type { Snapshot } from './snapshot.ts';

/** A chart that a build takes, and where kustomize looks for it: `production/grafana/charts/grafana-8.5.1/grafana`. */
export type ChartInput = {
  home: string;
  name: string;
  repo: string | undefined;
  version: string | undefined;
};

/** What a build of an app rests on. */
export type BuildInputs = {
  /** Of the app and of what it shares, without charts. */
  files: readonly string[];
  charts: readonly ChartInput[];
  /** What kustomize itself would fetch. */
  remote: readonly string[];
};

/** Follows an app's kustomizations through all folders that they lead to. */
export async function buildInputs(snapshot: Snapshot, app: AppPlace): Promise<BuildInputs> {
  const files = new Set(app.files.filter(file => snapshot.files.get(file) === 'file'));
  const charts = new Map<string, ChartInput>();
  const remote = new Set<string>();
  const pending = app.files.filter(isKustomization);
  const seen = new Set(pending);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const facts = await readKustomization(snapshot, next);
    if (!facts) continue;
    for (const chart of chartsOf(facts)) charts.set(chart.home, chart);
    for (const { value } of facts.references.filter(each => isRemote(each.value))) remote.add(value);
    for (const file of outsideOf(facts, app, snapshot)) {
      files.add(file);
      if (!isKustomization(file) || seen.has(file)) continue;
      seen.add(file);
      pending.push(file);
    }
  }
  return { files: [...files].toSorted(), charts: [...charts.values()], remote: [...remote] };
}

async function readKustomization(snapshot: Snapshot, file: string): Promise<KustomizationFacts | undefined> {
  const content = (await snapshot.read([file])).get(file);
  const result = content ? readLocated(content.toString('utf8')) : undefined;
  return result?.status === 'read' && result.yaml.dataProblem === undefined
    ? kustomizationFacts(file, result.yaml)
    : undefined;
}

/** A pulled chart lies in a folder of its name and version, a local one in one of its name. */
function chartsOf({ charts, data, folder }: KustomizationFacts): ChartInput[] {
  const home = stringOf(valueAt(data, ['helmGlobals', 'chartHome'])) ?? 'charts';
  return charts.flatMap(({ name, repo, version }) => {
    if (name === undefined) return [];
    const place = repo === undefined || version === undefined ? name : `${name}-${version}/${name}`;
    return [{ home: path.posix.join(folder, home, place), name, repo, version }];
  });
}

/** Shared files; of a shared folder everything. */
function outsideOf({ references }: KustomizationFacts, app: AppPlace, snapshot: Snapshot): string[] {
  return references.flatMap(({ path: target }) => {
    if (target === undefined || target.startsWith('..') || target.startsWith(`${app.folder}/`)) return [];
    if (snapshot.files.get(target) === 'file') return [target];
    if (snapshot.kindOf(target) !== 'folder') return [];
    return [...snapshot.files]
      .filter(([file, kind]) => kind === 'file' && file.startsWith(`${target}/`))
      .map(([file]) => file);
  });
}
