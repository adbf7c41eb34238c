import { addTo } from '../../data/append.ts';

type Placed = { id: string; name: string };

/** What runs where, as far as the repository says it. `file` is where that stands. */
export type MapItem =
  | (Placed & { kind: 'cluster'; server?: string })
  | (Placed & { kind: 'deployer'; type: DeployerType; namespace?: string; file: string; wave?: number })
  | (Placed & { kind: 'app'; environment: string; path: string; file: string; namespace?: string })
  | (Placed & { kind: 'chart'; file: string } & ChartFacts)
  | (Placed & { kind: 'image'; file: string })
  /** `type` is the kind of the object, or `values` where a chart makes it of its values. */
  | (Placed & { kind: 'route'; type: string; hosts: readonly string[]; file: string })
  /** The name alone: no value of it is read. */
  | (Placed & { kind: 'secret'; type: string; file: string })
  /** Without a file it stands in no file of the repository. */
  | (Placed & { kind: 'gateway'; hosts: readonly string[]; file?: string });

export type DeployerType = 'ApplicationSet' | 'Application' | 'Kustomization' | 'FluxInstance';

type ChartFacts = {
  version: string;
  source?: string;
  delivery: string;
  status: 'current' | 'outdated' | 'held' | 'range' | 'floating' | 'unknown';
  /** The version to take; of what is held, a range or floating, the newest. */
  newest?: string;
  /** When the version came out, and the newest: days, as the publisher says. */
  released?: string;
  newestReleased?: string;
};

export type NodeOf<Kind extends MapItem['kind']> = Extract<MapItem, { kind: Kind }>;

/** From above to below: a cluster hosts a deployer, that deploys apps, which use charts. */
export type MapEdge = {
  from: string;
  to: string;
  kind: 'hosts' | 'deploys' | 'uses' | 'runs' | 'serves' | 'attaches' | 'holds' | 'dependsOn';
};

/** What was not understood: charts, folders that a deployer names, clusters that it deploys to. */
export type MapUnread = { what: 'chart' | 'folder' | 'cluster'; kind: string; count: number; first: string };

export type RepositoryMap = {
  nodes: readonly MapItem[];
  edges: readonly MapEdge[];
  unread: readonly MapUnread[];
};

/** A map in the making: of two nodes of one id, and of two equal edges, the first counts. */
export type Drawing = {
  put(node: MapItem): void;
  link(from: string, to: string, kind: MapEdge['kind']): void;
  /** Leads a route to a Gateway, which may stand in a file that comes later, or in none. */
  attach(route: string, gateway: string, name: string): void;
};

/** Begins a map; `finish` gives what was drawn, without the edges that lead nowhere. */
export function startMap(): Drawing & { finish(unread: readonly MapUnread[]): RepositoryMap } {
  const nodes = new Map<string, MapItem>();
  const edges = new Map<string, MapEdge>();
  const elsewhere = new Map<string, MapItem>();
  const put = (node: MapItem): void => {
    if (!nodes.has(node.id)) nodes.set(node.id, node);
  };
  const link = (from: string, to: string, kind: MapEdge['kind']): void => {
    if (from !== to) edges.set(`${kind} ${from} ${to}`, { from, to, kind });
  };
  return {
    put,
    link,
    attach: (route, id, name) => {
      elsewhere.set(id, { id, kind: 'gateway', name, hosts: [] });
      link(route, id, 'attaches');
    },
    finish: unread => {
      for (const gateway of elsewhere.values()) put(gateway);
      const known = [...edges.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to));
      return { nodes: [...nodes.values()], edges: known, unread };
    },
  };
}

/** Looks around in a map. */
export type MapView = RepositoryMap & {
  of<Kind extends MapItem['kind']>(kind: Kind): NodeOf<Kind>[];
  /** What an edge of some kind leads to from here; all kinds of nodes but the one that is asked for are left out. */
  to<Kind extends MapItem['kind']>(from: string, edge: MapEdge['kind'], kind: Kind): NodeOf<Kind>[];
  /** Where such an edge comes from. */
  from<Kind extends MapItem['kind']>(to: string, edge: MapEdge['kind'], kind: Kind): NodeOf<Kind>[];
};

/** Indexes a map, so that each question costs what its answer is long. */
export function lookInto(map: RepositoryMap): MapView {
  const nodes = new Map(map.nodes.map(node => [node.id, node]));
  const [out, back] = [new Map<string, MapEdge[]>(), new Map<string, MapEdge[]>()];
  for (const edge of map.edges) {
    addTo(out, `${edge.kind} ${edge.from}`, edge);
    addTo(back, `${edge.kind} ${edge.to}`, edge);
  }
  const only = <Kind extends MapItem['kind']>(ids: readonly string[], kind: Kind): NodeOf<Kind>[] =>
    ids.flatMap(id => {
      const node = nodes.get(id);
      return node?.kind === kind ? [node as NodeOf<Kind>] : [];
    });
  return {
    ...map,
    of: kind => map.nodes.filter((node): node is NodeOf<typeof kind> => node.kind === kind),
    to: (id, edge, kind) =>
      only(
        (out.get(`${edge} ${id}`) ?? []).map(({ to }) => to),
        kind,
      ),
    from: (id, edge, kind) =>
      only(
        (back.get(`${edge} ${id}`) ?? []).map(({ from }) => from),
        kind,
      ),
  };
}

/** The part of a map around some apps: what leads to them, and what they are made of. */
export function partOf(map: RepositoryMap, apps: ReadonlySet<string>): RepositoryMap {
  const kept = new Set(apps);
  const [up, down] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { from, to, kind } of map.edges) {
    if (kind === 'dependsOn') continue;
    addTo(up, to, from);
    addTo(down, from, to);
  }
  for (const id of apps) {
    spread(id, up, kept);
    spread(id, down, kept);
  }
  return {
    nodes: map.nodes.filter(({ id }) => kept.has(id)),
    edges: map.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    unread: map.unread,
  };
}

function spread(start: string, edges: ReadonlyMap<string, string[]>, kept: Set<string>): void {
  const reached = new Set([start]);
  for (const id of reached) for (const next of edges.get(id) ?? []) reached.add(next);
  for (const id of reached) kept.add(id);
}

/** How much of everything a map holds. */
export type MapCounts = Record<
  | 'clusters'
  | 'deployers'
  | 'apps'
  | 'charts'
  | 'outdated'
  | 'unknown'
  | 'images'
  | 'hosts'
  | 'secrets'
  | 'gateways',
  number
>;

/** Counts a map; images and hosts that several apps have count once. */
export function countMap({ of }: MapView): MapCounts {
  const charts = of('chart');
  return {
    clusters: of('cluster').length,
    deployers: of('deployer').length,
    apps: of('app').length,
    charts: charts.length,
    outdated: charts.filter(({ status }) => status === 'outdated').length,
    unknown: charts.filter(({ status }) => status === 'unknown').length,
    images: new Set(of('image').map(({ name }) => name)).size,
    hosts: new Set(of('route').flatMap(({ hosts }) => hosts)).size,
    secrets: of('secret').length,
    gateways: of('gateway').length,
  };
}
