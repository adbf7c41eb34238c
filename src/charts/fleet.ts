import { addTo } from '../data/append.ts';
import { compareVersions, parseVersion } from './versions/versions.ts';
import type { ChartUse } from '../deliveries/chart-use.ts';
import { findUses } from '../deliveries/find-uses.ts';
import { readDeliveries } from '../deliveries/read-deliveries.ts';
import { stringOf, valueAt } from '../data/fields.ts';
import { appsIn, type Applications } from '../repository/applications.ts';
import { CLUSTER_FOLDER, clusterOfKubeconfig, landingsOf } from '../repository/landings.ts';
import type { Repository } from '../repository/model.ts';

/** A cluster, who masters it, and what it runs. */
export type FleetCluster = {
  name: string;
  /** The file that declares it; undefined where something only deploys to it. */
  file: string | undefined;
  controlledBy: string | undefined;
  group: string | undefined;
  labels: Readonly<Record<string, string>>;
  /** The Applications that deploy to it, and the Kustomizations of Flux. */
  apps: readonly string[];
};

/** A chart, and where each version of it runs, the newest first. */
export type FleetChart = {
  name: string;
  source: string | undefined;
  versions: readonly { version: string; clusters: readonly string[] }[];
};

export type Fleet = {
  clusters: readonly FleetCluster[];
  charts: readonly FleetChart[];
  unknown: Applications['unknown'];
};

/** Whether clusters run different versions of a chart. */
export function isSkewed({ versions }: FleetChart): boolean {
  return versions.length > 1;
}

/** The clusters of a repository: those that it declares, and those that it deploys to. */
export function fleetOf(repository: Repository): Fleet {
  const { applications, unknown } = appsIn(repository);
  const landing = landingsIn(repository);
  const apps = new Map<string, Set<string>>();
  for (const each of applications) addToSet(apps, landing.of(each) ?? '?', each.name);
  for (const { cluster, name } of landing.kustomizations) addToSet(apps, cluster, name);
  const { clusters: declared } = repository.sets.declared;
  const names = [...new Set([...declared.map(({ name }) => name), ...apps.keys()])].toSorted();
  return {
    clusters: names.map(name => {
      const facts = declared.find(each => each.name === name);
      const by = facts?.controlledBy;
      return {
        name,
        file: facts?.file,
        controlledBy: by && ('cluster' in by ? `${by.kind}:${by.cluster}` : by.kind),
        group: facts?.group,
        labels: facts?.labels ?? {},
        apps: [...(apps.get(name) ?? [])].toSorted(),
      };
    }),
    charts: chartsOf(findUses(repository), use => clustersOf(use, { applications, landing })),
    unknown,
  };
}

function addToSet(map: Map<string, Set<string>>, key: string, item: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(item));
}

type Landings = {
  /** The cluster that an Application deploys to; undefined where nobody says it. */
  of(application: Applications['applications'][number]): string | undefined;
  /** What Flux builds, and where. */
  kustomizations: readonly { cluster: string; name: string }[];
  /** The clusters whose Flux builds a file. */
  building(file: string): readonly string[];
};

function landingsIn(repository: Repository): Landings {
  const { flux, buildersOf } = readDeliveries(repository);
  const clusterOf = ({ object, spec }: (typeof flux)[number]): string | undefined => {
    const own = CLUSTER_FOLDER.exec(object.at.file)?.[1];
    const secret = stringOf(valueAt(spec, ['kubeConfig', 'secretRef', 'name']));
    return secret === undefined ? own : clusterOfKubeconfig(repository, secret);
  };
  return {
    of: landingsOf(repository),
    kustomizations: flux.flatMap(each => {
      const cluster = clusterOf(each);
      return cluster === undefined ? [] : [{ cluster, name: each.object.name }];
    }),
    building: file => buildersOf(file).flatMap(each => clusterOf(each) ?? []),
  };
}

/** Where a chart runs: whatever deploys its folder, or the Application that it stands in. */
function clustersOf(
  { app, at, delivery }: ChartUse,
  { applications, landing }: { applications: Applications['applications']; landing: Landings },
): readonly string[] {
  if (delivery === 'flux') return landing.building(at.file);
  const deploying = applications.filter(({ path, from }) =>
    delivery === 'argo' ? from === at.file : path === app.path,
  );
  return deploying.flatMap(each => landing.of(each) ?? []);
}

function chartsOf(
  uses: readonly ChartUse[],
  where: (use: ChartUse) => readonly string[],
): readonly FleetChart[] {
  const charts = new Map<string, { use: ChartUse; clusters: readonly string[] }[]>();
  for (const use of uses) {
    const clusters = where(use);
    if (use.name !== '' && use.version.kind !== 'none' && clusters.length > 0)
      addTo(charts, JSON.stringify([use.name, use.source ?? '']), { use, clusters });
  }
  return [...charts.values()]
    .map(all => {
      const versions = new Map<string, Set<string>>();
      for (const { use, clusters } of all)
        for (const cluster of clusters) addToSet(versions, use.version.text || '*', cluster);
      const [{ use } = { use: undefined }] = all;
      return {
        name: use?.name ?? '',
        source: use?.source,
        versions: [...versions]
          .toSorted(([a], [b]) => newestFirst(a, b))
          .map(([version, clusters]) => ({ version, clusters: [...clusters].toSorted() })),
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is no version comes last. */
function newestFirst(a: string, b: string): number {
  const [one, other] = [parseVersion(a), parseVersion(b)];
  if (one && other) return compareVersions(other, one);
  return Number(other !== undefined) - Number(one !== undefined);
}
