import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type Found, type Judge, kindOf } from './risk.ts';
import { isSame, shown } from './values.ts';

/** Services that become reachable from outside of the cluster, or for more of it. */
export const judgeServices: Judge = ({ before, after }) => {
  if (!after || kindOf(after) !== '/Service') return [];
  const type = typeOf(after);
  const isOpen = type === 'LoadBalancer' || type === 'NodePort';
  const wasOpen = before !== undefined && ['LoadBalancer', typeOf(after)].includes(typeOf(before));
  const exposed: Found[] =
    isOpen && !wasOpen
      ? [found(say('risks.serviceType', { before: before ? typeOf(before) : '∅', after: type }))]
      : [];
  return [...exposed, ...rangeRisks(before, after), ...addressRisks(before, after)];
};

function typeOf({ body }: Manifest): string {
  return stringOf(valueAt(body, ['spec', 'type'])) ?? 'ClusterIP';
}

function found(fact: Found['fact']): Found {
  return { id: 'service-exposed', level: 'high', fact, remedy: say('risks.setTheType') };
}

/** The ranges that may call a load balancer: without any, everybody may. */
function rangeRisks(before: Manifest | undefined, after: Manifest): Found[] {
  if (!before || typeOf(after) !== 'LoadBalancer') return [];
  const ranges = ({ body }: Manifest): string[] => stringsAt(body, ['spec', 'loadBalancerSourceRanges']);
  const [old, fresh] = [ranges(before), ranges(after)];
  const isWider = old.length > 0 && (fresh.length === 0 || fresh.some(range => !old.includes(range)));
  return isWider ? [found(say('risks.sourceRanges', { before: shown(old), after: shown(fresh) }))] : [];
}

function addressRisks(before: Manifest | undefined, after: Manifest): Found[] {
  const addresses = ({ body }: Manifest): string[] => stringsAt(body, ['spec', 'externalIPs']);
  const old = before ? addresses(before) : [];
  const fresh = addresses(after).filter(address => !old.includes(address));
  return fresh.length > 0 ? [found(say('risks.externalAddresses', { addresses: fresh.join(', ') }))] : [];
}

const POLICY = /^(?:networking\.k8s\.io\/NetworkPolicy|cilium\.io\/Cilium(?:Clusterwide)?NetworkPolicy)$/;

/** Network policies that go, or that begin to let in what they kept out. */
export const judgePolicies: Judge = ({ before, after }) => {
  if (!before || !POLICY.test(kindOf(before))) return [];
  const remedy = say('risks.keepThePolicy');
  if (!after) return [{ id: 'policy-removed', level: 'high', fact: say('risks.policyGoes'), remedy }];
  const opened = ['ingress', 'egress'].filter(way => {
    const rules = (manifest: Manifest): unknown => valueAt(manifest.body, ['spec', way]);
    return isOpenRule(rules(after)) && !isOpenRule(rules(before));
  });
  if (opened.length === 0) return [];
  const fact = say('risks.policyOpens', { ways: opened.join(', ') });
  return [{ id: 'policy-removed', level: 'high', fact, remedy }];
};

/** A rule without conditions lets everything through. */
function isOpenRule(rules: unknown): boolean {
  return (
    Array.isArray(rules) &&
    rules.some(rule => isRecord(rule) && ['from', 'to', 'ports'].every(key => isEmptyList(rule[key])))
  );
}

function isEmptyList(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

const ROUTE =
  /^(?:networking\.k8s\.io\/Ingress|extensions\/Ingress|gateway\.networking\.k8s\.io\/(?:HTTP|GRPC|TLS|TCP|UDP)Route|gateway\.networking\.k8s\.io\/Gateway|route\.openshift\.io\/Route|traefik\.(?:io|containo\.us)\/IngressRoute)$/;

/** Routes that go, and host names and paths that a route no longer has. */
export const judgeRoutes: Judge = ({ before, after }) => {
  if (!before || !ROUTE.test(kindOf(before))) return [];
  const hosts = hostsOf(before);
  const remedy = say('risks.keepTheRoute');
  if (!after) {
    const named = hosts.length > 0 ? hosts.join(', ') : '*';
    return [{ id: 'route-lost', level: 'high', fact: say('risks.routeGoes', { hosts: named }), remedy }];
  }
  const left = new Set(hostsOf(after));
  const lost = hosts.filter(host => !left.has(host));
  if (lost.length > 0)
    return [
      { id: 'route-lost', level: 'high', fact: say('risks.hostsLost', { hosts: lost.join(', ') }), remedy },
    ];
  const listeners = listenersOf(before).filter(name => !listenersOf(after).includes(name));
  if (listeners.length > 0) {
    const fact = say('risks.listenersLost', { names: listeners.join(', ') });
    return [{ id: 'route-lost', level: 'high', fact, remedy }];
  }
  return classChange(before, after, remedy);
};

function listenersOf({ body }: Manifest): string[] {
  return recordsAt(body, ['spec', 'listeners']).flatMap(({ name }) =>
    typeof name === 'string' ? [name] : [],
  );
}

/** An Ingress of another class, or a route of another gateway, is served by another controller. */
function classChange(before: Manifest, after: Manifest, remedy: Found['remedy']): Found[] {
  const served = ({ body }: Manifest): unknown =>
    valueAt(body, ['spec', 'ingressClassName']) ?? valueAt(body, ['spec', 'parentRefs']) ?? null;
  if (isSame(served(before), served(after))) return [];
  const sides = { before: shown(served(before)), after: shown(served(after)) };
  return [{ id: 'route-lost', level: 'high', fact: say('risks.servedByOther', sides), remedy }];
}

function hostsOf({ body }: Manifest): string[] {
  const hosts = [
    ...recordsAt(body, ['spec', 'rules']).map(({ host }) => host),
    ...recordsAt(body, ['spec', 'listeners']).map(({ hostname }) => hostname),
    ...stringsAt(body, ['spec', 'hostnames']),
    valueAt(body, ['spec', 'host']),
  ];
  return [...new Set(hosts.filter(host => typeof host === 'string'))];
}
