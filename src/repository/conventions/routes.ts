import { joinTexts } from '../../text/language.ts';
import type { Manifest } from '../manifest.ts';
import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { kindsOf, type Listener, listenersIn } from '../gateways.ts';
import { type Learned, mostCommon, rankByApps, type Sighting } from './learned.ts';
import { say } from '../../locales/say.ts';

/** The Gateway that HTTPRoutes attach to. */
export type Gateway = {
  name: string;
  namespace: string;
  /** The listener that routes name; undefined where they name none. */
  sectionName: string | undefined;
  /** The listener that passes TLS through, for TLSRoutes. */
  passthrough: string | undefined;
  /** `gateway.networking.k8s.io/v1` unless a TLSRoute of the repository says otherwise. */
  tlsRouteVersion: string;
};

/** The Gateway that TLSRoutes attach to, which may be another one. */
export type TlsGateway = Omit<Gateway, 'sectionName'>;

export type RouteConventions = {
  gateway: Learned<Gateway> | undefined;
  tlsGateway: Learned<TlsGateway> | undefined;
  /** Main domain first. */
  domains: Learned<string[]> | undefined;
};

/** A route or a Gateway in an app, and the namespace that it lands in. */
export type RouteSighting = { app: string; namespace: string; manifest: Manifest };

/** Learns gateways and domains from the routes of the apps and from the Gateway objects themselves. */
export function learnRoutes(seen: readonly RouteSighting[]): RouteConventions {
  const routes = seen.filter(({ manifest }) => manifest.kind !== 'Gateway');
  const gateways = seen.filter(({ manifest }) => manifest.kind === 'Gateway').map(gatewayIn);
  const objects = gateways.map(({ manifest }) => manifest);
  return {
    gateway: learnGateway(routes, gateways),
    tlsGateway: learnTlsGateway(routes, gateways),
    domains: learnDomains(routes, objects),
  };
}

/** A Gateway of the repository. */
type GatewayObject = {
  name: string;
  namespace: string;
  listeners: readonly Listener[];
  manifest: Manifest;
};

function gatewayIn({ manifest, namespace }: RouteSighting): GatewayObject {
  return { name: manifest.name, namespace, listeners: listenersIn(manifest.body), manifest };
}

/** A reference of a route to a Gateway, by `namespace/name`. */
type Parent = { app: string; value: string; section: string | undefined };

/** References to Services are a mesh's. */
function parentsOf(routes: readonly RouteSighting[]): Parent[] {
  return routes.flatMap(({ app, namespace, manifest }) =>
    recordsAt(manifest.body, ['spec', 'parentRefs'])
      .filter(ref => (stringOf(ref['kind']) ?? 'Gateway') === 'Gateway')
      .map(ref => ({
        app,
        value: `${stringOf(ref['namespace']) ?? namespace}/${stringOf(ref['name']) ?? ''}`,
        section: stringOf(ref['sectionName']),
      })),
  );
}

const isTlsRoute = ({ manifest }: RouteSighting): boolean => manifest.kind === 'TLSRoute';

/** One whose listeners take no HTTPRoutes is none for them, whatever attaches to it. */
function learnGateway(routes: RouteSighting[], gateways: GatewayObject[]): Learned<Gateway> | undefined {
  const http = routes.filter(route => !isTlsRoute(route));
  const parents = parentsOf(http).filter(({ value }) => mayTake(gateways, value, 'HTTPRoute'));
  const chosen = chooseGateway(parents, gateways, 'HTTPRoute');
  if (!chosen) return undefined;
  const known = gatewayAt(gateways, chosen.value);
  const sections = parents
    .filter(({ value, section }) => value === chosen.value && takesAt(known, section, 'HTTPRoute'))
    .map(({ app, section = '' }) => ({ app, value: section }));
  const tls = routes.filter(isTlsRoute);
  const [ownTls] = parentsOf(tls).filter(({ value, section }) => value === chosen.value && section);
  return {
    value: {
      ...splitKey(chosen.value),
      sectionName: mostCommon(sections, sections.length)?.value || undefined,
      passthrough: passthroughListener(known?.manifest) ?? ownTls?.section,
      tlsRouteVersion: tls[0]?.manifest.apiVersion ?? TLS_ROUTE_VERSION,
    },
    evidence: say('repository.withRoutes', { evidence: chosen.evidence }),
  };
}

const TLS_ROUTE_VERSION = 'gateway.networking.k8s.io/v1';

/** Where TLSRoutes attach; else the Gateway with a listener that passes TLS through. */
function learnTlsGateway(
  routes: RouteSighting[],
  gateways: GatewayObject[],
): Learned<TlsGateway> | undefined {
  const tls = routes.filter(isTlsRoute);
  const parents = parentsOf(tls).filter(({ value }) => mayTake(gateways, value, 'TLSRoute'));
  const passing = gateways.filter(({ manifest }) => passthroughListener(manifest) !== undefined);
  const chosen = chooseGateway(parents, passing, 'TLSRoute');
  if (!chosen) return undefined;
  const known = gatewayAt(passing, chosen.value);
  const section = parents.find(({ value, section: own }) => value === chosen.value && own)?.section;
  return {
    value: {
      ...splitKey(chosen.value),
      passthrough: passthroughListener(known?.manifest) ?? section,
      tlsRouteVersion: tls[0]?.manifest.apiVersion ?? TLS_ROUTE_VERSION,
    },
    evidence: say('repository.withRoutes', { evidence: chosen.evidence }),
  };
}

/** The one that most apps' routes name; else one of the repository that takes such routes from other namespaces. */
function chooseGateway(
  parents: readonly Parent[],
  gateways: readonly GatewayObject[],
  kind: string,
): Learned<string> | undefined {
  const apps = new Set(parents.map(({ app }) => app)).size;
  const open = gateways.filter(({ listeners }) =>
    listeners.some(listener => isOf(listener, kind) && isOpen(listener)),
  );
  const known = open.map(gateway => ({ app: keyOf(gateway), value: keyOf(gateway) }));
  return mostCommon(parents, apps) ?? mostCommon(known, gateways.length);
}

/** A Gateway that is elsewhere may take anything. */
function mayTake(gateways: readonly GatewayObject[], key: string, kind: string): boolean {
  return takesAt(gatewayAt(gateways, key), undefined, kind);
}

function takesAt(gateway: GatewayObject | undefined, section: string | undefined, kind: string): boolean {
  const named = gateway?.listeners.filter(({ name }) => section === undefined || name === section);
  return named?.some(listener => isOf(listener, kind)) ?? true;
}

function isOf(listener: Listener, kind: string): boolean {
  return kindsOf(listener)?.includes(kind) ?? true;
}

function isOpen({ namespaces }: Listener): boolean {
  return namespaces.from === 'All' || namespaces.from === 'Selector';
}

/** By namespace and name; by name alone where one bears it, for a component may set its namespace. */
function gatewayAt(gateways: readonly GatewayObject[], key: string): GatewayObject | undefined {
  const named = gateways.filter(({ name }) => name === splitKey(key).name);
  return named.find(gateway => keyOf(gateway) === key) ?? (named.length === 1 ? named[0] : undefined);
}

function keyOf({ namespace, name }: Pick<GatewayObject, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

function splitKey(key: string): { name: string; namespace: string } {
  const [namespace = '', name = ''] = key.split('/');
  return { name, namespace };
}

function passthroughListener(gateway: Manifest | undefined): string | undefined {
  const listeners = recordsAt(gateway?.body, ['spec', 'listeners']);
  const listener = listeners.find(
    ({ protocol, tls }) => protocol === 'TLS' && valueAt(tls, ['mode']) === 'Passthrough',
  );
  return stringOf(listener?.['name']);
}

/**
 * The wildcard hosts of the gateway's listeners are the domains; without such a gateway, whatever stands behind the
 * first label of the routes' hosts. Ordered by use, and between equals by which one routes name first.
 */
function learnDomains(routes: RouteSighting[], gateways: Manifest[]): Learned<string[]> | undefined {
  const hosts = routes.flatMap(({ app, manifest }) =>
    stringsAt(manifest.body, ['spec', 'hostnames']).map((host, index) => ({ app, host, index })),
  );
  const wildcards = gateways.flatMap(gateway =>
    recordsAt(gateway.body, ['spec', 'listeners']).flatMap(wildcardOf),
  );
  const known = new Set(wildcards);
  const sightings = hosts.flatMap(({ app, host, index }) => {
    const domain = host.slice(host.indexOf('.') + 1);
    const counts = known.size > 0 ? known.has(domain) : domain.includes('.');
    return counts ? [{ app, value: domain, index }] : [];
  });
  if (sightings.length === 0)
    return known.size > 0 ? { value: [...known], evidence: say('repository.listenersOfGateway') } : undefined;
  const of = new Set(routes.map(({ app }) => app)).size;
  const ranked = rankByApps(sightings, of);
  const common = ranked.filter(({ apps }) => apps * 2 >= (ranked[0]?.apps ?? 0));
  const ordered = common.toSorted((a, b) => meanPlace(sightings, a.value) - meanPlace(sightings, b.value));
  return {
    value: ordered.map(({ value }) => value),
    evidence: joinTexts(
      ordered.map(({ value, evidence }) => say('repository.valueWithRoutes', { value, evidence })),
      ', ',
    ),
  };
}

function wildcardOf(listener: unknown): string[] {
  const host = isRecord(listener) ? stringOf(listener['hostname']) : undefined;
  return host?.startsWith('*.') ? [host.slice(2)] : [];
}

function meanPlace(sightings: (Sighting & { index: number })[], domain: string): number {
  const places = sightings.filter(({ value }) => value === domain).map(({ index }) => index);
  return places.reduce((sum, place) => sum + place, 0) / places.length;
}
