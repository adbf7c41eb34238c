import type { RepositoryDiagnostic, AppSummary } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import type { ObjectSummary } from '../facts/folder-summary.ts';
import { isRecord, recordsAt, stringOf, stringsAt } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

/** Of two routes that match the same request the older one wins, and the other app is not reached. */
export const routeHostTaken: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: say('rules.hostNameLeadsOneApp'),
  check: ({ apps, clusters }) => {
    const seen = new Map<string, Claim[]>();
    return apps.flatMap(app =>
      app.routes.flatMap(route => checkRoute({ app, route, cluster: clusterOf(route.file, clusters) }, seen)),
    );
  },
};

type Routed = { app: AppSummary; route: ObjectSummary; cluster: string | undefined };

type Claim = Routed & { parents: readonly Parent[]; index: number };

function clusterOf(file: string, clusters: ReadonlySet<string>): string | undefined {
  return file.split('/').find(folder => clusters.has(folder));
}

/** A listener that a route attaches to; all of the Gateway where none is named. */
type Parent = { namespace: string; gateway: string; section: string; port: string };

function checkRoute(routed: Routed, seen: Map<string, Claim[]>): RepositoryDiagnostic[] {
  const { route } = routed;
  const hosts = stringsAt(route.body, ['spec', 'hostnames']);
  const keys = matchKeys(route);
  return hosts.flatMap((host, index) => {
    const rivals = keys.flatMap(key => {
      const claims = seen.get(`${host} ${key}`) ?? [];
      const own: Claim = { ...routed, parents: parentsOf(route), index };
      seen.set(`${host} ${key}`, [...claims, own]);
      return claims.filter(other => meets(own, other));
    });
    const [rival] = rivals;
    return rival ? [diagnostic(route, host, index, rival)] : [];
  });
}

/** Different Gateways, and different listeners of one, never see the same request: the inside and the outside of a network. */
function meets(a: Claim, b: Claim): boolean {
  if (a.route === b.route) return false;
  if (a.cluster !== undefined && b.cluster !== undefined && a.cluster !== b.cluster) return false;
  if (a.parents.length === 0 || b.parents.length === 0) return true;
  return a.parents.some(one => b.parents.some(other => isSameParent(one, other)));
}

function isSameParent(a: Parent, b: Parent): boolean {
  const agree = (one: string, other: string): boolean => one === other || one === '' || other === '';
  return (
    a.gateway === b.gateway &&
    agree(a.namespace, b.namespace) &&
    agree(a.section, b.section) &&
    agree(a.port, b.port)
  );
}

function parentsOf({ body, namespace }: ObjectSummary): Parent[] {
  return recordsAt(body, ['spec', 'parentRefs']).map(ref => ({
    namespace: stringOf(ref['namespace']) ?? namespace ?? '',
    gateway: stringOf(ref['name']) ?? '',
    section: stringOf(ref['sectionName']) ?? '',
    port: typeof ref['port'] === 'number' ? String(ref['port']) : '',
  }));
}

/** What of a host a route wants: kind, path, method and headers of each match; everything by default. */
function matchKeys({ kind, body }: ObjectSummary): string[] {
  const rules = recordsAt(body, ['spec', 'rules']);
  const matches = rules.flatMap(rule => {
    const own = recordsAt(rule, ['matches']);
    return own.length > 0 ? own : [{}];
  });
  return [...new Set((matches.length > 0 ? matches : [{}]).map(match => `${kind} ${matchKey(match)}`))];
}

function matchKey(match: Readonly<Record<string, unknown>>): string {
  const path = isRecord(match['path']) ? match['path'] : {};
  const type = stringOf(path['type']) ?? 'PathPrefix';
  const value = (stringOf(path['value']) ?? '/').replace(/(?<=.)\/$/, '');
  return JSON.stringify([
    type,
    value,
    match['method'] ?? '',
    match['headers'] ?? [],
    match['queryParams'] ?? [],
  ]);
}

function diagnostic(route: ObjectSummary, host: string, index: number, rival: Claim): RepositoryDiagnostic {
  const other = `${rival.route.kind} ${rival.route.name} (${rival.route.file})`;
  return {
    file: route.file,
    document: route.document,
    steps: ['spec', 'hostnames', index],
    message: say('rules.taken', { host, other }),
    hint: say('rules.chooseAnotherHostOtherPaths'),
  };
}
