import type { Conventions } from '../repository/conventions/conventions.ts';
import type { Gateway, TlsGateway } from '../repository/conventions/routes.ts';
import { renderTemplate, type Template } from '../repository/templates.ts';
import type { Backend } from './app-request.ts';

/** The file of each kind of route, which is its template's name too. */
export const ROUTE_FILES = {
  own: 'httproute.yaml',
  grpc: 'grpcroute.yaml',
  tls: 'tlsroute.yaml',
} as const;

export type RouteKind = keyof typeof ROUTE_FILES;

export type RouteTemplates = Record<`resources/${(typeof ROUTE_FILES)[RouteKind]}`, Template>;

export type Route = {
  kind: RouteKind;
  name: string;
  hosts: readonly string[];
  backend: Backend;
  /** As `routeVersion` gives it. */
  apiVersion: string;
};

const KINDS = { own: 'HTTPRoute', grpc: 'GRPCRoute', tls: 'TLSRoute' } as const;
const V1 = 'gateway.networking.k8s.io/v1';

/** The API version to write a kind of route in: that of the repository's TLSRoutes or `v1`, where it is served. */
export function routeVersion(
  kind: RouteKind,
  gateway: Gateway | TlsGateway,
  { servedVersion }: Pick<Conventions, 'servedVersion'>,
): string {
  return servedVersion({ kind: KINDS[kind], apiVersion: kind === 'tls' ? gateway.tlsRouteVersion : V1 });
}

/** The Gateways that routes attach to: TLSRoutes may have one of their own. */
export type RouteGateways = Pick<Conventions, 'gateway' | 'tlsGateway'>;

/** The Gateway for one kind of route; undefined if the repository shows none. */
export function gatewayFor(
  kind: RouteKind,
  { gateway, tlsGateway }: RouteGateways,
): Gateway | TlsGateway | undefined {
  return kind === 'tls' ? (tlsGateway ?? gateway)?.value : gateway?.value;
}

/** How many hosts the definition of a route takes. */
export const MOST_HOSTS = 16;

/** A route that leads hosts of the gateway to a Service; more hosts than one takes make several of them. */
export function renderRoute(
  { hosts, name, ...route }: Route,
  gateway: Gateway | TlsGateway,
  templates: RouteTemplates,
): string {
  const parts = Array.from({ length: Math.max(1, Math.ceil(hosts.length / MOST_HOSTS)) }, (_, index) => ({
    ...route,
    name: index === 0 ? name : `${name}-hosts-${index + 1}`,
    hosts: hosts.slice(index * MOST_HOSTS, (index + 1) * MOST_HOSTS),
  }));
  return parts.map(part => renderPart(part, gateway, templates)).join('---\n');
}

function renderPart(
  { kind, name, hosts, backend, apiVersion }: Route,
  gateway: Gateway | TlsGateway,
  templates: RouteTemplates,
): string {
  return renderTemplate(templates[`resources/${ROUTE_FILES[kind]}`], {
    apiVersion,
    name,
    hosts,
    service: { name: backend.service, port: backend.port },
    gateway: {
      ...gateway,
      tlsRouteVersion: apiVersion,
      sectionName: 'sectionName' in gateway ? (gateway.sectionName ?? '') : '',
      passthrough: gateway.passthrough ?? '',
    },
  });
}
