import { joinTexts } from '../../text/language.ts';
import { type Manifest } from '../manifest.ts';
import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { type Learned, mostCommon, rankByApps, type Sighting } from './learned.ts';
import { say } from '../../locales/say.ts';

/** The Gateway that routes attach to. */
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

export type RouteConventions = {
  gateway: Learned<Gateway> | undefined;
  /** Main domain first. */
  domains: Learned<string[]> | undefined;
};

/** A route or a Gateway in an app. */
export type RouteSighting = { app: string; manifest: Manifest };

/** Learns gateway and domains from the routes of the apps and from the Gateway object itself. */
export function learnRoutes(seen: readonly RouteSighting[]): RouteConventions {
  const routes = seen.filter(({ manifest }) => manifest.kind !== 'Gateway');
  const gateways = seen.filter(({ manifest }) => manifest.kind === 'Gateway').map(({ manifest }) => manifest);
  return { gateway: learnGateway(routes, gateways), domains: learnDomains(routes, gateways) };
}

function learnGateway(routes: RouteSighting[], gateways: Manifest[]): Learned<Gateway> | undefined {
  const parents = routes.flatMap(({ app, manifest }) =>
    recordsAt(manifest.body, ['spec', 'parentRefs']).map(ref => ({ app, manifest, ref })),
  );
  const apps = new Set(routes.map(({ app }) => app)).size;
  const names = parents.map(({ app, manifest, ref }) => ({
    app,
    value: `${stringOf(ref['namespace']) ?? manifest.namespace ?? ''}/${stringOf(ref['name']) ?? ''}`,
  }));
  const known = gateways.map(({ name, namespace }) => ({ app: name, value: `${namespace ?? ''}/${name}` }));
  const chosen = mostCommon(names, apps) ?? mostCommon(known, gateways.length);
  if (!chosen) return undefined;
  const [namespace = '', name = ''] = chosen.value.split('/');
  const httpRefs = parents.filter(
    ({ manifest, ref }) => manifest.kind !== 'TLSRoute' && ref['name'] === name,
  );
  const sections = httpRefs.map(({ app, ref }) => ({ app, value: stringOf(ref['sectionName']) ?? '' }));
  const tlsRoute = routes.find(({ manifest }) => manifest.kind === 'TLSRoute')?.manifest;
  return {
    value: {
      name,
      namespace,
      sectionName: mostCommon(sections, apps)?.value || undefined,
      passthrough:
        passthroughListener(gateways.find(gateway => gateway.name === name)) ?? sectionOf(tlsRoute),
      tlsRouteVersion: tlsRoute?.apiVersion ?? 'gateway.networking.k8s.io/v1',
    },
    evidence: say('repository.withRoutes', { evidence: chosen.evidence }),
  };
}

function passthroughListener(gateway: Manifest | undefined): string | undefined {
  const listeners = recordsAt(gateway?.body, ['spec', 'listeners']);
  const listener = listeners.find(
    ({ protocol, tls }) => protocol === 'TLS' && valueAt(tls, ['mode']) === 'Passthrough',
  );
  return stringOf(listener?.['name']);
}

function sectionOf(route: Manifest | undefined): string | undefined {
  return stringOf(recordsAt(route?.body, ['spec', 'parentRefs'])[0]?.['sectionName']);
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
