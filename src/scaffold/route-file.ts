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

export type Route = { kind: RouteKind; name: string; hosts: readonly string[]; backend: Backend };

/** The Gateways that routes attach to: TLSRoutes may have one of their own. */
export type RouteGateways = Pick<Conventions, 'gateway' | 'tlsGateway'>;

/** The Gateway for one kind of route; undefined if the repository shows none. */
export function gatewayFor(
  kind: RouteKind,
  { gateway, tlsGateway }: RouteGateways,
): Gateway | TlsGateway | undefined {
  return kind === 'tls' ? (tlsGateway ?? gateway)?.value : gateway?.value;
}

/** A route that leads hosts of the gateway to a Service. */
export function renderRoute(
  { kind, name, hosts, backend }: Route,
  gateway: Gateway | TlsGateway,
  templates: RouteTemplates,
): string {
  return renderTemplate(templates[`resources/${ROUTE_FILES[kind]}`], {
    name,
    hosts,
    service: { name: backend.service, port: backend.port },
    gateway: {
      ...gateway,
      sectionName: 'sectionName' in gateway ? (gateway.sectionName ?? '') : '',
      passthrough: gateway.passthrough ?? '',
    },
  });
}
