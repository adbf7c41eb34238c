import { isDeepStrictEqual } from 'node:util';
import { recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { services } from '../../repository/rendered.ts';
import { nameOf } from '../rendered-changes.ts';
import { kindOf, type Risk, type Surroundings } from './risk.ts';

/** A port of a Service that a route leads to; `port` is a number or a name. */
type Backend = { service: string; namespace: string | undefined; port: number | string };

/**
 * Routes that go on leading to a port of a Service that was built before and is not any more: nothing answers there. Those of
 * other apps are looked at too, where a port went at all.
 */
export function judgeBackends(
  before: readonly Manifest[],
  after: readonly Manifest[],
  { namespace, routesElsewhere }: Pick<Surroundings, 'namespace' | 'routesElsewhere'>,
): Risk[] {
  const has = portsOf(after, namespace);
  const gone = portsOf(before, namespace).filter(port => !has.some(other => isDeepStrictEqual(port, other)));
  if (gone.length === 0) return [];
  const isLost = (backend: Backend): boolean => {
    const leads = (port: ServedPort): boolean => leadsTo(backend, port, namespace);
    return gone.some(leads) && !has.some(leads);
  };
  return [...after, ...routesElsewhere()].flatMap(route => {
    const lost = backendsOf(route).filter(isLost);
    return [...new Set(lost.map(({ service, port }) => `${service}:${port}`))].map(lostPort => ({
      id: 'route-lost' as const,
      level: 'high' as const,
      object: nameOf(route),
      fact: say('risks.backendGone', { backend: lostPort }),
      remedy: say('risks.nameNewBackend'),
    }));
  });
}

type ServedPort = { service: string; namespace: string; port: number; name: string | undefined };

function portsOf(manifests: readonly Manifest[], landsIn: string): ServedPort[] {
  return manifests.flatMap(manifest =>
    services([manifest]).flatMap(({ name: service, ports }) =>
      ports.map(({ port, name }) => ({ service, namespace: manifest.namespace ?? landsIn, port, name })),
    ),
  );
}

function leadsTo({ service, namespace, port }: Backend, served: ServedPort, landsIn: string): boolean {
  if (service !== served.service || (namespace ?? landsIn) !== served.namespace) return false;
  return port === served.port || port === served.name;
}

const GATEWAY_ROUTE = /^gateway\.networking\.k8s\.io\/(?:HTTP|GRPC|TLS|TCP)Route$/;
const INGRESS = /^(?:networking\.k8s\.io|extensions)\/Ingress$/;
const TRAEFIK = /^traefik\.(?:io|containo\.us)\/IngressRoute(?:TCP)?$/;

function backendsOf(route: Manifest): Backend[] {
  const kind = kindOf(route);
  if (GATEWAY_ROUTE.test(kind)) return ofRules(route, 'backendRefs');
  if (TRAEFIK.test(kind)) return ofRules(route, 'services');
  return INGRESS.test(kind) ? ofIngress(route) : [];
}

/** `spec.rules[].backendRefs[]` of the Gateway API, `spec.routes[].services[]` of Traefik. */
function ofRules({ body, namespace: own }: Manifest, list: 'backendRefs' | 'services'): Backend[] {
  const rules = recordsAt(body, ['spec', list === 'services' ? 'routes' : 'rules']);
  const isService = (ref: Record<string, unknown>): boolean => (ref['kind'] ?? 'Service') === 'Service';
  return rules
    .flatMap(rule => recordsAt(rule, [list]))
    .filter(isService)
    .flatMap(({ name, port, namespace }) => asBackend(name, port, stringOf(namespace) ?? own));
}

function ofIngress({ body, namespace }: Manifest): Backend[] {
  const paths = recordsAt(body, ['spec', 'rules']).flatMap(rule => recordsAt(rule, ['http', 'paths']));
  const places = [valueAt(body, ['spec', 'defaultBackend']), ...paths.map(path => path['backend'])];
  return places.flatMap(place => {
    const port = (way: string): unknown => valueAt(place, ['service', 'port', way]);
    return asBackend(valueAt(place, ['service', 'name']), port('number') ?? port('name'), namespace);
  });
}

function asBackend(name: unknown, port: unknown, namespace: string | undefined): Backend[] {
  const service = stringOf(name);
  const isPort = typeof port === 'number' || typeof port === 'string';
  return service !== undefined && isPort ? [{ service, namespace, port }] : [];
}
